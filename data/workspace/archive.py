"""The archive of a backup: what is in it, and into which places it may be unpacked."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data import database_file

FORM = 1  # of the archive; a later one is refused with a sentence
MANIFEST, DATABASE, SHARED, FORMATS = "manifest.json", "database.duckdb", "shared", "formats"
PIECE = 1 << 20
PACKED = {".gz"}  # compressed already


class CannotRestore(Exception):
    """Why not, in a sentence."""


@dataclass(frozen=True)
class Manifest:
    """What an archive is, and the SHA-256 of every file in it."""

    form: int
    made: str  # UTC
    version: int  # of the store
    files: dict[str, str]


def packed(archive: zipfile.ZipFile, name: str, file: Path) -> str:
    """Puts a file in, piece by piece; returns its sum."""
    entry = zipfile.ZipInfo.from_file(file, name)
    entry.compress_type = zipfile.ZIP_STORED if file.suffix in PACKED else zipfile.ZIP_DEFLATED
    counted = hashlib.sha256()
    with file.open("rb") as content, archive.open(entry, "w", force_zip64=True) as out:
        while piece := content.read(PIECE):
            counted.update(piece)
            out.write(piece)
    return counted.hexdigest()


def unpacked(path: Path, stage: Path) -> Manifest:
    """Raises CannotRestore unless every file is there, is whole, and belongs where it says."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = Manifest(**json.loads(archive.read(MANIFEST)))
            if found.form != FORM:
                raise CannotRestore(f"{path} was made by a later version (form {found.form}).")
            for name, expected in found.files.items():
                if _unsafe(name) or _taken(archive, name, stage / name) != expected:
                    raise CannotRestore(f"{path} is damaged: {name} is not what it was.")
    except FileNotFoundError as error:
        raise CannotRestore(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise CannotRestore(f"{path} is no backup, or is damaged.") from error
    if DATABASE not in found.files:
        raise CannotRestore(f"{path} holds no database.")
    return found


def _unsafe(name: str) -> bool:
    """Archives come from elsewhere: a name may lead into our three places and nowhere else."""
    parts = PurePosixPath(name).parts
    known = name == DATABASE or (len(parts) in (2, 3) and parts[0] in (SHARED, FORMATS))
    return not known or "\\" in name or any(part.startswith(".") for part in parts)


def _taken(archive: zipfile.ZipFile, name: str, place: Path) -> str:
    database_file.make_folder(place.parent)
    counted = hashlib.sha256()
    with archive.open(name) as content, open(place, "xb", opener=_private) as out:
        while piece := content.read(PIECE):
            counted.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return counted.hexdigest()


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
