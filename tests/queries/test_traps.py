"""What other products got wrong, one test each."""

from __future__ import annotations

from datetime import datetime, timedelta

import queries
from data.store import Store
from queries import Filters
from tests.queries.edges import START, WORLDS, tickets
from tests.queries.worlds import fill


def answer(store: Store, name: str, **filters: object) -> tuple[float, int]:
    row = queries.answer(name, Filters(**filters), store=store).iloc[0]  # type: ignore[arg-type]
    return row["value"], row["n"]


def reasons(store: Store, name: str = "first_reply_time") -> dict[str, int]:
    return queries.excluded(name, store=store)


def unknown(value: float) -> bool:
    return value != value


def test_nobody_solved_and_nobody_answered_is_no_data_and_never_zero(store: Store) -> None:
    fill(store, **WORLDS["all open"])  # type: ignore[arg-type]
    assert reasons(store) == {"no first reply in the file": 12}
    value, n = answer(store, "first_reply_time")
    assert unknown(value)
    assert n == 0
    assert answer(store, "backlog") == (12, 12)
    assert answer(store, "tickets_solved") == (0, 0)


def test_an_empty_store_knows_no_count(store: Store) -> None:
    assert all(unknown(answer(store, name)[0]) for name in queries.METRICS)


def test_zero_replies_are_no_answer(store: Store) -> None:
    fill(
        store,
        tickets=tickets(
            first_reply_at=lambda i: START + timedelta(days=i) if i < 6 else START + timedelta(days=i, minutes=7),
            replies=lambda i: 0 if i < 6 else 1,
        ),
    )
    assert answer(store, "first_reply_time") == (7, 6)
    assert reasons(store) == {"solved without a reply": 6}
    assert reasons(store, "one_reply_resolution") == {"solved without a reply": 6}


def test_a_bot_never_ends_the_wait(store: Store) -> None:
    fill(store, **WORLDS["only bots"])  # type: ignore[arg-type]
    assert reasons(store) == {"answered by a bot only": 6}
    assert answer(store, "first_reply_time")[1] == 0


def test_impossible_times_are_counted_and_not_used(store: Store) -> None:
    fill(store, **WORLDS["only negatives"])  # type: ignore[arg-type]
    assert reasons(store) == {"reply before the ticket was created": 12}
    assert reasons(store, "resolution_time") == {"solved before it was created": 12}
    fill(store, **WORLDS["from the future"])  # type: ignore[arg-type]
    assert answer(store, "first_reply_time")[1] == 0 == answer(store, "resolution_time")[1]


def test_a_stamp_from_the_future_does_not_make_everyone_wait(store: Store) -> None:
    fill(
        store,
        tickets=[
            *tickets(),
            *tickets(1, id="slip", updated_at=datetime(2199, 1, 1), status="open", replies=0, solved_at=None, first_reply_at=None),
        ],
    )
    assert answer(store, "first_reply_time")[0] == 16
    assert queries.as_of(store) < datetime(2025, 1, 1)  # type: ignore[operator]


def test_two_sources_may_use_the_same_ids(store: Store) -> None:
    fill(store, **WORLDS["two sources"])  # type: ignore[arg-type]
    assert answer(store, "tickets_created") == (24, 24)
    assert answer(store, "tickets_created", source=("other",)) == (12, 12)
    assert answer(store, "backlog") == (12, 12)
    assert answer(store, "first_reply_time")[1] == 12
    assert reasons(store) == {"no first reply in the file": 12}


def test_two_sources_may_use_one_id_for_two_customers(store: Store) -> None:
    crm = [
        {"source": source, "id": "1", "email": f"one@{source}.example", "churned": source == "shop", "segment": source}
        for source in ("desk", "shop")
    ]
    fill(store, customers=crm, tickets=tickets(2, customer_id="1"))
    assert answer(store, "customer_churn") == (50, 2)
    assert queries.answer("tickets_created", by="segment", store=store)["slice"].tolist() == ["desk"]


def test_a_night_of_clock_change_takes_no_hour_from_a_duration(store: Store) -> None:
    night = {"created_at": datetime(2024, 3, 30, 23, 30), "solved_at": datetime(2024, 3, 31, 2, 30), "first_reply_at": None}
    fill(store, timezone="Europe/Berlin", tickets=tickets(3, **night))
    assert answer(store, "resolution_time") == (180, 3)
    assert queries.answer("tickets_created", by="day", store=store)["slice"].tolist() == ["2024-03-31"], "00:30 in Berlin"
    assert queries.answer("tickets_created", by="hour", store=store)["slice"].tolist() == ["00"]


def test_midnight_belongs_to_the_day_it_begins(store: Store) -> None:
    fill(store, tickets=tickets(3, created_at=datetime(2024, 2, 29), first_reply_at=datetime(2024, 2, 29, 0, 20)))
    day = datetime(2024, 2, 29).date()
    assert answer(store, "tickets_created", range="custom", start=day, end=day) == (3, 3)
    before = day - timedelta(days=1)
    assert answer(store, "tickets_created", range="custom", end=before) == (0, 0)
    assert answer(store, "first_reply_time") == (20, 3)


def test_stamps_that_lost_their_time_of_day_yield_to_the_helpdesks_duration(store: Store) -> None:
    rows = [
        row | {"first_reply_minutes": 10 + int(row["id"]), "resolution_minutes": 300 + 60 * int(row["id"])} for row in tickets(9)
    ]  # type: ignore[call-overload]
    whole = fill(store, tickets=rows)
    before = answer(whole, "first_reply_time"), answer(whole, "resolution_time")
    cut = [{key: value.replace(hour=0) if isinstance(value, datetime) else value for key, value in row.items()} for row in rows]
    cut = [{key: value.replace(minute=0) if isinstance(value, datetime) else value for key, value in row.items()} for row in cut]
    fill(store, tickets=cut)
    assert (answer(store, "first_reply_time"), answer(store, "resolution_time")) == before


def test_dates_without_a_time_beside_created_times_give_whole_days(store: Store) -> None:
    fill(store, tickets=tickets(9, first_reply_at=None, solved_at=lambda i: datetime(2024, 2, 29) + timedelta(days=i)))
    assert answer(store, "resolution_time") == (2 * 1440, 9)


def test_a_reopened_ticket_runs_from_its_creation_and_is_open_until_solved_again(store: Store) -> None:
    fill(store, tickets=[*tickets(1, updated_at=START + timedelta(days=10)), *tickets(1, id="again", status="open", reopens=1)])
    assert answer(store, "tickets_solved") == (1, 1)
    assert answer(store, "backlog") == (1, 1)
    waits = queries.rows("resolution_time", store=store).set_index("id")["solving_time"]
    assert waits["again"] == 10 * 1440


def test_messages_that_hold_only_replies_start_the_clock_at_the_form(store: Store) -> None:
    said = [
        {"source": "desk", "id": f"m{i}", "ticket_id": i, "sent_at": START + timedelta(days=i, minutes=30), "author_role": "agent"}
        for i in range(3)
    ]
    fill(store, tickets=tickets(3, first_reply_at=None), messages=said)
    assert answer(store, "first_reply_time") == (30, 3)
    early = [row | {"sent_at": START + timedelta(days=i)} for i, row in enumerate(said)]
    fill(store, tickets=tickets(3, first_reply_at=None), messages=early)
    assert reasons(store) == {"started by an agent": 3}


def test_messages_answer_the_tickets_of_their_own_source_only(store: Store) -> None:
    said = [
        {
            "source": "desk",
            "id": f"{i}-{role}",
            "ticket_id": i,
            "sent_at": START + timedelta(days=i, minutes=at),
            "author_role": role,
        }
        for i in range(3)
        for at, role in ((0, "customer"), (25, "agent"))
    ]
    unanswered = tickets(3, source="other", status="open", first_reply_at=None, solved_at=None, replies=0)
    fill(store, tickets=[*tickets(3, first_reply_at=None), *unanswered], messages=said)
    assert answer(store, "first_reply_time") == (25, 3)
    assert reasons(store) == {"no first reply in the file": 3}


def test_an_open_wait_runs_from_the_question_and_not_from_an_older_ticket(store: Store) -> None:
    asked = [{"source": "desk", "id": "m", "ticket_id": "late", "sent_at": START + timedelta(hours=8), "author_role": "customer"}]
    late = tickets(
        1, id="late", status="open", first_reply_at=None, solved_at=None, replies=None, updated_at=START + timedelta(hours=10)
    )
    fill(store, tickets=[*tickets(1), *late], messages=asked)
    waits = queries.rows("first_reply_time", store=store).set_index("id")["reply_wait"]
    assert waits["late"] == 120
