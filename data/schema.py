"""Which columns the tables have, and of which type: as schema.sql describes them, and as a database holds them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb

DESCRIBED = Path(__file__).parent / "schema.sql"
REPLACED = "_replaced"  # behind a table's name: the versions that later imports replaced
Tables = Mapping[str, Mapping[str, str]]  # table -> column -> type


def create(cursor: duckdb.DuckDBPyConnection) -> None:
    """The tables of a new database."""
    cursor.execute(DESCRIBED.read_text(encoding="utf-8"))


@cache
def described() -> Tables:
    """Of a database made today."""
    with duckdb.connect() as connection:
        create(connection)
        return held(connection)


def held(cursor: duckdb.DuckDBPyConnection) -> Tables:
    """Of an open database."""
    rows = cursor.execute("""
        select table_name, column_name, data_type from duckdb_columns()
        where database_name = current_database() and schema_name = 'main' and not internal order by table_oid, column_index""")
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def difference(found: Tables) -> str | None:
    """The first thing that these lack of what is described. Whatever they have besides is nobody's concern."""
    for table, columns in described().items():
        for name in (table, *({f"{table}{REPLACED}"} & set(found))):
            for column, kind in columns.items():
                if (is_ := found.get(name, {}).get(column)) != kind:
                    return f"{name}.{column} is {is_}, not {kind}" if is_ else f"{name} has no column {column}"
    return None
