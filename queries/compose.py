"""From a metric and filters to the SQL text that answers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from queries import scope
from queries.catalogue import Metric
from queries.dimensions import GRAINS, MOOD_OF, bucket, expression
from queries.filters import Filters

HAPPENED = {"replied_at": "reply_seen", "solved_at": "solved_seen"}  # counted by the event: only where there was one
EVIDENCE = {
    "tickets": "select r.id, t.subject, r.status, r.channel, r.priority, r.team, r.agent, r.customer, r.created_at, r.replied_at, "
    "r.solved_at, r.source, t.url{shows} from chosen r left join main.tickets t on t.source = r.source and t.id = r.id",
    "answers": "select r.said_at, r.score, r.comment, r.kind, r.survey, r.ticket_id, r.customer, r.channel, r.team, r.agent, "
    "r.source{shows} from chosen r",
    "accounts": "select r.customer, r.name, r.organization, r.segment, r.plan, r.country, r.started_at, r.ended_at, "
    "r.churned, r.mrr, r.source{shows} from chosen r",
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


@dataclass(frozen=True)
class Scope:
    """Rows that are asked for without a metric or a view: which, by which stamp, and the one that stands for its event."""

    rows: str
    moment: str
    event: str = ""


def answer_sql(metric: Metric, filters: Filters, by: str | None, extent: Extent) -> str:
    """One row per slice: slice, value, low, high, n."""
    return view_sql(metric, f"select slice, value, low, high, n from (\n{metric.sql}\n)", filters, by, extent)


def excluded_sql(metric: Metric, filters: Filters, extent: Extent) -> str:
    """One row per reason with the rows left out for it."""
    counted = (
        f"select ({metric.excludes}) as reason, count(*) as n\n"
        f"from {metric.over} r where {metric.counts} group by 1 having reason is not null order by n desc, reason"
    )
    return view_sql(metric, counted, filters, None, extent)


def rows_sql(metric: Metric, filters: Filters, extent: Extent, left_out: bool) -> str:
    """The rows behind the number, or those left out of it, with the reason."""
    shows = "".join(f", r.{name.strip()}" for name in f"{metric.shows},left_out_because".split(",") if name.strip())
    listed = (
        f"with chosen as (select *, ({metric.excludes}) as left_out_because from {metric.over} r where {metric.counts})\n"
        f"{EVIDENCE[metric.rows].format(shows=shows)}\nwhere r.left_out_because is {'not ' if left_out else ''}null"
    )
    return view_sql(metric, listed, filters, None, extent)


def view_sql(asked: Scoped, body: str, filters: Filters, by: str | None, extent: Extent) -> str:
    """A result with a shape of its own over the same scoped rows; `body` may start with `with`."""
    unset = [name for name, value in filters.parameters(extent.today).items() if value is None]
    relations = scope.beginning(body, unset, _slots(asked, filters, by, extent))
    if not relations:
        return body
    return f"with {relations},\n\n{body.removeprefix('with ')}" if body.startswith("with ") else f"with {relations}\n\n{body}"


def _slots(asked: Scoped, filters: Filters, by: str | None, extent: Extent) -> dict[str, str]:
    """What scope.sql leaves open: the slice of each kind of rows, the stamp that counts, and the periods."""
    moment = asked.event if filters.attribution == "event" and asked.event else asked.moment
    kinds = ("tickets", "answers", "accounts")
    sliced = {f"slice_{kind}": expression(by, kind, "moment") if kind == asked.rows else "'all'" for kind in kinds}
    return {
        **sliced,
        **{f"mood_{kind}": mood for kind, mood in MOOD_OF.items()},
        "slice_stock": "null::varchar" if by in GRAINS else expression(by, "tickets", "moment"),
        "moment_tickets": moment if asked.rows == "tickets" else "created_at",
        "happened": HAPPENED[moment] if moment == asked.event else "true",
        "periods": periods_sql(filters, by, extent),
    }


def periods_sql(filters: Filters, by: str | None, extent: Extent) -> str:
    """The relation (slice, starts, ends, whole, unbounded)."""
    asked_start, asked_end = filters.period(extent.today)
    unbounded = str(asked_start is None).lower()
    start, end = asked_start or extent.first or date.min, asked_end or extent.today or date.max - timedelta(days=1)
    after, today = end + timedelta(days=1), extent.today or date.max - timedelta(days=1)
    whole = f"ends <= timestamp '{today + timedelta(days=1)}' as whole"
    if by is None or by not in GRAINS:
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
