"""Exact, tolerant reader of delimited records: a damaged record costs itself, never its neighbours.

A field is quoted when it starts with a quote (spaces before it do not count); inside, a doubled quote is a quote and a
line break is text. Anything else is taken as written. These are also the rules of the strict scan, so both agree.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

# A quote that is still open after this much text was never meant to span it.
LONGEST = 64 * 1024 * 1024
INSIDE = re.compile(r'[^"]*(?:""[^"]*)*')
NUMBER = re.compile(r"[-+]?[\d.,\s]*\d[%\s]*")


class Record(NamedTuple):
    """One record as found: `fields` is None when it is damaged, and `reason` then says how."""

    line: int
    fields: list[str] | None
    text: str
    reason: str | None = None
    short: bool = False

    @property
    def empty(self) -> bool:
        return self.fields is not None and not any(self.fields)


class Lines:
    """Lines with their numbers, and room to put some back."""

    def __init__(self, source: Iterable[str], first: int = 1) -> None:
        self._source = iter(source)
        self._back: deque[str] = deque()
        self.number = first - 1

    def take(self) -> str | None:
        line = self._back.popleft() if self._back else next(self._source, None)
        self.number += line is not None
        return line

    def at_end(self) -> bool:
        line = self.take()
        if line is not None:
            self.put_back([line])
        return line is None

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


@cache
def _marks(delimiter: str) -> tuple[Callable[[str, int], re.Match[str] | None], Callable[[str, int], re.Match[str] | None]]:
    """Matchers of an opening quote and of what must follow a closing one."""
    return re.compile(' *"').match, re.compile(rf" *(?:{re.escape(delimiter)}|\n?\Z)").match


def cut(line: str, lines: Lines, delimiter: str) -> tuple[list[str] | None, list[str]]:
    """The fields of the record that starts with this line, by the strict rules (None: it breaks them), and its lines."""
    used = [line]
    if '"' not in line:
        return line.removesuffix("\n").split(delimiter), used
    # The library knows no spaces before a quote and has a limit; all else it cuts the same way, and fast.
    if ' "' not in line and len(line) < 100_000:
        try:
            return next(csv.reader((line,), delimiter=delimiter, strict=True)), used
        except csv.Error:
            pass
    opening, closing = _marks(delimiter)
    fields: list[str] = []
    place, size = 0, 0
    while True:
        if not (quote := opening(line, place)):
            end = line.find(delimiter, place)
            fields.append(line[place : end if end >= 0 else len(line)].removesuffix("\n"))
            if end < 0:
                return fields, used
            place = end + 1
            continue
        place, pieces = quote.end(), []
        while (end := _end_of_text(line, place)) == len(line):
            pieces.append(line[place:])
            following = lines.take() if size < LONGEST else None
            if following is None:
                return None, used
            line, place, size = following, 0, size + len(following)
            used.append(line)
        pieces.append(line[place:end])
        fields.append("".join(pieces).replace('""', '"'))
        if not (after := closing(line, end + 1)):
            return None, used
        if not after.group().endswith(delimiter):
            return fields, used
        place = after.end()


def _end_of_text(line: str, place: int) -> int:
    found = INSIDE.match(line, place)
    return found.end() if found else place


def cut_loosely(text: str, delimiter: str) -> list[str] | None:
    """The fields when a quote closes only before a separator or the end; None when one stays open."""
    opening, closing = _marks(delimiter)
    text = text.removesuffix("\n")
    fields: list[str] = []
    place = 0
    while True:
        if quote := opening(text, place):
            start = end = quote.end()
            while (end := text.find('"', end)) >= 0:
                if text.startswith('""', end) and not (end == start and closing(text, end + 1)):
                    end += 2
                elif closing(text, end + 1):
                    break
                else:
                    end += 1
            if end < 0:
                return None
            fields.append(text[start:end].replace('""', '"'))
            after = closing(text, end + 1)
            if after is None or not after.group().endswith(delimiter):
                return fields
            place = after.end()
        else:
            end = text.find(delimiter, place)
            fields.append(text[place : end if end >= 0 else len(text)])
            if end < 0:
                return fields
            place = end + 1


def fitted(fields: list[str], width: int) -> list[str]:
    """Surplus fields dropped when they are empty: a separator at the end of a line says nothing."""
    while len(fields) > width and not fields[-1]:
        fields.pop()
    return fields


def kind(cell: str) -> str:
    """A rough shape, enough to tell a new record from a line of somebody's letter."""
    if not cell:
        return "empty"
    if NUMBER.fullmatch(cell):
        return "number"
    return "text" if " " in cell or not any(map(str.isdigit, cell)) else "code"


class Shapes:
    """Which shapes each column has shown so far."""

    def __init__(self, width: int) -> None:
        self.seen: list[set[str]] = [set() for _ in range(width)]
        self.count = 0

    def learn(self, fields: list[str]) -> None:
        if self.count < 1000:
            self.count += 1
            for seen, cell in zip(self.seen, fields, strict=True):
                seen.add(kind(cell))

    def fit(self, fields: list[str]) -> bool:
        # Many columns that all look right are no accident; with few, it takes more rows to know what right is.
        known = 1 if len(self.seen) >= 4 else 20
        return self.count >= known and all(kind(cell) in seen for seen, cell in zip(self.seen, fields, strict=True))


def records(lines: Lines, delimiter: str, width: int) -> Iterator[Record]:
    """Every record of the table, whole or damaged. Blank lines are not records."""
    shapes = Shapes(width)
    while (line := lines.take()) is not None:
        number = lines.number
        if line == "\n" or (width > 1 and not line.strip(" \n")):
            continue
        fields, used = cut(line, lines, delimiter)
        if fields is not None and len(fitted(fields, width)) == width:
            shapes.learn(fields)
            yield Record(number, fields, "".join(used))
        elif fields is not None and not any(_fits(one, delimiter, width, shapes) for one in used[1:]):
            yield Record(number, None, "".join(used), f"{_counted(len(fields))}, {width} expected", len(fields) < width)
        else:
            lines.put_back(used[1:])
            yield _damaged(lines, delimiter, width, shapes, number, line)


def _damaged(lines: Lines, delimiter: str, width: int, shapes: Shapes, number: int, line: str) -> Record:
    """A record whose quotes do not add up ends where the next line is a record again."""
    broken = [line]
    alone = cut_loosely(line, delimiter)
    while not (alone and len(fitted(alone, width)) == width) and not _resumes(lines, delimiter, width, shapes):
        broken.append(lines.take() or "")
    text = "".join(broken)
    fields = cut_loosely(text, delimiter)
    if fields is None:
        return Record(number, None, text, "a quote is opened and never closed")
    if len(fitted(fields, width)) == width:
        return Record(number, fields, text, "quotes inside a cell are not doubled; kept as written")
    return Record(number, None, text, f"quotes inside a cell are not doubled ({_counted(len(fields))}, {width} expected)")


def _fits(line: str, delimiter: str, width: int, shapes: Shapes) -> bool:
    """True when this line alone is a record like the others: a quote left open has swallowed it."""
    fields, _ = cut(line, Lines(()), delimiter)
    return fields is not None and len(fitted(fields, width)) == width and shapes.fit(fields)


def _resumes(lines: Lines, delimiter: str, width: int, shapes: Shapes) -> bool:
    """True at the end, or when a record of the right width starts here and looks like the others or is followed by one."""
    line = lines.take()
    if line is None:
        return True
    if line == "\n":
        lines.put_back([line])
        return False
    fields, used = cut(line, lines, delimiter)
    right = fields is not None and len(fitted(fields, width)) == width
    found = right and (shapes.fit(fields or []) or _follows(lines, delimiter, width))
    lines.put_back(used)
    return found


def _follows(lines: Lines, delimiter: str, width: int) -> bool:
    line = lines.take()
    if line is None:
        return True
    fields, used = cut(line, lines, delimiter)
    lines.put_back(used)
    return line == "\n" or (fields is not None and len(fitted(fields, width)) == width)


def _counted(number: int) -> str:
    return f"{number} field" if number == 1 else f"{number} fields"
