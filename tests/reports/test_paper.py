"""The PDF says what the page says, with contents, page numbers and definitions, and needs nobody to be read."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from pages.elements import values
from pages.elements.blocks import Chart, Findings, Tiles
from tests.reports import taking


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
            if values.known(row["value"]):
                assert values.show(row["value"], chart.unit, row["n"]) in said
                assert values.number(row["n"]) in said


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
