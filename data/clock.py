"""The workspace's wall clock: `local_time(stamp)` in SQL, and when a time zone's clocks change."""

from __future__ import annotations

from datetime import datetime

import duckdb

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


def zone(cursor: duckdb.DuckDBPyConnection) -> str:
    """Whose clock the workspace counts on."""
    found = cursor.execute("select value from settings where key = 'timezone'").fetchone()
    return str(found[0]) if found else "UTC"


def changes(cursor: duckdb.DuckDBPyConnection, zone: str) -> list[tuple[datetime, int]]:
    """From when (UTC) the zone is how many seconds ahead; the first has been so for ever."""
    return cursor.execute(CLOCK_CHANGES, {"zone": zone}).fetchall()


def prepare(cursor: duckdb.DuckDBPyConnection, zone: str) -> None:
    """`local_time(stamp)`: UTC to the workspace's wall clock; nothing to do in UTC. Looking a date up among the clock changes
    costs a tenth of asking the calendar about every stamp."""
    body = "stamp" if zone == "UTC" else f"stamp + to_seconds({_halved(changes(cursor, zone))})"
    cursor.execute(f"create or replace temp macro local_time(stamp) as {body}")


def _halved(changes: list[tuple[datetime, int]]) -> str:
    if len(changes) == 1:
        return str(changes[0][1])
    middle = len(changes) // 2
    return (
        f"case when stamp < timestamp '{changes[middle][0]}' then {_halved(changes[:middle])} else {_halved(changes[middle:])} end"
    )
