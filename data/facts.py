"""Works the derived tables out anew from the unified ones: facts, answers, accounts, spells."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
# Every half hour at which the wall clock comes to stand differently, found by the days on which it does.
CLOCK_CHANGES = """
with days as (
  select d, epoch(timezone($zone, timezone('UTC', d)) - d) as ahead
  from generate_series(timestamp '2000-01-01', timezone('UTC', now())::date + interval 2 year, interval 1 day) s(d)
),
changing as (select d, ahead from days qualify row_number() over (order by d) = 1 or ahead <> lead(ahead) over (order by d)),
steps as (
  select d + to_minutes(30 * i) as step, epoch(timezone($zone, timezone('UTC', step)) - step) as ahead
  from changing, generate_series(0, 48) s(i)
)
select step, ahead::bigint from steps qualify ahead is distinct from lag(ahead) over (order by step) order by step
"""


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
    """`local_time(stamp)`: UTC to the workspace's wall clock; nothing to do in UTC."""
    found = cursor.execute("select value from settings where key = 'timezone'").fetchone()
    zone = str(found[0]) if found else "UTC"
    body = "stamp" if zone == "UTC" else f"stamp + to_seconds({_ahead(cursor, zone)})"
    cursor.execute(f"create or replace temp macro local_time(stamp) as {body}")


def _ahead(cursor: duckdb.DuckDBPyConnection, zone: str) -> str:
    """SQL for the seconds the zone is ahead of UTC: looking a date up among the clock changes costs a tenth of asking the
    calendar about every stamp."""
    changes: list[tuple[datetime, int]] = cursor.execute(CLOCK_CHANGES, {"zone": zone}).fetchall()
    return _halved(changes)


def _halved(changes: list[tuple[datetime, int]]) -> str:
    if len(changes) == 1:
        return str(changes[0][1])
    middle = len(changes) // 2
    return f"case when stamp < timestamp '{changes[middle][0]}' then {_halved(changes[:middle])} else {_halved(changes[middle:])} end"


@cache
def _statements() -> tuple[str, ...]:
    lines = (line.split("--")[0] for line in (HERE / "facts.sql").read_text().splitlines())
    return tuple(part for part in "\n".join(lines).split(";") if part.strip())
