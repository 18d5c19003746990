"""Which rows a number is made of under a set of rules: each rule is a condition or a measure over the rows of scope.sql."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from queries.compose import Extent, Scope, view_sql
from queries.filters import Filters

Rules = Mapping[str, str]
MOMENTS = {"created": "created_at", "replied": "replied_at", "solved": "solved_at"}
KEYS = ("source", "id", "part")


@dataclass(frozen=True)
class Rows:
    """Where the rows of a number come from, which of them count, and with what; all of it SQL over `r`."""

    over: str
    kept: str
    measure: str
    seen: str = "true"  # whether the wait is over
    part: str = "''"


def sql(number: str, rules: Rules, filters: Filters, extent: Extent, body: str = "select * from population") -> str:
    """`body` over `population (source, id, part, measure, seen)`: the rows the number is made of. Names no $hours."""
    rows = ROWS[number](rules)
    columns = f"r.source, r.id, {rows.part} as part, {rows.measure} as measure, {rows.seen} as seen"
    kept = f"select {columns} from {rows.over} where {rows.kept}"
    return _whole(number, rules, filters, extent, f"population as ({kept}),\nasked as ({body})\nfrom asked")


def apart(number: str, before: Rules, after: Rules, filters: Filters, extent: Extent) -> str:
    """Rows that two sets of rules do not count alike: (source, id, part, theirs, ours)."""
    if _frame(number, before, filters) != _frame(number, after, filters):
        keys, sides = ", ".join(KEYS), [sql(number, rules, filters, extent) for rules in (before, after)]
        return f"""select {keys}, a.measure as theirs, b.measure as ours
from ({sides[0]}) a full join ({sides[1]}) b using ({keys})
where a.measure is distinct from b.measure or a.seen is distinct from b.seen"""
    # The same rows: one look at each is enough.
    one, two = (ROWS[number](rules) for rules in (before, after))
    sides = [f"if({side.kept}, {side.measure}, null) as {name}" for side, name in ((one, "theirs"), (two, "ours"))]
    seen = [f"if({side.kept}, {side.seen}, null)" for side in (one, two)]
    over = max(one.over, two.over, key=len)
    both = (
        f"select r.source, r.id, {one.part} as part, {', '.join(sides)}, {seen[0]} is distinct from {seen[1]} as other from {over}"
    )
    return _whole(
        number,
        before,
        filters,
        extent,
        f"compared as ({both})\nselect * exclude other from compared where theirs is distinct from ours or other",
    )


def _whole(number: str, rules: Rules, filters: Filters, extent: Extent, body: str) -> str:
    scope, hours = _frame(number, rules, filters)
    asked = replace(filters, attribution="created")
    if scope is None:  # the period is about a stamp that scope.sql does not know
        asked = replace(asked, range="all", start=None, end=None)
    text = view_sql(scope or Scope("tickets", "created_at", wants="dropped"), f"with {body}", asked, None, extent)
    if scope is None:
        text = text.replace("$start", "null::timestamp").replace("$end", "null::timestamp")
    return text.replace("@since", "$start").replace("@until", "$end").replace("$hours", f"'{hours}'")


def _frame(number: str, rules: Rules, filters: Filters) -> tuple[Scope | None, str]:
    """The rows that scope.sql hands out under these rules, and the hours they are counted in."""
    return _scope(number, rules), rules.get("hours", filters.hours)


def _scope(number: str, rules: Rules) -> Scope | None:
    if number == "csat":
        return Scope("answers", "said_at") if rules["attribution"] == "answered" else None
    if number == "reply_time" and rules["attribution"] == "replied":
        return None
    moment = MOMENTS[rules["attribution"]]
    return Scope("tickets", moment, "" if moment == "created_at" else moment, "dropped")


def _first_reply(rules: Rules) -> Rows:
    stamped = "coalesce((epoch_us(t.first_reply_at) - epoch_us(t.created_at)) / 6e7, t.first_reply_minutes)"
    told = f"if($hours = 'business', t.first_reply_business_minutes, {stamped})"
    more = [f"r.{test}" for rule, test in BESIDE.items() if rules.get(rule) == "counted"]
    return _timed("r.reply_wait", "r.reply_seen", "r.reply_left_out", told, more, rules)


def _resolution(rules: Rules) -> Rows:
    first = "first_" if rules["clock"] == "first" else ""
    solved = "t.first_solved_at" if first else "t.solved_at"
    stamped = f"coalesce((epoch_us({solved}) - epoch_us(t.created_at)) / 6e7, t.{first}resolution_minutes)"
    told = f"if($hours = 'business', t.{first}resolution_business_minutes, {stamped})"
    more = [f"r.{BESIDE['set_aside']}"] if rules["set_aside"] == "counted" else []
    found = _timed(f"r.{first}solving_time", f"r.{first}solved_seen", f"r.{first}solving_left_out", told, more, rules)
    answered = " and coalesce(r.replies, if(r.replied_at is null, 0, 1)) >= 1" if rules["answered"] == "only" else ""
    return replace(found, kept=found.kept + answered)


BESIDE = {"started_by_agent": "reply_left_out = 'started by an agent'", "set_aside": "dropped is not null"}


def _timed(wait: str, seen: str, left_out: str, told: str, more: list[str], rules: Rules) -> Rows:
    """Waits as we count them, and beside them the tickets that only others count, by their own stamps or durations."""
    measure = f"if({left_out} is null, {wait}, {told})" if more else wait
    kept = f"({' or '.join([f'{left_out} is null', *more])}) and {measure} >= 0"
    over = f"if({left_out} is null, {seen}, true)" if more else seen
    join = " left join main.tickets t on t.source = r.source and t.id = r.id" if more else ""
    return Rows(f"tickets r{join}", f"{kept} and {over}" if rules["waiting"] == "left out" else kept, measure, over)


def _csat(rules: Rules) -> Rows:
    good = "r.positive" if rules["good"] == "ours" else "if(r.scale_max = 7, r.score >= 5, r.positive)"
    # The lowest third of the scale is a bad answer: 1 of 3, 1 and 2 of 5.
    bad = "r.score <= coalesce(r.scale_min, 0) + 0.3 * (r.scale_max - coalesce(r.scale_min, 0))"
    balance = f"case when {good} then 100 when {bad} then -100 else 0 end"
    measure = f"({balance if rules['statistic'] == 'balance' else f'if({good}, 100, 0)'})::double"
    kept = "r.kind = 'csat' and r.score_left_out is null"
    if rules["attribution"] == "answered":
        return Rows("answers r", kept, measure, part="r.kind")
    joined = "answers r join main.facts f on f.source = r.ticket_source and f.id = r.ticket_id"
    return Rows(joined, f"{kept} and {_within('f.' + MOMENTS[rules['attribution']])}", measure, part="r.kind")


def _one_touch(rules: Rules) -> Rows:
    known = "r.dropped is null and not r.is_open and r.replies is not null"
    kept = f"{known} and r.replies >= 1" if rules["unanswered"] == "left out" else known
    touch = "r.replies = 1" if rules["touch"] == "reply" else "coalesce(r.agents, 1) = 1 and r.replies >= 1"
    either = f"({touch} or r.replies = 0)" if rules["unanswered"] == "one touch" else f"({touch})"
    stayed = " and coalesce(r.reopens, 0) = 0" if rules["reopened"] == "never" else ""
    return Rows("tickets r", kept, f"if({either}{stayed}, 100, 0)::double")


def _reply_time(rules: Rules) -> Rows:
    when = f" and {_within('r.turn_replied_at')}" if rules["attribution"] == "replied" else ""
    return Rows("turns r", f"r.turn_left_out is null{when}", "r.turn_wait", part="coalesce(r.turn_asked_at::varchar, '')")


def _within(stamp: str) -> str:
    return f"(@since::timestamp is null or {stamp} >= @since) and (@until::timestamp is null or {stamp} < @until)"


ROWS: Mapping[str, Callable[[Rules], Rows]] = {
    "first_reply": _first_reply,
    "resolution": _resolution,
    "csat": _csat,
    "one_touch": _one_touch,
    "reply_time": _reply_time,
}
