"""Finds the cells and rows of a file that could not be used, with their lines; only when there are any."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from data.cells.value_shapes import plain_number
from data.files import read_table
from data.formats.match import Use
from data.importing.convert import Plan, names_again, totals
from data.importing.receipt import Trouble

STAMPS = re.compile(r"\w+_at|status")
STORED = 1_000  # cells of one reason and column that are kept with their lines, besides their count
LOST = 100_000  # the same for records that are in no table

# what cannot be in one ticket's life; the row is kept
CONTRADICTIONS = {
    "tickets": (
        ("solved before the first reply", "solved_at", "solved_at < first_reply_at"),
        ("solved before it was created", "solved_at", "solved_at < created_at"),
        ("first reply before it was created", "first_reply_at", "first_reply_at < created_at"),
        (
            "still open, but with a solved date",
            "solved_at",
            "solved_at is not null and status in ('new', 'open', 'pending', 'hold')",
        ),
        ("created in the future", "created_at", "created_at > now()::timestamp + interval 1 day"),
    ),
    "subscriptions": (("ended before it started", "ended_at", "ended_at < started_at"),),
}


@dataclass(frozen=True)
class Report:
    troubles: list[Trouble]  # exact counts
    rows: list[read_table.Problem]  # the first of each kind, with line and value


def report(
    cursor: duckdb.DuckDBPyConnection,
    plan: Plan,
    table: read_table.Table,
    rows_scanned: int,
    silent: bool,
    silence: tuple[int, ...] = (),
) -> Report:
    """Everything that went wrong with this file. `silent`: the conversion met nothing, so only the reader's own problems."""
    read = _read(table)
    if silent:
        return read
    _collect(cursor, plan, table)
    groups = [*_cells(cursor, plan), *_rows(cursor, plan)]
    if silence:
        groups.append((("no answer and no comment", None, len(silence), True), [(place, None) for place in silence[:LOST]]))
    lines = _located(table, {place for group in groups for place, _ in group[1]}, rows_scanned)
    troubles = [
        Trouble(reason, column, count, _line(lines, examples[0][0]), aside) for (reason, column, count, aside), examples in groups
    ]
    rows = [
        read_table.Problem(_line(lines, place) or 0, column, reason, value, lines[place][1] if aside else None, aside)
        for (reason, column, _, aside), examples in groups
        for place, value in examples
    ]
    return Report([*read.troubles, *troubles], [*read.rows, *rows])


Group = tuple[tuple[str, str | None, int, bool], list[tuple[int, str | None]]]


def _read(table: read_table.Table) -> Report:
    """What the reader could not take in at all, grouped by reason."""
    groups: dict[tuple[str, str | None, bool], list[read_table.Problem]] = {}
    for problem in table.problems:
        groups.setdefault((problem.reason, problem.column, problem.set_aside), []).append(problem)
    troubles = [Trouble(reason, column, len(found), found[0].line, aside) for (reason, column, aside), found in groups.items()]
    return Report(troubles, list(table.problems))


def contradictions(plan: Plan) -> list[tuple[str, str, str]]:
    """Those that can be seen with the columns this file has."""
    outputs = plan.outputs()
    return [
        (reason, column, test)
        for reason, column, test in CONTRADICTIONS.get(plan.match.format.table, ())
        if all(name in outputs for name in STAMPS.findall(test))
    ]


def _collect(cursor: duckdb.DuckDBPyConnection, plan: Plan, table: read_table.Table) -> None:
    """A second, patient pass: only the rows in trouble, with their places in the file."""
    cells = "".join(f"c{place}, " for place in dict.fromkeys(use.place for use in plan.checked()))
    tests = "".join(f", coalesce({test}, false) as x{place}" for place, (_, _, test) in enumerate(contradictions(plan)))
    wanted = " or ".join(["unread <> 0", "no_record", *(f"x{place}" for place, _ in enumerate(contradictions(plan)))])
    rows = f"select *, {totals(plan)} as no_record{tests} from ({plan.select(table.scan(), f'place, {cells}')})"
    cursor.execute(f"create or replace temp table trouble as select * from ({rows}) where {wanted}")


def _cells(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> list[Group]:
    groups: dict[tuple[str, str], tuple[int, list[tuple[int, str | None]]]] = {}
    for bit, use in enumerate(plan.checked()):
        rows = cursor.execute(
            f"select c{use.place}, count(*), list(place order by place)[:{STORED}] from trouble "
            f"where unread & {1 << bit} <> 0 and not no_record group by 1 order by min(place)"
        ).fetchall()
        for value, times, places in rows:
            key = _reason(plan, use, str(value)), use.header
            count, examples = groups.get(key, (0, []))
            groups[key] = count + times, sorted([*examples, *((place, str(value)) for place in places)])[:STORED]
    return [((reason, column, count, False), examples) for (reason, column), (count, examples) in groups.items()]


def _rows(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> list[Group]:
    asides = plan.asides()
    lost = "no_record and aside = 0" if asides else "no_record"
    again = f"coalesce({names_again(plan)}, false)"
    kinds: list[tuple[str, str | None, str, bool]] = [
        ("a line of totals or without an id", None, f"{lost} and not {again}", True),
        ("the column names once more", None, f"{lost} and {again}", True),
    ]
    kinds += [(reason, None, f"aside = {number}", True) for number, (_, reason) in enumerate(asides, start=1)]
    headers = {use.column.name: use.header for use in plan.match.uses}
    kinds += [
        (reason, headers.get(column), f"x{place} and not no_record", False)
        for place, (reason, column, _) in enumerate(contradictions(plan))
    ]
    groups: list[Group] = []
    for reason, column, test, aside in kinds:
        examples = LOST if aside else 1  # rows that are kept can be looked at in the tables
        count, places = cursor.execute(
            f"select count(*), list(place order by place)[:{examples}] from trouble where {test}"
        ).fetchone() or (0, [])
        if count:
            groups.append(((reason, column, count, aside), [(place, None) for place in places]))
    return groups


def _reason(plan: Plan, use: Use, value: str) -> str:
    kind, number = use.column.kind, plain_number(value.strip())
    if kind == "score":
        reading_ = plan.readings[use]
        return f"outside the scale of {reading_.least:g} to {reading_.scale:g}" if number is not None else "not a score"
    if kind == "duration":
        if value.strip().startswith(("-", "(")):
            return "a duration below zero"
        return "not a duration" if number is None or not use.unit else "a duration of more than a hundred years"
    return {"when": "not a date that can be read", "number": "not a number", "flag": "neither yes nor no"}[kind]


def _line(lines: Mapping[int, tuple[int, str]], place: int) -> int | None:
    return lines[place][0] if place in lines else None


def _located(table: read_table.Table, places: set[int], rows: int) -> dict[int, tuple[int, str]]:
    """Line and text of the rows. Where every line is a row, counting lines is enough and much faster than reading records."""
    if table.original is not None or table.made or _lines(table.path) - table.skip != rows:
        return table.locate(places)
    found: dict[int, tuple[int, str]] = {}
    with table.path.open("rb") as stream:
        for place, line in enumerate(islice(stream, table.skip, None)):
            if place in places:
                found[place] = table.first_line + place, line.decode("utf-8", "replace").rstrip("\n")
                if len(found) == len(places):
                    break
    return found


def _lines(path: Path) -> int:
    total, last = 0, b"\n"
    with path.open("rb") as stream:
        while piece := stream.read(1 << 22):
            total, last = total + piece.count(b"\n"), piece[-1:]
    return total + (last != b"\n")
