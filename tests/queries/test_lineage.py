"""What a number says it rests on is what can change it: each column is disturbed in turn, and numbers that move must name it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

import queries
from data.derived import calendars, facts
from data.store import Store
from queries import Ask, Filters, open_doubts
from tests.queries.worlds import TABLES, fill

BEGIN = datetime(2025, 3, 3, 9)
OURS = ("source", "import_id", "unread")  # about the import, not of the file


def columns(store: Store) -> list[tuple[str, str, str]]:
    with store.cursor() as cursor:
        return [
            (table, name, kind)
            for table in TABLES
            for _, name, kind, *_ in cursor.execute(f"pragma table_info('{table}')").fetchall()
            if name not in OURS
        ]


def world(store: Store) -> Store:
    """Every column of every table filled in some rows and empty in others."""
    pick = random.Random(7)
    moment = lambda days=40: BEGIN + timedelta(minutes=pick.randrange(days * 1440))  # noqa: E731
    people = [f"p{n}" for n in range(12)]
    words = {
        "status": ("new", "open", "solved", "solved", "closed", "spam"), "channel": ("email", "chat", "self-service"),
        "author_role": ("customer", "customer", "agent", "agent", "bot"), "field": ("status", "assignee", "team"),
        "value": ("open", "solved", "hold", "Ann"), "ticket_status": (None, None, "closed", "open"), "kind": ("csat", "nps"),
        "sentiment": ("positive", "negative"), "comment": ("great, fast", "terrible"), "csat_comment": ("great", "terrible"),
        "priority": ("high", "low"), "team": ("Blue", "Red"), "topic": ("bill", "door"), "type": ("question", "problem"),
        "scale_min": (0, 1), "scale_max": (5, 10), "csat_scale": (5, 7), "score": range(6),
        "csat_score": range(1, 6), "nps_score": range(11), "assignees": range(3), "groups": range(3),
        "replies": range(3), "reopens": range(2),
    }  # fmt: skip

    def cell(table: str, name: str, kind: str, number: int) -> Any:
        if name == "id":
            return people[number % 12] if table == "customers" else str(number)
        if name in ("ticket_id", "internal_id", "order_id"):
            return str(pick.randrange(60))
        if name in ("customer_id", "author_id", "author_name", "agent", "ticket_agent", "ticket_team", "actor", "customer_name"):
            return pick.choice(people)
        if name in ("customer_email", "email"):
            return pick.choice((None, f"{pick.choice(people)}@example.com"))
        if name == "ended_at" or name == "churned_at":
            return pick.choice((None, moment() + timedelta(days=60)))
        if name in words:
            return pick.choice(tuple(words[name]))
        if kind == "TIMESTAMP":
            return pick.choice((None, moment(), moment(), moment()))
        if kind == "BOOLEAN":
            return pick.choice((None, True, False, False))
        if kind in ("DOUBLE", "INTEGER", "BIGINT"):
            return pick.choice((None, *range(1, 400, 37)))
        return pick.choice((None, f"{name} {pick.randrange(4)}"))

    sizes = {"tickets": 240, "messages": 300, "customers": 12}
    given = columns(store)
    rows = {
        table: [
            {"source": "one", "import_id": 1, "unread": 0}
            | {name: cell(of, name, kind, number) for of, name, kind in given if of == table}
            for number in range(sizes.get(table, 120))
        ]
        for table in TABLES
    }
    return fill(store, **rows)


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("lineage") / "world.duckdb")
    opened.set("margin", "60")
    world(opened)
    calendars.keep(opened, calendars.Calendar())
    calendars.keep(opened, calendars.Calendar(team="Blue", hours=dict.fromkeys(range(1, 6), ((0, 720),))))
    yield opened
    opened.close()


def numbers(store: Store) -> dict[str, tuple[Any, ...]]:
    asks = [Ask(name) for name in queries.METRICS]
    asks += [Ask(name, Filters(hours="business")) for name, metric in queries.METRICS.items() if metric.unit == "minutes"]
    found: dict[str, tuple[Any, ...]] = {}
    for ask, frame in zip(asks, queries.answers(asks, store=store), strict=True):
        told = tuple(None if value != value else value for value in frame[["value", "n"]].to_numpy().ravel())
        found[ask.metric] = (*found.get(ask.metric, ()), *told)
    return found


OTHERWISE = {
    "TIMESTAMP": "{0} + to_minutes((hash({0}) % 9000)::int)",
    "BOOLEAN": "not {0}",
    "DOUBLE": "{0} * 3 + 1",
    "INTEGER": "{0} * 3 + 1",
    "VARCHAR": "lead({0}, 7, 'x') over (order by rowid)",
}


def disturb(store: Store, table: str, name: str, kind: str, before: str | None) -> None:
    """One column other than it was, and the one before it as it was again."""
    with store.writing() as cursor:
        if before:
            cursor.execute(f"delete from {before}")
            cursor.execute(f"insert into {before} from before")
        other = f"select rowid as r, {OTHERWISE[kind].format(name)} as other from {table}"
        cursor.execute(f"create or replace temp table others as {other}")
        cursor.execute(f"create or replace table before as select * from {table}")
        cursor.execute(f"update {table} set {name} = o.other from others o where o.r = {table}.rowid")
        facts.rebuild(cursor)


@pytest.mark.slow
def test_a_number_that_a_column_changes_says_that_it_rests_on_it(disturbed: Store) -> None:
    before = numbers(disturbed)
    missing: list[str] = []
    last = None
    for table, name, kind in columns(disturbed):
        disturb(disturbed, table, name, kind, last)
        last = table
        for metric, values in numbers(disturbed).items():
            touches = (f"{table}.{name}",)
            if values != before[metric] and not open_doubts.touched(touches, queries.METRICS[metric]):
                missing.append(f"{metric}: {table}.{name}")
    assert missing == []


def test_what_is_named_exists(disturbed: Store) -> None:
    there = {f"{table}.{name}" for table, name, _ in columns(disturbed)}
    named = {column for group in open_doubts.lineage().values() for column in group}
    assert {f"{one.split('.')[0]}.{one.split('.')[-1]}" for one in named} <= there
    assert {group for metric in queries.METRICS.values() for group in metric.rests_on} <= set(open_doubts.lineage())
