"""The macros of the layers above, in memory beside the database: asking a question writes nothing, and no file carries old ones."""

from __future__ import annotations

from contextlib import closing

import duckdb

from data.literals import literal

CATALOGUE = "deskpulse_macros"
# Earlier versions kept theirs in the file, where they would come before ours.
KEPT = """
select distinct if(function_type = 'table_macro', 'macro table', 'macro'), function_name from duckdb_functions()
where database_name = current_database() and schema_name = 'main' and not internal"""


def attach(connection: duckdb.DuckDBPyConnection) -> str:
    """A place for them, the same for every store of this process on the same file. Returns the name that SQL knows the file by."""
    with closing(connection.cursor()) as cursor:  # what the connection itself asks keeps a transaction open
        cursor.execute(f"attach if not exists ':memory:' as {CATALOGUE}")
        return str((cursor.execute("select current_database()").fetchone() or ("",))[0])


def set_search_path(cursor: duckdb.DuckDBPyConnection, database: str) -> None:
    """Names are looked for in the database first and then here; a cursor does not have this from its connection."""
    cursor.execute(f"set search_path = {literal(f'{_quoted(database)}.main,{CATALOGUE}.main')}")


def create(cursor: duckdb.DuckDBPyConnection, database: str, sql: str) -> None:
    """Run statements that make macros; what they read is found in the database."""
    for kind, name in cursor.execute(KEPT).fetchall():
        cursor.execute(f"drop {kind} {_quoted(name)}")
    cursor.execute(f"set search_path = {literal(f'{CATALOGUE}.main,{_quoted(database)}.main')}")
    cursor.execute(sql)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
