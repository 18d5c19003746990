"""What is shown as the SQL behind a number runs by itself, and gives that number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

import queries
from data.store import Store
from queries import METRICS, Filters, runnable_sql, views
from tests.queries.worlds import small_world

ASKED = Filters(range="custom", start=date(2024, 3, 1), end=date(2024, 3, 31), channel=("email", "O'Hara"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proof")


@pytest.fixture(scope="module")
def world(folder: Path) -> Iterator[Store]:
    opened = Store.open(folder / "world.duckdb")
    yield small_world(opened)
    opened.close()


@pytest.fixture(scope="module")
def elsewhere(world: Store, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same tables in a database that knows none of our macros."""
    queries.settle(world, lambda doing: None)
    with world.cursor() as cursor:
        cursor.execute(f"export database '{folder / 'tables'}' (format parquet)")
    plain = duckdb.connect()
    for path in (folder / "tables").glob("*.parquet"):
        plain.execute(f"create table {path.stem} as from '{path}'")
    yield plain
    plain.close()


def run(text: str, database: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """As the comments in it say: what it calls first, and the values in place of their names."""
    query, _, called = text.partition(runnable_sql.CALLED)
    for name, value in re.findall(r"^-- \$(\w+) = (.*)$", query, re.MULTILINE):
        query = re.sub(rf"(?<!-- )\${name}\b", lambda _, value=value: value, query)
    database.execute("begin")
    database.execute(called) if called else None
    found = database.execute(query).fetchall()
    database.execute("rollback")
    return found


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("by", [None, "month"])
@pytest.mark.parametrize("asked", [ASKED, Filters(range="all")], ids=["filtered", "everything"])
def test_the_text_shown_as_proof_gives_the_number(
    name: str, asked: Filters, by: str | None, world: Store, elsewhere: duckdb.DuckDBPyConnection
) -> None:
    shown = {row[0]: row[1:] for row in run(runnable_sql.of_metric(name, asked, by, world), elsewhere)}
    told = queries.answer(name, asked, by, world)
    told = told[told["n"] > 0]
    for row in told.itertuples(index=False):
        assert [None if value is None else pytest.approx(value) for value in shown[row.slice]] == [
            None if value != value else value for value in row[1:]
        ]


def test_it_holds_what_the_query_calls_and_nothing_else(world: Store) -> None:
    text = runnable_sql.of_metric("csat", ASKED, None, world)
    assert re.findall(r"macro (\w+)\(", text) == ["wilson_centre", "wilson_margin", "wilson_low", "wilson_high", "share_of"]
    assert "-- $channel = ['email', 'O''Hara']" in text
    assert "-- $start = timestamp '2024-03-01 00:00:00'" in text
    assert "$team" not in text


def test_every_estimate_is_found() -> None:
    text = (Path(queries.__file__).parent / "macros.sql").read_text()
    assert list(runnable_sql.macros()) == re.findall(r"^create or replace macro (\w+)\(", text, re.MULTILINE)


def test_a_view_has_its_proof_too(world: Store) -> None:
    for name in views.views():
        assert views.definition(name).sql.removeprefix("with ")[:40] in runnable_sql.of_view(name, ASKED, None, world)


def test_a_view_that_compares_says_with_which_days(world: Store) -> None:
    text = runnable_sql.of_view("theme_table", ASKED, None, world)
    assert "-- $before_start = timestamp '2024-01-30 00:00:00'" in text
    assert "-- $before_end = timestamp '2024-03-01 00:00:00'" in text
