"""Opens the database. The only file that knows where the data lives."""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import duckdb

from data import database_file, macros, migrations, scratch_folders
from data.literals import literal
from data.open_errors import OtherDatabase, StoreBusy

HOME = Path(__file__).parent / "store"
UPLOADS = HOME / "uploads"
FORMATS = HOME / "formats"  # made in this workspace
PATIENCE = 60.0  # seconds that a command waits for another import to end
_serials = itertools.count()
_open: set[Path] = set()  # what this process holds
_opening = threading.Lock()


def location(said: str | None = None) -> Path:
    """Where the database is: the file that is said, else DESKPULSE_DATABASE, else data/store/deskpulse.duckdb."""
    return database_file.named(said or os.environ.get("DESKPULSE_DATABASE") or str(HOME / "deskpulse.duckdb"))


@cache
def default() -> Store:
    """The server's own store, opened once and closed to every file but the uploads."""
    database_file.make_folder(UPLOADS)
    return Store.open(location(), reads=[UPLOADS])


class Store:
    """One open database. Readers take a cursor each; writers queue behind one lock."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, reads: Sequence[Path] | None = None) -> None:
        self.path = path
        self._reads = None if reads is None else tuple(folder.resolve() for folder in reads)
        self.serial = next(_serials)  # tells stores of one process apart, closed ones included
        self._connection = connection
        self._database = macros.attach(connection)
        self._write_lock = threading.RLock()
        self._note_lock = threading.Lock()
        self._prepared: set[str] = set()
        self._writer: tuple[int, duckdb.DuckDBPyConnection] | None = None  # whose thread, and its cursor
        self._version = self.setting("version", "0")
        self.closed = False
        database_file.claim()

    @classmethod
    def open(
        cls,
        path: Path | str,
        reads: Sequence[Path] | None = None,
        patience: float = 0.0,
        tell: Callable[[str], None] = lambda sentence: None,
    ) -> Store:
        """Open or create the database at `path`. With `reads`, no file outside those folders can be read by any query.

        Raises StoreBusy when another process still holds it after `patience` seconds (`tell` is told of the wait), and
        OtherDatabase where the file is of a later version or holds something else; it is then as it was.
        """
        path = Path(path).absolute()  # one file has one name in `_open`
        database_file.make_folder(path.parent)
        database_file.make_private(path)
        with database_file.claimed():
            connection = _connected(path, patience, tell)
            _bring_up(connection, path)
            if path not in _open:
                scratch_folders.tidy(path)
            _open.add(path)
            if reads is not None:
                database_file.shut(connection, reads)
            return cls(connection, path, reads)

    @classmethod
    @contextmanager
    def scratch(cls) -> Iterator[Store]:
        """An empty one, to try something out; nothing of it stays."""
        with tempfile.TemporaryDirectory(prefix="scratch-") as folder:
            made = cls.open(Path(folder, "scratch.duckdb"))
            try:
                yield made
            finally:
                made.close()

    @property
    def readable(self) -> Path:
        """A folder whose files its queries can read."""
        return self._reads[0] if self._reads else self.path.parent.resolve()

    def may_read(self, path: Path) -> bool:
        """Whether its queries can read this file."""
        return self._reads is None or any(path.resolve().is_relative_to(folder) for folder in self._reads)

    @property
    def import_folders(self) -> str:
        """What the names of an import's own folders beside the database begin with."""
        return scratch_folders.imports(self.path)

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own for one query: sharing one between threads gives wrong results."""
        cursor = self._connection.cursor()
        try:
            macros.set_search_path(cursor, self._database)
            yield cursor
        finally:
            cursor.interrupt()
            cursor.close()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction; what is inside happens wholly or not at all. Readers keep their snapshot meanwhile."""
        with self._write_lock, self.cursor() as cursor:
            cursor.execute("set enable_progress_bar = true")  # to be asked for, never printed
            cursor.execute("set enable_progress_bar_print = false")
            cursor.execute("begin")
            self._writer = threading.get_ident(), cursor
            try:
                yield cursor
                version = str(int(self._version) + 1)
                _write_setting(cursor, "version", version)
                cursor.execute("commit")
            except BaseException:
                cursor.execute("rollback")
                raise
            finally:
                self._writer = None
            self._version = version

    @contextmanager
    def noting(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction on tables that no number depends on: it waits for no import, and no answer is forgotten for it."""
        with self._note_lock, self.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
                cursor.execute("commit")
            except BaseException:
                cursor.execute("rollback")
                raise

    @contextmanager
    def still(self) -> Iterator[None]:
        """Nothing is written meanwhile, and all that was stands in the file: it can be copied meanwhile. Raises StoreBusy."""
        with self._write_lock, self._note_lock:
            with self.cursor() as cursor:
                _settled(cursor, time.monotonic() + PATIENCE)
            yield

    def written(self) -> float | None:
        """How much of the writer's running statement is done, 0 to 1; None when nobody writes or it cannot tell."""
        writer = self._writer
        share = writer[1].query_progress() if writer else -1.0
        return share / 100 if share >= 0 else None

    def stop_writing(self, thread: int) -> None:
        """Break off the statement that this thread writes with, if it does; its transaction then changes nothing."""
        writer = self._writer
        if writer and writer[0] == thread:
            writer[1].interrupt()

    def version(self) -> str:
        """Changes whenever what is stored changes."""
        return self._version

    def setting(self, key: str, otherwise: str) -> str:
        """A choice of the workspace, such as `timezone`."""
        with self.cursor() as cursor:
            found = cursor.execute(f"select value from settings where key = {literal(key)}").fetchone()
        return str(found[0]) if found else otherwise

    def set(self, key: str, value: str) -> None:
        """Keep a choice of the workspace."""
        with self.writing() as cursor:
            _write_setting(cursor, key, value)

    def prepare(self, name: str, sql: str) -> None:
        """Run `sql` once for this open store; for macros a layer above brings along."""
        if name in self._prepared:
            return
        with self._write_lock, self.cursor() as cursor:
            macros.create(cursor, self._database, sql)
            self._prepared.add(name)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        _open.discard(self.path)
        if not self.closed:
            database_file.release()
        self.closed = True


def _settled(cursor: duckdb.DuckDBPyConnection, until: float) -> None:
    """All that was written stands in the file. A question that still sees what was before the last change holds that up."""
    while True:
        try:
            cursor.execute("checkpoint")
            return
        except duckdb.TransactionException as error:
            if time.monotonic() >= until:
                raise StoreBusy("A question is being answered that takes very long. Try again when it is done.") from error
        time.sleep(0.1)


def _write_setting(cursor: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    cursor.execute(f"delete from settings where key = {literal(key)}")
    cursor.execute(f"insert into settings values ({literal(key)}, {literal(value)})")


def _connected(path: Path, patience: float, tell: Callable[[str], None]) -> duckdb.DuckDBPyConnection:
    """The connection, as soon as no other process has one: only one may."""
    began, told = time.monotonic(), False
    while True:
        try:
            return duckdb.connect(str(path), config=database_file.configuration(path))
        except duckdb.IOException as error:
            if "lock" not in str(error) and "used by another process" not in str(error):
                reason = str(error).splitlines()[0].removeprefix("IO Error: ")
                raise OtherDatabase(path, f"cannot be opened: {reason}") from error
            if time.monotonic() - began >= patience:
                raise StoreBusy(
                    f"{path} is in use by another process. Stop that one first, or name another database with --database."
                ) from error
        if not told:
            tell(f"{path} is in use by another process: waiting up to {patience:.0f} seconds for it to end.")
            told = True
        time.sleep(min(0.2, patience))


def _bring_up(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The tables of this version; a file that they do not belong into is let go of as it was."""
    try:
        with _opening, closing(connection.cursor()) as cursor:
            migrations.bring_up(cursor, path)
    except BaseException:
        connection.execute("pragma disable_checkpoint_on_shutdown")  # what a killed process left to be written down stays so
        connection.close()
        raise
