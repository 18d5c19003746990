"""Brings the database of an earlier version up to the tables of this one: a numbered step at a time, each wholly or not at all.

A step is `NNNN_what_becomes.sql`, or `.py` with `migrate(cursor)` where SQL is not enough. schema.sql says what a new database
looks like; the steps lead every older one there. Databases out there have taken a step as it stands: what it made is changed by
the next one. Derived tables need none, they are worked out anew.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data import schema
from data.literals import literal
from data.open_errors import OtherDatabase

HERE = Path(__file__).parent
SETTING = "schema_version"  # the number of the last step; databases of before the first one have none
OURS = ("tickets", "imports", "settings")  # in every database there ever was
NEWER = (
    "was written by a later version of Deskpulse: its tables are of version {kept}, and this one knows them up to {newest}. "
    "Update Deskpulse, or name another database with --database."
)
NO_FILE = "is a table and no database. Name another file with --database."
FOREIGN = "is no database of Deskpulse: it has no table {table}. Name another one with --database."
STUCK = "cannot be brought up to this version of Deskpulse (step {step}): {reason}. It is as it was before that step."


@dataclass(frozen=True)
class Step:
    """One file, and the version that the tables are of once it was taken."""

    number: int
    path: Path

    def take(self, cursor: duckdb.DuckDBPyConnection) -> None:
        if self.path.suffix == ".py":
            runpy.run_path(str(self.path))["migrate"](cursor)
        else:
            cursor.execute(self.path.read_text(encoding="utf-8"))


def steps(folder: Path = HERE) -> tuple[Step, ...]:
    """All there are, in order; their numbers leave no gap."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".sql", ".py") and path.name[0].isdigit())
    return tuple(Step(int(path.name.partition("_")[0]), path) for path in paths)


def bring_up(cursor: duckdb.DuckDBPyConnection, path: Path, folder: Path = HERE) -> None:
    """Make the tables of a new database, or take the steps that this one lacks. Raises OtherDatabase, before any change where
    the file is of a later version or of something else."""
    known = steps(folder)
    kept = _version(cursor, path)
    if kept is None:
        with _wholly(cursor):
            schema.create(cursor)
            _write_version(cursor, known[-1].number)
        return
    if kept > known[-1].number:
        raise OtherDatabase(path, NEWER.format(kept=kept, newest=known[-1].number))
    lacking = [step for step in known if step.number > kept]
    for step in lacking:
        _take(cursor, path, step, last=step == lacking[-1])


def _version(cursor: duckdb.DuckDBPyConnection, path: Path) -> int | None:
    """None where there is nothing yet."""
    if cursor.execute("select path is null from duckdb_databases() where database_name = current_database()").fetchone() == (True,):
        raise OtherDatabase(path, NO_FILE)  # given a CSV file, DuckDB shows it in memory, and what is written there is lost
    query = "select table_name from duckdb_tables() where database_name = current_database() and not internal"
    tables = {str(row[0]) for row in cursor.execute(query).fetchall()}
    if not tables:
        return None
    if missing := next((table for table in OURS if table not in tables), None):
        raise OtherDatabase(path, FOREIGN.format(table=missing))
    row = cursor.execute(f"select value from settings where key = '{SETTING}'").fetchone()
    return int(row[0]) if row else 0


def _take(cursor: duckdb.DuckDBPyConnection, path: Path, step: Step, last: bool) -> None:
    try:
        with _wholly(cursor):
            step.take(cursor)
            _write_version(cursor, step.number)
            if last and (reason := schema.difference(schema.held(cursor))):
                raise OtherDatabase(path, STUCK.format(step=step.path.stem, reason=reason))
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise OtherDatabase(path, STUCK.format(step=step.path.stem, reason=reason)) from error


def _write_version(cursor: duckdb.DuckDBPyConnection, number: int) -> None:
    cursor.execute(f"delete from settings where key = '{SETTING}'")
    cursor.execute(f"insert into settings values ('{SETTING}', {literal(str(number))})")


@contextmanager
def _wholly(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What happens in it stays once it went through to its end."""
    cursor.execute("begin")
    try:
        yield
    except BaseException:
        cursor.execute("rollback")
        raise
    cursor.execute("commit")
