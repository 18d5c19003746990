"""Whether ids repeat is proved without remembering them, and never wrongly."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importing.unique_ids import ids_differ

IDS = st.lists(st.one_of(st.integers(0, 200).map(str), st.text("ab01é", min_size=0, max_size=3), st.none()), max_size=40)


def differ(ids: list[str | None]) -> bool:
    with duckdb.connect() as connection:
        connection.execute("create table t (id varchar)")
        if ids:
            connection.executemany("insert into t values (?)", [[one] for one in ids])
        return ids_differ(connection.cursor(), "t")


@settings(deadline=None)
@given(IDS)
def test_it_is_true_exactly_where_no_id_repeats_or_lacks(ids: list[str | None]) -> None:
    assert differ(ids) == (None not in ids and len(set(ids)) == len(ids))


@pytest.mark.parametrize("order", ["i", "-i", "i % 7, i", "hash(i)", "i // 1000 desc, i"])
def test_a_single_repeat_is_found_in_any_order(order: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"create table t as select (i + 5)::varchar as id from range(20000) r(i) order by {order}")
        assert ids_differ(connection.cursor(), "t")
        connection.execute("insert into t values ('17005')")
        assert not ids_differ(connection.cursor(), "t")


class Listening:
    """A cursor that remembers what it was asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.asked: list[str] = []

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        self.asked.append(sql)
        return self.connection.execute(sql)


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_files_in_order_are_proved_without_counting(order: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"create table t as select i::varchar as id from range(200000) r(i) order by i {order}")
        cursor = Listening(connection)
        assert ids_differ(cursor, "t")  # type: ignore[arg-type]
        assert not any("count(" in sql for sql in cursor.asked)
