"""Which rows a number is made of under a set of rules: each rule is a condition or a measure over the rows of scope.sql."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from queries.compose import Extent, view_sql
from queries.filters import Filters

Rules = Mapping[str, str]
MOMENTS = {"created": "created_at", "replied": "replied_at", "solved": "solved_at"}
KEYS = ("source", "id", "part")


@dataclass(frozen=True)
class Scope:
    """What scope.sql must know: the rows, and the stamp that puts one into the period; `event` also says it has happened."""

    rows: str
    moment: str
    event: str = ""


def sql(number: str, rules: Rules, filters: Filters, extent: Extent, body: str = "select * from population") -> str:
    """`body` over `population (source, id, part, measure, seen)`: the rows the number is made of. Names no $hours."""
    scope, rows = _scope(number, rules), POPULATIONS[number](rules)
    wide = scope is None  # the period is about a stamp that scope.sql does not know
    asked = replace(filters, attribution="created")
    asked = replace(asked, range="all", start=None, end=None) if wide else asked
    text = view_sql(
        scope or Scope("tickets", "created_at"), f"with population as ({rows}),\nasked as ({body})\nfrom asked", asked, None, extent
    )
    if wide:
        text = text.replace("$start", "null::timestamp").replace("$end", "null::timestamp")
    hours = rules.get("hours", filters.hours)
    return text.replace("@since", "$start").replace("@until", "$end").replace("$hours", f"'{hours}'")


def _scope(number: str, rules: Rules) -> Scope | None:
    if number == "csat":
        return Scope("answers", "said_at") if rules["attribution"] == "answered" else None
    if number == "reply_time" and rules["attribution"] == "replied":
        return None
    moment = MOMENTS[rules["attribution"]]
    return Scope("tickets", moment, "" if moment == "created_at" else moment)


def _first_reply(rules: Rules) -> str:
    stamped = "coalesce((epoch_us(t.first_reply_at) - epoch_us(t.created_at)) / 6e7, t.first_reply_minutes)"
    told = f"if($hours = 'business', t.first_reply_business_minutes, {stamped})"
    more = [f"r.{test}" for rule, test in BESIDE.items() if rules.get(rule) == "counted"]
    return _timed("r.reply_wait", "r.reply_seen", "r.reply_left_out", told, more, rules)


def _resolution(rules: Rules) -> str:
    first = "first_" if rules["clock"] == "first" else ""
    solved = "t.first_solved_at" if first else "t.solved_at"
    stamped = f"coalesce((epoch_us({solved}) - epoch_us(t.created_at)) / 6e7, t.{first}resolution_minutes)"
    told = f"if($hours = 'business', t.{first}resolution_business_minutes, {stamped})"
    more = [f"r.{BESIDE['set_aside']}"] if rules["set_aside"] == "counted" else []
    answered = " and coalesce(r.replies, if(r.replied_at is null, 0, 1)) >= 1" if rules["answered"] == "only" else ""
    seen = f"r.{first or ''}solved_seen"
    return _timed(f"r.{first}solving_time", seen, f"r.{first}solving_left_out", told, more, rules) + answered


BESIDE = {"started_by_agent": "reply_left_out = 'started by an agent'", "set_aside": "dropped is not null"}


def _timed(wait: str, seen: str, left_out: str, told: str, more: list[str], rules: Rules) -> str:
    """Waits as we count them, and beside them the tickets that only others count, by their own stamps or durations."""
    beside = " or ".join(more)
    measure = f"if({left_out} is null, {wait}, {told})" if more else wait
    kept = f"({left_out} is null or ({beside}))" if more else f"{left_out} is null"
    over = f"if({left_out} is null, {seen}, true)" if more else seen
    waiting = f" and {over}" if rules["waiting"] == "left out" else ""
    join = " left join main.tickets t on t.source = r.source and t.id = r.id" if more else ""
    return (
        f"select r.source, r.id, '' as part, {measure} as measure, {over} as seen from tickets r{join}\n"
        f"where {kept} and {measure} >= 0{waiting}"
    )


def _csat(rules: Rules) -> str:
    good = "r.positive" if rules["good"] == "ours" else "if(r.scale_max = 7, r.score >= 5, r.positive)"
    # The lowest third of the scale is a bad answer: 1 of 3, 1 and 2 of 5.
    bad = "r.score <= coalesce(r.scale_min, 0) + 0.3 * (r.scale_max - coalesce(r.scale_min, 0))"
    balance = f"case when {good} then 100 when {bad} then -100 else 0 end"
    measure = balance if rules["statistic"] == "balance" else f"if({good}, 100, 0)"
    rows = f"select r.source, r.id, r.kind as part, {measure}::double as measure, true as seen from answers r"
    if rules["attribution"] == "answered":
        return f"{rows} where r.kind = 'csat' and r.score_left_out is null"
    stamp = f"f.{MOMENTS[rules['attribution']]}"
    joined = f"{rows} join main.facts f on f.source = r.ticket_source and f.id = r.ticket_id"
    return f"{joined} where r.kind = 'csat' and r.score_left_out is null and {_within(stamp)}"


def _one_touch(rules: Rules) -> str:
    known = "r.dropped is null and not r.is_open and r.replies is not null"
    kept = f"{known} and r.replies >= 1" if rules["unanswered"] == "left out" else known
    touch = "r.replies = 1" if rules["touch"] == "reply" else "coalesce(r.agents, 1) = 1 and r.replies >= 1"
    either = f"({touch} or r.replies = 0)" if rules["unanswered"] == "one touch" else f"({touch})"
    stayed = " and coalesce(r.reopens, 0) = 0" if rules["reopened"] == "never" else ""
    measure = f"if({either}{stayed}, 100, 0)::double as measure"
    return f"select r.source, r.id, '' as part, {measure}, true as seen from tickets r where {kept}"


def _reply_time(rules: Rules) -> str:
    when = f" and {_within('r.turn_replied_at')}" if rules["attribution"] == "replied" else ""
    part = "coalesce(r.turn_asked_at::varchar, '') as part"
    return f"select r.source, r.id, {part}, r.turn_wait as measure, true as seen from turns r where r.turn_left_out is null{when}"


def _within(stamp: str) -> str:
    return f"(@since::timestamp is null or {stamp} >= @since) and (@until::timestamp is null or {stamp} < @until)"


POPULATIONS: Mapping[str, Callable[[Rules], str]] = {
    "first_reply": _first_reply,
    "resolution": _resolution,
    "csat": _csat,
    "one_touch": _one_touch,
    "reply_time": _reply_time,
}
