"""Blocks made from answers: what is folded, greyed, marked and escaped."""

from datetime import date, datetime
from math import isnan, nan

import pandas as pd
import pytest
from pandas import DataFrame

from pages.access.reader import Reader
from pages.content import explanations, personal_data, satisfaction_drivers
from pages.document import chart_tables, charts, figures, markup, palette, safe_csv, tables, tiles, time_axis
from pages.document.blocks import Change, Column, Quote, Table, Tile
from pages.report import redaction, redaction_rules
from queries import METRICS
from queries.drivers import Drivers


def answer(*rows, slices=("all",)):
    return DataFrame([(name, *row) for name, row in zip(slices, rows, strict=True)], columns=["slice", "value", "low", "high", "n"])


def test_a_tile_says_value_interval_and_n():
    made = tiles.tile(METRICS["csat"], answer((84.2, 81.0, 87.0, 412)))
    assert (made.name, made.value, made.small, made.weak) == ("CSAT", "84 %", ("81 to 87 %", "412 answers"), False)


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        ([-1, -1], "More of each goes with fewer satisfied answers."),
        ([-1, 1], "More of each goes with fewer satisfied answers, but not of: replies."),
        ([1, 1], "More of each goes with more satisfied answers."),
    ],
)
def test_the_way_in_which_things_go_along_with_satisfaction_is_said(signs, said):
    parts = DataFrame({"slice": ["wait", "replies"], "sign": signs})
    assert satisfaction_drivers._direction(Drivers(parts, 10.0, 8.0, 12.0, 900)) == said


def test_a_tile_of_nine_answers_is_grey_and_does_not_judge():
    made = tiles.tile(METRICS["csat"], answer((80.0, 50.0, 95.0, 9)), change=Change("5 points higher", "better", "up"))
    assert made.weak
    assert made.change is None
    assert made.small == ("too few to say", "9 answers")


def test_no_answers_are_no_data_and_not_zero():
    made = tiles.tile(METRICS["csat"], answer((None, None, None, 0)))
    assert (made.value, made.small, made.weak) == ("no data", (), False)


def test_a_median_not_reached_yet_is_a_lower_bound():
    assert tiles.tile(METRICS["first_reply_time"], answer((nan, 293, nan, 15))).value == "over 4 h 53 min"


def test_the_period_before_is_named_without_a_verdict():
    made = tiles.tile(METRICS["first_reply_time"], answer((60, 50, 70, 100)), before=answer((30, 20, 40, 100)))
    assert made.change == Change("up from 30 min", "neutral", "up")


@pytest.mark.parametrize(
    ("metric", "difference", "word"),
    [
        ("first_reply_time", 5, "worse"),
        ("first_reply_time", -5, "better"),
        ("csat", 5, "better"),
        ("tickets_created", 5, "neutral"),
    ],
)
def test_up_is_not_always_good(metric, difference, word):
    assert tiles.direction(METRICS[metric], difference) == word


SLICES = answer(
    *[(value, value - 1, value + 1, n) for value, n in ((10, 5), (30, 50), (20, 40), (90, 30), (50, 20))], slices="abcde"
)


def test_shares_of_small_slices_are_joined_exactly():
    folded = charts.fold(SLICES, "percent", keep=2)
    assert list(folded["slice"]) == ["b", "c", "other (3)"]
    assert folded["value"].iloc[-1] == pytest.approx((10 * 5 + 90 * 30 + 50 * 20) / 55)
    assert folded["n"].sum() == SLICES["n"].sum()


def test_medians_of_small_slices_are_never_joined():
    last = charts.fold(SLICES, "minutes", keep=2).iloc[-1]
    assert isnan(last["value"])
    assert (last["low"], last["high"], last["n"]) == (10, 90, 55)


def test_a_single_slice_too_many_is_shown():
    assert list(charts.fold(SLICES, "count", keep=4)["slice"]) == ["d", "e", "b", "c", "a"]


def test_gaps_stay_gaps():
    spread = time_axis.spread(answer((1, 0, 2, 9), (3, 2, 4, 9), slices=("2025-11-03", "2025-11-17")), "week")
    assert len(spread) == 3
    assert isnan(spread["value"].iloc[1])


@pytest.mark.parametrize(
    ("by", "start", "end", "as_of", "cut"),
    [
        ("week", date(2025, 8, 22), date(2025, 11, 19), datetime(2025, 11, 19, 5), {"2025-08-18", "2025-11-17"}),
        ("week", date(2025, 8, 18), date(2025, 11, 16), datetime(2025, 11, 19, 5), set()),
        ("month", date(2025, 10, 1), None, datetime(2025, 11, 19), {"2025-11"}),
        ("quarter", None, date(2025, 9, 30), datetime(2025, 11, 19), set()),
        ("day", date(2025, 11, 1), date(2025, 11, 19), datetime(2025, 11, 19, 5), {"2025-11-19"}),
        ("quarter", date(2025, 2, 1), date(2026, 1, 31), datetime(2025, 11, 19), {"2025-Q1", "2025-Q4"}),
    ],
)
def test_slices_that_are_cut_off_or_running_are_known(by, start, end, as_of, cut):
    assert time_axis.partial(by, start, end, as_of) == cut


NASTY = "<img src=x onerror=alert(1)>"


def test_nothing_from_a_file_becomes_html():
    shown = markup.tile(Tile(NASTY, NASTY, Change(NASTY), (1.0, 2.0), small=(NASTY,)))
    assert "<img" not in shown + markup.quotes((Quote(NASTY, NASTY),)) + markup.titled(NASTY, NASTY) + markup.question(NASTY, NASTY)


def test_nothing_from_a_file_becomes_html_in_a_figure():
    chart = charts.dots(NASTY, answer((1, 0, 2, 50), (2, 1, 3, 60), slices=(NASTY, "b")), unit="percent", by="tag")
    drawn = figures.figure(chart, palette.LIGHT).to_plotly_json()
    drawn["data"][0].pop("customdata")  # handed back on a click, never shown
    assert "<img" not in str(drawn)


def test_nothing_from_a_file_becomes_markdown():
    said = explanations.plain("a [b](http://c) **d** `e` :red[f] $g$")
    assert said == rf"a \[b\](http\:{explanations.JOINER}//c) \*\*d\*\* \`e\` \:red\[f\] \$g\$"
    assert explanations.plain("12:30, Q&A") == r"12\:30, Q\&A"


def test_a_verdict_is_a_word_and_not_only_a_colour():
    assert "(worse)" in markup.change(Tile("a", "1", Change("3 h slower", "worse", "up")))
    assert markup.change(Tile("a", "1", Change("no clear change"))) == '<span class="dp-noise">no clear change</span>'


def test_a_course_of_one_value_is_not_drawn():
    assert markup.course(Tile("a", "1", course=(1.0, nan))) == ""
    assert "mask-image" in markup.course(Tile("a", "1", course=(1.0, nan, 3.0), target=2.0, unfinished=True))


def test_formulas_in_a_csv_are_defused():
    frame = DataFrame({"subject": ["=1+1", "+49 30", "@x", "plain", None], "n": [-1, 2, 3, 4, 5]})
    assert safe_csv.csv(frame).decode("utf-8-sig").splitlines()[1:4] == ["'=1+1,-1", "'+49 30,2", "'@x,3"]


def test_a_table_shows_only_the_columns_there_are():
    made = tables.table("t", DataFrame({"id": ["1"]}), {"id": "Ticket", "wait": Column("Waited", "minutes")})
    assert list(made.columns) == ["id"]


def test_people_are_masked_for_everyone_but_managers():
    frame = DataFrame({"id": ["1"], "customer": ["a"], "subject": ["b"]})
    assert list(personal_data.masked(frame, Reader("viewer"))) == ["id"]
    assert list(personal_data.masked(frame, Reader("manager"))) == ["id", "customer", "subject"]


TIMED = answer((50, 40, 60, 90), (nan, nan, nan, 0), (60, nan, nan, 5), slices=("2025-09", "2025-10", "2025-11"))
CELLS = DataFrame({"weekday": ["Monday"], "hour": [9], "value": [3.0], "n": [40]})
COHORT = DataFrame({"cohort": ["2025-01"], "age": [0], "value": [100.0], "n": [40]})
KINDS = [
    charts.trend("t", {"a": TIMED, "b": TIMED}, unit="percent", by="month", partial=frozenset({"2025-11"}), target=55),
    charts.bars("t", TIMED, by="month", partial=frozenset({"2025-11"})),
    charts.bars("t", SLICES, by="channel"),
    charts.volume("t", TIMED, TIMED, names=("a", "b"), unit="minutes", by="month"),
    charts.stack("t", {"a": TIMED, "b": TIMED, "c": TIMED}, by="month"),
    charts.dots("t", SLICES, unit="minutes", by="channel", target=3),
    charts.distribution("t", SLICES, labels={"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"}),
    charts.curve("t", DataFrame({"at": [0, 5], "value": [0, 50]}), target=3),
    charts.heat("t", CELLS, unit="minutes"),
    charts.cohorts("t", COHORT),
    charts.matrix("t", SLICES.assign(x=3.0), unit="points"),
]


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("chart", KINDS, ids=lambda chart: chart.kind)
def test_every_kind_is_drawn_on_a_see_through_ground(chart, colours):
    figure = figures.figure(chart, colours)
    assert len(figure.data) > 0
    assert figure.layout.template.layout.paper_bgcolor == "rgba(0,0,0,0)"


def test_bars_start_at_zero():
    assert figures.figure(charts.bars("t", TIMED, by="month"), palette.LIGHT).layout.yaxis.range[0] == 0


def test_on_a_phone_no_name_of_an_axis_stands_on_another():
    shares = answer(*[(value, value - 5, value + 5, 50) for value in (66, 75, 88)], slices="abc")
    axis = figures.figure(charts.dots("t", shares, unit="percent", by="channel"), palette.LIGHT).layout.xaxis
    assert len(axis.tickvals) > 3
    assert 2 <= len([word for word in axis.ticktext if word]) <= 3
    crowd = DataFrame(
        {"slice": ["Login page", "Log-out", "Passwords", "Prices"], "x": [9.0, 9.2, 9.4, 1.0], "value": [1.0, 1.2, 0.8, -20.0]}
    )
    drawn = figures.figure(charts.matrix("t", crowd.assign(low=nan, high=nan, n=50), unit="points"), palette.LIGHT)
    assert [bool(text) for text in drawn.data[0].text] == [True, False, False, True]


def test_a_scale_keeps_the_scores_that_nobody_gave():
    given = answer((5, nan, nan, 5), (7, nan, nan, 7), slices=("2", "10"))
    labels = {str(score): "Promoters" if score > 8 else "Detractors" for score in range(11)}
    axis = figures.figure(charts.distribution("t", given, labels=labels), palette.LIGHT).layout.xaxis
    assert list(axis.categoryarray) == [str(score) for score in range(11)]


def test_the_span_of_folded_medians_is_not_called_an_interval():
    chart = charts.dots("t", SLICES, unit="minutes", by="channel", keep=2)
    said = figures.figure(chart, palette.LIGHT).data[0].hovertext[0]
    assert "10 min to 1 h 30 min" in said
    assert "95 %" not in said


def test_an_answer_of_nothing_is_empty():
    nothing = answer((None, None, None, 0))
    assert figures.is_empty(charts.trend("t", nothing, unit="percent", by="month"))
    assert not figures.is_empty(charts.trend("t", TIMED, unit="percent", by="month"))


def contrast(first: str, second: str) -> float:
    """WCAG 2.1."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_text_can_be_read(colours):
    for ground in (colours.card, colours.page):
        assert contrast(colours.ink, ground) > 7
        assert min(contrast(getattr(colours, name), ground) for name in ("muted", "better", "worse", "accent")) > 4.5
        assert min(contrast(colour, ground) for colour in colours.series) > 3


def test_unknown_numbers_of_any_type_are_drawn():
    frame = pd.DataFrame(
        {
            "slice": ["2025-10", "2025-11"],
            "value": pd.array([1, None], dtype="Int32"),
            "low": [None, None],
            "high": [None, None],
            "n": [3, 4],
        }
    )
    assert figures.figure(charts.bars("t", frame, by="month"), palette.LIGHT)


def test_words_in_a_printed_table_begin_on_the_left_and_numbers_end_on_the_right():
    printed = chart_tables.table(
        ["Rule", "There", "Here", "n"], [["Hours", "as chosen", "", "12"], ["Bots", "counted", "", "same rule"]]
    )
    assert printed.count('class="words"') == 3, "one column, its heading and two cells"
    assert '<td class="words">as chosen</td><td></td><td>12</td>' in printed
    assert "words" not in chart_tables.table(["Week", "Value"], [["1 May", "hidden"], ["8 May", "hidden"]]), (
        "numbers that are hidden"
    )


def test_the_way_on_from_a_line_is_no_part_of_a_file_nor_of_what_is_shared():
    frame = DataFrame({"title": ["Bugs"], "n": [40], "onward": ["/tickets?theme=bugs"]})
    shown = Table("Themes", frame, {"title": Column("Theme"), "n": Column("Tickets", "count")}, onward="onward", counted="n")
    shared = redaction.table(shown, redaction_rules.Rules())
    assert isinstance(shared, Table)
    assert shared.onward == ""
    assert list(shared.frame) == ["title", "n"]
