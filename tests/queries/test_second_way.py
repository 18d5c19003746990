"""Two ways to each number: the SQL and plain Python over random small worlds must agree exactly."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import queries
from data.store import Store
from queries import Ask, Filters
from tests.queries import reference_customers as customers
from tests.queries import reference_metrics as second
from tests.queries.reference import Row, World
from tests.queries.reference_metrics import Answer
from tests.queries.worlds import fill

MARGIN = 0.6
BEGIN = datetime(2024, 2, 27)  # a leap day, a month's end and, in Berlin, a change of clocks
moments = st.builds(
    lambda day, minute: BEGIN + timedelta(days=day, minutes=minute),
    st.integers(0, 40),
    st.sampled_from((0, 30, 540, 545, 1380, 1439)),
)
maybe = lambda value, odds=3: st.one_of(*[value] * odds, st.none())  # noqa: E731
durations = st.sampled_from((0.0, 1.0, 7.5, 240.0, 241.0, 4320.0, 5000.0, -3.0))

tickets = st.builds(
    dict,
    status=st.sampled_from((None, "new", "open", "pending", "solved", "solved", "solved", "closed", "spam", "merged", "deleted")),
    channel=maybe(st.sampled_from(("email", "chat", "phone", "self-service"))),
    created_at=maybe(moments, 9),
    first_reply_at=maybe(moments, 2),
    solved_at=maybe(moments, 2),
    first_solved_at=maybe(moments, 1),
    first_resolution_minutes=maybe(durations, 1),
    updated_at=maybe(moments, 1),
    first_reply_minutes=maybe(durations, 1),
    resolution_minutes=maybe(durations, 1),
    replies=maybe(st.integers(0, 2)),
    reopens=maybe(st.integers(0, 2)),
    assignees=maybe(st.integers(0, 3)),
    groups=maybe(st.integers(0, 3)),
    first_reply_sla_met=st.sampled_from((None, True, False)),
    resolution_sla_met=st.sampled_from((None, True, False)),
    on_hold_minutes=maybe(durations, 1),
    customer_id=maybe(st.sampled_from("cd")),
    topic=st.sampled_from((None, "bill", "door")),
    started_by_agent=st.sampled_from((None, None, False, False, True)),
    escalated=st.sampled_from((None, True, False)),
    csat_score=maybe(st.integers(0, 6), 1),
    csat_scale=st.sampled_from((3, 5, 5, 7, None)),
    csat_offered=st.sampled_from((None, True, False)),
    csat_at=maybe(moments, 1),
    touch_minutes=maybe(durations, 1),
    requester_wait_minutes=maybe(durations, 1),
)
messages = st.builds(
    dict,
    ticket_id=st.integers(0, 9),
    sent_at=moments,
    author_id=maybe(st.sampled_from("ab")),
    author_role=st.sampled_from(("customer", "customer", "agent", "agent", "bot", "system")),
    public=st.sampled_from((None, True, True, False)),
    ticket_status=st.sampled_from((None, None, None, None, "closed", "open")),
    ticket_agent=st.sampled_from((None, None, None, "a")),
)
responses = st.builds(
    dict,
    kind=st.sampled_from(("csat", "nps")),
    ticket_id=maybe(st.integers(0, 9), 1),
    score=maybe(st.integers(0, 11)),
    asked_at=maybe(moments),
    answered_at=maybe(moments),
    offered=st.sampled_from((None, True, False)),
    channel=st.sampled_from((None, None, "chat")),
)
subscriptions = st.builds(
    lambda long, **rest: {**rest, "ended_at": None if long is None else rest["started_at"] + timedelta(hours=long)},
    long=maybe(st.integers(0, 900), 1),
    customer_id=st.sampled_from("cdefg"),
    started_at=moments,
    mrr=st.integers(0, 9),
    trial=st.sampled_from((False, False, None, True)),
)
states = st.sampled_from(("new", "open", "open", "pending", "hold", "solved", "solved", "closed", "deleted"))
changes = st.one_of(
    st.builds(dict, ticket_id=st.integers(0, 9), changed_at=moments, field=st.just("status"), value=maybe(states, 9)),
    st.builds(dict, ticket_id=st.integers(0, 9), changed_at=moments, field=st.just("status"), value=states),
    st.builds(
        dict,
        ticket_id=st.integers(0, 9),
        changed_at=moments,
        field=st.sampled_from(("assignee", "team", "subject")),
        value=maybe(st.sampled_from("ab")),
    ),
)
orders = st.builds(
    dict,
    order_id=st.integers(0, 5),
    customer_id=maybe(st.sampled_from("cdx")),
    ordered_at=maybe(moments, 5),
    cancelled_at=maybe(moments, 1).filter(lambda at: at is None or at.day % 3 == 0),
    status=st.sampled_from((None, "paid", "paid", "refunded", "voided", "Failed")),
)


def numbered(rows: list[Row], prefix: str) -> list[Row]:
    return [
        {"source": "desk", "id": f"{prefix}{at}", **row}
        | ({"ticket_id": f"t{row['ticket_id']}"} if row.get("ticket_id") is not None else {})
        for at, row in enumerate(rows)
    ]


def logged(rows: list[Row]) -> list[Row]:
    """A history from another export, which knows every other ticket by its inner id."""
    return [
        row | {"source": "log", "ticket_id": row["ticket_id"].replace("t", "1000" if at % 2 else "t")}
        for at, row in enumerate(rows)
    ]


def scaled(rows: list[Row]) -> list[Row]:
    return [row | ({"scale_min": 0, "scale_max": 10} if row["kind"] == "nps" else {"scale_min": 1, "scale_max": 5}) for row in rows]


worlds = st.builds(
    lambda timezone, t, m, r, s, e, o: {
        "timezone": timezone,
        "tickets": [row | {"internal_id": f"1000{at}"} for at, row in enumerate(numbered(t, "t"))],
        "messages": numbered(m, "m"),
        "responses": numbered(scaled(r), "r"),
        "subscriptions": numbered(s, "s"),
        "events": logged(numbered(e, "e")) if t else [],
        "orders": numbered(o, "o"),
    },
    st.sampled_from(("UTC", "Europe/Berlin")),
    st.lists(tickets, max_size=10),
    st.lists(messages, max_size=12),
    st.lists(responses, max_size=8),
    st.lists(subscriptions, max_size=6),
    st.one_of(st.just([]), st.lists(changes, max_size=25)),
    st.lists(orders, max_size=8),
)


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        opened = Store.open(Path(folder) / "random.duckdb")
        opened.set("margin", str(100 * MARGIN))
        yield opened
        opened.close()


def expected(
    world: World, name: str, keep: Callable[[Row, datetime | None], bool], start: date | None = None, end: date | None = None
) -> Answer:
    """The second way's answer over the rows `keep` lets through, by row and by the local moment that places it in time."""

    def local(stamp: datetime | None) -> datetime | None:
        return world.local(stamp) if stamp else None

    rows = queries.METRICS[name].rows
    if rows == "answers":
        return second.over_answers(
            world,
            name,
            [row for row in world.asked(name[:3] if name.startswith("nps") else "csat") if keep(row, local(world.said_at(row)))],
        )
    if rows == "accounts":
        if name == "repeat_purchase_rate":
            return customers.bought_again(world, start, end)
        paid = {
            "revenue_per_account": customers.per_account,
            "lifetime_revenue": customers.lifetime,
            "lifetime_value": lambda world, end: customers.margined(customers.lifetime(world, end), MARGIN),
            "lifetime_value_simple": lambda world, end: customers.margined(customers.by_formula(world, end), MARGIN),
        }
        return paid[name](world, end) if name in paid else customers.churn(world, name, start, end)
    if name == "backlog":
        return second.backlog(world, [t for t in world.tickets if keep(t, None)], end)
    if name == "tickets_solved":
        solved = [t for t in second.kept(world.tickets) if not world.is_open(t) and keep(t, local(t["solved_at"]))]
        return len(solved), len(solved)
    return second.over_tickets(world, name, [t for t in world.tickets if keep(t, local(t["created_at"]))])


def same(name: str, found: tuple[float, int], wanted: Answer, world: World, said: str) -> None:
    value, n = found
    nothing = value is None or math.isnan(value)
    assert n == wanted[1], (name, said, found, wanted)
    if wanted[0] is None or (wanted[1] == 0 and nothing):
        assert nothing, (name, said, found, wanted)
    else:
        assert abs(value - wanted[0]) < 1e-9 * max(1, abs(wanted[0])), (name, said, found, wanted)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(given_world=worlds)
def test_both_ways_agree(one_store: Store, given_world: dict[str, object]) -> None:
    fill(one_store, **given_world)  # type: ignore[arg-type]
    world = World(**given_world)  # type: ignore[arg-type]
    for at, name in list(enumerate(queries.METRICS))[len(world.messages) % 2 :: 2]:  # half of them at a time, to stay quick
        overall = ask(one_store, Ask(name))
        same(name, overall.get("all", (math.nan, 0)), expected(world, name, lambda *_: True), world, "overall")
        (by_channel, in_march, by_month)[(at // 2 + len(world.tickets)) % 3](one_store, world, name)  # in turns, to stay quick


def ask(store: Store, asked: Ask) -> dict[str, tuple[float, int]]:
    frame = queries.answer(asked.metric, asked.filters, asked.by, store)
    return {row.slice: (row.value, row.n) for row in frame.itertuples()}


def by_channel(store: Store, world: World, name: str) -> None:
    if queries.METRICS[name].rows == "accounts":
        return
    found = ask(store, Ask(name, by="channel"))
    for channel in ("email", "chat", "phone", "self-service", None):
        wanted = expected(world, name, lambda row, _, channel=channel: row["channel"] == channel)  # type: ignore[misc]
        same(name, found.get(channel or "not set", (math.nan, 0)), wanted, world, f"channel {channel}")
    some = ask(store, Ask(name, Filters(channel=("email", "chat"))))
    same(name, some["all"], expected(world, name, lambda row, _: row["channel"] in ("email", "chat")), world, "email and chat")


def in_march(store: Store, world: World, name: str) -> None:
    start, end = date(2024, 3, 1), date(2024, 3, 31)
    found = ask(store, Ask(name, Filters(range="custom", start=start, end=end)))
    wanted = expected(world, name, lambda _, at: (at is not None and start <= at.date() <= end) or name == "backlog", start, end)
    same(name, found["all"], wanted, world, "in March")


def by_month(store: Store, world: World, name: str) -> None:
    found = ask(store, Ask(name, by="month"))
    for year, month, last in ((2024, 2, 29), (2024, 3, 31)):
        start, end = date(year, month, 1), date(year, month, last)
        if not world.today or start > world.today:  # the data do not reach that month: it has no answer, not an empty one
            continue
        if queries.METRICS[name].rows == "accounts" and not found:
            continue
        wanted = expected(
            world,
            name,
            lambda _, at, start=start, end=end: (at is not None and start <= at.date() <= end) or name == "backlog",
            start,
            end,
        )  # type: ignore[misc]
        same(name, found.get(f"{year}-{month:02}", (math.nan, 0)), wanted, world, f"month {month}")
