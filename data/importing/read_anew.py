"""Reads files that are here already once more: for good under an answer, or beside the store to see what an answer would make."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from data.files import read_table
from data.importing import import_file, kept_files, merge
from data.importing.import_file import Brought, Progress
from data.importing.kept_files import Kept
from data.importing.plan_file import Choices
from data.importing.receipt import Receipt
from data.store import Store

CHOSEN = {  # what numbers depend on besides the files; some settings are about one store's state alone
    "settings": "key not in ('version', 'facts_of', 'themes_of')",
    "calendars": "true",
    "calendar_hours": "true",
    "calendar_free_days": "true",
    "doubt_answers": "true",
}


def read_anew(
    store: Store,
    files: Sequence[Kept],
    said: Mapping[str, str],
    first: Callable[[duckdb.DuckDBPyConnection], None],
    tell: Progress,
) -> list[Receipt]:
    """Take these imports out, the newest first, and read their files again, the oldest first, in one transaction.

    `first` is done before anything is read. Every import keeps its id. Raises Gone, CannotUndo, NothingKept: then nothing changed.
    """
    with ExitStack() as stack:
        brought = [stack.enter_context(_brought(one, store, said)) for one in files]
        try:
            return _again(store, brought, first, tell)
        except duckdb.InvalidInputException:  # a damaged record in one of them
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=store.import_folders, dir=store.readable)))
            repaired = [replace(one, table=read_table.repair(one.table, folder)) for one in brought]
            return _again(store, repaired, first, tell)


def _again(
    store: Store, brought: Sequence[Brought], first: Callable[[duckdb.DuckDBPyConnection], None], tell: Progress
) -> list[Receipt]:
    with store.writing() as cursor:
        first(cursor)
        for one in reversed(brought):
            merge.undo(cursor, str(one.import_id))
        return [import_file.take_in(cursor, one, tell) for one in brought]


@contextmanager
def _brought(kept: Kept, store: Store, said: Mapping[str, str]) -> Iterator[Brought]:
    with (
        kept_files.opened(kept, store) as path,
        tempfile.TemporaryDirectory(prefix=store.import_folders, dir=store.readable) as folder,
    ):
        choices = Choices(**kept.choices, home=store.setting("timezone", "UTC"), answers={**kept.answers, **said})
        table = read_table.read(path, Path(folder), kept.file)
        yield Brought(table, choices, kept.path, kept.file if kept.part else None, kept.import_id)


@contextmanager
def tried(store: Store, kept: Kept, source: str, answers: Mapping[str, str]) -> Iterator[Store]:
    """A store of its own that holds this file alone, read under these answers, with the choices of the workspace. Raises Gone."""
    with Store.scratch() as scratch, kept_files.opened(kept, store) as path:
        _take_over(store, scratch)
        choices = Choices(**kept.choices, home=store.setting("timezone", "UTC"), answers={**kept.answers, **answers})
        import_file.bring(scratch, path, kept.file, replace(choices, source=source))
        yield scratch


def _take_over(store: Store, scratch: Store) -> None:
    with store.cursor() as cursor, scratch.writing() as target:
        for table, where in CHOSEN.items():
            rows = cursor.execute(f"select * from {table} where {where}").fetchall()
            if rows:
                target.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)
