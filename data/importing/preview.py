"""Tries a file out under a format: how its first rows would read, and nothing is stored."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.cells import value_shapes
from data.cells.value_shapes import Look
from data.files import read_table
from data.formats import Format
from data.headers.names import worded
from data.importing import import_file, plan_file
from data.importing.convert import Plan, name_of, totals
from data.store import Store

ROWS = 2_000  # of a file, enough for every guess and proof
SHOWN = 5


@dataclass(frozen=True)
class Head:
    """The first rows of a file, kept as a small clean CSV at `path`."""

    path: Path
    header: tuple[str, ...]
    looks: tuple[Look, ...]


@dataclass(frozen=True)
class Shown:
    """One of our columns as the first rows fill it."""

    column: str
    header: str  # of the file
    values: tuple[str | None, ...]
    cells: tuple[str | None, ...]  # as they stand in the file
    unread: int  # how many cells of the head are filled and cannot be read


@dataclass(frozen=True)
class Preview:
    """A file's head under a format."""

    columns: tuple[Shown, ...]
    rows: int
    no_record: int  # rows without an id, lines of totals
    date_order: str | None
    timezone: str
    notes: tuple[str, ...]


def head(store: Store, path: Path, name: str, into: Path) -> Head:
    """Write the first rows of `path` to `into` as plain CSV. Raises reading.Unreadable with a sentence."""
    with tempfile.TemporaryDirectory(prefix="head-", dir=import_file.workspace(path)) as folder:
        table = read_table.read(path, Path(folder), name)
        try:
            rows = _first(store, table)
        except duckdb.InvalidInputException:
            rows = _first(store, read_table.repair(table, Path(folder)))
    header = worded(table.header, table.labels)
    with into.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, lineterminator="\n").writerows(
            [header, *(["" if cell is None else cell for cell in row] for row in rows)]
        )
    columns = zip(*rows, strict=True) if rows else [() for _ in header]
    return Head(into, tuple(header), tuple(value_shapes.of(column) for column in columns))


def _first(store: Store, table: read_table.Table) -> list[tuple[str | None, ...]]:
    with store.cursor() as cursor:
        return cursor.execute(f"select * from {table.scan()} limit {ROWS}").fetchall()


def preview(store: Store, head: Head, form: Format, name: str) -> Preview:
    """The head under this format. Raises recognise.Unrecognised when none of its columns is there."""
    choices = plan_file.Choices(source=form.source, format=form.name, home=store.setting("timezone", "UTC"))
    with tempfile.TemporaryDirectory(prefix="trial-", dir=import_file.workspace(head.path)) as folder, store.cursor() as cursor:
        table = read_table.read(head.path, Path(folder), name)
        return _shown(cursor, plan_file.plan_of(cursor, table, choices, [form]), table)


def _shown(cursor: duckdb.DuckDBPyConnection, plan: Plan, table: read_table.Table) -> Preview:
    cursor.execute(f"create or replace temp table original as select row_number() over () - 1 as place, * from {table.scan()}")
    cursor.execute(f"create or replace temp table tried as {plan.select(table.scan(), 'place, ')}")
    checked = plan.checked()
    counts = [f"count(*) filter (unread & {1 << bit} > 0)" for bit in range(len(checked))]
    rows, lost, *unread = cursor.execute(
        f"select {', '.join(['count(*)', f'count(*) filter ({totals()})', *counts])} from tried"
    ).fetchall()[0]
    misread = dict(zip(checked, unread, strict=True))
    uses = [use for use in plan.match.uses if use.column.kind != "mark"]
    ours = [name_of(use, next(iter(plan.converted(use).outputs))) for use in uses]
    converted = _five(cursor, ours, "tried")
    original = _five(cursor, [f"c{use.place}" for use in uses], "original")
    columns = tuple(
        Shown(use.column.name, use.header, converted[at], original[at], misread.get(use, 0)) for at, use in enumerate(uses)
    )
    notes = (*plan.match.notes, *(note for one in plan.readings.values() for note in one.notes))
    return Preview(columns, rows, lost, plan_file.date_order(plan), plan.setting.timezone, notes)


def _five(cursor: duckdb.DuckDBPyConnection, names: Sequence[str], relation: str) -> list[tuple[str | None, ...]]:
    """The first rows of these columns as text, column by column."""
    chosen = ", ".join(f"replace({name}::varchar, chr(31), ', ')" for name in names)
    rows = cursor.execute(f"select {chosen} from {relation} order by place limit {SHOWN}").fetchall()
    return list(zip(*rows, strict=True)) if rows else [() for _ in names]
