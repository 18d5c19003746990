"""Answers a doubt: the imports that have it are read anew so, and every later file of their kind is.

Where a file is gone, what the rows themselves keep of it may do: the helpdesk's own word for a state stands beside ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from data.cells import states
from data.cells.doubts import chosen
from data.importing import doubt_records, kept_files, merge, read_anew
from data.importing.doubt_records import Recorded
from data.importing.import_file import Progress
from data.importing.kept_files import Kept
from data.importing.receipt import Receipt
from data.store import Store


class NotAsked(Exception):
    """There is no such import, question or answer; the sentence says which there are."""


class FileNeeded(Exception):
    """The answer is kept, but the rows that are here cannot be changed without their file."""


@dataclass(frozen=True)
class Answered:
    """What an answer did."""

    doubt: str
    answer: str
    receipts: tuple[Receipt, ...]  # of what was read anew, the oldest first
    changed: int = 0  # rows that took another meaning without being read anew


KEPT_WORDS: Mapping[str, Callable[[duckdb.DuckDBPyConnection, str, str, str], int]] = {states.KIND: states.mean}


def answer(store: Store, import_id: str, doubt: str, said: str, progress: Progress | None = None) -> Answered:
    """Raises NotAsked, FileNeeded, CannotUndo and whatever reading a file raises; only FileNeeded has changed anything."""
    with store.cursor() as cursor:
        asked = _asked(cursor, import_id, doubt)
        meant = _meant(asked, said)
        alike = doubt_records.of_imports(cursor, "kind_of_file = ? and id = ?", [asked.kind_of_file, asked.doubt.id])
        other = [one for one in alike if one.doubt.taken != meant]
        files = _readable(cursor, other, import_id)

    def kept(cursor: duckdb.DuckDBPyConnection) -> None:
        doubt_records.remember(cursor, asked.kind_of_file, asked.doubt.id, meant)

    told = {one.import_id for one in files}
    beside = [one for one in alike if one.import_id not in told]
    receipts = []
    if files:
        tell = progress or (lambda stage, share: None)
        receipts = read_anew.read_anew(store, files, {asked.doubt.id: meant}, kept, tell)
    with store.writing() as cursor:
        kept(cursor)
        changed = sum(_meaning(cursor, one, meant) for one in beside)
    if not files and asked.doubt.taken != meant and asked.doubt.kind not in KEPT_WORDS:
        raise FileNeeded(_bring(store, asked, meant))
    return Answered(asked.doubt.id, meant, tuple(receipts), changed)


def _asked(cursor: duckdb.DuckDBPyConnection, import_id: str, doubt: str) -> Recorded:
    if not cursor.execute("select 1 from imports where id = ?", [import_id]).fetchone():
        raise NotAsked(f"There is no import {import_id}.")
    there = doubt_records.of_imports(cursor, "import_id = ?", [import_id])
    found = next((one for one in there if one.doubt.id.lower() == doubt.lower()), None)
    if found is None:
        names = ", ".join(one.doubt.id for one in there)
        raise NotAsked(f"Import {import_id} has no question {doubt}. " + (f"It has: {names}." if names else "It has none."))
    return found


def _meant(asked: Recorded, said: str) -> str:
    meant = chosen(asked.doubt.alternatives, said)
    if meant is None:
        ways = ", ".join(f"'{one.answer}'" for one in asked.doubt.alternatives)
        raise NotAsked(f"'{said}' is no answer to {asked.doubt.id}. Answers are: {ways}.")
    return meant


def _readable(cursor: duckdb.DuckDBPyConnection, other: Sequence[Recorded], import_id: str) -> list[Kept]:
    """The files to read anew: of the imports that took the other reading, and of all that came after them, for these build on
    their rows. As far back as every file is here, and at least as far as the import in question."""
    for first in range(len(other)):
        if other[first].import_id > import_id:
            break
        names = sorted({later for one in other[first:] for later in merge.built_upon(cursor, one.import_id)})
        files = [kept_files.of_import(cursor, name) for name in names]
        there = [one for one in files if one is not None and one.there]
        if len(there) == len(names):
            return there
    return []


def _meaning(cursor: duckdb.DuckDBPyConnection, one: Recorded, meant: str) -> int:
    """Give the rows of an import another meaning without its file, where that can be. Returns how many changed."""
    if one.doubt.taken != meant and one.doubt.kind not in KEPT_WORDS:
        return 0
    changed = KEPT_WORDS[one.doubt.kind](cursor, one.import_id, one.doubt.about, meant) if one.doubt.taken != meant else 0
    doubt_records.settle(cursor, one.import_id, one.doubt.id, meant)
    return changed


def _bring(store: Store, asked: Recorded, meant: str) -> str:
    with store.cursor() as cursor:
        found = cursor.execute("select file from imports where id = ?", [asked.import_id]).fetchone()
    file = found[0] if found else "The file"
    return (
        f"{file}, or that of a later import that builds on it, is no longer here or has changed: its rows stay as they were read. "
        f"The answer is kept: undo import {asked.import_id}, bring the file again, and it is read with '{meant}'."
    )
