"""Works the derived tables out anew from the unified ones: facts, answers, accounts, spells."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

HERE = Path(__file__).parent


def rebuild(cursor: duckdb.DuckDBPyConnection) -> None:
    """Recompute every derived table inside the caller's transaction."""
    _clock(cursor)
    for statement in _statements():
        cursor.execute(statement)


def create(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the derived tables where they do not exist yet."""
    found = cursor.execute("select count(*) from information_schema.tables where table_name = 'facts'").fetchone()
    if found and not found[0]:
        rebuild(cursor)


def _clock(cursor: duckdb.DuckDBPyConnection) -> None:
    """`local_time(stamp)`: UTC to the workspace's wall clock; a no-op in UTC because the conversion is costly."""
    found = cursor.execute("select value from settings where key = 'timezone'").fetchone()
    zone = str(found[0]).replace("'", "") if found else "UTC"
    body = "stamp" if zone == "UTC" else f"timezone('{zone}', timezone('UTC', stamp))"
    cursor.execute(f"create or replace temp macro local_time(stamp) as {body}")


@cache
def _statements() -> tuple[str, ...]:
    lines = (line.split("--")[0] for line in (HERE / "facts.sql").read_text().splitlines())
    return tuple(part for part in "\n".join(lines).split(";") if part.strip())
