"""Durations of the file against its stamps: who agrees, who does not, and what may be behind it."""

from __future__ import annotations

from typing import Any

import pytest

from data.derived import facts
from data.store import Store
from queries import Filters, duration_check
from tests.queries.test_match import WORLD, ticket
from tests.queries.worlds import fill

CASES = [
    # reply and solving by the stamps, what the file says of them, and the reason shown
    ("same", 10, 60, {"first_reply_minutes": 10}, None),
    ("whole minutes", 10.9, 60, {"first_reply_minutes": 10}, None),
    ("another zone", 10, 60, {"first_reply_minutes": 130}, "whole hours apart: a time zone or the clock change"),
    ("whole hours", 75, 100, {"first_reply_minutes": 60}, "the file is rounded to hours"),
    ("opened by an agent", 10, 60, {"first_reply_minutes": 27, "started_by_agent": True}, "an agent started the ticket"),
    ("odd", 10, 60, {"first_reply_minutes": 33}, "no reason found"),
]


@pytest.mark.parametrize(("name", "reply", "solved", "told", "reason"), CASES, ids=[case[0] for case in CASES])
def test_a_disagreement_has_its_reason(
    name: str, reply: float, solved: float, told: dict[str, Any], reason: str | None, store: Store
) -> None:
    fill(store, tickets=[ticket(name, "2026-03-02 09:00", reply, solved, **told)])
    (found,) = duration_check.summary(Filters(), store).to_dict("records")
    assert (found["pair"], found["n"]) == ("reply", 1)
    assert found["reason"] == reason if reason else found["reason"] is None or found["reason"] != found["reason"]
    assert list(duration_check.apart("reply", Filters(), store)["id"]) == ([name] if reason else [])


def test_a_file_that_stops_at_the_first_solving_is_told(store: Store) -> None:
    row = ticket("again", "2026-03-02 09:00", 10, 300, reopens=1, first_solved_at="2026-03-02 10:00", resolution_minutes=60)
    fill(store, tickets=[row])
    assert list(duration_check.apart("resolution", Filters(), store)["reason"]) == ["the file stops at the first solving"]


def test_a_bot_that_answered_first_is_told(store: Store) -> None:
    messages = [
        {"source": "desk", "id": at, "import_id": 1, "ticket_id": "bot", "sent_at": sent, "author_role": role, "public": True}
        for at, (sent, role) in enumerate(
            [("2026-03-02 09:00", "customer"), ("2026-03-02 09:01", "bot"), ("2026-03-02 09:40", "agent")]
        )
    ]
    fill(store, tickets=[ticket("bot", "2026-03-02 09:00", None, 60, first_reply_minutes=1)], messages=messages)
    (found,) = duration_check.apart("reply", Filters(), store).to_dict("records")
    assert (found["told"], found["worked"], found["reason"]) == (1, 40, "the file counts the reply of a bot")


def test_a_file_that_counts_business_hours_is_told(store: Store) -> None:
    """From Friday 17:00 to Monday 10:00 two hours are worked: one on Friday, one on Monday."""
    row = ticket("weekend", "2026-03-06 17:00", 65 * 60, 66 * 60, first_reply_minutes=120)
    fill(store, tickets=[row])
    with store.writing() as cursor:
        cursor.execute("insert into calendars (team) values (null)")
        for day in range(1, 6):
            cursor.execute("insert into calendar_hours values (null, ?, 540, 1080)", [day])
        facts.rebuild(cursor)
    assert list(duration_check.apart("reply", Filters(), store)["reason"]) == ["the file counts business hours"]


def test_without_both_there_is_nothing_to_check(store: Store) -> None:
    assert duration_check.summary(Filters(), store).empty
    fill(store, tickets=WORLD)
    assert duration_check.summary(Filters(), store).empty


def test_filters_reach_the_check(store: Store) -> None:
    rows = [
        ticket(name, "2026-03-02 09:00", 10, 60, first_reply_minutes=33, channel=channel)
        for name, channel in (("a", "chat"), ("b", "email"))
    ]
    fill(store, tickets=rows)
    assert duration_check.summary(Filters(channel=("chat",)), store)["n"].tolist() == [1]
    assert duration_check.apart("reply", Filters(channel=("chat",)), store)["id"].tolist() == ["a"]
