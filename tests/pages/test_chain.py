"""The chain from service to loyalty to revenue says what the data allows, and how much of it could be joined."""

import pytest

from pages import context
from pages.access.reader import Reader
from pages.content import service_and_loyalty
from queries import Filters, as_of


@pytest.fixture
def looking(sample):
    with context.of(context.Context(Reader("manager"), Filters(range="last-12m"), sample, as_of(sample))):
        yield


def test_the_planted_truth_is_said_in_one_sentence(looking):
    said = [one.sentence for one in service_and_loyalty.answer().findings]
    assert said[0].startswith("Dissatisfied customers left more often than satisfied ones: ")
    assert said[0].endswith("More than chance.")
    assert said[-1].startswith("Last said to be dissatisfied")


def test_customers_at_risk_are_named_to_managers_only(looking, sample):
    assert service_and_loyalty.at_risk().frame["name"].notna().all()
    with context.of(context.Context(Reader("viewer"), Filters(range="last-12m"), sample, as_of(sample))):
        assert "name" not in service_and_loyalty.at_risk().columns


def test_it_says_how_many_could_be_joined(looking):
    assert "have a ticket" in service_and_loyalty.coverage().sentence


def test_nothing_is_said_where_nothing_is_known(empty):
    with context.of(context.Context(Reader("manager"), Filters(), empty, None)):
        assert service_and_loyalty.answer() is None
        assert service_and_loyalty.by_service() is None
        assert service_and_loyalty.at_risk() is None
        assert service_and_loyalty.coverage() is None
