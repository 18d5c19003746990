"""Slides hold native charts whose numbers are those of the page, and titles that say what was found."""

import math
from dataclasses import replace
from itertools import chain, pairwise
from typing import get_args

import pandas as pd
import pytest

from pages.document import axes, chart_sentences, charts, safe_text
from pages.document.blocks import Chart, Finding, Findings, Kind, Notice, Tile, Tiles
from pages.document.palette import LIGHT
from pages.exports.pdf import vector_charts
from pages.exports.pptx import native_charts
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
    for block in (block for block in taking.blocks(report, Chart) if native_charts.drawable(block)):
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
    say = lambda frame: chart_sentences.chart(charts.dots("Satisfied, by channel", frame, unit="percent", by="channel"))  # noqa: E731
    assert say(apart) == "Satisfied, by channel: from 50 % (chat) to 80 % (email)"
    assert say(close).endswith(", no clear difference")
    assert chart_sentences.chart(charts.dots("By channel", apart.iloc[:1], unit="percent", by="channel")) == ""


def test_every_kind_of_chart_has_a_form_on_slides_and_on_paper():
    kinds = set(get_args(Kind)) - {"waterfall"}  # its steps do not say on how many rows they rest
    assert kinds == set(native_charts.DRAWN) == set(vector_charts.DRAWN)


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


def test_bars_stand_on_zero_and_no_axis_cuts_an_interval_off():
    frame = answered([82.0, 86.0], [72.0, 75.0], [90.0, 93.0])
    axis = taking.charts(taking.printed(taking.made_of(charts.dots("By team", frame, unit="percent", by="team")), "pptx"))[
        0
    ].value_axis
    assert (axis.minimum_scale, axis.maximum_scale) == (0, 100)
    waits = frame.assign(slice=["2026-01-05", "2026-01-12"], value=[70.0, 50.0], low=[40.0, 30.0], high=[111.0, 66.0])
    axis = taking.charts(taking.printed(taking.made_of(charts.trend("Wait", waits, unit="minutes", by="week")), "pptx"))[
        0
    ].value_axis
    assert axis.minimum_scale == 0
    assert axis.maximum_scale >= 111


def test_every_axis_of_a_report_says_where_it_begins_and_ends(slides):
    for chart in taking.charts(slides):
        axis = chart.value_axis
        shown = [value for series in chart.plots[0].series for value in series.values if value is not None]
        whole = "percentStacked" in chart._chartSpace.xml
        assert axis.minimum_scale is not None
        assert axis.maximum_scale is not None
        assert axis.minimum_scale <= min(shown)
        assert whole or max(shown) <= axis.maximum_scale
        assert not whole or (axis.maximum_scale, axis.tick_labels.number_format) == (1, '0" "%')


@pytest.mark.parametrize(
    ("low", "high", "unit", "ends"),
    [
        (0.0, 117.0, "minutes", (0, 120, 20, '0" min"')),
        (0.0, 2.4, "count", (0, 3, 1, "#,##0")),
        (62.0, 95.0, "percent", (60, 100, 10, '0" %"')),
        (0.0, 2.0, "percent", (0, 2, 0.5, '0.0" %"')),
        (-18.0, 58.0, "points", (-20, 60, 20, axes.FORMS["points"])),
        (3.0, 3.0, "score", (3, 4, 1, "0")),
    ],
)
def test_axes_have_round_ends_and_no_more_decimals_than_their_steps(low, high, unit, ends):
    frame = pd.DataFrame({"value": [high]})
    found = axes.reach(low, high, unit, axes.scale(unit, [frame]))
    assert (found.low, found.high, found.step, found.form) == ends


def test_lines_of_shares_are_equally_long_because_a_shorter_one_before_a_longer_one_gets_lost():
    curve = lambda n: pd.DataFrame({"at": range(1, n + 1), "value": [100 * i / n for i in range(1, n + 1)]})  # noqa: E731
    made = charts.curve("Done within", {"short": curve(3), "long": curve(5)}, unit="minutes")
    lines = taking.charts(taking.printed(taking.made_of(made), "pptx"))[0].plots[0].series
    assert [list(line.values) for line in lines] == [[33.33, 66.67, 100, 100, 100], [20, 40, 60, 80, 100]]


def test_a_few_sentences_share_a_slide_and_none_is_empty_or_left_out(report, slides):
    deck = taking.deck(slides)
    bare = [slide for slide in list(deck.slides)[1:] if len(slide.shapes) < 3]
    assert not bare
    said = " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    for block in taking.blocks(report, Findings):
        assert all(
            safe_text.joined(" ".join(one.sentence.split())) in safe_text.joined(" ".join(said.split())) for one in block.findings
        )
    frame = answered([1.0, 2.0], [0.5, 1.5], [1.5, 2.5])
    tile = Tile("CSAT", "82 %", answer=frame.iloc[:1], unit="percent")
    few = Findings("What changed", (Finding("Nothing moved."),))
    other = Findings("What hurts", (Finding("The wait."),))
    shown = taking.deck(taking.printed(taking.made_of(Tiles((tile,)), few, other, replace(few, title="What else")), "pptx")).slides
    assert len(shown) == 4  # the first, numbers with what changed, the other two, how to read


def test_a_long_title_pushes_what_is_below_it_down():
    frame = answered([1.0, 2.0], [0.5, 1.5], [1.5, 2.5])
    long = charts.dots("Wide words " * 12, frame, unit="percent", by="channel", note="A note of some length. " * 14)
    slide = taking.deck(taking.printed(taking.made_of(long), "pptx")).slides[1]
    boxes = sorted((shape.top, shape.top + shape.height) for shape in slide.shapes)
    assert all(end <= start + 30_000 for (_, end), (start, _) in pairwise(boxes[:-2]))


def test_a_number_and_its_unit_stay_on_one_line():
    assert (
        safe_text.joined("First reply 1 h 22 min, 71.2 % of 12 weeks") == "First reply 1\xa0h\xa022\xa0min, 71.2\xa0% of 12 weeks"
    )


def test_several_slices_in_one_are_neither_the_best_nor_the_worst():
    frame = answered([50.0, 80.0], [40.0, 75.0], [62.0, 83.0])
    folded = pd.concat([frame, frame.iloc[1:].assign(slice="other (4)", value=99.0)])
    assert "other" not in chart_sentences.chart(charts.dots("Satisfied, by topic", folded, unit="percent", by="topic"))


def test_of_two_lines_the_title_says_where_both_are():
    weeks = answered([1.0, 3.0], [math.nan] * 2, [math.nan] * 2).assign(slice=["2026-01-05", "2026-01-12"])
    chart = charts.trend("Score", {"email": weeks, "chat": weeks.assign(value=[2.0, 5.0])}, unit="score", by="week")
    assert chart_sentences.chart(chart) == "Score: email 3.0, chat 5.0 (week of 12 Jan 2026)"
    assert chart_sentences.chart(replace(chart, partial=frozenset({"2026-01-12"}))).endswith("chat 2.0 (week of 5 Jan 2026)")


def test_the_words_of_a_title_are_not_said_again_below_it(slides):
    for slide in list(taking.deck(slides).slides)[1:]:
        title = slide.shapes.title.text_frame.text
        assert "?:" not in title
        others = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape != slide.shapes.title]
        assert not any(said.rstrip("?. ") and title.startswith(said.split("?")[0] + ":") for said in others if "?" in said)


def test_promoters_passives_and_detractors_have_their_colours(slides):
    stack = next(chart for chart in taking.charts(slides) if "percentStacked" in chart._chartSpace.xml)
    assert tuple(f"#{one.format.fill.fore_color.rgb}".lower() for one in stack.plots[0].series) == LIGHT.segments


def test_steps_from_one_number_to_another_are_a_table():
    steps = pd.DataFrame({"slice": ["before", "email", "now"], "value": [50.0, 55.0, 55.0], "start": [math.nan, 50.0, math.nan]})
    steps = steps.assign(label=["50 %", "+5 points", "55 %"], colour="better", real=True)
    for ending in ("pptx", "pdf"):
        said = taking.everything(
            taking.printed(taking.made_of(charts.waterfall("What moved it", steps, unit="percent")), ending), ending
        )
        assert "+5 points" in safe_text.joined(said).replace("\xa0", " ")
        assert "Nothing that could be shown" not in said


def test_one_sentence_alone_goes_below_the_numbers_of_its_page():
    frame = answered([1.0, 2.0], [0.5, 1.5], [1.5, 2.5])
    tile = Tile("CSAT", "82 %", answer=frame.iloc[:1], unit="percent")
    few, more = Findings("What changed", (Finding("Nothing moved."),)), Findings("What is rising", (Finding("Exports."),))
    between = charts.dots("By channel", frame, unit="percent", by="channel")
    file = taking.printed(taking.made_of(Tiles((tile,)), Notice("No survey yet."), few, between, more), "pptx")
    said = [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in taking.deck(file).slides]
    assert len(said) == 4
    assert "Nothing moved." in said[1]
    assert "Exports." in said[1]


def test_what_never_moves_is_not_said_to_lie_between_twice_the_same():
    weeks = answered([100.0] * 2, [95.0] * 2, [100.0] * 2)
    weeks = pd.concat([weeks.iloc[:1]] * 3).assign(slice=["2026-01-05", "2026-01-12", "2026-01-19"])
    said = chart_sentences.chart(charts.trend("How many answer", weeks, unit="percent", by="week"))
    assert said == "How many answer: 100 % (week of 19 Jan 2026), the same in all 3 weeks"
