"""The PDF says what the page says, with contents, page numbers and definitions, and needs nobody to be read."""

import re
from io import BytesIO
from itertools import pairwise

import pandas as pd
import pytest
from pypdf import PdfReader

from pages.document import charts, number_format
from pages.document.blocks import Chart, Column, Findings, Side, Table, Tiles
from pages.exports import fonts as letters
from pages.exports.pdf.canvas import SIZE, Pen
from tests.reports import taking

HOLDING = ("bars", "distribution", "heat", "cohorts")


@pytest.fixture(scope="module")
def paper(report) -> bytes:
    return taking.printed(report, "pdf")


@pytest.fixture(scope="module")
def said(paper) -> str:
    return " ".join(" ".join(taking.pages(paper)).split())


def test_every_tile_and_sentence_is_on_it(report, said):
    for row in taking.blocks(report, Tiles):
        for tile in row.tiles:
            assert tile.value in said
    for block in taking.blocks(report, Findings):
        assert all(" ".join(one.sentence.split()) in said for one in block.findings)


def test_every_dot_says_its_value_and_how_many_it_is_from(report, said):
    for chart in (chart for chart in taking.blocks(report, Chart) if chart.kind == "dots"):
        for row in chart.series[0].frame.to_dict("records"):
            if number_format.known(row["value"]):
                assert number_format.show(row["value"], chart.unit, row["n"]) in said
                assert number_format.number(row["n"]) in said


def test_contents_name_the_page_on_which_each_heading_stands(report, paper):
    pages = taking.pages(paper)
    reader = PdfReader(BytesIO(paper))
    outline = {entry.title: reader.get_destination_page_number(entry) for entry in reader.outline}
    for section in report.sections:
        number = outline[section.question]
        assert section.question in " ".join(pages[number].split())
        assert re.search(rf"\b{number + 1}\s+{re.escape(section.question)}", pages[0])


def test_each_page_is_numbered_a4_and_carries_the_filters(report, paper):
    for number, page in enumerate(PdfReader(BytesIO(paper)).pages, 1):
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
        text = page.extract_text()
        assert f"Page {number}" in text
        assert report.about[0][:40] in text


def test_every_number_has_its_definition(report, said):
    assert all(one.question in said for one in report.counted)


def test_drawings_are_lines_and_letters_and_fonts_are_inside(paper):
    reader = PdfReader(BytesIO(paper))
    assert not any(page.images for page in reader.pages)
    fonts = {font for page in reader.pages for font in (page["/Resources"].get("/Font") or {}).values()}
    assert fonts
    names = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert any("Inter" in name for name in names)


def test_no_link_leads_outside(paper):
    for page in PdfReader(BytesIO(paper)).pages:
        for note in page.get("/Annots") or []:
            action = note.get_object().get("/A") or {}
            assert "/URI" not in action


def test_the_same_report_makes_the_same_file(report, paper):
    assert taking.printed(report, "pdf") == paper


def test_no_page_is_empty(report, paper):
    for page in taking.pages(paper):
        assert len(page.replace(report.about[0], "")) > 60


def test_what_is_hidden_says_so_in_bars_and_in_grids(report, paper):
    gone = sum(int(chart.series[0].frame["hidden"].sum()) for chart in taking.blocks(report, Chart) if chart.kind in HOLDING)
    assert gone > 5
    assert sum(page.split().count("hidden") for page in taking.pages(paper)) >= gone


def test_names_beside_dots_are_whole_even_in_half_the_width():
    frame = pd.DataFrame({"slice": ["Export and sync errors", "Roles"], "value": 40.0, "low": 30.0, "high": 50.0, "n": 100.0})
    dots = charts.dots("By topic", frame, unit="percent", by="topic")
    assert "Export and sync errors" in taking.everything(taking.printed(taking.made_of(Side((dots, dots))), "pdf"), "pdf")


def test_columns_of_a_table_are_as_wide_as_their_words():
    rows = pd.DataFrame({"a": ["First reply, the unlucky tenth"], "b": ["2 h 11 min to 2 h 40 min"], "c": ["yes"], "d": [837.0]})
    heads = {"a": Column("Number"), "b": Column("95 % sure"), "c": Column("Real?"), "d": Column("n at least", "count")}
    said = taking.everything(taking.printed(taking.made_of(Table("All", rows, heads)), "pdf"), "pdf")
    assert all(word in said for word in ("First reply, the unlucky tenth", "Real?", "n at least", "2 h 11 min to 2 h 40 min"))


def test_words_below_a_drawing_do_not_stand_on_one_another(monkeypatch):
    written = []
    monkeypatch.setattr(Pen, "words", lambda pen, x, y, said, *args, **more: written.append((round(y, 3), x, said)))
    months = pd.DataFrame({"slice": [f"20{25 + at // 12}-{at % 12 + 1:02d}" for at in range(10, 22)], "value": 1.0})
    taking.printed(taking.made_of(Side((charts.trend("Lost", months, unit="percent", by="month"),) * 2)), "pdf")
    dated = [
        (y, x, said)
        for y, x, said in written
        if any(said.startswith(f"{day:%b}") for day in pd.date_range("2026-01-01", periods=12, freq="MS"))
    ]
    assert len(dated) > 6
    for (y, x, said), (below, beside, other) in pairwise(dated):
        if y == below and beside > x:
            assert beside - letters.width(other, SIZE) / 2 > x + letters.width(said, SIZE) / 2


def test_no_axis_goes_above_100_percent():
    weeks = pd.DataFrame({"slice": ["2026-01-05", "2026-01-12"], "value": [100.0, 99.0], "low": 97.0, "high": 100.0, "n": 400.0})
    shown = charts.trend("Answered", weeks, unit="percent", by="week"), charts.dots("By team", weeks, unit="percent", by="team")
    said = taking.everything(taking.printed(taking.made_of(Side(shown)), "pdf"), "pdf")
    assert "100 %" in said
    assert not re.search(r"\b10[1-9] %", said)
