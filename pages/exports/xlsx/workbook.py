"""A report as a spreadsheet: a sheet for each block with numbers as numbers, what they mean in front, definitions at the end."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from math import ceil
from typing import Any

import pandas as pd
import xlsxwriter
from pandas import DataFrame

from pages.document import safe_text
from pages.document.axes import FORMS
from pages.document.blocks import Column, Table
from pages.document.palette import LIGHT
from pages.document.report import Progress, Report, silent
from pages.document.safe_csv import FORMULA
from pages.exports.xlsx import sheets
from pages.exports.xlsx.sheets import Sheet, Unit

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
MINUTES = "#,##0.0"
LEAST, USUAL = 70, 9  # letters that words above a table may be wide at least, and that an untouched column is


class Spreadsheet:
    """A sheet for each block."""

    ending = "xlsx"
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, report: Report, progress: Progress = silent) -> bytes:
        """The whole file."""
        found = named(sheets.of_report(report))
        heads = (("Number", ""), ("What", ""), ("Text", ""))
        definitions = Sheet("Definitions", (), heads, tuple(sheets.definitions(report)))
        return _book([sheets.contents(report, found), *found, definitions], progress)


def of_table(title: str, frame: DataFrame, columns: Mapping[str, Column]) -> bytes:
    """A single table as it stands on a page."""
    return _book(named([sheets.of_table(Table(title, frame, columns))]), lambda stage, share: None)


def named(found: Iterable[Sheet]) -> list[Sheet]:
    """Each sheet with a name that no other has."""
    taken = {"contents", "definitions", "history"}  # the last one is a name that spreadsheets keep for themselves
    return [replace(sheet, name=_unused(sheet.name, taken)) for sheet in found]


def _unused(name: str, taken: set[str]) -> str:
    """At most 31 letters, none of those that sheets may not have, and each only once whatever its case."""
    stem = FORBIDDEN.sub(" ", safe_text.line(name, 60)).strip()[:31].strip() or "Sheet"
    found, number = stem, 2
    while found.lower() in taken:
        found = f"{stem[: 30 - len(str(number))]} {number}"
        number += 1
    taken.add(found.lower())
    return found


def _book(made: Sequence[Sheet], progress: Progress) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    for place, sheet in enumerate(made):
        progress(f"Writing {sheet.name}", place / len(made))
        _write(book, book.add_worksheet(sheet.name), sheet)
    book.close()
    return out.getvalue()


def _write(book: Any, page: Any, sheet: Sheet) -> None:
    """Words first, then a head that stays in sight, then the rows."""
    for column in range(len(sheet.heads)):
        page.set_column(column, column, _width(sheet, column))
    _above(book, page, sheet)
    top = len(sheet.said) + (1 if sheet.said else 0)
    head = book.add_format({"bold": True, "bottom": 1, "bottom_color": LIGHT.line, "text_wrap": True, "valign": "top"})
    forms, safe = {unit: book.add_format({"num_format": form}) for unit, form in _forms().items()}, _quoted(book)
    for column, (name, _) in enumerate(sheet.heads):
        _text(page, top, column, name, head)
    for row, cells in enumerate(sheet.rows, top + 1):
        for column, cell in enumerate(cells):
            unit = cell.unit if isinstance(cell, Unit) else sheet.heads[column][1]
            _put(page, row, column, cell.value if isinstance(cell, Unit) else cell, forms.get(unit), safe)
    page.freeze_panes(top + 1, 0)
    _on_paper(page, top)


def _above(book: Any, page: Any, sheet: Sheet) -> None:
    """What is longer than the table is wide goes over several lines, so that nobody has to scroll or print it beside."""
    table = sum(_width(sheet, column) for column in range(len(sheet.heads)))
    beside = max(0, ceil((LEAST - table) / USUAL))  # empty columns that the words may have as well
    last, wide = len(sheet.heads) - 1 + beside, table + beside * USUAL
    for row, said in enumerate(sheet.said):
        size, looks = (14, {"bold": True}) if row == 0 else (11, {"font_color": LIGHT.muted})
        lines = ceil(len(said) * size / 11 / wide)
        over = lines > 1 and last > 0
        form = book.add_format({"font_size": size, **looks, **({"text_wrap": True, "valign": "top"} if over else {})})
        if over:
            page.merge_range(row, 0, row, last, "", form)
            page.set_row(row, lines * size * 1.4)
        _text(page, row, 0, said, form)


def _on_paper(page: Any, top: int) -> None:
    """Printed, a sheet is one page wide and repeats its head."""
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer("&L&A&RPage &P of &N")


def _forms() -> dict[str, str]:
    return FORMS | {"minutes": MINUTES, "percent": "0.0", "points": "+0.0;-0.0;0", "change": "+0;-0;0"}


def _quoted(book: Any) -> Any:
    """Marks a cell as text for good: it stays so when somebody edits it."""
    return book.add_format({"quote_prefix": True})


def _put(page: Any, row: int, column: int, cell: Any, form: Any, safe: Any) -> None:
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        return
    if isinstance(cell, bool | str):
        said = str(cell)
        _text(page, row, column, said, safe if said.startswith(FORMULA) else None)
    elif isinstance(cell, pd.Timestamp):
        page.write_datetime(row, column, cell.to_pydatetime().replace(tzinfo=None))
    elif isinstance(cell, int | float):
        page.write_number(row, column, float(cell), form)
    else:
        _text(page, row, column, str(cell), None)


def _text(page: Any, row: int, column: int, said: str, form: Any) -> None:
    """Always a string, never what it looks like."""
    page.write_string(row, column, safe_text.text(said, 32_000), form)


def _width(sheet: Sheet, column: int) -> int:
    cells = [row[column] for row in sheet.rows[:200] if column < len(row)]
    return min(max([10, len(sheet.heads[column][0]), *(len(cell) for cell in cells if isinstance(cell, str))]) + 2, 60)
