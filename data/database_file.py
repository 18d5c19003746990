"""What may be the database: a file of this machine, that nobody but its owner can read; and what lies beside it."""

from __future__ import annotations

import glob
import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


def tidy(path: Path) -> None:
    """Clear away what a killed process has left beside the database: whoever holds the database is alone with these."""
    for left in (*path.parent.glob(f"{glob.escape(import_folders(path))}*"), spill(path)):
        shutil.rmtree(left, ignore_errors=True)


def import_folders(path: Path) -> str:
    """What the names of an import's own folders beside the database begin with."""
    return f"{path.stem}.import-"


def spill(path: Path) -> Path:
    """Where questions go that do not fit into memory."""
    return path.parent / (path.stem + ".spill")
