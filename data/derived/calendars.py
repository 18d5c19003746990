"""Business hours of our own: a calendar for everybody, others for single teams, and how people write them down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import duckdb

from data.literals import literal
from data.store import Store

DAY = 1440  # minutes
WEEK = 7 * DAY
LONGEST_BREAK = 366  # days that one line of free days may cover
OFFICE = {weekday: ((540, 1020),) for weekday in range(1, 6)}

Hours = Mapping[int, Sequence[tuple[int, int]]]  # weekday (1 is Monday) -> minutes from which to which; past DAY: into the night


class Unreadable(ValueError):
    """Hours or days that nobody can count by; the message is a sentence that names the place."""


@dataclass(frozen=True)
class Calendar:
    """When somebody is there. Without a team it counts for every team that has none of its own."""

    team: str | None = None
    timezone: str | None = None  # None: the workspace's
    country: str | None = None
    subdivision: str | None = None
    hours: Hours = field(default_factory=lambda: OFFICE)
    free_days: frozenset[tuple[date, bool]] = frozenset()  # True: the same day every year


def every(store: Store) -> list[Calendar]:
    """All of them, the one for everybody first."""
    with store.cursor() as cursor:
        return read(cursor)


def read(cursor: duckdb.DuckDBPyConnection) -> list[Calendar]:
    """All of them, inside the caller's transaction."""
    found = cursor.execute("select team, timezone, country, subdivision from calendars order by team nulls first").fetchall()
    return [Calendar(team, zone, of, part, _hours(cursor, team), _free_days(cursor, team)) for team, zone, of, part in found]


def _hours(cursor: duckdb.DuckDBPyConnection, team: str | None) -> Hours:
    rows = cursor.execute(f"select weekday, opens, closes from calendar_hours where {_of(team)} order by all").fetchall()
    return {
        day: tuple((opens, closes) for weekday, opens, closes in rows if weekday == day) for day in sorted({r[0] for r in rows})
    }


def _free_days(cursor: duckdb.DuckDBPyConnection, team: str | None) -> frozenset[tuple[date, bool]]:
    return frozenset(cursor.execute(f"select day, yearly from calendar_free_days where {_of(team)}").fetchall())


def _of(team: str | None) -> str:
    return f"team is not distinct from {literal(team)}"


def keep(store: Store, calendar: Calendar) -> None:
    """Store it in place of the one its team had. Raises Unreadable when there is nothing to count by."""
    check(calendar.hours)
    head = (calendar.team, calendar.timezone, calendar.country, calendar.subdivision)
    with store.writing() as cursor:
        _drop(cursor, calendar.team)
        cursor.execute(f"insert into calendars values ({', '.join(map(literal, head))})")
        for weekday, spans in calendar.hours.items():
            for opens, closes in spans:
                cursor.execute(f"insert into calendar_hours values ({literal(calendar.team)}, {weekday}, {opens}, {closes})")
        for day, yearly in sorted(calendar.free_days):
            cursor.execute(f"insert into calendar_free_days values ({literal(calendar.team)}, date '{day}', {yearly})")


def remove(store: Store, team: str | None) -> None:
    """Count by it no more."""
    with store.writing() as cursor:
        _drop(cursor, team)


def _drop(cursor: duckdb.DuckDBPyConnection, team: str | None) -> None:
    for table in ("calendars", "calendar_hours", "calendar_free_days"):
        cursor.execute(f"delete from {table} where {_of(team)}")


def check(hours: Hours) -> None:
    """Raise Unreadable unless there are some hours and no two of them overlap."""
    spans = sorted((day * DAY + opens, day * DAY + closes) for day, all_day in hours.items() for opens, closes in all_day)
    if not spans:
        raise Unreadable("At least one day needs hours: without any, every wait would be 0.")
    around = [*spans, (spans[0][0] + WEEK, spans[0][1] + WEEK)]
    if any(before[1] > after[0] for before, after in pairwise(around)):
        raise Unreadable("Two stretches of hours overlap.")


def read_hours(text: str) -> tuple[tuple[int, int], ...]:
    """`9-12, 13:00-17:30` as minutes of the day; nothing is closed. Raises Unreadable."""
    spans = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return tuple(sorted(_span(span) for span in spans))


def _span(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d\d))?", text)
    if not found:
        raise Unreadable(f"“{text}” is not like 9:00-17:00.")
    hour, minute, until_hour, until_minute = (int(part or 0) for part in found.groups())
    opens, closes = hour * 60 + minute, until_hour * 60 + until_minute
    if max(minute, until_minute) > 59 or opens >= DAY or closes > DAY:
        raise Unreadable(f"“{text}” is not on a clock of 24 hours.")
    return opens, closes if closes > opens else closes + DAY  # 22:00-6:00 ends the next morning


def write_hours(spans: Iterable[tuple[int, int]]) -> str:
    """The way back."""
    return ", ".join(f"{_clock(opens)}-{_clock(closes if closes <= DAY else closes - DAY)}" for opens, closes in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def read_free_days(text: str) -> frozenset[tuple[date, bool]]:
    """One a line: `2026-12-24`, `2026-12-27 to 2026-12-30`, or `12-24` for every year. Raises Unreadable."""
    return frozenset(day for line in text.splitlines() if line.strip() for day in _line(line.strip()))


def _line(line: str) -> list[tuple[date, bool]]:
    try:
        if re.fullmatch(r"\d{1,2}-\d{1,2}", line):
            month, day = map(int, line.split("-"))
            return [(date(2000, month, day), True)]
        first, _, last = line.partition(" to ")
        begins = date.fromisoformat(first.strip())
        length = (date.fromisoformat(last.strip()) - begins).days + 1 if last else 1
    except ValueError:
        raise Unreadable(f"“{line}” is not like 2026-12-24, 2026-12-27 to 2026-12-30, or 12-24 for every year.") from None
    if not 0 < length <= LONGEST_BREAK:
        raise Unreadable(f"“{line}” is not one break: its end is {'before its start' if length < 1 else 'more than a year away'}.")
    return [(begins + timedelta(days=at), False) for at in range(length)]


def write_free_days(days: Iterable[tuple[date, bool]]) -> str:
    """The way back; days in a row as one line."""
    yearly = [f"{day:%m-%d}" for day, every_year in sorted(days) if every_year]
    runs: list[list[date]] = []
    for day in sorted(day for day, every_year in days if not every_year):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return "\n".join([*yearly, *(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)])


@cache
def countries() -> Mapping[str, str]:
    """Code -> name of every country whose public holidays are known."""
    import holidays
    from holidays.registry import COUNTRIES

    known = holidays.list_supported_countries(include_aliases=False)
    named = {entry[1]: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values()}
    return {code: named[code] for code in sorted(known, key=lambda code: named.get(code, "")) if code in named}


@cache
def subdivisions(country: str) -> Mapping[str, str]:
    """Code -> name of the parts of a country that have holidays of their own."""
    import holidays

    kind = getattr(holidays, country)
    names = {code: aliases[0] for code, aliases in kind.get_subdivision_aliases().items() if aliases}
    return {code: names.get(code, code) for code in holidays.list_supported_countries(include_aliases=False).get(country, [])}


@cache
def public_holidays(country: str, subdivision: str | None, first: int, last: int) -> Mapping[date, str]:
    """The public holidays of those years, by day."""
    import holidays

    return dict(holidays.country_holidays(country, subdivision, years=range(first, last + 1), language="en_US"))


def free(calendar: Calendar, first: int, last: int) -> dict[date, str]:
    """Every free day of those years, with why."""
    found = dict(public_holidays(calendar.country, calendar.subdivision, first, last)) if calendar.country else {}
    for day, yearly in calendar.free_days:
        for year in range(first, last + 1) if yearly else (day.year,):
            if not (day.month == 2 and day.day == 29 and year % 4):
                found.setdefault(day.replace(year=year), "own free day")
    return {day: why for day, why in found.items() if first <= day.year <= last}
