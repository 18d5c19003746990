"""From a metric and filters to the SQL text that answers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from queries import scope
from queries.catalogue import UNMEASURED, Metric
from queries.dimensions import bucket, expression, is_grain, known, of_rows
from queries.filters import Filters
from queries.headers import EVENTS, MOMENTS

STAMPS = {"tickets": "moment", "answers": "r.said_at"}  # what places a row of scope.sql in time
AND = "\n    and "
TICKET = "id t.subject status channel priority team agent customer created_at replied_at solved_at source t.url"
EVIDENCE = {  # the columns every row is shown with, and where they come from
    "tickets": (TICKET, "chosen r left join main.tickets t on t.source = r.source and t.id = r.id"),
    "answers": ("said_at score comment kind survey ticket_id customer channel team agent source", "chosen r"),
    "accounts": ("customer name organization segment plan country started_at ended_at churned mrr source", "chosen r"),
}


@dataclass(frozen=True)
class Extent:
    """How far the data goes: the first day with anything, and the newest stamp."""

    first: date | None
    as_of: datetime | None

    @property
    def today(self) -> date | None:
        """The day relative ranges count back from."""
        return self.as_of.date() if self.as_of else None


class Scoped(Protocol):
    """What is asked over scoped rows: a metric or a view."""

    @property
    def rows(self) -> str: ...
    @property
    def moment(self) -> str: ...
    @property
    def event(self) -> str: ...
    @property
    def wants(self) -> str: ...
    @property
    def needs_tags(self) -> str: ...


@dataclass(frozen=True)
class Scope:
    """Rows that are asked for without a metric or a view: which, by which stamp, and the one that stands for its event."""

    rows: str
    moment: str
    event: str = ""
    wants: str = ""
    needs_tags: str = ""


def answer_body(metric: Metric) -> str:
    """One row per slice: slice, value, low, high, n."""
    number = estimated(metric, metric.made.macro, "" if metric.part is None else f", {metric.part}")
    return f"select slice, value, low, high, n from (\n{number}\n)"


def estimated(metric: Metric, macro: str, arguments: str = "") -> str:
    """The macro over the rows that count; a metric whose estimate is its own has all of it in its file."""
    if not macro:
        return metric.body
    return f"with counted as (\n{metric.body or _counted(metric)}\n)\nfrom {macro}('counted'{arguments})"


def _counted(metric: Metric) -> str:
    """The rows that no reason leaves out. What has no measure is passed over by every estimate, and need not be asked about."""
    columns = ["slice"]
    columns += [f"{metric.measure} as {metric.made.column}"] if metric.measure else []
    columns += [f"{metric.seen} as seen"] if metric.seen else []
    asked = [one for one in metric.left_out if one.condition != UNMEASURED]
    tests = [f"({one.condition}) is not true" if one.reason else f"{one.condition} is null" for one in asked]
    return f"select {', '.join(columns)} from {metric.over} r{_where(metric.counts, *tests)}"


def judged(metric: Metric, only: str = "") -> str:
    """Every row the metric is about, with its measure and why it is left out, or null: `left_out_because`."""
    measured = f"select *, {metric.measure} as measure" if metric.measure else "select *"
    rows = f"{measured} from {metric.over} r{_where(metric.counts)}"
    return f"select *, {_reason(metric)} as left_out_because from (\n{rows}\n) r{_where(only)}"


def _reason(metric: Metric) -> str:
    """SQL over a row: the first reason that holds; a row without a measure never counts, whether or not a reason is stated."""
    dropped = ["dropped"] if metric.rows == "tickets" and metric.wants != "dropped" else []
    said = [f"case when {one.condition} then {_quoted(one.reason)} end" if one.reason else one.condition for one in metric.left_out]
    unmeasured = [f"case when {UNMEASURED} then 'not known' end"] if metric.measure else []
    return f"coalesce({', '.join([*dropped, *said, *unmeasured, 'null::varchar'])})"


def _where(*tests: str) -> str:
    """Tests that let everything through are left away."""
    said = [test for test in tests if test]
    return f"\nwhere {' and '.join(f'({test})' if len(said) > 1 else test for test in said)}" if said else ""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def excluded_body(metric: Metric) -> str:
    """One row per reason with the rows left out for it."""
    return (
        f"select left_out_because as reason, count(*) as n\nfrom ({judged(metric)})\n"
        "where reason is not null group by 1 order by n desc, reason"
    )


def rows_body(metric: Metric, left_out: bool, only: str = "") -> str:
    """The rows behind the number, or those left out of it, with the reason; of them those that pass the test `only`."""
    always, source = EVIDENCE[metric.rows]
    shown = dict.fromkeys([*always.split(), *metric.shows, "left_out_because"])
    columns = ", ".join(name if "." in name else f"r.{name}" for name in shown)
    return (
        f"with chosen as (\n{judged(metric, only)}\n)\n"
        f"select {columns} from {source}\nwhere r.left_out_because is {'not ' if left_out else ''}null"
    )


def view_sql(asked: Scoped, body: str, filters: Filters, by: str | None, extent: Extent, dropped: bool = False) -> str:
    """A result with a shape of its own over the same scoped rows; `body` may start with `with`.

    Spam, merged and deleted tickets are no rows, unless the question wants them or they are asked for as `dropped`.
    """
    relations = scope.beginning(body, _slots(asked, filters, by, extent, dropped))
    if not relations:
        return body
    return f"with {relations},\n\n{body.removeprefix('with ')}" if body.startswith("with ") else f"with {relations}\n\n{body}"


def _slots(asked: Scoped, filters: Filters, by: str | None, extent: Extent, dropped: bool) -> dict[str, str]:
    """What scope.sql leaves open: the slice of each kind of rows, the stamp that counts, and the periods."""
    moment = asked.event if filters.attribution == "event" and asked.event else asked.moment
    sliced = {f"slice_{kind}": expression(by, kind, "moment") if kind == asked.rows else "'all'" for kind in MOMENTS}
    return {
        **sliced,
        **{f"filters_{kind}": _passing(filters, kind) for kind in MOMENTS},
        **{f"period_{kind}": _within(filters, extent, stamp) for kind, stamp in STAMPS.items()},
        "slice_stock": "null::varchar" if is_grain(by) else expression(by, "tickets", "moment"),
        "moment_tickets": moment if asked.rows == "tickets" else "created_at",
        "kept": "true" if dropped or asked.wants == "dropped" else "r.dropped is null",
        "happened": EVENTS[moment] if moment == asked.event else "true",
        "periods": periods_sql(filters, by, extent),
    }


def _passing(filters: Filters, rows: str) -> str:
    """A line for each filter that is set and reaches these rows."""
    reaching = [name for name in filters.values if name in of_rows(rows)]
    return "".join(f"{AND}{known()[name].condition(rows)}" for name in known() if name in reaching)


def _within(filters: Filters, extent: Extent, stamp: str) -> str:
    start, end = filters.period(extent.today)
    return "".join([f"{AND}{stamp} >= $start" if start else "", f"{AND}{stamp} < $end" if end else ""])


def periods_sql(filters: Filters, by: str | None, extent: Extent) -> str:
    """The relation (slice, starts, ends, whole, unbounded)."""
    asked_start, asked_end = filters.period(extent.today)
    unbounded = str(asked_start is None).lower()
    start, end = asked_start or extent.first or date.min, asked_end or extent.today or date.max - timedelta(days=1)
    after, today = end + timedelta(days=1), extent.today or date.max - timedelta(days=1)
    whole = f"ends <= timestamp '{today + timedelta(days=1)}' as whole"
    if by is None or not is_grain(by):
        return (
            f"select {_own_slice(by)} as slice, timestamp '{start}' as starts, timestamp '{after}' as ends, "
            f"{whole}, {unbounded} as unbounded"
        )
    if not extent.today or start > end:
        return (
            "select '' as slice, null::timestamp as starts, null::timestamp as ends, false as whole, false as unbounded where false"
        )
    first, last = f"timestamp '{start}'", f"timestamp '{after}'"
    return (
        f"select {bucket(by, 'd')} as slice, {f'greatest(d, {first})' if asked_start else 'd'} as starts, "
        f"{f'least(d + interval 1 {by}, {last})' if asked_end else f'd + interval 1 {by}'} as ends, {whole}, false as unbounded "
        f"from generate_series(date_trunc('{by}', {first}), timestamp '{end}', interval 1 {by}) s(d)"
    )


def _own_slice(by: str | None) -> str:
    return "'all'" if by is None else "null::varchar"
