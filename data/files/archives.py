"""Takes the files out of zip, gzip and tar archives, piece by piece and never more than there is room for."""

from __future__ import annotations

import gzip
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Self

from data.files.file_type import ENTRIES, Unreadable, listing
from data.files.plain_table import PIECE, Part, Place, Room, opened

RATIO = 250  # no export shrinks to less; what claims to is made to fill the disk
HARMLESS = 64 << 20  # whatever the ratio
RUBBISH = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)|/$", re.IGNORECASE)
NO_TABLE = re.compile(r"\.(pdf|png|jpe?g|gif|svg|md|docx?|pptx?|eml)$|(^|/)(readme|licen[cs]e)[^/]*$", re.IGNORECASE)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
NAMES = 1 << 20  # bytes of a tar archive's long names, which are read at once


def wanted(name: str) -> bool:
    return not RUBBISH.search(name) and not NO_TABLE.search(name)


def shown(name: str) -> str:
    """The name of a member as it is told: it never becomes part of a path."""
    parts = PurePosixPath("".join(letter for letter in name.replace("\\", "/") if letter.isprintable())).parts
    kept = "/".join(part for part in parts if part not in ("/", "..", ".") and not part.endswith(":"))
    return kept[-150:] or "table"


def members(path: Path, kind: str, name: str, place: Place, room: Room) -> Iterator[Part]:
    """Every file of an archive, one at a time, each at a path of ours. Raises Unreadable when the archive is not to be trusted."""
    found = {"zip": _zip, "gzip": _gzip, "tar": _tar}[kind](path, name, place, room)
    try:
        yield from found
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable(f"{name} is a damaged archive. Export or download it again.") from error


def _zip(path: Path, name: str, place: Place, room: Room) -> Iterator[Part]:
    listing(path, name)
    with zipfile.ZipFile(path) as archive:
        files = [one for one in archive.infolist() if wanted(one.filename)]
        if not files:
            raise Unreadable(f"{name} is an archive without any table in it{_holds(archive.namelist())}.")
        whole = sum(one.file_size for one in files)
        _no_bomb(whole, path, name)
        if whole > room.left:
            raise room.refusal(name)
        for one in files:
            title = f"{name}: {shown(one.filename)}"
            if refusal := _locked(one, title):
                yield Part(path, title, refusal)
                continue
            yield _unzipped(archive, one, title, place(), room)


def _holds(names: list[str]) -> str:
    seen = [shown(name) for name in names if not RUBBISH.search(name)]
    return f" (it holds {', '.join(seen[:3])}{' ...' if len(seen) > 3 else ''})" if seen else ""


def _locked(one: zipfile.ZipInfo, title: str) -> str:
    if one.flag_bits & 1:
        return f"{title} is encrypted: the archive has a password. Unpack it and bring the file itself."
    if one.compress_type not in METHODS:
        return f"{title} is packed in a way that is not read here. Unpack it and bring the file itself."
    return ""


def _unzipped(archive: zipfile.ZipFile, one: zipfile.ZipInfo, title: str, target: Path, room: Room) -> Part:
    try:
        with archive.open(one) as stream:
            _pour(stream, target, title, room)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # the disk, not the archive
            raise
        return Part(target, title, f"{title} is damaged inside its archive. Export or download it again.")
    return Part(target, title)


def _gzip(path: Path, name: str, place: Place, room: Room) -> Iterator[Part]:
    """One file; a packed tar shows itself only when it is unpacked, and is then read straight from the stream."""
    with gzip.open(path) as stream:
        start = stream.read(512)
    if start[257:262] == b"ustar":
        yield from _tar(path, name, place, room)
        return
    target = place()
    with gzip.open(path) as stream:
        _pour(stream, target, name, room, path)
    yield Part(target, name)


def _tar(path: Path, name: str, place: Place, room: Room) -> Iterator[Part]:
    """Files only: links and devices of an archive are nobody's tables."""
    none = True
    with tarfile.open(path, "r|*", tarinfo=_Header) as archive:
        for number, one in enumerate(archive, start=1):
            if number > ENTRIES:
                raise Unreadable(f"{name} is an archive of more than {ENTRIES:,} files, more than are opened. Bring them in parts.")
            _no_bomb(one.offset_data + one.size, path, name)
            if one.isfile() and wanted(one.name) and (stream := archive.extractfile(one)):
                none = False
                target = place()
                title = f"{name}: {shown(one.name)}"
                _pour(stream, target, title, room, path)
                yield Part(target, title)
    if none:
        raise Unreadable(f"{name} is an archive without any table in it. Bring the CSV files themselves.")


class _Header(tarfile.TarInfo):
    """A header that no hostile archive can use to fill the memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        found = super().frombuf(buf, encoding, errors)
        if (
            found.type in (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
            and found.size > NAMES
        ):
            raise Unreadable("The archive is not unpacked: the names in it are longer than names are.")
        return found


def _pour(stream: IO[bytes] | gzip.GzipFile, target: Path, name: str, room: Room, packed: Path | None = None) -> None:
    size = 0
    try:
        with opened(target) as file:
            while piece := stream.read(PIECE):
                size += len(piece)
                room.take(len(piece), name)
                if packed:
                    _no_bomb(size, packed, name)
                file.write(piece)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _no_bomb(size: int, packed: Path, name: str) -> None:
    if size > HARMLESS and size > RATIO * packed.stat().st_size:
        raise Unreadable(
            f"{name} is not unpacked: it would grow to more than {RATIO} times its size, which no export does. "
            "If it is one, unpack it and bring the files themselves."
        )
