"""python -m data.files.worksheet BOOK TARGET BYTES: writes every sheet of a workbook as a plain table.

Runs as a process of its own: the library holds a whole sheet, and a sheet of absurd size must not take the server with it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from data.files import layout, number_text
from data.files.file_type import Unreadable
from data.files.plain_table import About, Room, Writer

MEMORY = 3 << 30
SHEETS = 200
EXACT = 2**53  # a workbook's whole numbers beyond this are rounded
HEAD = 1 << 20
DAY = timedelta(days=1)


def main(arguments: Sequence[str]) -> int:
    """Prints what was found as JSON: {"refused": "..."} or {"tables": [[sheet, path, likely], ...], "hidden": [...]}."""
    _bound_memory()
    book, target, most = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    try:
        found = _written(book, target, Room(target.parent, most))
    except calamine.PasswordError:
        found = {"refused": "password"}
    except calamine.CalamineError:
        found = {"refused": "damaged"}
    except Unreadable:
        found = {"refused": "room"}
    print(json.dumps(found))
    return 0


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the process is a stranger's there too
        return
    with suppress(ValueError, OSError):  # a stricter limit is set already, or the system has none
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _written(book: Path, target: Path, room: Room) -> dict[str, Any]:
    tables: list[tuple[str, str, bool]] = []
    hidden: list[str] = []
    with _opened(book) as opened:
        sheets = [one for one in opened.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
        if len(sheets) > SHEETS:
            return {"refused": "sheets"}
        for number, one in enumerate(sheets, start=1):
            if one.visible != calamine.SheetVisibleEnum.Visible:
                hidden.append(one.name)
                continue
            sheet = opened.get_sheet_by_name(one.name)
            if sheet.height:
                long = Long(book, opened.sheet_names.index(one.name), sheet.start or (0, 0))
                path, likely = _table(sheet, target.with_name(f"{target.name}-{number}"), room, long)
                tables.append((one.name, str(path), likely))
    return {"tables": tables, "hidden": hidden}


def _opened(book: Path) -> calamine.CalamineWorkbook:
    """By its bytes: a workbook's name may say anything."""
    with book.open("rb") as stream:
        return calamine.CalamineWorkbook.from_filelike(stream)


class Long:
    """Numbers with more digits than floating point keeps: whole where the file has them whole, else counted."""

    def __init__(self, book: Path, place: int, start: tuple[int, int]) -> None:
        self._book, self._place, self._left = book, place, start[1]
        self._digits: number_text.Digits | None = None
        self.rounded: Counter[int] = Counter()

    def text(self, cell: float, row: int, place: int) -> str:
        if self._digits is None:
            self._digits = number_text.digits(self._book, self._place)
        written = self._digits.get((row, place + self._left))
        if written is not None and float(written) == cell:
            return written
        self.rounded[place] += 1
        return repr(cell)


def _table(sheet: calamine.CalamineSheet, path: Path, room: Room, long: Long) -> tuple[Path, bool]:
    writer = Writer(path, room, sheet.name)
    head, size = [], 0
    for row, cells in enumerate(sheet.iter_rows()):
        texts = [text(cell) for cell in cells]
        for place, cell in enumerate(cells):
            if isinstance(cell, float) and abs(cell) > EXACT:
                texts[place] = long.text(cell, row, place)
        writer.row(texts)
        if size < HEAD:
            head.append(texts)
            size += sum(map(len, texts))
    found = _layout(head)
    return writer.finish(About(notes=tuple(_rounded(long.rounded, found)))), found is not None and _likely(found, head)


def _layout(rows: list[list[str]]) -> layout.Layout | None:
    """The header among the rows, found the way it is found in any file."""
    lines = [",".join('"' + " ".join(cell.split()).replace('"', "'") + '"' if cell else "" for cell in row) for row in rows]
    return layout.find("\n".join(lines) + "\n", complete=True)


def _likely(found: layout.Layout, rows: list[list[str]]) -> bool:
    """Whether the sheet is a table: names side by side, and something below."""
    return found.pivot or (len(found.header) > 1 and any(any(row) for row in rows[found.start - 1 :]))


def _rounded(counts: Counter[int], found: layout.Layout | None) -> Iterable[str]:
    for place, count in counts.items():
        name = found.header[place] if found and place < len(found.header) else f"column {place + 1}"
        many = "number" if count == 1 else "numbers"
        yield (
            f"'{name}' holds {count:,} {many} with more digits than a workbook keeps: the last ones are lost, and different ids "
            "may have become one. Export as CSV and import that without opening it in a spreadsheet."
        )


def text(cell: object) -> str:
    """A cell as an export would write it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) <= EXACT else repr(cell)
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, timedelta):
        return _span(cell)
    return _clock(cell) if isinstance(cell, time) else cell.isoformat() if isinstance(cell, date) else str(cell)


def _moment(stamp: datetime) -> str:
    """Stamps to the millisecond, which is what a workbook's day numbers hold; 1900 with a time of day is a duration above a day."""
    stamp = datetime.min + timedelta(milliseconds=round((stamp - datetime.min) / timedelta(milliseconds=1)))
    if stamp.year <= 1900:
        return _span(stamp - datetime(1899, 12, 31) + (DAY if stamp >= datetime(1900, 3, 1) else timedelta()))
    return stamp.isoformat(sep=" ", timespec="milliseconds" if stamp.microsecond else "seconds")


def _clock(cell: time) -> str:
    return _span(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond))


def _span(span: timedelta) -> str:
    """Hours beyond 24 and all: 26:15:00."""
    seconds = round(abs(span).total_seconds())
    return f"{'-' if span < timedelta() else ''}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
