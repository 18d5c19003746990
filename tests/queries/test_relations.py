"""The SQL behind a number says what it is made of and nothing else: readers open it as proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import queries
from data.store import Store
from queries import METRICS, Filters, compose, dimensions, scope, views
from tests.queries.worlds import small_world

EVERYTHING = Filters(range="all")
LISTS = dimensions.filters()
SCOPE = (Path(queries.__file__).parent / "scope.sql").read_text()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("relations") / "world.duckdb")
    yield small_world(opened)
    opened.close()


def test_every_relation_of_the_scope_is_found() -> None:
    assert list(scope.relations()) == re.findall(r"^(\w+) as \(", SCOPE, re.MULTILINE)


@pytest.mark.parametrize("rows", ["tickets", "answers", "accounts"])
def test_a_filter_stands_in_the_query_exactly_where_it_reaches_the_rows(rows: str) -> None:
    extent = compose.Extent(None, None)
    asked = compose.Scope(rows, "moment")
    for name in LISTS:
        sql = compose.view_sql(asked, f"select 1 from {rows}", Filters(**{name: ("x",)}), None, extent)
        assert (f"${name}" in sql) == (name in dimensions.of_rows(rows)), name


@pytest.mark.parametrize("name", METRICS)
def test_a_number_nobody_filtered_names_no_filter(name: str, world: Store) -> None:
    sql = queries.sql_of(name, EVERYTHING, None, world)
    assert not set(re.findall(r"\$(\w+)", sql)) & set(LISTS), "conditions of filters that nobody set"


@pytest.mark.parametrize("name", LISTS)
def test_a_filter_that_is_set_stands_in_the_query(name: str, world: Store) -> None:
    over = "nps" if name == "survey" else "customer_churn" if name in ("segment", "plan", "country") else "resolution_time"
    sql = queries.sql_of(over, Filters(range="all", **{name: ("x",)}), None, world)  # type: ignore[arg-type]
    assert set(re.findall(r"\$(\w+)", sql)) & set(LISTS) == {name}
    assert f"${name} is null" not in sql


def test_a_score_says_nothing_of_tickets_or_customers(world: Store) -> None:
    sql = queries.sql_of("nps", EVERYTHING, None, world)
    assert re.findall(r"^(\w+) as \(", sql, re.MULTILINE) == ["answers"]
    assert len(sql.splitlines()) < 20


def test_what_a_relation_speaks_of_comes_before_it(world: Store) -> None:
    assert scope.needed("from staying", scope.relations()) == ["periods", "accounts", "stays", "staying"]
    assert scope.needed("from main.tickets -- not of answers", scope.relations()) == []
    assert scope.needed("from survival_of('stays')", scope.relations()) == ["periods", "accounts", "stays"]


def test_a_view_without_scoped_rows_needs_none(world: Store) -> None:
    assert scope.beginning("select 1 from main.sources", {}) == ""
    assert all(sql.startswith("with ") for sql in (views.sql_of(name, EVERYTHING, None, world) for name in views.views()))
