"""Builds files in every style a program may write, and reads them back the way an import does."""

import codecs
import csv
import io
from pathlib import Path

import duckdb

from data.files import read_table

Rows = list[list[str]]


def written(rows: Rows, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)
    return text.getvalue()


def encoded(text: str, encoding: str) -> bytes:
    marks = {"utf-16-le+": codecs.BOM_UTF16_LE, "utf-16-be+": codecs.BOM_UTF16_BE, "utf-32-le+": codecs.BOM_UTF32_LE}
    return marks.get(encoding, b"") + text.encode(encoding.rstrip("+"))


def table(folder: Path, content: bytes | str, name: str = "export.csv") -> read_table.Table:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table.read(path, folder)


def cells(one: read_table.Table) -> Rows:
    """Every row of the strict scan, an empty cell as ""."""
    with duckdb.connect() as connection:
        found = connection.execute(f"select * from {one.scan()}").fetchall()
    return [[cell or "" for cell in row] for row in found]


def imported(one: read_table.Table, folder: Path) -> tuple[read_table.Table, Rows]:
    """What an import sees: the strict scan, or the repaired table where that refuses."""
    try:
        return one, cells(one)
    except duckdb.Error:
        repaired = read_table.repair(one, folder)
        return repaired, cells(repaired)
