"""A score is shown with how sure it is, and with those who said nothing."""

import pytest

from pages import context
from pages.access.reader import Reader
from pages.content import nonresponse
from queries import Filters, as_of


@pytest.fixture
def looking(sample):
    with context.of(context.Context(Reader("manager"), Filters(range="last-90d"), sample, as_of(sample))):
        yield


def test_a_score_says_how_far_it_may_be_off_and_what_more_answers_would_bring(looking):
    first, second = (one.sentence for one in nonresponse.sure("csat").findings)
    assert first == "768 answers tell CSAT to within 2.7 points. About 2,300 more would halve that."
    assert second.startswith("26.8 % of those asked answered. Were everyone else unhappy, CSAT would be 22 %;")


def test_a_balance_has_detractors_and_promoters_among_the_silent(looking):
    *_, last = (one.sentence for one in nonresponse.sure("nps").findings)
    assert "Were everyone else a detractor, NPS would be −" in last.replace("\N{MINUS SIGN}", "−")
    assert last.count("a promoter") == 1


def test_those_who_answer_are_shown_by_how_they_were_served_in_order_of_the_wait(looking):
    frame = nonresponse.who("csat").series[0].frame
    assert frame["wait_to"].dropna().is_monotonic_increasing
    assert frame["slice"].tolist()[-2:] == ["solved once", "reopened"]


def test_satisfaction_by_wait_keeps_the_order_of_the_waits(looking):
    frame = nonresponse.by_wait().series[0].frame
    assert len(frame) == 10
    assert frame["wait_from"].is_monotonic_increasing


def test_nothing_is_claimed_from_nothing(empty):
    with context.of(context.Context(Reader("manager"), Filters(), empty, None)):
        assert nonresponse.sure("csat") is None
        assert nonresponse.who("csat") is None
        assert nonresponse.by_wait() is None
