"""Makes the calendars into a table that any business time is read from in two look-ups; see worktime.sql."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb

from data.clock import changes
from data.derived import calendars
from data.derived.calendars import Calendar
from data.literals import literal

HERE = Path(__file__).parent
EPOCH = datetime(1970, 1, 1)
NEVER = 2**40  # seconds since then
FIRST = 1999  # a year before the clock is known
# What the calendars say, in one line: when it changes, the derived tables are out of date.
STATE = """concat_ws(' ', (select md5(string_agg(c::varchar, ' ' order by c::varchar)) from calendars c),
  (select md5(string_agg(h::varchar, ' ' order by h::varchar)) from calendar_hours h),
  (select md5(string_agg(f::varchar, ' ' order by f::varchar)) from calendar_free_days f))"""
NOTHING = (
    "create or replace temp table workdays (calendar integer, day bigint)",
    "create or replace temp macro worked(w, stamp) as null::bigint",
    "create or replace temp macro at_work(w, stamp) as null::boolean",
)


def prepare(cursor: duckdb.DuckDBPyConnection, zone: str) -> None:
    """What facts.sql reads: `workdays`, `worked(row, stamp)`, `at_work(row, stamp)` and `calendar_of(team)`."""
    cursor.execute("create or replace temp macro utc_day(stamp) as epoch_us(stamp) // 86400000000")
    found = calendars.read(cursor)
    cursor.execute(f"create or replace temp macro calendar_of(team) as {_number(found)}")
    for statement in NOTHING if not found else ():
        cursor.execute(statement)
    if found:
        _stretches(cursor, found, zone)
        _free_days(cursor, found)
        _build(cursor)


def _number(found: list[Calendar]) -> str:
    """SQL for the number of the calendar that counts for a team."""
    teams = " ".join(f"when {literal(known.team)} then {at}" for at, known in enumerate(found) if known.team is not None)
    default = "0" if found and found[0].team is None else "null"
    return f"(case team {teams} else {default} end)::integer" if teams else f"{default}::integer"


def _stretches(cursor: duckdb.DuckDBPyConnection, found: list[Calendar], zone: str) -> None:
    """Since when and until when each calendar's clock stands how far ahead, in seconds."""
    cursor.execute(
        "create or replace temp table stretches (calendar integer, team varchar, since bigint, until bigint, ahead bigint)"
    )
    for at, known in enumerate(found):
        steps = changes(cursor, known.timezone or zone)
        starts = [0, *(int((step - EPOCH).total_seconds()) for step, _ in steps[1:])]
        for since, until, (_, ahead) in zip(starts, [*starts[1:], NEVER], steps, strict=True):
            cursor.execute(f"insert into stretches values ({at}, {literal(known.team)}, {since}, {until}, {ahead})")


def _free_days(cursor: duckdb.DuckDBPyConnection, found: list[Calendar]) -> None:
    cursor.execute("create or replace temp table free_days (calendar integer, day date)")
    last = date.today().year + 3
    days = [f"({at}, date '{day}')" for at, known in enumerate(found) for day in calendars.free(known, FIRST, last)]
    if days:
        cursor.execute(f"insert into free_days values {', '.join(days)}")


def _build(cursor: duckdb.DuckDBPyConnection) -> None:
    """As many pairs of columns as the busiest day has stretches of work."""
    pieces, workdays = (part for part in _text().split(";") if part.strip())
    cursor.execute(pieces)
    most = int((cursor.execute("select coalesce(max(place), 0) from pieces").fetchone() or [0])[0])
    places = range(1, most + 1)
    columns = "".join(
        f", coalesce(max({side}) filter (place = {at}), 0)::bigint as {side}_{at}" for at in places for side in ("opens", "closes")
    )
    cursor.execute(workdays.format(columns=columns))
    now = "epoch_us(stamp) % 86400000000"
    passed = "".join(f" + greatest(least({now}, w.closes_{at}) - w.opens_{at}, 0)" for at in places)
    within = "".join(f" or {now} >= w.opens_{at} and {now} < w.closes_{at}" for at in places)
    cursor.execute(f"create or replace temp macro worked(w, stamp) as w.before{passed}")
    cursor.execute(f"create or replace temp macro at_work(w, stamp) as w.before < 0{within}")


@cache
def _text() -> str:
    lines = (line.split("--")[0] for line in (HERE / "worktime.sql").read_text().splitlines())
    return "\n".join(lines)
