"""Works the derived tables out anew from the unified ones: a file here is one relation, with what its columns mean.

Stamps in the tables that are kept are on the workspace's wall clock; durations are minutes. Not part of an import: several files
need it once, and the first question after them brings it up to date.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import duckdb

from data import clock, migrations
from data.derived import csat_thresholds, worktime
from data.store import Store

IN_ORDER = (  # each builds on those before it
    *("stamps", "only_told", "every_ticket", "message_links", "response_links", "threads", "handovers", "changes", "histories"),
    *("own_calendars", "replies", "sources", "clashing", "people", "people_by_email", "facts", "next_contacts", "scales"),
    *("answers", "spells", "purchases", "accounts"),
)
HERE = Path(__file__).parent
# What the derived tables depend on: the imports and how they were read, the shape they are kept in, the workspace's choices, and
# the definitions.
STATE = f"""
select concat_ws(' ', '{{definitions}}', (select bit_xor(hash(i)) from imports i), (select bit_xor(hash(d)) from doubts d),
  (select max(value) from settings where key = '{migrations.SETTING}'),
  (select max(value) from settings where key = 'timezone'), {csat_thresholds.STATE}, {worktime.STATE})
"""
_fresh: dict[int, str] = {}  # store -> the version at which its derived tables were found fresh
_building = Lock()


def up_to_date(store: Store) -> None:
    """Rebuild the derived tables if anything was imported or undone since. While one thread does, others see the state before."""
    now = store.version()
    if _fresh.get(store.serial) == now or not _building.acquire(blocking=store.serial not in _fresh):
        return
    try:
        with store.cursor() as cursor:
            stale = _kept_state(cursor) != _state(cursor)
        if stale:
            with store.writing() as cursor:
                rebuild(cursor)
        _fresh[store.serial] = "" if stale else now  # after a rebuild the next question looks again
    finally:
        _building.release()


def rebuild(cursor: duckdb.DuckDBPyConnection) -> None:
    """Recompute every derived table inside the caller's transaction."""
    zone = clock.zone(cursor)
    clock.prepare(cursor, zone)
    worktime.prepare(cursor, zone)
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
    """Ours, and those of public holidays: a newer version of these may know better."""
    ours = b"".join((HERE / f"{name}.sql").read_bytes() for name in (*IN_ORDER, "worktime"))
    return hashlib.sha256(ours + version("holidays").encode()).hexdigest()[:16]


@cache
def _statements() -> tuple[str, ...]:
    lines = (line.split("--")[0] for name in IN_ORDER for line in (HERE / f"{name}.sql").read_text().splitlines())
    return tuple(part for part in "\n".join(lines).split(";") if part.strip())
