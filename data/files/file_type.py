"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path
from typing import Literal

from data.files import encoding

HEAD = 65536
AGAIN = "Export it again as CSV (in a spreadsheet: Save as, CSV UTF-8)."
MADE = b"\x1edeskpulse-table "  # how the tables begin that we make out of workbooks and JSON
OFFICE = b"\xd0\xcf\x11\xe0"  # workbooks before 2007, and those with a password
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
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
ENTRIES = 2_000  # of a zip archive; listing them all costs memory
LISTING = 4 << 20  # bytes of that list

Kind = Literal["made", "zip", "gzip", "tar", "workbook", "json", "text"]


class Unreadable(Exception):
    """Says in one or two sentences what the file is, what was expected and what to do."""


def of(path: Path, name: str) -> Kind:
    """What must be done to get at its rows. Raises Unreadable for what cannot hold any."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.startswith(MADE):
        return "made"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, name)
    if head.startswith(OFFICE):
        return "workbook"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head[257:262] == b"ustar":
        return "tar"
    return _text(path, head, name)


def _text(path: Path, head: bytes, name: str) -> Kind:
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            raise Unreadable(f"{name} is {kind}, not a CSV file. {AGAIN}")
    unicode = encoding.unicode_name(head)
    text = head.decode(unicode or "latin-1", errors="ignore").lstrip("\ufeff \t\r\n")
    if not text.strip("\0") and path.stat().st_size <= len(head):
        raise Unreadable(f"{name} is empty. Export the file again and check that it holds rows.")
    start = text[:2000].lower()
    if re.match(r"<(!doctype html|html|head|body|table|meta|div)\b", start):
        raise Unreadable(f"{name} is a web page, not a CSV file: often a sign-in page saved in its place. {AGAIN}")
    if re.match(r"<\?xml|<\w+[\s>]", start):
        raise Unreadable(f"{name} is an XML document, not a CSV file. {AGAIN}")
    if re.match(r"\{\s*(\"[^\"]*\"\s*:|\}\s*\Z)|\[\s*([{\[]\s*[\"\]}]|\]\s*\Z)", start):
        return "json"
    odd = len(re.findall(r"[\x01-\x08\x0e-\x1f]", text))
    if odd > max(32, len(text) / 20) or (unicode is None and text.count("\0") > len(text) / 5):
        raise Unreadable(f"{name} is not a text file. A CSV file with one row for each record was expected. {AGAIN}")
    return "text"


def _zipped(path: Path, name: str) -> Kind:
    """Workbooks and other office documents are zip archives too."""
    names = listing(path, name)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names or _spreadsheet(path, names):
        return "workbook"
    if names[:1] == ["mimetype"] or {"word/document.xml", "ppt/presentation.xml"} & {*names}:
        raise Unreadable(f"{name} is an office document, not a CSV file. {AGAIN}")
    return "zip"


def listing(path: Path, name: str) -> list[str]:
    """The names in a zip archive, looked at only once its list is known to be of a sane size."""
    damaged = f"{name} is a damaged zip archive or workbook. Export or download it again."
    try:
        entries, size = _announced(path)
        if entries > ENTRIES or size > LISTING:
            raise Unreadable(
                f"{name} is an archive of more than {ENTRIES:,} files, more than are opened. Bring the exports in it by themselves."
            )
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise Unreadable(damaged) from error


def _announced(path: Path) -> tuple[int, int]:
    """How many entries the list of a zip archive has and how many bytes, as its last record says."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
        end = tail.rfind(b"PK\x05\x06")
        if end < 0:
            raise zipfile.BadZipFile("no end record")
        entries, listed = struct.unpack_from("<HI", tail, end + 10)
        if tail[max(0, end - 20) : end].startswith(b"PK\x06\x07"):  # the larger form has a record of its own
            stream.seek(struct.unpack_from("<Q", tail, end - 12)[0])
            entries, listed = struct.unpack_from("<QQ", stream.read(56), 32)
    return entries, listed


def _spreadsheet(path: Path, names: list[str]) -> bool:
    if names[:1] != ["mimetype"]:
        return False
    with zipfile.ZipFile(path) as archive, archive.open("mimetype") as stream:
        return stream.read(200).startswith(b"application/vnd.oasis.opendocument.spreadsheet")
