"""The same rows by another helpdesk's rules and by ours: what it would show, what we show, and the way between, rule by rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import pandas as pd

import queries
from data.store import Store
from queries import business_hours, engine, helpdesk_populations
from queries.catalogue import Metric
from queries.filters import Filters
from queries.helpdesk_populations import Rules
from queries.helpdesks import METRIC, OURS, RULES, UNKNOWN, Helpdesk, Number, helpdesks
from queries.tags import ready

VALUE = {
    "mean": "select avg(measure) as value, count(*) as n from population",
    "share": "select avg(measure) as value, count(*) as n from population",
    "balance": "select avg(measure) as value, count(*) as n from population",
    "median": "select quantile_cont(measure, 0.5) as value, count(*) as n from population",
    "curve": "with waits as (select 'all' as slice, measure as minutes, seen from population) "
    "select value, n from done_by('waits', 0.5)",
}
ONE_TOUCH = "share"  # what a number without a rule for it is
LISTED = {
    "tickets": """select d.what, d.theirs, d.ours, f.id, t.subject, f.status, f.channel, f.team, f.agent, f.customer, f.created_at,
  f.replied_at, f.solved_at, f.replies, f.reopens, f.source, t.url
from ({apart}) d join main.facts f on f.source = d.source and f.id = d.id
left join main.tickets t on t.source = d.source and t.id = d.id
order by coalesce(d.ours, d.theirs) desc, d.source, d.id, d.part""",
    "answers": """select d.what, d.theirs, d.ours, a.ticket_id as id, t.subject, a.score, a.said_at, a.customer, a.channel, a.team,
  a.agent, a.source, t.url
from ({apart}) d join main.answers a on a.source = d.source and a.id = d.id and a.kind = d.part
left join main.tickets t on t.source = a.ticket_source and t.id = a.ticket_id
order by coalesce(d.ours, d.theirs) desc, d.source, d.id""",
}
FORMATS = "select distinct format, source from imports"


@dataclass(frozen=True)
class Step:
    """One rule changed from theirs into ours: what that did to the number, and on how many rows it bears."""

    rule: str
    theirs: str
    ours: str
    before: float
    after: float
    rows: int
    earlier: Mapping[str, str]
    later: Mapping[str, str]

    @property
    def effect(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Match:
    """One number of one helpdesk beside ours. Values are NaN where there are no rows, or the median is not reached."""

    helpdesk: Helpdesk
    number: Number
    metric: Metric
    theirs: float
    ours: float
    n_theirs: int
    n_ours: int
    steps: tuple[Step, ...]
    needs_calendar: bool  # theirs is in business hours, and none are known here: it stands in calendar hours


def ours(number: str, filters: Filters) -> dict[str, str]:
    """Our rules for a number under the reader's filters."""
    rules = dict(OURS[number])
    if "hours" in RULES[number]:
        rules["hours"] = filters.hours
    moment = queries.metric(METRIC[number]).event
    if filters.attribution == "event" and moment:
        rules["attribution"] = "replied" if moment == "replied_at" else "solved"
    return {rule: rules[rule] for rule in (*RULES[number], "statistic") if rule in rules}


def theirs(number: Number, filters: Filters, calendar: bool = True) -> dict[str, str]:
    """Their rules; where nobody says how they count, as we do. Without a `calendar` business hours cannot be counted."""
    mine = ours(number.id, filters)
    undecided = {UNKNOWN, "either", *(() if calendar else ("business",))}
    return {rule: mine[rule] if number.rules.get(rule, UNKNOWN) in undecided else number.rules[rule] for rule in mine}


def suggested(store: Store | None = None) -> str:
    """The helpdesk most of the data seems to come from; the first there is, if none."""
    store = engine.opened(store)
    found = engine.remembered(store, ("formats",), lambda: engine.table(store, FORMATS, {}))
    words = [str(word).lower() for column in ("format", "source") for word in found[column].dropna()]
    known = [one.id for word in words for one in helpdesks().values() if word.startswith(one.formats)]
    return known[0] if known else "zendesk"


def match(
    helpdesk: str, number: str, filters: Filters, store: Store | None = None, heartbeat: Callable[[], object] | None = None
) -> Match:
    """Their number, ours, and the way between. The effects of the steps add up to the difference."""
    store, one = engine.opened(store), helpdesks()[helpdesk]
    asked, calendar = one.numbers[number], business_hours.known(store)
    ready(store, filters)
    chain = _chain(number, theirs(asked, filters, calendar), ours(number, filters))
    found = engine.together([partial(_value, number, rules, filters) for _, rules in chain], store, heartbeat)
    jobs = [partial(_concerned, number, chain[at][1], chain[at + 1][1], found[at][0], filters) for at in range(len(chain) - 1)]
    concerned = engine.together(jobs, store, heartbeat)
    steps = tuple(
        Step(rule, before[rule], after[rule], found[at][0], found[at + 1][0], concerned[at], before, after)
        for at, ((_, before), (rule, after)) in enumerate(pairwise(chain))
    )
    (first, n_first), (last, n_last) = found[0], found[-1]
    lacking = asked.rules.get("hours") == "business" and not calendar
    return Match(one, asked, queries.metric(METRIC[number]), first, last, n_first, n_last, steps, lacking)


def tickets(found: Match, step: Step, filters: Filters, store: Store | None = None, limit: int = 1000) -> pd.DataFrame:
    """The rows that make a step: counted by one side only, or differently; for a mean, those above it. The largest first."""
    store = engine.opened(store)
    reach = engine.extent(store, filters.source)
    inner = _apart(found.number.id, step.earlier, step.later, filters, store)
    text = f"{LISTED['answers' if found.number.id == 'csat' else 'tickets'].format(apart=inner)} limit {int(limit)}"
    return engine.table(store, text, _parameters(filters, reach, step.before))


def _chain(number: str, first: Rules, last: Rules) -> list[tuple[str, Rules]]:
    """Their rules, then one rule after the other changed into ours."""
    chain, now = [("", first)], dict(first)
    for rule in RULES[number]:
        if rule in now and now[rule] != last[rule]:
            now = now | {rule: last[rule]}
            chain.append((rule, now))
    return chain


def _value(number: str, rules: Rules, filters: Filters, store: Store) -> tuple[float, int]:
    reach = engine.extent(store, filters.source)
    text = helpdesk_populations.sql(number, rules, filters, reach, VALUE[rules.get("statistic", ONE_TOUCH)])
    row = engine.remembered(store, ("match", text, filters), lambda: engine.table(store, text, _parameters(filters, reach)))
    if row.empty or pd.isna(row["value"].iloc[0]):
        return math.nan, 0 if row.empty else int(row["n"].iloc[0])
    return float(row["value"].iloc[0]), int(row["n"].iloc[0])


def _concerned(number: str, before: Rules, after: Rules, value: float, filters: Filters, store: Store) -> int:
    if not _bears(number, before, after):
        return 0
    reach = engine.extent(store, filters.source)
    text = f"select count(*) as n from ({_apart(number, before, after, filters, store)})"
    key = ("match", text, filters, value)
    found = engine.remembered(store, key, lambda: engine.table(store, text, _parameters(filters, reach, value)))
    return int(found["n"].iloc[0])


def _bears(number: str, before: Rules, after: Rules) -> bool:
    """Whether a step can bear on single rows: another way to read the middle of the same waits cannot."""
    changed = {rule for rule in before if before[rule] != after[rule]}
    return changed != {"statistic"} or number == "csat" or before["statistic"] == "mean"


def _apart(number: str, before: Rules, after: Rules, filters: Filters, store: Store) -> str:
    """Rows that two neighbouring sets of rules do not count alike: (source, id, part, what, theirs, ours)."""
    reach = engine.extent(store, filters.source)
    if before.get("statistic") == "mean" != after.get("statistic"):
        whole = helpdesk_populations.sql(number, before, filters, reach)
        longest = "'longer than the mean' as what, measure as theirs, measure as ours"
        return f"select source, id, part, {longest} from ({whole}) where measure > $value"
    different = "case when theirs is null then 'only ours' when ours is null then 'only theirs' else 'counted differently' end"
    return f"select *, {different} as what from ({helpdesk_populations.apart(number, before, after, filters, reach)})"


def _parameters(filters: Filters, reach: queries.compose.Extent, value: float = math.nan) -> dict[str, object]:
    return replace(filters, attribution="created").parameters(reach.today) | {"value": value}
