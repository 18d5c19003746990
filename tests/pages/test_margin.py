"""Without a margin revenue is revenue; with one it becomes a value."""

from pathlib import Path

import pytest

from pages import context
from pages.access.reader import Reader
from pages.content.page import collect
from pages.document.blocks import Tiles
from queries import Filters, as_of

CHURN = Path(__file__).parents[2] / "pages" / "31_churn.py"


def worth(store) -> Tiles:
    blocks = collect(CHURN, context.Context(Reader("manager"), Filters(), store, as_of(store)))
    return next(block for block in blocks if isinstance(block, Tiles) and block.title == "What a customer is worth")


@pytest.fixture
def margin(sample):
    sample.set("margin", "50")
    yield 0.5
    sample.set("margin", "")


def test_no_lifetime_value_is_claimed_without_a_margin(sample):
    row = worth(sample)
    assert row.tiles[0].name == "Lifetime revenue"
    assert "gross margin" in row.caption


def test_with_a_margin_the_value_is_that_share_of_the_revenue(sample, margin):
    tiles = {tile.name: tile.answer["value"].iloc[0] for tile in worth(sample).tiles}
    assert tiles["Lifetime value"] == pytest.approx(margin * tiles["Lifetime revenue"])
