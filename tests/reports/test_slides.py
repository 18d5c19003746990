"""Slides hold native charts whose numbers are those of the page, and titles that say what was found."""

import math
from itertools import chain
from typing import get_args

import pandas as pd
import pytest

from pages.elements import charts
from pages.elements.blocks import Chart, Kind, Tiles
from pages.reports import axes, ink, native, told
from tests.reports import taking

DRAWN = ("dots", "distribution")


def answered(value: list[float], low: list[float], high: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"slice": ["chat", "email"], "value": value, "low": low, "high": high, "n": [90, 400]})


@pytest.fixture(scope="module")
def slides(report) -> bytes:
    return taking.printed(report, "pptx")


def test_every_chart_is_a_native_one_with_the_numbers_of_the_page(report, slides):
    found = iter(taking.charts(slides))
    compared = 0
    for block in (block for block in taking.blocks(report, Chart) if native.drawable(block)):
        if block.kind in ("heat", "cohorts"):
            continue
        drawn = next(found)
        if block.kind == "volume":
            next(found)
        if block.kind in DRAWN:
            frame = block.series[0].frame
            scale = axes.scale(block.unit, [frame])
            expected = [scale.of(value) for value in (frame["value"] if block.kind == "distribution" else frame["value"][::-1])]
            assert list(drawn.plots[0].series[0].values) == expected
            compared += 1
    assert compared > 15
    assert next(found, None) is None


def test_a_charts_own_sheet_has_the_same_numbers_as_the_drawing(slides):
    for chart in taking.charts(slides):
        for series in chart.plots[0].series:
            sheet = next(iter(taking.sheets(chart.part.chart_workbook.xlsx_part.blob).values()))
            cells = {round(cell, 3) for cell in chain(*sheet) if isinstance(cell, int | float)}
            assert {round(value, 3) for value in series.values if value is not None} <= cells


def test_intervals_are_error_bars_as_long_as_on_the_page():
    frame = answered([50.0, 80.0], [40.0, 75.0], [62.0, 83.0])
    file = taking.printed(taking.made_of(charts.dots("By channel", frame, unit="percent", by="channel")), "pptx")
    bars = taking.charts(file)[0].plots[0].series[0]._element
    sizes = {
        side: [float(point.text) for point in bars.iterfind(f".//{{*}}errBars/{{*}}{side}//{{*}}v")] for side in ("plus", "minus")
    }
    assert sizes == {"plus": [12.0, 3.0], "minus": [10.0, 5.0]}


def test_each_slide_has_a_title_filters_and_notes(report, slides):
    deck = taking.deck(slides)
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.01)
    for slide in list(deck.slides)[1:]:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert slide.shapes.title.text_frame.text
        assert report.about[0] in said
    noted = " ".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert all(one.question in noted for one in report.counted)


def test_every_tile_stands_on_a_slide_with_interval_and_n(report, slides):
    said = taking.everything(slides, "pptx")
    for row in taking.blocks(report, Tiles):
        for tile in row.tiles:
            assert tile.value in said
            assert all(line in said for line in tile.small)


def test_a_title_is_what_the_numbers_force():
    apart = answered([50.0, 80.0], [40.0, 75.0], [62.0, 83.0])
    close = apart.assign(low=[40.0, 60.0])
    say = lambda frame: told.chart(charts.dots("Satisfied, by channel", frame, unit="percent", by="channel"))  # noqa: E731
    assert say(apart) == "Satisfied, by channel: from 50 % (chat) to 80 % (email)"
    assert say(close).endswith(", no clear difference")
    assert told.chart(charts.dots("By channel", apart.iloc[:1], unit="percent", by="channel")) == ""


def test_every_kind_of_chart_has_a_form_on_slides_and_on_paper():
    kinds = set(get_args(Kind)) - {"waterfall"}  # its steps do not say on how many rows they rest
    assert kinds == set(native.DRAWN) == set(ink.DRAWN)


def test_a_target_that_changed_is_a_line_that_changes():
    weeks = answered([1.0, 3.0], [0.5, 2.0], [2.0, 4.0]).assign(slice=["2026-01-05", "2026-01-12"])
    chart = charts.trend("Wait", weeks, unit="score", by="week", promised={"2026-01-05": 2.0, "2026-01-12": 1.5})
    file = taking.printed(taking.made_of(chart), "pptx")
    assert [(one.name, list(one.values)) for one in taking.charts(file)[0].plots[0].series][1] == ("Target", [2.0, 1.5])
    assert taking.printed(taking.made_of(chart), "pdf")


def test_a_gap_stays_a_gap(report, slides):
    weeks = answered([1.0, 3.0], [math.nan] * 2, [math.nan] * 2).assign(slice=["2026-01-05", "2026-01-19"])
    file = taking.printed(taking.made_of(charts.trend("Wait", weeks, unit="score", by="week")), "pptx")
    assert list(taking.charts(file)[0].plots[0].series[0].values) == [1.0, None, 3.0]
