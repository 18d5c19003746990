"""Reads a file of any origin into a table that DuckDB's strict reader takes without guessing.

A clean file stays where it is and is only looked over in large pieces. Anything else becomes a UTF-8 copy in the workspace:
workbooks, JSON, archives of one table, other encodings, other line ends, title and footer rows, and, through `repair`,
damaged records. Line breaks inside cells become "\\n" there. Rows that hold nothing but separators are not rows: they are in
no count.
"""

from __future__ import annotations

import shutil
import uuid
from dataclasses import replace
from pathlib import Path

import duckdb

from data.files import layout, normalise
from data.files.date_and_time import paired
from data.files.footers import Footer, footers
from data.files.normalise import Source, Unreadable
from data.files.plain_table import BREAK, About
from data.files.records import Lines, cut
from data.files.source_table import LINE, Problem, Table, completed, quoted

__all__ = ["Problem", "Table", "Unreadable", "read", "repair"]

HEAD = 1 << 20


def read(path: Path, workspace: Path, name: str | None = None) -> Table:
    """The table in a file, ready to scan. Raises Unreadable with a sentence for whoever brought the file."""
    source = normalise.plain(path, workspace, name or path.name)
    if source.about and source.about.names:
        return _named(source, source.about)
    name, ahead = source.name, 1 if source.about else 0  # lines that are ours, not the file's
    with source.path.open("rb") as stream:
        for _ in range(ahead):
            stream.readline()
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
    start = _offset(source.path, found.start + ahead)
    tail = footers(source.path, start, found.delimiter, len(found.header))
    if start >= (tail[0].offset if tail else size) or not _anything(source.path, start):
        raise Unreadable(f"{name} holds column names but no rows below them. Check the dates and filters of the export.")
    ready, skip = source.path, found.start - 1 + ahead
    if tail or skip > 1 or (skip and not _one_line(text, found.delimiter)):
        ready, skip = normalise.part(source.path, workspace, start, tail[0].offset if tail else size), 0
    table = Table(
        path=ready,
        name=name,
        delimiter=found.delimiter,
        header=tuple(" ".join(one.replace(BREAK, " ").split()) for one in found.header) if ahead else found.header,
        skip=skip,
        first_line=found.start,
        encoding=source.encoding,
        problems=tuple(_problem(footer, ahead) for footer in tail),
        notes=(*source.notes, *found.notes),
        labels=found.labels,
        empty_rows=len(found.header) == 1 or normalise.has_empty_rows(source.path, found.delimiter, len(found.header)),
        longest=source.longest,
        made=bool(ahead),
    )
    return paired(table)


def _named(source: Source, about: About) -> Table:
    """A table whose columns are known: nothing is guessed from its rows."""
    return Table(
        path=source.path,
        name=source.name,
        delimiter=",",
        header=about.names,
        skip=1,
        first_line=1,
        encoding=source.encoding,
        problems=tuple(Problem(line, None, reason, None, text, True) for line, reason, text in about.damaged),
        notes=source.notes,
        empty_rows=True,
        longest=source.longest,
        made=True,
    )


def _problem(footer: Footer, ahead: int) -> Problem:
    return Problem(footer.line - ahead, None, footer.reason, None, footer.text, True)


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


def repair(table: Table, workspace: Path) -> Table:
    """The table without its damaged records, each of them named in `problems`.

    A file may also fail only because of line breaks or very long text in its cells: then nothing is taken out.
    """
    patient = replace(table, single=True, longest=max(table.longest, 16 << 20))
    if _ends_well(patient, workspace):
        return patient
    copy = normalise.fresh(workspace, table.path, "repaired")
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
    copy, last = normalise.fresh(workspace, table.path, "trial"), uuid.uuid4().hex
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
