"""The plain form of a table out of a workbook or a JSON file: a line for each row, whatever line breaks its cells hold.

A line break inside a cell is written as a sign that no export uses, and the scan turns it back. Line 7 of the table is then
row 7 of the sheet or record 7 of the file, and that is what a receipt names. The first line says what there is to know.
"""

from __future__ import annotations

import base64
import csv
import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from data.files.file_type import MADE, Unreadable

BREAK = "\x1e"
BREAKS = re.compile(r"\r\n|\r|\n")
PIECE = 1 << 20
SPARE = 256 << 20  # disk space that is left free: the database needs some to take the rows in
SHOWN = 2_000  # of a damaged line

Place = Callable[[], Path]  # gives a new path, in a folder that the database may read


@dataclass(frozen=True)
class Part:
    """One table out of what was brought, or why there is none."""

    path: Path
    name: str  # "export.zip: tickets.csv"
    fault: str = ""


@dataclass(frozen=True)
class About:
    names: tuple[str, ...] = ()  # of the columns, where they are known without looking at the rows
    notes: tuple[str, ...] = ()
    damaged: tuple[tuple[int, str, str], ...] = ()  # line, reason, text
    longest: int = 0  # bytes of the longest line


class Room:
    """How many bytes may still be written: never more than the disk holds, nor than the server takes."""

    def __init__(self, folder: Path, most: int | None = None, setting: str = "") -> None:
        free = max(0, shutil.disk_usage(folder).free - SPARE)
        self.left = free if most is None else min(free, most)
        self.whole = self.left
        self._limited = most is not None and most <= free
        self._setting = setting

    def refusal(self, name: str) -> Unreadable:
        allowed = f"{self.whole >> 20:,} MB"
        if self._limited:
            return Unreadable(
                f"{name} holds more than {allowed} once unpacked, the limit{self._setting}. Bring its tables in parts."
            )
        return Unreadable(
            f"{name} does not fit on the disk once unpacked: only {allowed} are free. Make room, or bring it in parts."
        )

    def take(self, size: int, name: str) -> None:
        self.left -= size
        if self.left < 0:
            raise self.refusal(name)


def opened(path: Path) -> BinaryIO:
    """For writing, readable by this user only; fails if the path is there already."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb")


class Writer:
    """Writes rows as they come; a row may be wider than those before it."""

    def __init__(self, path: Path, room: Room, name: str) -> None:
        self._path, self._room, self._name = path, room, name
        self._body = path.with_name(path.name + "-body")
        self._stream = opened(self._body)
        self._grown: list[tuple[int, int]] = []  # from which byte on rows have which width
        self._size = self._longest = 0
        self.lines = 0
        self._format = csv.writer(self, lineterminator="\n")

    def write(self, text: str) -> None:
        """What the csv module has made of a row."""
        line = text.encode("utf-8", "replace")
        self._room.take(len(line), self._name)
        self._stream.write(line)
        self._size += len(line)
        self._longest = max(self._longest, len(line))
        self.lines += 1

    def row(self, cells: Sequence[str]) -> None:
        if not self._grown or self._grown[-1][1] != len(cells):
            self._grown.append((self._size, len(cells)))
        text = "".join(cells)
        if "\n" in text or "\r" in text or "\0" in text or BREAK in text:
            cells = [BREAKS.sub(BREAK, cell.replace(BREAK, " ").replace("\0", "")) for cell in cells]
        if any(cells):
            self._format.writerow(cells)
        else:
            self.blank()

    def blank(self) -> None:
        """A line that is no row, so that the lines after it keep their numbers."""
        self.write("\n")

    def finish(self, about: About) -> Path:
        """The whole table, every row as wide as the widest."""
        self._stream.close()
        width = self._grown[-1][1] if self._grown else 0
        ends = [start for start, _ in self._grown[1:]] + [self._size]
        with self._body.open("rb") as body, opened(self._path) as target:
            target.write(_first_line(about, max(self._longest + width, about.longest)))
            target.write(body.read(self._grown[0][0] if self._grown else 0))
            for (_, had), end in zip(self._grown, ends, strict=True):
                _copy(body, end - body.tell(), b"," * (width - had), target)
            shutil.copyfileobj(body, target)
        self._body.unlink()
        return self._path

    def drop(self) -> None:
        self._stream.close()
        self._body.unlink(missing_ok=True)


def _copy(body: BinaryIO, size: int, more: bytes, target: BinaryIO) -> None:
    while size > 0:
        piece = body.readline() if more else body.read(min(PIECE, size))
        size -= len(piece)
        target.write(piece[:-1] + more + b"\n" if more and piece != b"\n" else piece)


def _first_line(about: About, longest: int) -> bytes:
    # in letters only: the strict reader steps over it as over a row, and a quote in it would count
    return MADE + base64.b64encode(json.dumps(asdict(about) | {"longest": longest}).encode()) + b"\n"


def about(path: Path) -> About:
    """What the first line of such a table says."""
    with path.open("rb") as stream:
        line = stream.readline()
    try:
        said = json.loads(base64.b64decode(line[len(MADE) :]))
        damaged = tuple((int(number), str(reason), str(text)) for number, reason, text in said["damaged"])
        return About(tuple(map(str, said["names"])), tuple(map(str, said["notes"])), damaged, int(said["longest"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path.name} is a damaged table. Bring the file it came from again.") from error


def noted(path: Path, target: Path, notes: tuple[str, ...]) -> Path:
    """The same table with more said about it."""
    known = about(path)
    with path.open("rb") as source, opened(target) as file:
        source.readline()
        file.write(_first_line(replace(known, notes=(*known.notes, *notes)), known.longest))
        shutil.copyfileobj(source, file)
    path.unlink()
    return target
