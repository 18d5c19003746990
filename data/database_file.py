"""What may be the database: a file of this machine, for its owner alone; and how it is opened."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data import scratch_folders
from data.open_errors import NotAFile

PRIVATE = 0o077  # of what is made, group and others get nothing
log = logging.getLogger(__name__)

_claiming = threading.Lock()
_masks: list[int] = []  # what held before each claim; the first is the process's own

# Two letters at least: one is a drive of Windows.
SCHEME = re.compile(r"[A-Za-z][\w+.-]+:")


def named(said: str) -> Path:
    """The file that is meant. Raises NotAFile for `md:`, `postgres://` and whatever else begins with a scheme."""
    if scheme := SCHEME.match(said):
        raise NotAFile(scheme[0])
    return Path(said)


def claim() -> None:
    """Until `release`, what this process makes is its owner's alone. DuckDB makes the log beside the database anew at any write,
    with the rights that hold for the process just then; there is no setting for it."""
    with _claiming:
        _masks.append(os.umask(PRIVATE))


def release() -> None:
    """Each claim is given back once; with the last, the process's own rights hold again."""
    with _claiming:
        os.umask(_masks.pop())


@contextmanager
def claimed() -> Iterator[None]:
    claim()
    try:
        yield
    finally:
        release()


def make_private(path: Path) -> None:
    """Takes wider rights back from a database that is there already, and from the log a killed process has left."""
    for file in (path, path.with_name(f"{path.name}.wal")):
        if os.name != "posix" or not file.is_file() or not file.stat().st_mode & PRIVATE:
            continue
        try:
            file.chmod(0o600)
        except PermissionError:  # another user's: theirs to decide
            log.warning("%s can be read by others than its owner, and only its owner can change that", file)


def make_folder(path: Path) -> None:
    """Makes it, with what it lies in, for its owner alone; a folder that is there stays as it is."""
    for folder in reversed([path, *path.parents]):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)


def shut(connection: duckdb.DuckDBPyConnection, reads: Sequence[Path]) -> None:
    """Files outside `reads` are closed to every query from here on; DuckDB takes neither setting at the opening."""
    folders = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in reads)
    connection.execute(f"set allowed_directories = [{folders}]")
    connection.execute("set enable_external_access = false")


def configuration(path: Path) -> dict[str, str | bool | int | float | list[str]]:
    """Bounded memory, spilling beside the database, and nothing fetched from the network."""
    return {
        "memory_limit": os.environ.get("DESKPULSE_MEMORY", "1GB"),
        "storage_compatibility_version": "latest",  # newer ways to store text: a sixth off the cost of an import
        "temp_directory": str(scratch_folders.spill(path)),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": os.cpu_count() or 2,
    }
