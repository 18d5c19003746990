"""Where uploads wait on disk. Their names are random: what a file was called never becomes part of a path."""

import os
import re
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from data.database_file import make_folder
from data.files import file_type, unpack
from data.files.plain_table import Part, Room
from data.store import UPLOADS
from pages.streamlit_server import max_upload_bytes

DAY = 24 * 3600
LONGEST = 150


def place() -> Path:
    """A new path that nobody can guess; also clears away what a killed server has left behind."""
    make_folder(UPLOADS)
    for left in UPLOADS.iterdir():
        if left.stat().st_mtime < time.time() - DAY:
            forget(left)
    return UPLOADS / secrets.token_hex(16)


def free() -> int:
    """Bytes that are left for uploads; on a new server nobody may have made their folder yet."""
    make_folder(UPLOADS)
    return shutil.disk_usage(UPLOADS).free


def opened(path: Path) -> BinaryIO:
    """For writing, readable by this user only; fails if the path is there already."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def limit() -> int:
    """Bytes one file may have, packed or unpacked: `server.maxUploadSize` in .streamlit/config.toml, in MB."""
    return max_upload_bytes()


def parts(path: Path, name: str, tell: Callable[[str], None]) -> list[Part]:
    """The tables in an archive or a workbook, each at a place of its own; nothing when the file is a plain one."""
    if file_type.of(path, name) in ("text", "made"):
        return []
    tell("Unpacking")
    make_folder(UPLOADS)
    found: list[Part] = []
    try:
        for part in unpack.tables(path, name, place, Room(UPLOADS, limit(), " set in .streamlit/config.toml (maxUploadSize)")):
            found.append(part)
    except BaseException:
        for part in found:
            forget(part.path)
        raise
    return found


def forget(path: Path) -> None:
    """Removes a file or a folder of ours; it may be gone already."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def plain_name(given: str) -> str:
    """What to call the file on screen: no folders, no control characters, not endless."""
    last = re.split(r"[/\\]", given)[-1]
    clean = "".join(letter for letter in last if letter.isprintable()).strip()
    return clean[-LONGEST:] or "file.csv"
