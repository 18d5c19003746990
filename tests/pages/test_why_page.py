"""Why did it change? The page keeps its number and dimension in the address, and every part leads to its tickets."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

import queries
from pages import context
from pages.access.reader import Reader
from pages.content import changes, decomposition_blocks, decomposition_words
from pages.document import figures, palette
from pages.screen import evidence_dialog
from queries import Filters, decomposition
from tests.pages import whole

YEAR = Filters(range="custom", start=date(2025, 6, 1), end=date(2025, 10, 31))
DATES = {"range": "custom", "from": "2025-06-01", "to": "2025-10-31"}


@pytest.fixture
def looked(store):
    """A manager who looks at five months of the world."""
    with context.of(context.Context(Reader("manager"), YEAR, store, queries.as_of(store))) as here:
        yield here


def links(text):
    return [address.replace("&amp;", "&") for address in re.findall(r'href=\\?"(/[^"\\]+)', text)]


def test_the_address_names_the_number_and_the_dimension(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "why", why="csat", split="team", **DATES)
    assert not app.exception
    assert app.selectbox(key="why").value == "csat"
    assert app.selectbox(key="split-shown").value == "team"
    assert "CSAT, by team" in whole.said(app)


def test_unknown_words_in_the_address_change_nothing(monkeypatch, store):
    plain = whole.opened(monkeypatch, store, "why", **DATES)
    odd = whole.opened(monkeypatch, store, "why", why="nonsense", split="nonsense", **DATES)
    assert not odd.exception
    assert odd.selectbox(key="why").value == plain.selectbox(key="why").value == "first_reply_within_target"
    assert odd.selectbox(key="split-shown").value == plain.selectbox(key="split-shown").value


def test_a_dimension_without_a_split_gives_way_to_the_one_that_tells_most(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "why", split="segment", **DATES)
    assert not app.exception
    assert app.selectbox(key="split-shown").value == app.selectbox(key="split-shown").options[0].split()[0].lower()


def test_another_dimension_can_be_chosen(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "why", **DATES)
    app.selectbox(key="split-shown").select("priority").run()
    assert not app.exception
    assert app.selectbox(key="split").value == "priority"
    assert "by priority" in whole.said(app)


def test_a_median_says_that_it_does_not_split_and_what_does(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "why", why="first_reply_time", **DATES)
    assert not app.exception
    said = whole.said(app)
    assert "First reply does not split" in said
    assert "First reply within target, by" in said
    assert {"first_reply_within_target", "first_reply_time_mean"} <= {
        name for address in links(said) for name in parse_qs(urlsplit(address).query).get("why", [])
    }


def test_nothing_to_compare_with_is_said(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "why", range="all")
    assert not app.exception
    assert "something to compare it with" in whole.said(app)


def test_the_waterfall_ends_where_the_number_is(looked, store):
    for name in ("csat", "first_reply_time_mean", "reopen_rate"):
        for split in decomposition.most_telling(name, YEAR, store):
            chart = decomposition_blocks.waterfall(split)
            frame = chart.series[0].frame
            assert frame["value"].iloc[0] == pytest.approx(split.change.before)
            assert frame["value"].iloc[-2] == pytest.approx(frame["value"].iloc[-1]) == pytest.approx(split.change.now)
            assert list(frame["start"].iloc[1:-1]) == list(frame["value"].iloc[:-2])
            drawn = figures.figure(chart, palette.DARK)
            assert sum(drawn.data[0].x) == pytest.approx(split.change.difference)


def test_each_sentence_leads_to_the_rows_of_both_periods(looked, store):
    split = decomposition.split("csat", "channel", YEAR, store)
    found = decomposition_blocks.sentences(split, YEAR.previous(None))
    assert 0 < len(found.findings) <= decomposition_blocks.SAID
    for finding, step in zip(found.findings, decomposition_words.steps(split), strict=False):
        (_, now), (_, before) = finding.links
        asked = parse_qs(urlsplit(now).query)
        assert (asked["channel"], asked["from"], asked["behind"]) == ([step.value], ["2025-06-01"], ["csat"])
        assert parse_qs(urlsplit(before).query)["to"] == ["2025-05-31"]


def test_the_parts_of_the_sentence_add_up_as_they_are_read(looked, store):
    for name in ("csat", "reopen_rate"):
        for split in decomposition.most_telling(name, YEAR, store):
            read = [
                text.replace("\N{MINUS SIGN}", "-")
                for text in re.findall(r"([+\N{MINUS SIGN}]?[\d.]+) points", decomposition_blocks.summary(split))
            ]
            whole, mix, rate = map(float, read)
            assert mix + rate == pytest.approx(whole)


def test_a_part_that_may_be_chance_is_called_neither_better_nor_worse(looked, store):
    said = []
    for name in ("csat", "reopen_rate", "first_reply_within_target"):
        for split in decomposition.most_telling(name, YEAR, store):
            said += decomposition_blocks.sentences(split, YEAR.previous(None)).findings
    doubtful = [one for one in said if "may be chance" in one.sentence]
    assert doubtful
    assert all(one.direction == "noise" for one in doubtful)


@pytest.mark.parametrize(
    ("effect", "name", "words"),
    [
        (-1.24, "csat", "−1.2 points"),
        (0.04, "csat", "0.0 points"),
        (25.2, "first_reply_time_mean", "+25 min"),
        (-0.5, "first_reply_time_mean", "−30 s"),
        (0.123, "csat_mean", "+0.12"),
    ],
)
def test_differences_have_a_sign_and_a_unit(effect, name, words):
    assert decomposition_words.moved(effect, queries.metric(name)) == words


def test_every_number_leads_to_its_reasons(monkeypatch, looked, store):
    shown = []
    monkeypatch.setattr(evidence_dialog.st, "html", shown.append)
    evidence_dialog.changed(queries.metric("csat"), YEAR, store)
    (address,) = links(shown[0])
    assert urlsplit(address).path == "/why"
    assert parse_qs(urlsplit(address).query)["why"] == ["csat"]
    evidence_dialog.changed(queries.metric("csat"), Filters(range="all"), store)
    assert len(shown) == 1


def test_a_finding_leads_to_its_reasons(looked):
    metric = queries.metric("csat")
    change = queries.significance.Change(80, 70, 10, 5, 15, "better")
    (label, address), _ = changes._finding(changes.Moved(metric, change, True, 50), YEAR.previous(None)).links
    assert label == "Why?"
    assert parse_qs(urlsplit(address).query)["why"] == ["csat"]
