"""Files before they are written down, made of the good samples of the formats."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from data.files import read_table
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
        changed = {good.key(place) for place in range(len(good.rows)) if place not in here or place in self.rivals}
        return frozenset(place for place in here if good.key(place) not in changed)

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

    def key(self, place: int) -> str:
        """What makes a row the same record as another; without an id its content may."""
        row = self.rows[place]
        return "\n".join(row) if self.ids is None else row[self.ids]

    def draft(self, keep: frozenset[int] | None = None) -> Draft:
        lines = [Line(row, made=place) for place, row in enumerate(self.rows) if keep is None or place in keep]
        return Draft(self.head, lines, self.delimiter)


def golden(name: str, ids: Callable[[Path], tuple[int | None, dict[str, str]]]) -> Good:
    """The sample of a format; `ids` tells its id column and what kinds its columns are."""
    path = FORMATS / name / "export.csv"
    with tempfile.TemporaryDirectory() as folder:
        table, body = imported(read_table.read(path, Path(folder)), Path(folder))
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
