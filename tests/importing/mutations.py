"""Good files, and the ways in which programs, spreadsheets and people spoil them."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.files import reading
from tests.reading.material import imported

FORMATS = Path(__file__).parents[1] / "formats"
COPIES = 8
SEPARATORS = (",", ";", "\t", "|")
BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@dataclass(frozen=True)
class Line:
    """One line of a file to be: cells, or text that stands as it is."""

    cells: list[str] | None = None
    raw: str = ""
    made: int | None = None  # the good row it comes from, still as it was
    record: bool = True  # counts as a row: stored or set aside


@dataclass(frozen=True)
class Draft:
    """A file before it is written down."""

    head: list[list[str]]
    lines: list[Line]
    delimiter: str = ","
    quoting: int = csv.QUOTE_MINIMAL
    encoding: str = "utf-8"
    marked: bool = False
    ending: str = "\n"
    titles: tuple[str, ...] = ()
    ends: bool = True  # with a line end
    stray: bytes = b""
    spoiled: tuple[str, ...] = ()  # columns with a cell that cannot be read
    rivals: tuple[int, ...] = ()  # good rows of which another line is now a version
    lost_columns: bool = False
    done: tuple[str, ...] = ()  # for a failing test's message

    def text(self) -> str:
        lines = [*(Line(row) for row in self.head), *self.lines]
        written = [*self.titles, *(self._written(line) for line in lines)]
        return "\n".join(written) + ("\n" if self.ends else "")

    def bytes(self) -> bytes:
        text = self.text().replace("\n", self.ending)
        mark = BOMS.get(self.encoding, b"") if self.marked or self.encoding.startswith("utf-16") else b""
        return mark + text.encode(self.encoding).replace(b"STRAY", self.stray)

    def _written(self, line: Line) -> str:
        if line.cells is None:
            return line.raw
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, quoting=self.quoting, lineterminator="\n").writerow(line.cells)  # type: ignore[arg-type]
        return out.getvalue()[:-1]

    def untouched(self, good: Good) -> frozenset[int]:
        """The good rows that stand here as they were, and of which no other line is another version."""
        here = {line.made for line in self.lines if line.made is not None}
        if good.ids is None:
            return frozenset(here)
        changed = {row[good.ids] for place, row in enumerate(good.rows) if place not in here or place in self.rivals}
        return frozenset(place for place in here if good.rows[place][good.ids] not in changed)

    def records(self) -> int:
        return sum(line.record for line in self.lines)


@dataclass(frozen=True)
class Good:
    """A golden sample, made longer: every record several times under ids of its own."""

    name: str
    head: list[list[str]]
    rows: list[list[str]]
    delimiter: str
    ids: int | None = None  # the place of the id column
    kinds: dict[str, str] = field(default_factory=dict)

    def draft(self, keep: frozenset[int] | None = None) -> Draft:
        lines = [Line(row, made=place) for place, row in enumerate(self.rows) if keep is None or place in keep]
        return Draft(self.head, lines, self.delimiter)


def golden(name: str, ids: Callable[[Path], tuple[int | None, dict[str, str]]]) -> Good:
    """The sample of a format; `ids` tells its id column and what kinds its columns are."""
    path = FORMATS / name / "export.csv"
    with tempfile.TemporaryDirectory() as folder:
        table, body = imported(reading.read(path, Path(folder)), Path(folder))
    text = path.read_text(encoding="utf-8-sig")
    every = [row for row in csv.reader(io.StringIO(text), delimiter=table.delimiter) if len(row) == len(table.header)]
    head = every[: next(place for place, row in enumerate(every) if row == body[0])]
    head = [row for row in head if sum(map(bool, row)) > 1]  # titles go: what stands above a table is one of the changes
    place, kinds = ids(path)
    rows = [_again(row, place, copy) for copy in range(COPIES) for row in body]
    return Good(name, head, rows, table.delimiter, place, kinds)


def _again(row: list[str], ids: int | None, copy: int) -> list[str]:
    if ids is None or not copy or not row[ids]:
        return row
    return [f"{cell}{copy}7" if place == ids else cell for place, cell in enumerate(row)]


Change = Callable[[Draft, Good, random.Random], Draft]


def another_separator(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return replace(draft, delimiter=chance.choice(SEPARATORS))


def another_encoding(draft: Draft, good: Good, chance: random.Random) -> Draft:
    name = chance.choice(["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
    try:
        draft.text().encode(name)
    except UnicodeEncodeError:
        name = "utf-16-le"
    return replace(draft, encoding=name, marked=chance.random() < 0.5)


def other_line_ends(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return replace(draft, ending=chance.choice(["\r\n", "\r"]), ends=chance.random() < 0.5)


def all_quoted(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return replace(draft, quoting=chance.choice([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))


def titles_above(draft: Draft, good: Good, chance: random.Random) -> Draft:
    titles = ("Weekly report", "Support, all teams", "Created 2025-01-31", "")
    return replace(draft, titles=titles[: chance.randrange(1, 5)]) if len(good.head[0]) > 3 else draft


def other_case(draft: Draft, good: Good, chance: random.Random) -> Draft:
    change = chance.choice([str.upper, str.lower])
    return replace(draft, head=[[change(cell) for cell in draft.head[0]], *draft.head[1:]])


def shuffled_rows(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return replace(draft, lines=chance.sample(draft.lines, len(draft.lines)))


def shuffled_columns(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _columns(draft, chance.sample(range(len(draft.head[0])), len(draft.head[0])))


def dropped_column(draft: Draft, good: Good, chance: random.Random) -> Draft:
    places = list(range(len(draft.head[0])))
    places.remove(chance.choice(places))
    return replace(_columns(draft, places), lost_columns=True)


def foreign_column(draft: Draft, good: Good, chance: random.Random) -> Draft:
    """A column of somebody's own, in any place; at the end it may be without any value."""
    place, value = chance.randrange(len(draft.head[0]) + 1), chance.choice(["", "zebra", "17"])

    def put(row: list[str], cell: str) -> list[str]:
        return [*row[:place], cell, *row[place:]]

    head = [put(row, "House colour" if not number else "") for number, row in enumerate(draft.head)]
    if good.name in ("surveymonkey", "qualtrics"):
        return draft  # a second header row says what its columns are: a foreign one is part of no such file
    lines = [replace(line, cells=put(line.cells, value)) if line.cells else line for line in draft.lines]
    return replace(draft, head=head, lines=lines)


def _columns(draft: Draft, places: list[int]) -> Draft:
    head = [[row[place] for place in places] for row in draft.head]
    lines = [replace(line, cells=[line.cells[place] for place in places]) if line.cells else line for line in draft.lines]
    return replace(draft, head=head, lines=lines)


def dropped_rows(draft: Draft, good: Good, chance: random.Random) -> Draft:
    gone = set(chance.sample(range(len(draft.lines)), len(draft.lines) // 4))
    return replace(draft, lines=[line for place, line in enumerate(draft.lines) if place not in gone])


def repeated_rows(draft: Draft, good: Good, chance: random.Random) -> Draft:
    again = [replace(line, made=None) for line in chance.sample(draft.lines, 2)]
    return replace(draft, lines=[*draft.lines, *again])


def _inserted(draft: Draft, chance: random.Random, line: Line, last: bool = False) -> Draft:
    place = len(draft.lines) if last else chance.randrange(len(draft.lines) + 1)
    return replace(draft, lines=[*draft.lines[:place], line, *draft.lines[place:]])


def blank_lines(draft: Draft, good: Good, chance: random.Random) -> Draft:
    for raw in ("", draft.delimiter * (len(draft.head[0]) - 1), "  "):
        draft = _inserted(draft, chance, Line(raw=raw, record=False))
    return draft


def footer(draft: Draft, good: Good, chance: random.Random) -> Draft:
    raw = chance.choice(["Generated by the reporting tool", "Copyright 2025", "Reporting period: 2025"])
    draft = _inserted(draft, chance, Line(raw="", record=False), last=True) if chance.random() < 0.5 else draft
    return _inserted(draft, chance, Line(raw=raw), last=True)


def totals_row(draft: Draft, good: Good, chance: random.Random) -> Draft:
    width = len(draft.head[0])
    cells = ["Total", *[""] * (width - 2), "41"] if width > 1 else ["Total"]
    return _inserted(draft, chance, Line(cells), last=True)


def _model(draft: Draft, chance: random.Random) -> list[str]:
    return list(chance.choice(_whole(draft)).cells or [])


def _whole(draft: Draft) -> list[Line]:
    return [line for line in draft.lines if line.cells and line.made is not None]


def short_row(draft: Draft, good: Good, chance: random.Random) -> Draft:
    cells = _model(draft, chance)
    return _inserted(draft, chance, Line(cells[: chance.randrange(1, len(cells))]))


def long_row(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _inserted(draft, chance, Line([*_model(draft, chance), "one", "too many"]))


def open_quote(draft: Draft, good: Good, chance: random.Random) -> Draft:
    cells = [cell.replace('"', "").replace("\n", " ") or "x" for cell in _model(draft, chance)]
    place = chance.randrange(len(cells))
    cells[place] = '"' + cells[place]
    plain = [cell if draft.delimiter not in cell else "x" for cell in cells]
    return _inserted(draft, chance, Line(raw=draft.delimiter.join(plain)))


def stray_quote(draft: Draft, good: Good, chance: random.Random) -> Draft:
    model = chance.choice(_whole(draft))
    cells = [cell.replace('"', "").replace("\n", " ").replace(draft.delimiter, " ") for cell in model.cells or []]
    place = chance.randrange(len(cells))
    cells[place] = f'"{cells[place]} "hi" to me"'
    draft = replace(draft, rivals=(*draft.rivals, model.made or 0))
    return _inserted(draft, chance, Line(raw=draft.delimiter.join(cells)))


def _cell_changed(draft: Draft, chance: random.Random, value: str, column: int | None = None) -> tuple[Draft, int]:
    at = chance.choice([place for place, line in enumerate(draft.lines) if line.cells and line.made is not None])
    line = draft.lines[at]
    cells = list(line.cells or [])
    column = chance.randrange(len(cells)) if column is None else column
    cells[column] = value
    return replace(draft, lines=[*draft.lines[:at], replace(line, cells=cells, made=None), *draft.lines[at + 1 :]]), column


def empty_cell(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _cell_changed(draft, chance, "")[0]


def null_word(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _cell_changed(draft, chance, chance.choice(["NULL", "N/A", "nan", "-", "\\N", "1900-01-01", "(blank)"]))[0]


def zero_byte(draft: Draft, good: Good, chance: random.Random) -> Draft:
    return _cell_changed(draft, chance, "a\0b")[0]


def stray_bytes(draft: Draft, good: Good, chance: random.Random) -> Draft:
    stray = chance.choice([b"\xff", b"\xe9", b"\x81", b"\xc3\x28", b"\xf0\x9f"])
    if draft.encoding not in ("utf-8", "cp1252"):
        return draft
    return replace(_cell_changed(draft, chance, "ca STRAY ll")[0], stray=stray)


def junk_cell(draft: Draft, good: Good, chance: random.Random) -> Draft:
    known = [place for place, name in enumerate(draft.head[0]) if good.kinds.get(name) in ("when", "number", "duration", "score")]
    if not known:
        return draft
    draft, column = _cell_changed(draft, chance, chance.choice(["%$#!", "see below", "35/77/2024", "12..5.5x"]), chance.choice(known))
    return replace(draft, spoiled=(*draft.spoiled, draft.head[0][column]))


# the order matters: what is done to columns and cells comes before raw lines are put between them
ABOUT_COLUMNS: tuple[Change, ...] = (shuffled_columns, dropped_column, foreign_column)
ABOUT_CELLS: tuple[Change, ...] = (empty_cell, null_word, zero_byte, stray_bytes, junk_cell)
ABOUT_STYLE: tuple[Change, ...] = (another_separator, all_quoted, other_case, other_line_ends, titles_above)
ABOUT_ROWS: tuple[Change, ...] = (
    shuffled_rows, dropped_rows, repeated_rows, blank_lines, short_row, long_row, open_quote, stray_quote, totals_row, footer,
)  # fmt: skip
ENCODING: tuple[Change, ...] = (another_encoding,)


def spoiled(good: Good, seed: str) -> Draft:
    """The good file after a handful of changes; the same seed gives the same file."""
    chance = random.Random(seed)
    chosen = [chance.choice(group) for group in (ABOUT_COLUMNS, ABOUT_CELLS, ABOUT_STYLE, ABOUT_STYLE, ABOUT_ROWS, ABOUT_ROWS, ENCODING)
              if chance.random() < 0.45]  # fmt: skip
    draft = good.draft()
    for change in chosen:
        draft = change(draft, good, chance)
    return replace(draft, done=tuple(change.__name__ for change in chosen))
