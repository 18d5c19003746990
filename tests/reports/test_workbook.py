"""The spreadsheet has a sheet for each block, numbers as numbers, and nothing in it is ever run."""

from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest

from pages.document import safe_csv
from pages.document.blocks import Chart, Column, Table, Tiles
from pages.exports.xlsx import workbook
from tests.reports import taking

FORMULAS = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\r=1", "{=1}", "http://example.com"]


@pytest.fixture(scope="module")
def book(report) -> bytes:
    return taking.printed(report, "xlsx")


def test_every_number_of_every_chart_is_in_it(report, book):
    cells = (cell for rows in taking.sheets(book).values() for row in rows for cell in row)
    numbers = {round(cell, 6) for cell in cells if isinstance(cell, int | float)}
    for chart in taking.blocks(report, Chart):
        for series in chart.series:
            for name in ("value", "low", "high"):
                if name in series.frame:
                    assert {round(value, 6) for value in series.frame[name].dropna()} <= numbers, chart.title


def test_every_tile_has_its_value_interval_and_n(report, book):
    rows = [row for rows in taking.sheets(book).values() for row in rows]
    for block in taking.blocks(report, Tiles):
        for tile in block.tiles:
            answer = tile.answer.iloc[0]
            assert any(row[0] == tile.name and row[1] == pytest.approx(answer["value"]) and row[4] == answer["n"] for row in rows)


def test_the_head_stays_in_sight_and_definitions_are_at_the_end(report, book):
    opened = openpyxl.load_workbook(BytesIO(book))
    assert opened.sheetnames[0] == "Contents"
    assert opened.sheetnames[-1] == "Definitions"
    assert all(opened[name].freeze_panes for name in opened.sheetnames)
    said = {cell for row in opened["Definitions"].iter_rows(values_only=True) for cell in row}
    assert {one.title for one in report.counted} <= said


def test_nothing_is_a_formula_or_a_link_whatever_it_looks_like():
    frame = pd.DataFrame({"name": FORMULAS, "value": [-5.0] * len(FORMULAS)})
    file = workbook.of_table("=1+1", frame, {"name": Column("=name"), "value": Column("Value", "points")})
    sheet = openpyxl.load_workbook(BytesIO(file)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    assert [cell.value for cell in cells if isinstance(cell.value, int | float)] == [-5.0] * len(FORMULAS)
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    assert len(risky) == 6
    assert all(cell.quotePrefix for cell in risky if cell.row > 3)


def test_sheets_have_names_that_spreadsheets_take():
    block = lambda title: Table(title, pd.DataFrame({"a": ["x"]}), {"a": Column("A")})  # noqa: E731
    titles = ["[a]:*?/\\'", "x" * 80, "X" * 80, "History", "", "a", "A"]
    names = list(taking.sheets(taking.printed(taking.made_of(*map(block, titles)), "xlsx")))
    assert len({name.lower() for name in names}) == len(names) == len(titles) + 2
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
    assert "history" not in map(str.lower, names)


def test_a_csv_file_keeps_negative_numbers_and_runs_nothing():
    said = safe_csv.csv(pd.DataFrame({"=head": ["-12.5", "-5 %", "+3", *FORMULAS], "value": -5.5})).decode("utf-8-sig")
    read = pd.read_csv(StringIO(said), keep_default_na=False)
    assert list(read.columns) == ["'=head", "value"]
    assert list(read["'=head"])[:4] == ["-12.5", "-5 %", "+3", "'=cmd|'/c calc'!A1"]
    assert list(read["value"]) == [-5.5] * (3 + len(FORMULAS))
    assert all(cell.startswith("'") for cell in read["'=head"] if cell.startswith(("'=", "'@")))
    assert not any(str(cell).startswith(("=", "@", "\t", "\r")) for cell in read["'=head"])


def test_printed_each_sheet_is_one_page_wide_with_its_head_on_every_page(book):
    opened = openpyxl.load_workbook(BytesIO(book))
    for sheet in opened.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes; the width of one is what goes without saying
        assert sheet.print_title_rows


def test_long_words_above_a_table_go_over_several_lines(report, book):
    sheet = openpyxl.load_workbook(BytesIO(book))["Contents"]
    row = next(cell for row in sheet.iter_rows() for cell in row if cell.value == report.promise)
    assert row.alignment.wrap_text
    assert any(row.coordinate in merged for merged in sheet.merged_cells.ranges)
    assert sheet.row_dimensions[row.row].height > 25
