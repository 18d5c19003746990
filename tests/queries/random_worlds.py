"""Random small worlds: tickets, messages, answers, subscriptions and orders with every gap that real ones have."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from tests.queries.reference import Row
from tests.queries.reference_moods import SAID

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
    comment=maybe(st.sampled_from(tuple(SAID)), 1),
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
