"""Match my helpdesk: both numbers, the way between, and the tickets of each step, as much of them as the reader may see."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

import queries
from pages import context
from pages.access.reader import Reader
from pages.content import helpdesk_match_blocks
from pages.content.page import FAILED
from pages.document import figures, palette
from pages.screen import evidence_dialog
from queries import Filters, helpdesk_match
from queries.helpdesks import RULES, helpdesks
from tests.pages import whole
from tests.queries.test_match import ticket
from tests.queries.worlds import fill

ALL = [(one.id, number) for one in helpdesks().values() for number in RULES]


@pytest.fixture
def looked(store):
    """A manager who looks at everything."""
    with context.of(context.Context(Reader("manager"), Filters(), store, queries.as_of(store))) as here:
        yield here


@pytest.mark.parametrize(("helpdesk", "number"), ALL)
def test_every_number_of_every_helpdesk_opens(helpdesk, number, monkeypatch, store):
    app = whole.opened(monkeypatch, store, "match", helpdesk=helpdesk, number=number, range="all")
    assert not app.exception
    said = whole.said(app)
    assert FAILED.sentence not in said
    one = helpdesks()[helpdesk]
    assert ("has nothing to compare here" in said) == (number in one.none)
    assert app.selectbox(key="helpdesk-shown").value == helpdesk


def test_the_headline_names_both_numbers_and_the_reason(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "match", helpdesk="zendesk", number="resolution", range="all")
    said = whole.said(app)
    assert re.search(r"Zendesk would show [^;]+; we show [^.]+\.", said)
    assert "20 tickets still open, which it leaves out" in said


def test_numbers_that_read_the_same_say_so(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "match", helpdesk="intercom", number="csat", range="all")
    said = whole.said(app)
    assert ", and so do we." in said
    assert "No rule makes a difference here." in said
    assert "number to ours" not in said


def test_without_a_word_in_the_address_it_takes_the_helpdesk_of_the_data(monkeypatch, store):
    monkeypatch.setattr(helpdesk_match, "suggested", lambda _: "gorgias")
    app = whole.opened(monkeypatch, store, "match", range="all", helpdesk="nonsense", number="nonsense")
    assert not app.exception
    assert app.selectbox(key="helpdesk-shown").value == "gorgias"
    assert app.selectbox(key="number-shown").value == "first_reply"


def test_business_hours_that_nobody_has_set_are_asked_for(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "match", helpdesk="freshdesk", number="first_reply", range="all")
    assert "counts this in business hours, and none are set here" in whole.said(app)


def test_a_step_shows_its_tickets_and_a_viewer_no_personal_data(monkeypatch, store):
    address = {"helpdesk": "zendesk", "number": "resolution", "step": "waiting", "range": "all"}
    for role in ("manager", "viewer"):
        app = whole.opened(monkeypatch, store, "match", role=role, **address)
        assert not app.exception
        rows = app.dataframe[1].value
        assert len(rows) == 20
        assert set(rows["status"]) == {"open"}
        assert ({"subject", "customer"} <= {*rows}) == (role == "manager")


def test_a_file_that_disagrees_with_itself_says_so(monkeypatch, empty):
    rows = [ticket(f"t{at}", "2026-03-02 09:00", 10, 60, first_reply_minutes=10 if at else 130) for at in range(4)]
    fill(empty, tickets=rows)
    app = whole.opened(monkeypatch, empty, "match", range="all")
    assert not app.exception
    said = whole.said(app)
    assert "First reply: 75.0 % of 4 tickets agree within a minute. 1 does not; most often whole hours apart" in said
    assert list(app.dataframe[-1].value["id"]) == ["t0"]


def test_the_waterfall_goes_from_their_number_to_ours(looked, store):
    for helpdesk, number in ALL:
        if number in helpdesks()[helpdesk].numbers:
            found = helpdesk_match.match(helpdesk, number, Filters(), store)
            chart = helpdesk_match_blocks.way(found)
            if chart:
                frame = chart.series[0].frame
                assert (frame["value"].iloc[0], frame["value"].iloc[-1]) == (found.theirs, found.ours)
                drawn = figures.figure(chart, palette.LIGHT)
                assert sum(drawn.data[0].x) == pytest.approx(found.ours - found.theirs)


@pytest.mark.parametrize("metric", [name for name, one in queries.METRICS.items() if one.compared_by])
def test_evidence_leads_here_with_the_number_chosen(metric, monkeypatch, looked, store):
    shown = []
    monkeypatch.setattr(evidence_dialog.st, "html", shown.append)
    evidence_dialog.elsewhere(queries.metric(metric), Filters(), store)
    (address,) = [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+)', shown[0])]
    assert urlsplit(address).path == "/match"
    assert parse_qs(urlsplit(address).query)["number"] == [queries.metric(metric).compared_by]


def test_other_evidence_does_not_lead_here(monkeypatch, looked, store):
    shown = []
    monkeypatch.setattr(evidence_dialog.st, "html", shown.append)
    evidence_dialog.elsewhere(queries.metric("nps"), Filters(), store)
    assert not shown
