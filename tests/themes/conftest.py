"""A little world with known answers: eight tickets, their surveys, and four customers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.derived import facts
from data.store import Store

TICKETS = [  # id, subject, description, status, channel, created, replied, solved, customer
    (
        "1",
        "Refund please",
        "I want my money back",
        "solved",
        "email",
        "2024-03-04 09:00",
        "2024-03-04 09:10",
        "2024-03-04 12:00",
        "a",
    ),
    ("2", "Refund for March", None, "solved", "chat", "2024-03-04 09:30", "2024-03-04 09:50", "2024-03-05 09:30", "b"),
    ("3", "Cannot log in", None, "solved", "email", "2024-03-05 10:00", "2024-03-05 10:30", "2024-03-05 11:00", "a"),
    ("4", "Password reset", "no refund wanted", "solved", "email", "2024-03-06 10:00", "2024-03-06 10:40", "2024-03-06 11:00", "c"),
    ("5", "Hello", None, "solved", "chat", "2024-03-07 10:00", "2024-03-07 11:00", "2024-03-07 12:00", "d"),
    ("6", "Refund again", None, "open", "email", "2024-03-08 10:00", None, None, "d"),
    ("7", "Refund, buy now", None, "spam", "email", "2024-03-08 11:00", None, None, None),
    ("8", "Refund of last month", None, "solved", "email", "2024-02-28 10:00", "2024-02-28 11:00", "2024-02-28 12:00", "a"),
]
ANSWERS = [  # id, kind, ticket, customer, score, highest, comment, answered
    ("r1", "csat", "1", "a", 1, 5, "Took ages, write me at ann@example.com. Ann", "2024-03-05 09:00"),
    ("r2", "csat", "2", "b", 2, 5, "Still no refund!", "2024-03-06 09:00"),
    ("r3", "csat", "3", "a", 5, 5, "Thanks", "2024-03-06 10:00"),
    ("r4", "csat", "5", "d", 5, 5, None, "2024-03-08 09:00"),
    ("r5", "nps", None, "b", 3, 10, "I never got my refund, call +45 12 34 56 78", "2024-03-08 09:00"),
    ("r6", "nps", None, "c", 10, 10, "Great", "2024-03-08 09:00"),
]
CUSTOMERS = [  # id, name, created, churned at, mrr
    ("a", "Ann Larsen", "2024-01-01", None, 100),
    ("b", "Bo Holm", "2024-01-10", "2024-03-07", 50),
    ("c", "Cy Dahl", "2024-01-20", "2024-03-08", 70),
    ("d", "Di Voss", "2024-02-10", None, 20),
]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "empty.duckdb")
    yield store
    store.close()


@pytest.fixture
def world(empty: Store) -> Store:
    with empty.writing() as cursor:
        cursor.executemany(
            "insert into tickets by name select 'desk' as source, ? as id, ? as subject, ? as description, ? as status, "
            "? as channel, ?::timestamp as created_at, ?::timestamp as first_reply_at, ?::timestamp as solved_at, "
            "? as customer_id",
            TICKETS,
        )
        cursor.executemany(
            "insert into responses by name select 'survey' as source, ? as id, ? as kind, ? as ticket_id, "
            "? as customer_id, ? as score, ? as scale_max, ? as comment, ?::timestamp as answered_at",
            ANSWERS,
        )
        cursor.executemany(
            "insert into customers by name select 'crm' as source, ? as id, ? as name, ?::timestamp as created_at, "
            "?::timestamp as churned_at, ? as mrr",
            CUSTOMERS,
        )
        cursor.execute(
            "insert into churn_events by name select 'crm' as source, 'e' as id, 'b' as customer_id, "
            "timestamp '2024-03-07' as churned_at, 'price' as reason"
        )
        facts.rebuild(cursor)
    return empty


@pytest.fixture
def themes_of(world: Store) -> Callable[[str], set[tuple[str, str]]]:
    """(id, theme) pairs of a tag table."""

    def read(table: str) -> set[tuple[str, str]]:
        with world.cursor() as cursor:
            return set(cursor.execute(f"select id, theme from {table}").fetchall())

    return read
