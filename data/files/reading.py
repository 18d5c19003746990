"""Reads a file of any origin into a table that DuckDB's strict reader takes without guessing.

A clean file stays where it is and is only looked over in large pieces. Anything else becomes a UTF-8 copy in the
workspace: other encodings, other line ends, title and footer rows, and, through `repair`, damaged records. Line breaks
inside cells become "\\n" there. Rows that hold nothing but separators are not rows: they are in no count.
"""

from __future__ import annotations

import io
import shutil
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from data.files import layout, sources
from data.files.footers import Footer, footers
from data.files.records import Lines, Record, cut, records
from data.files.sources import Unreadable

__all__ = ["Problem", "Table", "Unreadable", "read", "repair"]

HEAD = 1 << 20
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

    def scan(self) -> str:
        """SQL text for a FROM clause: every column as text, named c0, c1, ..."""
        columns = ", ".join(f"'c{place}': 'varchar'" for place in range(len(self.header)))
        longest = f", max_line_size={self.longest}, buffer_size={self.longest * 2}" if self.longest > LINE else ""
        read = (
            f"read_csv({quoted(str(self.path))}, columns={{{columns}}}, auto_detect=false, header=false, "
            f"skip={self.skip}, delim={quoted(self.delimiter)}, quote='\"', escape='\"', nullstr='', strict_mode=true, "
            f"parallel={str(not self.single).lower()}{longest})"
        )
        if not self.empty_rows:
            return read
        cells = ", ".join(f"c{place}" for place in range(len(self.header)))
        return f"(select * from {read} where coalesce({cells}, null) is not null)"

    def locate(self, places: Iterable[int]) -> dict[int, tuple[int, str]]:
        """Line number and text, as in the manager's file, of the rows at these places of the scan (the first is 0)."""
        wanted = set(places)
        found: dict[int, tuple[int, str]] = {}
        for place, record in enumerate(kept(self)):
            if len(found) == len(wanted):
                break
            if place in wanted:
                found[place] = (record.line, record.text.removesuffix("\n"))
        return found


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def read(path: Path, workspace: Path, name: str | None = None) -> Table:
    """The table in a file, ready to scan. Raises Unreadable with a sentence for whoever brought the file."""
    name = name or path.name
    source = sources.plain(path, workspace, name)
    with source.path.open("rb") as stream:
        head = stream.read(HEAD)
    text = head.decode("utf-8-sig", errors="ignore")
    found = layout.find(text, complete=len(head) < HEAD)
    if found is None:
        raise Unreadable(f"{name} is empty. Export the file again and check that it holds rows.")
    if found.pivot:
        raise Unreadable(
            f"{name} is a report with one column for each period or a pivot table, not a list. "
            "Export the tickets (or answers, or customers) themselves, one on each row."
        )
    size = source.path.stat().st_size
    start = _offset(source.path, found.start)
    tail = footers(source.path, start, found.delimiter, len(found.header))
    if start >= (tail[0].offset if tail else size) or not _anything(source.path, start):
        raise Unreadable(f"{name} holds column names but no rows below them. Check the dates and filters of the export.")
    ready, skip = source.path, found.start - 1
    if tail or skip > 1 or (skip and not _one_line(text, found.delimiter)):
        ready, skip = sources.part(source.path, workspace, start, tail[0].offset if tail else size), 0
    return Table(
        path=ready,
        name=name,
        delimiter=found.delimiter,
        header=found.header,
        skip=skip,
        first_line=found.start,
        encoding=source.encoding,
        problems=tuple(_problem(footer) for footer in tail),
        notes=(*source.notes, *found.notes),
        labels=found.labels,
        empty_rows=len(found.header) == 1 or sources.has_empty_rows(source.path, found.delimiter, len(found.header)),
        longest=source.longest,
    )


def _problem(footer: Footer) -> Problem:
    return Problem(footer.line, None, footer.reason, None, footer.text, True)


def _one_line(text: str, delimiter: str) -> bool:
    """True when the strict scan would take the first line for one whole record."""
    return cut(text[: text.find("\n") + 1], Lines(()), delimiter)[0] is not None


def _offset(path: Path, line: int) -> int:
    with path.open("rb") as stream:
        for _ in range(line - 1):
            stream.readline()
        return stream.tell()


def _anything(path: Path, start: int) -> bool:
    with path.open("rb") as stream:
        stream.seek(start)
        return any(line.strip(layout.NOTHING.encode()) for line in stream)


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


def repair(table: Table, workspace: Path) -> Table:
    """The table without its damaged records, each of them named in `problems`.

    A file may also fail only because of line breaks or very long text in its cells: then nothing is taken out.
    """
    patient = replace(table, single=True, longest=max(table.longest, 16 << 20))
    if _ends_well(patient, workspace):
        return patient
    copy = sources.fresh(workspace, table.path, "repaired")
    width = len(table.header)
    problems, longest, filled, shortest = _write_whole(table, copy, width)
    if filled < width and filled <= shortest < width:
        problems, longest, _, _ = _write_whole(table, copy, filled)
    return replace(
        table,
        path=copy,
        skip=0,
        problems=tuple(sorted((*table.problems, *problems), key=lambda problem: problem.line)),
        single=True,
        empty_rows=False,
        longest=longest,
        original=table,
        filled=filled,
    )


def _write_whole(table: Table, copy: Path, filled: int) -> tuple[list[Problem], int, int, int]:
    """Writes the whole records; returns the problems, the longest record, the columns ever filled and the widest short row."""
    problems: list[Problem] = []
    longest, last, widest = LINE, 0, 0
    with copy.open("w", encoding="utf-8", newline="\n") as target:
        for record in completed(table, filled):
            if record.reason:
                text = record.text.removesuffix("\n")
                problems.append(Problem(record.line, None, record.reason, None, text, record.fields is None))
                widest = max(widest, record.text.count(table.delimiter) + 1) if record.short else widest
            if record.fields is None or record.empty:
                continue
            while last < len(record.fields) and any(record.fields[last:]):
                last += 1
            # What the exact reader took as it stood, the strict one takes too; the rest is quoted anew.
            as_it_stood = not record.reason and not record.short and record.text.endswith("\n")
            line = record.text if as_it_stood else _line(record.fields, table.delimiter)
            longest = max(longest, len(line) if len(line) < LINE // 4 else len(line.encode()))
            target.write(line)
    return problems, longest, last, widest


def _line(fields: list[str], delimiter: str) -> str:
    return delimiter.join(_written(cell, delimiter) for cell in fields) + "\n"


def _written(cell: str, delimiter: str) -> str:
    plain = '"' not in cell and delimiter not in cell and "\n" not in cell and cell[:1] != " "
    return cell if plain else '"' + cell.replace('"', '""') + '"'


def _ends_well(table: Table, workspace: Path) -> bool:
    """True when one thread reads the whole file: a last row put below it must come out as a row of its own."""
    copy, last = sources.fresh(workspace, table.path, "trial"), uuid.uuid4().hex
    shutil.copyfile(table.path, copy)
    with copy.open("ab") as target:
        target.write(f"\n{last}{table.delimiter * (len(table.header) - 1)}\n".encode())
    scan = replace(table, path=copy).scan()
    try:
        with duckdb.connect() as connection:
            count = connection.execute(f"select count(*) filter (c0 = {quoted(last)}), count(columns(*)) from {scan}").fetchone()
    except duckdb.Error:
        return False
    finally:
        copy.unlink()
    return count is not None and count[0] == 1
