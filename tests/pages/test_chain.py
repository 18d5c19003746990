"""The chain from service to loyalty to revenue says what the data allows, and how much of it could be joined."""

import pytest

from pages import access, visit
from pages.elements import chain
from queries import Filters, as_of


@pytest.fixture
def looking(sample):
    with visit.of(visit.Visit(access.Reader("manager"), Filters(range="last-12m"), sample, as_of(sample))):
        yield


def test_the_planted_truth_is_said_in_one_sentence(looking):
    said = [one.sentence for one in chain.answer().findings]
    assert said[0].startswith("Dissatisfied customers left more often than satisfied ones: ")
    assert said[0].endswith("More than chance.")
    assert said[-1].startswith("Last said to be dissatisfied")


def test_customers_at_risk_are_named_to_managers_only(looking, sample):
    assert chain.at_risk().frame["name"].notna().all()
    with visit.of(visit.Visit(access.Reader("viewer"), Filters(range="last-12m"), sample, as_of(sample))):
        assert "name" not in chain.at_risk().columns


def test_it_says_how_many_could_be_joined(looking):
    assert "have a ticket" in chain.coverage().sentence


def test_nothing_is_said_where_nothing_is_known(empty):
    with visit.of(visit.Visit(access.Reader("manager"), Filters(), empty, None)):
        assert chain.answer() is None
        assert chain.by_service() is None
        assert chain.at_risk() is None
        assert chain.coverage() is None
