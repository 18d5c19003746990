"""Finds what stands below a table: totals, copyright, the reporting period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from data.files.layout import is_value
from data.files.records import Lines, Record, records

TAIL = 1 << 16
LINE = "line"
TOTAL = re.compile(
    r"(grand |sub[- ]?|overall )?(totals?|summary|average|sum|gesamt\w*|summe|total g[eé]n[eé]ral|totale|totaal)\W*[\d.,]*"
    r"( ?(rows?|records?|tickets|cases|results)\)?)?",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"reporting period|copyright|©|\(c\)|all rights reserved|generated (by|on|at)|created (by|with)|exported (by|on|at|from)|"
    r"(report|data) (run|period|as of|generated|created)|confidential|page \d+|\d+ (rows?|records?|tickets|results)\b|"
    r"printed|filters?:|filtered by|applied filters|end of (file|report)|source:|powered by|as of",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Footer:
    line: int
    offset: int
    text: str
    reason: str


def footers(path: Path, start: int, delimiter: str, width: int) -> list[Footer]:
    """The rows at the end that are not records, in order; what is merely damaged is left for the exact reader."""
    size = path.stat().st_size
    begin = max(start, size - TAIL)
    with path.open("rb") as stream:
        stream.seek(begin)
        lines = stream.read().split(b"\n")
    lines = [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    skipped = 0 if begin == start else _aligned(lines, delimiter, width)
    text = (line.decode("utf-8-sig", errors="replace") for line in lines[skipped:])
    rows = list(records(Lines(text, skipped), delimiter, width)) if skipped < len(lines) else []
    found: list[tuple[Record, str]] = []
    for place in range(len(rows) - 1, 0 if begin > start else -1, -1):
        reason = "empty" if rows[place].empty else _reason(rows, place, lines, delimiter, width)
        if reason is None and width > 2 and _alone(rows[place], delimiter):
            reason = LINE  # the name of the report, of the company: a footer if one stands above it
        if reason is None or len(found) >= 20:
            break
        found.append((rows[place], reason))
    while found and found[-1][1] in ("empty", LINE):
        found.pop()
    if not found:
        return []
    before = _lines_until(path, begin)
    return [
        Footer(
            before + row.line + 1,
            begin + sum(map(len, lines[: row.line])),
            row.text.removesuffix("\n"),
            "footer row" if reason == LINE else reason,
        )
        for row, reason in reversed(found)
        if reason != "empty"
    ]


def _aligned(lines: list[bytes], delimiter: str, width: int) -> int:
    """The first line from where on the records have the right width."""
    for place in range(1, min(len(lines), 400)):
        text = (line.decode("utf-8", errors="replace") for line in lines[place : place + 200])
        rows = [row for row, _ in zip(records(Lines(text), delimiter, width), range(3), strict=False)]
        if rows and all(row.fields is not None and row.reason is None for row in rows):
            return place
    return len(lines)


def _reason(rows: list[Record], place: int, lines: list[bytes], delimiter: str, width: int) -> str | None:
    row = rows[place]
    cells = [cell.strip() for cell in row.fields] if row.fields is not None else row.text.strip("\n").split(delimiter)
    filled = [cell.strip(' "') for cell in cells if cell.strip(' "')]
    if not filled or "\n" in row.text.strip("\n"):
        return None
    if TOTAL.fullmatch(filled[0]) and all(is_value(cell) for cell in filled[1:]) and (width > 1 or row.fields is None):
        return "totals row"
    few = len(filled) <= 2 and (row.fields is None or (width > 2 and len(filled) < width / 2))
    apart = row.line > 0 and not lines[row.line - 1].strip(b'\n, ;\t|"')
    if few and (FOOTER.search(filled[0]) or (apart and len(filled) == 1 and " " in filled[0])):
        return "footer row"
    return None


def _alone(row: Record, delimiter: str) -> bool:
    """A line of one cell, where the table has several."""
    return bool(row.text.strip()) and "\n" not in row.text.strip("\n") and delimiter not in row.text


def _lines_until(path: Path, end: int) -> int:
    with path.open("rb") as stream:
        count = 0
        while end and (piece := stream.read(min(1 << 20, end))):
            count += piece.count(b"\n")
            end -= len(piece)
    return count
