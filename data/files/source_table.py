"""A table that is ready to be scanned, and the way back from its rows to the lines of the file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from data.files.plain_table import BREAK
from data.files.records import Lines, Record, records

LINE = 2_000_000


@dataclass(frozen=True)
class Problem:
    line: int
    column: str | None
    reason: str
    value: str | None
    record: str | None
    set_aside: bool


@dataclass(frozen=True)
class Table:
    path: Path
    name: str
    delimiter: str
    header: tuple[str, ...]
    skip: int
    first_line: int
    encoding: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # the question's wording below each name, where a survey export has it
    # One thread reads any line breaks in cells, but drops an unclosed quote at the end without a word: only for
    # files whose end is proven. Several threads refuse both, whatever the number of threads.
    single: bool = False
    empty_rows: bool = True  # the scan leaves out rows of separators alone
    longest: int = LINE
    original: Table | None = field(default=None, repr=False)  # the table before its damaged records were taken out
    filled: int = 0  # how many of its columns hold anything in whole rows
    joined: tuple[tuple[int, int], ...] = ()  # a date and the time of day that belongs to it
    made: bool = False  # made here out of a workbook or JSON: a line for each row, breaks in cells written as a sign

    def scan(self) -> str:
        """SQL text for a FROM clause: every column as text, named c0, c1, ..."""
        columns = ", ".join(f"'c{place}': 'varchar'" for place in range(len(self.header)))
        longest = f", max_line_size={self.longest}, buffer_size={self.longest * 2}" if self.longest > LINE else ""
        read = (
            f"read_csv({quoted(str(self.path))}, columns={{{columns}}}, auto_detect=false, header=false, "
            f"skip={self.skip}, delim={quoted(self.delimiter)}, quote='\"', escape='\"', nullstr='', strict_mode=true, "
            f"parallel={str(not self.single).lower()}{longest})"
        )
        cells = [f"c{place}" for place in range(len(self.header))]
        wanted = f" where coalesce({', '.join(cells)}, null) is not null" if self.empty_rows else ""
        clocks = {f"c{date}": f"c{time}" for date, time in self.joined}
        if self.made or clocks:
            shown = ", ".join(f"{_moment(self._whole(cell), clocks.get(cell))} as {cell}" for cell in cells)
            return f"(select {shown} from {read}{wanted})"
        return f"(select * from {read}{wanted})" if wanted else read

    def _whole(self, cell: str) -> str:
        """A cell with the breaks of lines that it had in the manager's file."""
        return f"replace({cell}, chr({ord(BREAK)}), chr(10))" if self.made else cell

    def locate(self, places: Iterable[int]) -> dict[int, tuple[int, str]]:
        """Line number and text, as in the manager's file, of the rows at these places of the scan (the first is 0)."""
        wanted = set(places)
        found: dict[int, tuple[int, str]] = {}
        for place, record in enumerate(kept(self)):
            if len(found) == len(wanted):
                break
            if place in wanted:
                text = record.text.removesuffix("\n")
                found[place] = (record.line, text.replace(BREAK, "\n") if self.made else text)
        return found


def _moment(date: str, time: str | None) -> str:
    """A date with its time of day; without one ("-", "n/a") it stays a date."""
    if time is None:
        return date
    bare = f"regexp_replace(trim({date}), '[ T]00:00(:00(\\.0+)?)?$', '')"
    return f"case when regexp_matches({time}, '^\\s*\\d') and trim({date}) <> '' then {bare} || ' ' || trim({time}) else {date} end"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def found_in(table: Table) -> Iterator[Record]:
    """Every record of the file by the exact reader, damaged ones too."""
    with table.path.open("rb") as stream:
        for _ in range(table.skip):
            stream.readline()
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="\n")
        yield from records(Lines(text, table.first_line), table.delimiter, len(table.header))


def kept(table: Table) -> Iterator[Record]:
    """The records that the scan of the table returns, in the same order."""
    whole = completed(table.original, table.filled) if table.original else found_in(table)
    skip_empty = table.original is not None or table.empty_rows
    return (record for record in whole if record.fields is not None and not (record.empty and skip_empty))


def completed(table: Table, filled: int) -> Iterator[Record]:
    """Every record; a short one is completed where all it lacks is columns beyond `filled`, which nobody ever filled."""
    width = len(table.header)
    for record in found_in(table):
        if record.short and '"' not in record.text:
            fields = record.text.removesuffix("\n").split(table.delimiter)
            if filled <= len(fields):
                record = record._replace(fields=fields + [""] * (width - len(fields)), reason=None)
        yield record
