"""Numbers that rest on few rows do not leave, nor those that would let a reader subtract them."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pages.document import cell_suppression, chart_tables, charts
from pages.document.blocks import Change, Column, Evidence, Finding, Findings, Notice, Quote, Quotes, Side, Table, Tile, Tiles
from pages.exports.html.block_html import Printer
from pages.report import block_counts, redaction
from pages.report.redaction_rules import Rules
from queries import Filters


def answer(counts: dict[str, float], unit: str = "percent") -> pd.DataFrame:
    value = list(counts.values()) if unit == "count" else [40.0] * len(counts)
    return pd.DataFrame({"slice": list(counts), "value": value, "low": 30.0, "high": 50.0, "n": list(counts.values())})


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(5, 20))
def test_what_is_hidden_is_never_few_together_nor_alone(counts: list[int], k: int) -> None:
    gone = cell_suppression.hidden(counts, k)
    assert {at for at, count in enumerate(counts) if 0 < count < k} <= gone
    everybody = sum(1 for count in counts if count) == len(gone)
    assert not gone or everybody or (len(gone) > 1 and sum(counts[at] for at in gone) >= k)


def test_one_small_slice_takes_the_next_smallest_with_it() -> None:
    assert cell_suppression.hidden([100, 3, 8, 50], 5) == {1, 2}
    assert cell_suppression.hidden([100, 3, 4, 50], 5) == {1, 2}
    assert cell_suppression.hidden([100, 1, 1, 9, 50], 5) == {1, 2, 3}
    assert cell_suppression.hidden([100, 30], 5) == set()


@given(
    st.dictionaries(st.sampled_from(["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]), st.integers(0, 12), min_size=4),
    st.integers(0, 12),
    st.integers(0, 6),
)
def test_a_course_that_begins_before_its_total_tells_of_no_part_of_few(inside: dict[str, int], before: int, undated: int) -> None:
    """The period begins in Q2: `before` of its rows lie outside, and the total with them would tell both parts of Q2."""
    names, k = sorted(inside), 5
    counts = [inside[name] + (before if name == "2025-Q2" else 0) for name in names]
    total = sum(inside[name] for name in names[1:]) + undated
    gone = cell_suppression.hidden_course(names, counts, total, date(2025, 5, 10), k)
    shown = {name for at, name in enumerate(names) if at not in gone}
    assert not any(0 < counts[names.index(name)] < k for name in shown)
    left = total - sum(inside[name] for name in names[2:] if name in shown)
    assert left >= k or left == 0 or total < k, "what is left of the total"
    if {"2025-Q2", "2025-Q3", "2025-Q4"} <= shown:
        assert not 0 < before - undated < k


def test_rows_that_stand_in_no_slice_are_not_given_away_by_the_total() -> None:
    """With dates for all but three, the weeks and the total would tell those three."""
    assert cell_suppression.hidden_beside([100, 40, 9], 149, 5) == set()
    assert cell_suppression.hidden_beside([100, 40, 9], 152, 5) == {2}
    assert cell_suppression.hidden_beside([118, 80], 120, 5) == {0}  # a ticket may have several themes: two have not this one
    frame = answer({"2025-01-06": 100, "2025-01-13": 40, "2025-01-20": 9})
    why = Evidence("csat", Filters(), "week")
    chart = charts.trend("CSAT", frame, unit="percent", by="week", evidence=why)
    for total, hidden in ((149.0, []), (152.0, ["2025-01-20"])):
        shown = redaction.chart(chart, Rules(total=lambda metric, total=total: total)).series[0].frame
        assert list(shown["slice"][shown["hidden"]]) == hidden
        tile = Tile(
            "CSAT",
            "84 %",
            course=(1.0, 2.0, 3.0),
            course_n=(100, 40, 9),
            course_at=tuple(frame["slice"]),
            answer=answer({"all": total}),
            evidence=why,
        )
        assert sum(value != value for value in redaction.tile(tile, Rules()).course) == len(hidden)


def test_what_stands_in_every_month_again_has_no_parts_to_subtract() -> None:
    """Customers of January are customers of February: no sum of months is their number."""
    frame = answer({"2025-01": 100, "2025-02": 40})
    chart = charts.trend("Churn", frame, unit="percent", by="month", evidence=Evidence("customer_churn", Filters(), "month"))
    assert not redaction.chart(chart, Rules(total=lambda metric: 142.0)).series[0].frame["hidden"].any()


def test_segments_whose_share_is_known_protect_their_own_scores() -> None:
    found = redaction.chart(
        charts.distribution(
            "Scores",
            answer({"10": 40, "9": 3, "8": 20, "7": 30, "6": 2, "5": 9, "0": 12}, "count"),
            labels={"10": "P", "9": "P", "8": "-", "7": "-", "6": "D", "5": "D", "0": "D"},
        ),
        Rules(),
    )
    frame = found.series[0].frame
    assert set(frame["slice"][frame["hidden"]]) == {"10", "9", "6", "5"}
    assert found.whole == 116  # shares of all stay shares of all


def test_two_questions_in_one_chart_are_each_told_by_the_total() -> None:
    """By agents and by returns the same answers stand there twice: what is hidden of one protects nothing of the other."""
    frame = answer({"one agent": 80, "two agents": 12, "three agents": 3, "solved once": 90, "reopened": 5})
    frame["question"] = ["agents"] * 3 + ["reopened"] * 2
    chart = charts.dots("Hands", frame, unit="percent", by="handling", ordered=True, evidence=Evidence("csat", Filters()))
    for total, expected in ((95.0, {"two agents", "three agents"}), (97.0, {"two agents", "three agents", "reopened"})):
        shown = redaction.chart(chart, Rules(total=lambda metric, total=total: total)).series[0].frame
        assert set(shown["slice"][shown["hidden"]]) == expected
    mine = block_counts.of_chart(chart)
    theirs = block_counts.of_chart(replace(chart, series=(replace(chart.series[0], frame=frame.assign(n=[60, 10, 3, 68, 5])),)))
    shown = redaction.chart(chart, Rules(near=(block_counts.Pair(theirs, lambda: theirs),))).series[0].frame
    assert {"two agents", "one agent"} <= set(shown["slice"][shown["hidden"]]), "two answers more, of which the total would tell"
    assert len(mine) == 2


def test_a_tile_of_few_says_so_and_nothing_else() -> None:
    tile = Tile("CSAT", "75 %", Change("5 points higher", "better", "up", 4), (1.0, 2.0), (4, 4), small=("60 to 90 %", "4 answers"))
    shown = redaction.tile(Tile(**vars(tile) | {"answer": answer({"all": 4})}), Rules())
    assert (shown.value, shown.change, shown.course, shown.small) == ("fewer than 5", None, (), ())


def test_a_change_against_few_and_few_within_a_course_are_gone() -> None:
    tile = Tile(
        "CSAT", "75 %", Change("5 points higher", "better", "up", 4), (1.0, 2.0, 3.0), (90, 4, 30), answer=answer({"all": 90})
    )
    shown = redaction.tile(tile, Rules())
    assert shown.value == "75 %"
    assert shown.change is None
    assert [value == value for value in shown.course] == [True, False, False]


def test_hidden_numbers_are_in_no_part_of_a_chart() -> None:
    frame = answer({"email": 400, "chat": 300, "fax": 3, "telex": 77})
    frame["value"] = [41.0, 42.0, 13.37, 77.77]
    frame["high"] = [50.0, 51.0, 98.76, 87.65]
    for make in (charts.dots, charts.bars):
        printer = Printer()
        text = printer.blocks(redaction.safe([make("By channel", frame, unit="percent", by="channel")], Rules()))
        for found in (text, printer.figures[0].to_json()):
            assert "13" not in found.replace("13px", "")
            for trace in ("98.7", "77.7", "87.6", ">3<", ">77<", "3 tickets", "77 tickets"):
                assert trace not in found
        assert text.count(chart_tables.HIDDEN) >= 2


def test_what_is_usual_says_nothing_of_hidden_weeks() -> None:
    """Limits are the wider the fewer rows: they would tell how many a hidden week has, and the sentence what it was."""
    frame = answer({"2025-01-06": 100, "2025-01-13": 40, "2025-01-20": 3})
    said = {"usual": dict.fromkeys(frame["slice"], "30 to 50 %"), "unusual": frozenset(frame["slice"]), "finding": "Higher."}
    shown = redaction.chart(charts.trend("CSAT", frame, unit="percent", by="week", **said), Rules())
    assert (set(shown.usual), shown.unusual, shown.finding) == ({"2025-01-06"}, {"2025-01-06"}, "")
    whole = redaction.chart(charts.trend("CSAT", frame.head(2), unit="percent", by="week", **said), Rules())
    assert whole.finding == "Higher."


def test_a_curve_has_no_step_of_a_single_ticket() -> None:
    steps = [(minute, 100 - 5.0 * i, 20 - i) for i, minute in enumerate(range(3, 60, 3))]
    frame = pd.DataFrame(
        [{"at": at, "value": 100 - left + 5.0, "low": 0.0, "high": 1.0, "at_risk": risk} for at, left, risk in steps]
    )
    shown = redaction.coarse(frame, 5)
    assert 2 <= len(shown) <= 3
    assert all(later - earlier >= 25 for earlier, later in pairwise(shown["value"]))
    assert "at_risk" not in shown
    assert redaction.coarse(frame.assign(at_risk=4), 5).empty


def test_rows_words_and_links_stay_at_home() -> None:
    rows = Table("Slowest", pd.DataFrame({"id": ["T-1"], "subject": ["Ann's invoice"]}), {"id": Column("Ticket")})
    said = Findings("What hurts", (Finding("Refunds: lower.", "worse", (("Which?", "/tickets"),), "I am Ann", 40),))
    quotes = Quotes("In their words", (Quote("I am Ann", "Billing"),))
    text = Printer().blocks(redaction.safe([Side((rows, said)), quotes], Rules()))
    for secret in ("T-1", "Ann", "/tickets"):
        assert secret not in text
    assert "Slowest: single tickets and customers are left out of shared reports." in text
    assert "In their words: what customers wrote is left out of shared reports." in text


def test_a_sentence_that_does_not_say_how_many_it_rests_on_is_left_out() -> None:
    shown = redaction.findings(Findings("What changed", (Finding("Somebody waited."), Finding("All waited.", n=50))), Rules())
    assert [one.sentence for one in shown.findings] == ["All waited."]
    assert not list(redaction.notice(Notice("Of 400, 3 are marked.", counts=(400, 3)), Rules()))


def test_a_table_of_sums_loses_its_small_lines_and_cells() -> None:
    frame = pd.DataFrame(
        {"title": ["A", "B", "C", "D"], "n": [90, 3, 7, 40], "csat": [1.5, 2.5, 3.5, 4.5], "csat_n": [80, 3, 7, 4]}
    )
    whole = Table(
        "Themes", frame, {"title": Column("Theme"), "csat": Column("CSAT", "score")}, counted="n", rests={"csat": "csat_n"}
    )
    shown = redaction.table(whole, Rules())
    assert isinstance(shown, Table)
    assert list(shown.frame["title"]) == ["A", "D"]
    assert shown.frame["csat"].isna().tolist() == [False, True]
    assert list(shown.frame) == ["title", "csat"]


def test_agents_keep_one_alias_within_a_report() -> None:
    rules = Rules()
    frame = answer({"Maja": 40, "Olu": 30, "not set": 9})
    first = redaction.chart(charts.dots("By agent", frame, unit="percent", by="agent"), rules).series[0].frame
    again = redaction.chart(charts.dots("Again", frame.iloc[::-1], unit="percent", by="agent"), rules).series[0].frame
    assert dict(zip(first["slice"], first["n"], strict=True)) == dict(zip(again["slice"], again["n"], strict=True))
    assert set(first["slice"]) == {"Agent 1", "Agent 2", "not set"}
    named = redaction.chart(charts.dots("By agent", frame, unit="percent", by="agent"), Rules(name_agents=True)).series[0].frame
    assert "Maja" in set(named["slice"])


def test_a_name_that_is_an_address_is_masked() -> None:
    frame = answer({"ann@example.com": 40, "Billing": 30})
    shown = redaction.chart(charts.dots("By team", frame, unit="percent", by="team"), Rules()).series[0].frame
    assert set(shown["slice"]) == {"[e-mail]", "Billing"}


def test_the_smallest_cell_can_be_raised() -> None:
    shown = redaction.chart(charts.dots("By team", answer({"A": 40, "B": 30, "C": 9}), unit="percent", by="team"), Rules(10))
    assert shown.series[0].frame["hidden"].sum() == 2


def test_series_named_after_agents_are_numbered_too() -> None:
    chart = charts.curve("Within", {"Maja": pd.DataFrame({"at": [1.0], "value": [50.0], "at_risk": [40]})}, by="agent")
    assert [one.name for one in redaction.chart(chart, Rules()).series] == ["Agent 1"]


def test_a_row_of_tiles_keeps_its_order() -> None:
    row = Tiles((Tile("A", "1", answer=answer({"all": 9})), Tile("B", "2", answer=answer({"all": 2}))))
    (shown,) = redaction.safe([row], Rules())
    assert isinstance(shown, Tiles)
    assert [tile.value for tile in shown.tiles] == ["1", "fewer than 5"]
