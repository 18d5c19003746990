"""Works the derived tables out anew from the unified ones: facts, replies, answers, accounts, spells.

Not part of an import: several files need it once, and the first question after them brings it up to date.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import duckdb

from data.store import Store

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


# What the derived tables depend on: the imports, the workspace's clock, and the definitions above.
STATE = """
select concat_ws(' ', '{definitions}', (select count(*) || ' ' || coalesce(max(id), '') from imports),
  (select max(value) from settings where key = 'timezone'))
"""
_fresh: dict[int, str] = {}  # store -> the version at which its derived tables were found fresh
_building = Lock()


def up_to_date(store: Store) -> None:
    """Rebuild the derived tables if anything was imported or undone since. While one thread does, others see the state before."""
    version = store.version()
    if _fresh.get(store.serial) == version or not _building.acquire(blocking=store.serial not in _fresh):
        return
    try:
        with store.cursor() as cursor:
            stale = _kept_state(cursor) != _state(cursor)
        if stale:
            with store.writing() as cursor:
                rebuild(cursor)
        _fresh[store.serial] = "" if stale else version  # after a rebuild the next question looks again
    finally:
        _building.release()


def rebuild(cursor: duckdb.DuckDBPyConnection) -> None:
    """Recompute every derived table inside the caller's transaction."""
    _clock(cursor)
    for statement in _statements():
        cursor.execute(statement)
    cursor.execute("delete from settings where key = 'facts_of'")
    cursor.execute(f"insert into settings select 'facts_of', ({STATE.format(definitions=_definitions())})")


def _state(cursor: duckdb.DuckDBPyConnection) -> str:
    return str((cursor.execute(STATE.format(definitions=_definitions())).fetchone() or [""])[0])


def _kept_state(cursor: duckdb.DuckDBPyConnection) -> str | None:
    found = cursor.execute("select value from settings where key = 'facts_of'").fetchone()
    return str(found[0]) if found else None


@cache
def _definitions() -> str:
    return hashlib.sha256((HERE / "facts.sql").read_bytes()).hexdigest()[:16]


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
    return (
        f"case when stamp < timestamp '{changes[middle][0]}' then {_halved(changes[:middle])} else {_halved(changes[middle:])} end"
    )


@cache
def _statements() -> tuple[str, ...]:
    lines = (line.split("--")[0] for line in (HERE / "facts.sql").read_text().splitlines())
    return tuple(part for part in "\n".join(lines).split(";") if part.strip())
