"""An import is a number in every row that came with it, and the tags of a ticket are one text."""

from __future__ import annotations

import duckdb

TABLES = ("tickets", "messages", "responses", "customers", "subscriptions", "churn_events")  # all that there were
# "20261201-012539-232" is a moment to the millisecond; now it is told to 10 microseconds, in digits only.
DIGITS = "rpad(replace({name}, '-', ''), 19, '0')"


def migrate(cursor: duckdb.DuckDBPyConnection) -> None:
    """Nothing to do where it is so already; an import is a number in all tables or in none."""
    cursor.execute("alter table imports drop column if exists sha256")
    if _type(cursor, "tickets", "import_id") == "BIGINT":
        return
    for table in TABLES:
        _numbered(cursor, table)
        if _type(cursor, f"{table}_replaced", "import_id"):
            _numbered(cursor, f"{table}_replaced")
            cursor.execute(f"update {table}_replaced set replaced_by = {DIGITS.format(name='replaced_by')}")
    digits = DIGITS.format(name="id")
    cursor.execute(f"update imports set receipt = replace(receipt, id, {digits}), id = {digits}")  # here it stays a text
    cursor.execute(f"update problems set import_id = {DIGITS.format(name='import_id')}")


def _numbered(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    if _type(cursor, table, "tags") == "VARCHAR[]":
        cursor.execute(f"alter table {table} alter tags type varchar using array_to_string(tags, chr(31))")
    cursor.execute(f"alter table {table} alter import_id type bigint using {DIGITS.format(name='import_id')}::bigint")


def _type(cursor: duckdb.DuckDBPyConnection, table: str, column: str) -> str | None:
    found = cursor.execute(
        "select data_type from duckdb_columns() where database_name = current_database() and table_name = ? and column_name = ?",
        [table, column],
    ).fetchone()
    return str(found[0]) if found else None
