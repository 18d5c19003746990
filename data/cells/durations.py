"""Reads durations into minutes: numbers in a known unit, clocks (26:15:00), words (2 days 3 hours) and ISO 8601 (PT2H5M)."""

from __future__ import annotations

import re
from dataclasses import replace

from data.cells import duration_words, numbers
from data.cells.column_kind import Converted, Measured, Reading, Setting, count
from data.formats.match import Use
from data.headers.names import MINUTES

HOURS, SECONDS, LONG = "h:mm", "m:ss", "h:mm:ss"  # what a clock of two parts says
CLOCK = r"-?\d+:\d{1,2}(?::\d{1,2}(?:[.,]\d+)?)?"
SPELLED = tuple((minutes, words.replace(" ", "|")) for minutes, words in duration_words.MINUTES)
UNIT = "(?:" + "|".join(words for _, words in SPELLED) + r")\.?"
LONGEST = 52_594_920  # minutes, a hundred years: what is longer is a stamp or a word for "never"
CALLS = re.compile(r"\b(talk|call|ring|aht|acw)\b|speed of answer", re.IGNORECASE)  # counted in minutes and seconds
AMOUNT = r"\d+(?:[.,]\d+)?"


def measures(use: Use) -> dict[str, str]:
    clocks = {"short": r"^-?\d+:\d{1,2}$", "long": r"^-?\d+:\d{1,2}:\d"}
    found = {"zeros": count(f"regexp_matches(v{use.place}, '^[0:.,]+$')")}
    return (
        found | numbers.measures(use) | {name: count(f"regexp_matches(v{use.place}, '{clock}')") for name, clock in clocks.items()}
    )


def settle(use: Use, found: Measured, setting: Setting) -> Reading:
    """5:30 is five hours and a half, but of a call five minutes and a half, and wherever the column's name says so."""
    reading = numbers.settle(use, found, setting)
    reading = replace(reading, zeros=found["zeros"] / (found["filled"] or 1))
    if not found["short"]:
        return replace(reading, shapes=(LONG,)) if found["long"] * 2 > found["filled"] else reading
    calls = CALLS.search(use.header.replace("_", " ")) and not found["long"]
    return replace(reading, shapes=(SECONDS if use.unit == SECONDS or calls else HOURS,))


def convert(place: int, use: Use, reading: Reading, setting: Setting) -> Converted:
    """A duration below zero is no duration, nor is one of a hundred years: it becomes empty and is counted."""
    minutes = _number(numbers.plain(place), use) if reading.plain else _any(f"v{place}", use, reading)
    return Converted({use.column.name: f"case when {minutes} >= 0 and {minutes} < {LONGEST} then {minutes} end"})


def _number(number: str, use: Use) -> str:
    factor = MINUTES.get(use.unit or "")
    if factor is None:
        return "cast(null as double)"
    return number if factor == 1 else f"{number} * {factor!r}" if factor > 1 else f"{number} / {round(1 / factor)}"


def _any(value: str, use: Use, reading: Reading) -> str:
    lower = f"trim(regexp_replace(lower({value}), '^p(\\d+w)?(\\d+d)?t?', '\\1\\2 '))"  # PT2H5M, as programs write it
    lower = f"regexp_replace({lower}, '^(\\d+)\\.(\\d\\d:\\d\\d:\\d\\d)', '\\1 d \\2')"  # 1.02:30:00, as others do
    parts, clocked = rf"(?:{AMOUNT}\s*{UNIT}[\s,]*(?:(?:{duration_words.AND})\s+)?)+", rf"{CLOCK}\s*(?:hrs|hours|h)?"
    whole = f"^(?:{parts}(?:{clocked})?|{clocked})$"
    return f"""case
      when ({value}) is null then null
      when {value} like '1970-01-%' then epoch(try_cast({value} as timestamp)) / 60
      when regexp_matches({lower}, '{whole}') then {spelled(lower)} + coalesce({clock(lower, SECONDS in reading.shapes)}, 0)
      else {_number(numbers.spoken(value, reading.decimal), use)} end"""


def clock(value: str, seconds: bool = False) -> str:
    """H:MM:SS or H:MM, hours beyond 24 allowed, in minutes; `seconds`: two parts are M:SS."""
    found = f"nullif(regexp_extract({value}, '{CLOCK}'), '')"
    hours, minutes, rest = (
        f"coalesce(try_cast(replace(split_part({found}, ':', {part}), ',', '.') as double), 0)" for part in (1, 2, 3)
    )
    sign = f"case when starts_with({found}, '-') then -1 else 1 end"
    whole = f"abs({hours}) * 60 + {minutes} + {rest} / 60"
    if seconds:
        whole = f"case when {found} like '%:%:%' then {whole} else abs({hours}) + {minutes} / 60 end"
    return f"{sign} * ({whole})"


def spelled(value: str) -> str:
    """Every "number unit" pair added up; a clock among them is left to `clock`."""
    rest = f"regexp_replace({value}, '{CLOCK}\\s*(?:hrs|hours|h)?', '')"
    pairs = [
        f"coalesce(try_cast(replace(regexp_extract({rest}, '({AMOUNT})\\s*(?:{words})(?:[^\\pL]|$)', 1), ',', '.') "
        f"as double), 0) * {factor!r}"
        for factor, words in SPELLED
    ]
    return "(" + " + ".join(pairs) + ")"
