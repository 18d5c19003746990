"""The digits of long numbers in an .xlsx, as the program that wrote it put them down.

A workbook's numbers are read as floating point, which keeps some 16 digits. A spreadsheet writes no more than that, but
programs that export ids of 18 digits write them whole, and then they can be had.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

PIECE = 1 << 20
LISTS = 8 << 20  # bytes of the lists of sheets and of where they lie
OVERLAP = 4096  # no cell with a number in it is longer
SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\bid="([^"]+)"')
LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f\b[^<]*(?:</f>|/>))?<(?:\w+:)?v>(\d{16,40})</(?:\w+:)?v>'
)

Digits = dict[tuple[int, int], str]  # row and column, from 0


def digits(book: Path, place: int) -> Digits:
    """Of every long whole number in the sheet at this place; nothing where the workbook is of another kind."""
    try:
        with zipfile.ZipFile(book) as archive:
            return dict(_found(archive, _part(archive, place)))
    except (zipfile.BadZipFile, KeyError, IndexError, StopIteration):
        return {}


def _part(archive: zipfile.ZipFile, place: int) -> str:
    """Where in the archive the sheet is."""
    wanted = SHEET.findall(_start(archive, "xl/workbook.xml"))[place]
    links = LINK.findall(_start(archive, "xl/_rels/workbook.xml.rels"))
    link = next(one for one in links if _attribute(one, b"Id") == wanted)
    return posixpath.normpath(posixpath.join("/xl", _attribute(link, b"Target").decode())).lstrip("/")


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(LISTS)


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    return found[1] if found else b""


def _found(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    with archive.open(part) as stream:
        rest = b""
        while piece := stream.read(PIECE):
            text = rest + piece
            for one in CELL.finditer(text):
                yield (int(one[2]) - 1, column(one[1].decode())), one[3].decode()
            rest = text[-OVERLAP:]


def column(letters: str) -> int:
    """The place of a column: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1
