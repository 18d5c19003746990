"""Makes one plain text file of whatever was brought: UTF-8, lines ending in "\\n", no zero bytes."""

from __future__ import annotations

import codecs
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data.files import encoding, file_type, plain_table, unpack
from data.files.file_type import Unreadable
from data.files.plain_table import About, Part, Room

__all__ = ["Source", "Unreadable", "fresh", "has_empty_rows", "part", "plain"]

PIECE = 1 << 20
LINE = 2_000_000


@dataclass(frozen=True)
class Source:
    path: Path
    encoding: str
    notes: tuple[str, ...]
    longest: int  # the size of line the strict reader must be prepared for
    name: str
    about: About | None = None  # of a table made here out of a workbook or JSON


def plain(path: Path, workspace: Path, name: str) -> Source:
    """The file itself when it is plain already, else a plain copy of it in the workspace."""
    kind = file_type.of(path, name)
    if kind == "made":
        about = plain_table.about(path)
        return Source(path, "UTF-8", about.notes, max(LINE, about.longest * 2), name, about)
    if kind != "text":
        part = _only(list(unpack.tables(path, name, lambda: fresh(workspace, path, "part"), Room(workspace))), name)
        return plain(part.path, workspace, part.name)
    with path.open("rb") as stream:
        unicode = encoding.unicode_name(stream.read(65536))
    if unicode in (None, "utf-8-sig"):
        looked = _look_over(path)
        if looked.plain:
            return Source(path, "UTF-8", (), looked.longest, name)
        unicode = None
    copy = fresh(workspace, path, "plain")
    code, notes = _transcode(path, copy, unicode) if unicode else _rewrite(path, copy, looked.utf8)
    return Source(copy, code, notes, _look_over(copy).longest, name)


def _only(parts: list[Part], name: str) -> Part:
    if len(parts) > 1:
        names = ", ".join(part.name.removeprefix(f"{name}: ") for part in parts[:3]) + (" ..." if len(parts) > 3 else "")
        raise Unreadable(f"{name} holds {len(parts)} tables ({names}). They are imported one by one: name the one that is meant.")
    if parts[0].fault:
        raise Unreadable(parts[0].fault)
    return parts[0]


@dataclass
class _Look:
    utf8: bool = True
    plain: bool = True
    longest: int = LINE


def _pieces(path: Path) -> Iterator[bytearray]:
    """The file piece by piece in one reused buffer: a gigabyte costs a megabyte."""
    buffer = bytearray(PIECE)
    with path.open("rb", buffering=0) as stream:
        while size := stream.readinto(buffer):
            yield buffer if size == PIECE else buffer[:size]


def _look_over(path: Path) -> _Look:
    """Byte searches only, so that a clean file costs next to nothing."""
    look = _Look()
    decoder = codecs.getincrementaldecoder("utf-8")()
    run = 0
    for piece in _pieces(path):
        if b"\r" in piece or b"\0" in piece:
            look.plain = False
        if look.utf8 and not (piece.isascii() and not decoder.getstate()[0]):
            look.utf8 = _decodes(decoder, piece)
        end = piece.find(b"\n")
        run = run + len(piece) if end < 0 else 0
        look.longest = max(look.longest, (run + 2 * PIECE) * 2 if run else LINE)
        if not look.utf8:
            break
    look.utf8 = look.utf8 and not decoder.getstate()[0]
    look.plain = look.plain and look.utf8
    return look


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytearray) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _rewrite(path: Path, copy: Path, utf8: bool) -> tuple[str, tuple[str, ...]]:
    """Writes the plain copy of a file in bytes; returns the name of its encoding and what there is to say."""
    with path.open("rb") as source, copy.open("wb") as target:
        western = None if utf8 else encoding.survey(_texts(source))
        source.seek(0)
        zeros = 0
        for text in _texts(source):
            zeros += text.count(0)
            text = text.replace(b"\0", b"")
            text = western.decode(text) if western else text
            target.write(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    return (western.name, (*western.notes(), *_said(zeros))) if western else ("UTF-8", _said(zeros))


def _texts(source: BinaryIO) -> Iterator[bytes]:
    """Large pieces that end with a line."""
    while piece := source.read(PIECE):
        yield piece + source.readline()


def _transcode(path: Path, copy: Path, name: str) -> tuple[str, tuple[str, ...]]:
    """Writes the plain copy of a file in UTF-16 or UTF-32."""
    zeros = 0
    with (
        path.open(encoding=name, errors="replace", newline=None) as source,
        copy.open("w", encoding="utf-8", newline="\n") as target,
    ):
        while text := source.read(PIECE):
            zeros += text.count("\0")
            target.write(text.replace("\0", ""))
    return name.upper(), _said(zeros)


def _said(zeros: int) -> tuple[str, ...]:
    return (f"{zeros:,} zero {'byte was' if zeros == 1 else 'bytes were'} left out",) if zeros else ()


def fresh(workspace: Path, path: Path, purpose: str) -> Path:
    """A new name in the workspace: files of the same name from different folders must not meet there."""
    return workspace / f"{path.stem.split('~')[0]}~{purpose}-{uuid.uuid4().hex[:8]}.csv"


def part(path: Path, workspace: Path, start: int, end: int) -> Path:
    """A copy of the bytes from start to end: the table without the rows around it."""
    copy = fresh(workspace, path, "table")
    with path.open("rb") as source, copy.open("wb") as target:
        source.seek(start)
        left = end - start
        while left and (piece := source.read(min(PIECE, left))):
            target.write(piece)
            left -= len(piece)
    return copy


def has_empty_rows(path: Path, delimiter: str, width: int) -> bool:
    """True when a row of separators alone may be there; a quick search, so it may be wrong on the safe side."""
    patterns = [delimiter.encode() * (width - 1) + b"\n", b'""' + (delimiter.encode() + b'""') * (width - 1) + b"\n"]
    kept = b""
    for piece in _pieces(path):
        edge = kept + bytes(piece[: len(patterns[1])])
        if any(b"\n" + pattern in where for pattern in patterns for where in (piece, edge)):
            return True
        kept = bytes(piece[-len(patterns[1]) :])
    return False
