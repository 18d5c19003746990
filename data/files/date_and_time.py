"""Finds a date and a time of day that stand in two columns of one name: "Date" and "Time", "Call date" and "Call time"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from statistics import median

from data.files.source_table import Table, found_in
from data.headers.languages import parted

DATES = {"date", "datum", "fecha", "data", "day"}
TIMES = {"time", "uhrzeit", "zeit", "heure", "hora", "ora", "tijd"}
ROWS = 300
MOST = 0.95
DATE = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[- ][^\W\d_]{3,9}[- ]\d{2,4})([ T]00:00(:00(\.0+)?)?)?"
)
CLOCK = re.compile(r"(\d{1,2}):\d{2}(?::\d{2}(?:\.\d+)?)?\s?([AaPp]\.?[Mm]\.?)?")
EARLY = 3  # by what hour half of all moments of a day are past only if they are durations


def paired(table: Table) -> Table:
    """The same table, whose dates are read with the time of day beside them; with a note for each such pair."""
    named = [
        (date, time) for date, name in enumerate(table.header) for time, other in enumerate(table.header) if _match(name, other)
    ]
    if not named:
        return table
    rows = [record.fields for record in islice(found_in(table), ROWS) if record.fields is not None]
    joined = tuple((date, time) for date, time in named if _moments(_column(rows, date), _column(rows, time)))
    notes = [f"'{table.header[date]}' and '{table.header[time]}' are read together as one moment." for date, time in joined]
    return replace(table, joined=joined, notes=(*table.notes, *notes))


def _match(date: str, time: str) -> bool:
    """Whether two names differ by nothing but the word for a date and the word for a time."""
    left, right = (set(re.findall(r"[^\W_]+", parted(name))) for name in (date, time))
    return len(left & DATES) == len(right & TIMES) == 1 and left - DATES == right - TIMES


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() if place < len(row) else "" for row in rows]


def _moments(dates: Sequence[str], times: Sequence[str]) -> bool:
    """Whether these are pure dates and times of day: durations are written alike, but most of them are short."""
    both = [(date, CLOCK.fullmatch(time)) for date, time in zip(dates, times, strict=True) if date and time]
    clocks = [clock for date, clock in both if clock and DATE.fullmatch(date)]
    if not clocks or len(clocks) < MOST * len(both):
        return False
    hours = [int(clock[1]) for clock in clocks]
    return max(hours) < 24 and (any(clock[2] for clock in clocks) or median(hours) >= EARLY)
