"""Reads durations into minutes: numbers in a known unit, clocks (26:15:00), words (2 days 3 hours) and ISO 8601 (PT2H5M)."""

from __future__ import annotations

from data.cells import kinds_number
from data.cells.kinds import Converted, Measured, Reading, Setting
from data.cells.names import MINUTES
from data.recognise import Use

CLOCK = r"-?\d+:\d{1,2}(?::\d{1,2}(?:[.,]\d+)?)?"
SPELLED = (
    (525_600.0, "y|yr|yrs|year|years"),
    (43_200.0, "mo|mon|month|months"),
    (10_080.0, "w|wk|wks|week|weeks"),
    (1_440.0, "d|day|days"),
    (60.0, "h|hr|hrs|hour|hours"),
    (1.0, "m|min|mins|minute|minutes"),
    (1 / 60, "s|sec|secs|second|seconds"),
    (1 / 60_000, "ms|msec|millisecond|milliseconds"),
)
UNIT = "(?:" + "|".join(words for _, words in SPELLED) + ")"
AMOUNT = r"\d+(?:[.,]\d+)?"


def measures(use: Use) -> dict[str, str]:
    return kinds_number.measures(use)


def settle(use: Use, found: Measured, setting: Setting) -> Reading:
    return kinds_number.settle(use, found, setting)


def convert(place: int, use: Use, reading: Reading, setting: Setting) -> Converted:
    """A duration below zero is no duration: it becomes empty and is counted."""
    minutes = _number(kinds_number.plain(place), use) if reading.plain else _any(f"v{place}", use, reading)
    return Converted({use.column.name: f"case when {minutes} >= 0 then {minutes} end"})


def _number(number: str, use: Use) -> str:
    factor = MINUTES.get(use.unit or "")
    if factor is None:
        return "cast(null as double)"
    return number if factor == 1 else f"{number} * {factor!r}" if factor > 1 else f"{number} / {round(1 / factor)}"


def _any(value: str, use: Use, reading: Reading) -> str:
    lower = f"trim(regexp_replace(lower({value}), '^p(\\d+w)?(\\d+d)?t?', '\\1\\2 '))"  # PT2H5M, as programs write it
    whole = rf"^(?:(?:{AMOUNT}\s*{UNIT}[\s,]*(?:and\s+)?)+(?:{CLOCK}\s*(?:hrs|hours|h)?)?|{CLOCK}\s*(?:hrs|hours|h)?)$"
    return f"""case
      when ({value}) is null then null
      when {value} like '1970-01-%' then epoch(try_cast({value} as timestamp)) / 60
      when regexp_matches({lower}, '{whole}') then {spelled(lower)} + coalesce({clock(lower)}, 0)
      else {_number(kinds_number.spoken(value, reading.decimal), use)} end"""


def clock(value: str) -> str:
    """H:MM:SS or H:MM, hours beyond 24 allowed, in minutes."""
    found = f"nullif(regexp_extract({value}, '{CLOCK}'), '')"
    hours, minutes, seconds = (
        f"coalesce(try_cast(replace(split_part({found}, ':', {part}), ',', '.') as double), 0)" for part in (1, 2, 3)
    )
    sign = f"case when starts_with({found}, '-') then -1 else 1 end"
    return f"{sign} * (abs({hours}) * 60 + {minutes} + {seconds} / 60)"


def spelled(value: str) -> str:
    """Every "number unit" pair added up; a clock among them is left to `clock`."""
    rest = f"regexp_replace({value}, '{CLOCK}\\s*(?:hrs|hours|h)?', '')"
    pairs = [
        f"coalesce(try_cast(replace(regexp_extract({rest}, '({AMOUNT})\\s*(?:{words})(?:[^a-z]|$)', 1), ',', '.') "
        f"as double), 0) * {factor!r}"
        for factor, words in SPELLED
    ]
    return "(" + " + ".join(pairs) + ")"
