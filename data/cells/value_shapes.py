"""Looks at a column's values, not its name: do they hold stamps, clocks, numbers or words?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import duckdb

from data.cells.duration_words import SPELLED
from data.cells.sql_forms import MONEY, NEVER, WORDS
from data.cells.timestamp_spellings import usual

ROWS = 1_000
EMPTY = {*WORDS, *NEVER}
TELLING = 20  # different values of a column
LONGEST = 80  # no stamp, number or duration is longer; texts need no closer look

UNITS = "|".join(SPELLED)
STAMP = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(\D|$)|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(\D|$)"
    rf"|\d{{1,2}}(?:er)?(?:\. | de |[-/. ])(?!(?:{UNITS})\b)[^\W\d_]{{3,11}}\.?(?: de |[-/. ,]+)\d{{2,4}}\b"
    r"|([^\W\d_]{3,9},? )?[^\W\d_]{3,9}\.? \d{1,2},? \d{4}"
)
NUMBER = re.compile(
    rf"\(?[-+]?\s*(?:{MONEY}\s*[-+]?)?\d[\d.,'\u2019\u00a0\u202f ]*(?:[eE][-+]?\d+)?\s*(?:%|[.,]?-|{MONEY})?\)?|[-+]?\.\d+"
)
CLOCK = re.compile(r"-?(\d+\.(?=\d\d:\d\d:))?\d+:\d{1,2}(:\d{1,2}([.,]\d+)?)?(\s*(hrs|hours|h))?")
SPAN = re.compile(
    rf"-?\d+([.,]\d+)?\s*((w|d|h|m|s|ms|sec|min|hr|day|hour|week|wk|month|year|mon|mo|yr)s?(utes?|onds?)?|{UNITS})\b.*"
    r"|(\d+[dhms]\s*)+|P(?=[\dT])(\d+W)?(\d+D)?(T(\d+([.,]\d+)?[HMS])+)?",
    re.IGNORECASE,
)
YES = (
    "ja",
    "oui",
    "si",
    "sí",
    "sì",
    "sim",
    "tak",
    "ano",
    "wahr",
    "vrai",
    "verdadero",
    "verdadeiro",
    "vero",
    "waar",
    "x",
    "✓",
    "✔",
    "☑",
    "✅",
)
NO = ("nein", "non", "não", "nee", "nej", "nie", "ne", "falsch", "faux", "falso", "onwaar", "✗", "✘", "☐", "❌")
FLAGS = {"true", "false", "yes", "no", "y", "n", "t", "f", "0", "1", *YES, *NO}


@dataclass(frozen=True)
class Look:
    """What the first rows of a column look like; the shares are of the filled cells."""

    filled: int
    stamps: float
    numbers: float
    clocks: float
    words: float
    flags: float
    since_1970: float  # stamps within days of 1970-01-01: a duration in disguise
    least: float | None  # but for 0 and -1, which may stand for nothing
    most: float | None
    distinct: int
    length: float
    common: tuple[str, ...]  # its most frequent values

    @property
    def empty(self) -> bool:
        return self.filled == 0


def look(cursor: duckdb.DuckDBPyConnection, sample: str) -> list[Look]:
    """One Look for every column of the table `sample`."""
    rows = cursor.execute(f"select * from {sample} limit {ROWS}").fetchall()
    width = len(cursor.description or ())
    seen = [of(row[place] for row in rows) for place in range(width)]
    return [filled(cursor, sample, place) if one.empty and len(rows) == ROWS else one for place, one in enumerate(seen)]


def filled(cursor: duckdb.DuckDBPyConnection, relation: str, place: int) -> Look:
    """The first cells of a column that hold anything, however far down."""
    rows = cursor.execute(f"select c{place} from {relation} where c{place} <> '' limit {ROWS}").fetchall()
    return of(row[0] for row in rows)


def of(values: Iterable[str | None]) -> Look:
    """What these cells look like."""
    counts = Counter(bare for value in values if value is not None and (bare := value.strip()) not in EMPTY)
    filled = counts.total()
    numbers = [number for value in counts if (number := plain_number(value)) is not None]

    def share(pattern: re.Pattern[str]) -> float:
        return sum(times for value, times in counts.items() if len(value) <= LONGEST and pattern.fullmatch(value)) / (filled or 1)

    return Look(
        filled=filled,
        stamps=_stamps(counts) / (filled or 1),
        numbers=share(NUMBER),
        clocks=share(CLOCK),
        words=share(SPAN),
        flags=sum(times for value, times in counts.items() if value.lower() in FLAGS) / (filled or 1),
        since_1970=sum(times for value, times in counts.items() if value.startswith("1970-01-")) / (filled or 1),
        least=min((number for number in numbers if number not in (0, -1)), default=None),
        most=max(numbers, default=None),
        distinct=len(counts),
        length=sum(len(value) * times for value, times in counts.items()) / (filled or 1),
        common=tuple(value for value, _ in counts.most_common(50)),
    )


def _stamps(counts: Counter[str]) -> int:
    """How many cells hold a moment; how it may be spelled elsewhere is only asked where the first ones show it."""
    short = {value: times for value, times in counts.items() if len(value) <= LONGEST}
    spelled = any(
        STAMP.match(usual(value)) and not STAMP.match(value) for value in islice(short, TELLING) if sum(map(str.isdigit, value)) > 4
    )
    return sum(times for value, times in short.items() if STAMP.match(value) or (spelled and STAMP.match(usual(value))))


def plain_number(value: str) -> float | None:
    """The value if it is an ordinary number, without separators or signs of currency."""
    if len(value) > 40 or not (value[-1:].isdigit() or value[-1:] == "."):
        return None
    try:
        return float(value)
    except ValueError:
        return None
