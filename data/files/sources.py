"""Makes one plain text file of whatever was brought: UTF-8, lines ending in "\\n", no zero bytes."""

from __future__ import annotations

import codecs
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data.files import encoding

PIECE = 1 << 20
LINE = 2_000_000
AGAIN = "Export it again as CSV (in a spreadsheet: Save as, CSV UTF-8)."
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook or another Office document"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip-compressed file. Unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive. Unpack it first"),
    (b"Rar!", "a RAR archive. Unpack it first"),
    (b"BZh", "a bzip2-compressed file. Unpack it first"),
    (b"\xfd7zXZ", "an xz-compressed file. Unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd-compressed file. Unpack it first"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a formatted text document"),
)


class Unreadable(Exception):
    """Says in one or two sentences what the file is, what was expected and what to do."""


@dataclass(frozen=True)
class Source:
    path: Path
    encoding: str
    notes: tuple[str, ...]
    longest: int  # the size of line the strict reader must be prepared for


def plain(path: Path, workspace: Path, name: str) -> Source:
    """The file itself when it is plain already, else a plain copy of it in the workspace."""
    with path.open("rb") as stream:
        head = stream.read(65536)
    unicode = encoding.unicode_name(head)
    _refuse_other_kinds(path, head, unicode, name)
    if unicode in (None, "utf-8-sig"):
        looked = _look_over(path)
        if looked.plain:
            return Source(path, "UTF-8", (), looked.longest)
        unicode = None
    copy = fresh(workspace, path, "plain")
    name, notes = _transcode(path, copy, unicode) if unicode else _rewrite(path, copy, looked.utf8)
    return Source(copy, name, notes, _look_over(copy).longest)


def _refuse_other_kinds(path: Path, head: bytes, unicode: str | None, name: str) -> None:
    if head.startswith(b"PK\x03\x04"):
        raise Unreadable(_archive(path, name))
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            raise Unreadable(f"{name} is {kind}, not a CSV file. {AGAIN}")
    text = head.decode(unicode or "latin-1", errors="ignore").lstrip("\ufeff \t\r\n")
    if not text.strip("\0") and path.stat().st_size <= len(head):
        raise Unreadable(f"{name} is empty. Export the file again and check that it holds rows.")
    start = text[:2000].lower()
    if re.match(r"<(!doctype html|html|head|body|table|meta|div)\b", start):
        raise Unreadable(f"{name} is a web page, not a CSV file: often a sign-in page saved in its place. {AGAIN}")
    if re.match(r"<\?xml|<\w+[\s>]", start):
        raise Unreadable(f"{name} is an XML document, not a CSV file. {AGAIN}")
    if re.match(r"\{\s*\"[^\"]*\"\s*:|\[\s*[{\[]\s*[\"\]}]", start):
        raise Unreadable(f"{name} is a JSON file, not a CSV file. {AGAIN}")
    odd = len(re.findall(r"[\x01-\x08\x0e-\x1f]", text))
    if odd > max(32, len(text) / 20) or (unicode is None and text.count("\0") > len(text) / 5):
        raise Unreadable(f"{name} is not a text file. A CSV file with one row for each record was expected. {AGAIN}")


def _archive(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return f"{name} is a damaged zip archive or workbook. A CSV file was expected: export it again."
    if any(inside.startswith("xl/") for inside in names):
        return f"{name} is an Excel workbook. Open it and save the sheet as CSV UTF-8, then bring that file."
    if "mimetype" in names or any(inside.startswith("word/") for inside in names):
        return f"{name} is an office document, not a CSV file. {AGAIN}"
    holds = ", ".join(names[:3]) + (" ..." if len(names) > 3 else "")
    return f"{name} is a zip archive (it holds {holds}). Unpack it and bring the CSV files in it."


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
