"""Finds the separator, the header rows and the title rows of a table from its first records."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.files.records import Lines, cut, cut_loosely

SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 200
NOTHING = ' \t\n,;|"'
DECLARED = re.compile(r'"?sep=(.)"?[,;\t|]*\n?', re.IGNORECASE)
NUMBER = re.compile(r"[-+(]?([€$£¥₹]|[A-Z]{3} )?\s?\d[\d\s.,'’]*([%€$£¥₹]|[A-Z]{3})?\)?")
DATE = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([ T]\d.*)?|\d{1,2}:\d{2}(:\d{2})?.*|\d{1,2} \w{3,9},? \d{4}.*")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
PERIOD = re.compile(
    rf"\d{{4}}([-/ ]?(q[1-4]|w\d\d?|\d{{1,2}}))?|({MONTHS})[a-z]*[-/ .]*(\d{{2,4}})?|q[1-4][-/ ]*\d{{2,4}}|week \d+", re.IGNORECASE
)
# What a second header row of a survey export says under a question with a single answer.
ANSWERS = {"response", "open-ended response"}


@dataclass(frozen=True)
class Row:
    """One record of the sample: `line` is its first line, `after` the first line behind it."""

    line: int
    after: int
    fields: list[str]

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.fields if cell.strip())


@dataclass(frozen=True)
class Layout:
    delimiter: str
    header: tuple[str, ...]
    labels: tuple[str, ...]  # the wording below the names, where a survey export has it
    start: int  # the line after the last header row
    pivot: bool  # a report with a column for each period, not a list of records
    notes: tuple[str, ...]


def find(text: str, complete: bool) -> Layout | None:
    """The layout of the table that starts in this text; None when there is no record at all."""
    declared = DECLARED.match(text)
    found: list[tuple[float, Layout]] = []
    for delimiter in (declared.group(1),) if declared else SEPARATORS:
        rows = sample(text, delimiter, complete, skip=1 if declared else 0)
        if rows:
            found.append(_judge(rows, delimiter))
    if not found:
        return None
    _, best = max(found, key=lambda pair: pair[0])
    if declared:
        best = replace(best, notes=("the first line names the separator", *best.notes))
    return best


def sample(text: str, delimiter: str, complete: bool, skip: int = 0) -> list[Row]:
    """The first records that hold anything, read without knowing their width."""
    lines = Lines(_split(text))
    for _ in range(skip):
        lines.take()
    rows: list[Row] = []
    while len(rows) < SAMPLE and (line := lines.take()) is not None:
        if not line.strip(NOTHING):
            continue
        number = lines.number
        fields, used = cut(line, lines, delimiter)
        if fields is None:
            if not complete and lines.at_end():
                return rows  # the sample ends within this record
            lines.put_back(used[1:])
            fields = cut_loosely(line, delimiter) or line.split(delimiter)
        if any(fields):
            rows.append(Row(number, lines.number + 1, [cell.strip() for cell in fields]))
    return rows[:-1] if not complete and lines.at_end() and len(rows) > 1 else rows


def _split(text: str) -> list[str]:
    # Only "\n" ends a line here: str.splitlines() would also break at form feeds and the like.
    return [line + "\n" for line in text.removesuffix("\n").split("\n")]


def _judge(rows: list[Row], delimiter: str) -> tuple[float, Layout]:
    """How well the rows hang together with this separator, and what they then look like."""
    widths = Counter(len(row.fields) for row in rows).most_common(4)
    fits = [(*_fit(rows, width), width) for width, _ in widths]
    score, place, width = max(fits, key=lambda fit: fit[0])
    return score, _layout(rows, delimiter, width, place)


def _fit(rows: list[Row], width: int) -> tuple[float, int | None]:
    """The share of rows that fit this width (empty cells beyond it do not count), and where their header is."""
    place = _header_place(rows, width)
    # Rows above the header count too, unless they hold a single cell: a header is not found by ignoring half the file.
    table = [row for at, row in enumerate(rows) if at >= (place or 0) or row.filled > 1]
    share = sum(1 for row in table if len(row.fields) >= width and not any(row.fields[width:])) / len(table)
    return share * (1 if place is not None else 0.5) * (1 - 1 / (width + 0.5)), place


def _header_place(rows: list[Row], width: int) -> int | None:
    """The first row that names columns, as long as only titles stand above it."""
    by_filled = sorted(row.filled for row in rows)
    usual = (by_filled[(len(rows) - 1) // 2] + by_filled[len(rows) // 2]) / 2
    for place, row in enumerate(rows[:40]):
        fits = len(row.fields) == width or (width > 1 and len(row.fields) > 1 and _fits(row, rows[place + 1 :], width))
        if fits and _names_columns(row):
            return place
        if len(row.fields) >= width and row.filled >= usual and not _only_text(row):
            return None
    return None


def _fits(row: Row, below: list[Row], width: int) -> bool:
    """A header may be wider than its rows, lack the row names' column, or lack columns that stay empty."""
    surplus = [other.fields[len(row.fields) :] for other in below if len(other.fields) == width]
    return len(row.fields) > width or len(row.fields) == width - 1 or not any(any(cells) for cells in surplus)


def _names_columns(row: Row) -> bool:
    values = sum(1 for cell in row.fields if is_value(cell))
    return row.filled * 2 >= len(row.fields) and row.filled >= min(2, len(row.fields)) and values * 4 <= row.filled


def _only_text(row: Row) -> bool:
    return not any(is_value(cell) for cell in row.fields)


def is_value(cell: str) -> bool:
    """A number, a date, a time or an address: something below a header, not in it."""
    return bool(NUMBER.fullmatch(cell) or DATE.fullmatch(cell) or re.fullmatch(r"\S+@\S+\.\w+", cell)) or len(cell) > 1000


def _layout(rows: list[Row], delimiter: str, width: int, place: int | None) -> Layout:
    if place is None:
        pivot = _is_pivot(rows[0].fields, rows[1:])
        return Layout(delimiter, numbered([""] * width), (), rows[0].line, pivot, ("no row with column names was found",))
    header, below = rows[place], rows[place + 1 :]
    merged, labels, extra = _merged(header.fields, below)
    names = numbered(_wide_enough(merged, below[extra:], width))
    start = below[extra - 1].after if extra else header.after
    return Layout(delimiter, names, tuple(labels), start, _is_pivot(header.fields, below), _notes(place, extra))


def _is_pivot(names: list[str], below: list[Row]) -> bool:
    """A spreadsheet's pivot table, or three and more periods side by side with nothing but numbers below."""
    periods = [place for place, name in enumerate(names) if PERIOD.fullmatch(name)]
    cells = [row.fields[place] for row in below for place in periods if place < len(row.fields)]
    numbers = all(not cell or NUMBER.fullmatch(cell) for cell in cells)
    return names[0].lower() == "row labels" or (len(periods) >= 3 and len(periods) * 2 >= len(names) and numbers)


def _notes(titles: int, extra: int) -> tuple[str, ...]:
    notes = []
    if titles:
        rows, were = ("row", "was") if titles == 1 else ("rows", "were")
        notes.append(f"{titles} title {rows} above the header {were} skipped")
    if extra:
        notes.append(f"the header has {extra + 1} rows")
    return tuple(notes)


def _merged(names: list[str], below: list[Row]) -> tuple[list[str], list[str], int]:
    """Names, wording and number of further header rows: survey exports have two or three."""
    imports = [all(cell.startswith('{"ImportId"') for cell in row.fields if cell) for row in below[:2]]
    if any(imports):
        return names, below[0].fields if imports[1:] == [True] else [], imports.index(True) + 1
    if not below or len(below[0].fields) != len(names) or not _second_header(names, below):
        return names, [], 0
    merged, question = [], ""
    for name, choice in zip(names, below[0].fields, strict=True):
        question = name or question
        plain = not choice or choice.lower() in ANSWERS
        merged.append(question if plain and (name or choice) else f"{question}: {choice}" if choice else name)
    return merged, [], 1


def _second_header(names: list[str], below: list[Row]) -> bool:
    """Only words, nothing under the first name, and either the known words or a choice under each blank name."""
    second = below[0].fields
    said = {cell.lower() for cell in second if cell}
    if said and said <= ANSWERS:  # wherever a spreadsheet has moved the columns to
        return True
    if second[0] or not _only_text(below[0]) or (len(below) > 1 and not below[1].fields[0]):
        return False
    blanks = [choice for name, choice in zip(names, second, strict=True) if not name]
    return any(cell.lower() in ANSWERS for cell in second) or (bool(blanks) and all(blanks))


def _wide_enough(names: list[str], below: list[Row], width: int) -> list[str]:
    """Names for every column of the rows: R leaves out the name of the row numbers, others leave out empty columns."""
    wide = [row.fields for row in below if len(row.fields) == width]
    surplus = sum(any(fields[len(names) :]) for fields in wide)
    if len(names) >= width or not surplus:
        return names
    # A separator at the end of every row and one row with a cell too many look alike: a name must be missing in most rows.
    first = [fields[0] for fields in wide]
    named_by_row = len(set(first)) == len(wide) and (surplus * 2 > len(wide) or _counted(first))
    return ["", *names] if named_by_row else [*names, ""]


def _counted(cells: list[str]) -> bool:
    """1, 2, 3 ..."""
    return all(cell.isdigit() for cell in cells) and all(int(b) == int(a) + 1 for a, b in itertools.pairwise(cells))


def numbered(names: Sequence[str]) -> tuple[str, ...]:
    """Every column under a name of its own: "ticket_id", "ticket_id 2", "column 3"."""
    clean = [" ".join(name.split()) or f"column {place}" for place, name in enumerate(names, start=1)]
    taken, used = set(clean), Counter[str]()
    unique: list[str] = []
    for name in clean:
        used[name] += 1
        candidate = name
        while used[name] > 1 and (candidate := f"{name} {used[name]}") in taken:
            used[name] += 1
        taken.add(candidate)
        unique.append(candidate)
    return tuple(unique)
