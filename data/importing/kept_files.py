"""Where the file of an import lies, so that it can be read anew: never a copy of ours, and only while it is the same file."""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.files import unpack
from data.files.plain_table import Room
from data.importing.plan_file import Choices
from data.literals import literal
from data.store import Store

GONE = "{file} is no longer here, or has changed since it was imported."


class Gone(Exception):
    """The file of an import cannot be read again; the sentence names it."""


@dataclass(frozen=True)
class Kept:
    """One import's file, and what was said when it came."""

    import_id: str
    file: str  # its name in the receipt
    path: Path
    part: bool  # it is one table of what lies there
    size: int
    modified: int
    choices: Mapping[str, str]
    answers: Mapping[str, str]

    @property
    def there(self) -> bool:
        try:
            found = self.path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.modified)


def note(cursor: duckdb.DuckDBPyConnection, import_id: str, path: Path, part: str | None, choices: Choices) -> None:
    """Remember where the file of an import lies."""
    found = path.stat()
    said, answers = json.dumps(choices.said(), ensure_ascii=False), json.dumps(dict(choices.answers), ensure_ascii=False)
    row = (import_id, str(path.absolute()), part, found.st_size, found.st_mtime_ns, said, answers)
    cursor.execute(f"insert into import_files values ({', '.join(map(literal, row))})")


def of_import(cursor: duckdb.DuckDBPyConnection, import_id: str) -> Kept | None:
    """The file of an import as it was; None where the import is unknown or older than this memory."""
    sql = """select i.file, f.path, f.part is not null, f.bytes, f.modified, f.choices, f.answers
        from import_files f join imports i on i.id = f.import_id where f.import_id = ?"""
    row = cursor.execute(sql, [import_id]).fetchone()
    if row is None:
        return None
    file, path, part, size, modified, choices, answers = row
    return Kept(import_id, file, Path(path), part, size, modified, json.loads(choices), json.loads(answers))


@contextmanager
def opened(kept: Kept, store: Store) -> Iterator[Path]:
    """The file at a place that the store's queries may read. Raises Gone."""
    if not kept.there:
        raise Gone(GONE.format(file=kept.file))
    with tempfile.TemporaryDirectory(prefix=store.import_folders, dir=store.readable) as folder:
        if kept.part:
            yield _part(kept, Path(folder))
        elif store.may_read(kept.path):
            yield kept.path
        else:
            yield Path(shutil.copy(kept.path, folder))


def _part(kept: Kept, folder: Path) -> Path:
    """One table out of an archive or a workbook."""
    numbers = itertools.count()
    place = lambda: folder / f"table-{next(numbers)}"  # noqa: E731 - a name for it would say no more
    for part in unpack.tables(kept.path, kept.path.name, place, Room(folder)):
        if part.name == kept.file and not part.fault:
            return part.path
        if part.path != kept.path:
            part.path.unlink(missing_ok=True)
    raise Gone(GONE.format(file=kept.file))
