"""What a tile calls better or worse is what the page lists as changed: one judgement, not two."""

from pathlib import Path

import pytest

from data.store import Store
from pages import context
from pages.access.reader import Reader
from pages.content import changes
from pages.content.page import collect
from pages.document import number_format
from pages.document.blocks import Findings, Tile, Tiles
from queries import Filters, as_of

OVERVIEW = Path(__file__).parents[2] / "pages" / "10_overview.py"


def overview(store: Store, filters: Filters) -> tuple[list[Tile], Findings]:
    blocks = collect(OVERVIEW, context.Context(Reader("manager"), filters, store, as_of(store)))
    tiles = [tile for block in blocks if isinstance(block, Tiles) for tile in block.tiles]
    return tiles, next(block for block in blocks if isinstance(block, Findings) and block.title == "What changed")


@pytest.mark.parametrize("channel", [(), ("chat",), ("email",), ("phone",)])
@pytest.mark.parametrize("period", ["last-28d", "last-90d", "last-12m"])
def test_tiles_and_findings_agree_about_what_moved(sample: Store, period: str, channel: tuple[str, ...]) -> None:
    tiles, found = overview(sample, Filters(range=period, channel=channel))
    called = {tile.name for tile in tiles if tile.change and tile.change.direction in ("better", "worse")}
    listed = {one.sentence.partition(":")[0] for one in found.findings if one.direction in ("better", "worse")}
    assert listed <= called
    assert called == listed or len(found.findings) == 5


def test_the_sample_has_changes_that_alone_would_look_real_and_together_do_not(sample: Store) -> None:
    tiles, found = overview(sample, Filters(range="last-90d"))
    assert not found.findings
    assert {tile.name for tile in tiles if tile.change and tile.change.sentence.startswith("no clear change")} >= {
        "First reply",
        "CSAT",
    }


CHOOSING = ("choices", "side_by_side", "matching.")


def test_a_number_says_the_same_on_every_page(sample: Store) -> None:
    for period in ("last-90d", "this-year"):
        here = context.Context(Reader("manager"), Filters(range=period), sample, as_of(sample))
        said: dict[str, set[str]] = {}
        for page in sorted(OVERVIEW.parent.glob("[1-3][0-9]_*.py")):
            if any(word in page.read_text() for word in CHOOSING):  # asks what it is about
                continue
            for block in collect(page, here):
                for tile in block.tiles if isinstance(block, Tiles) else ():
                    said.setdefault(tile.name, set()).add(tile.change.sentence if tile.change else "")
        assert len(said) > 15
        assert {name: sentences for name, sentences in said.items() if len(sentences) > 1} == {}


@pytest.mark.parametrize("period", ["last-90d", "last-12m", "this-quarter"])
def test_who_left_and_who_stayed_are_one_number_and_get_one_verdict(sample: Store, period: str) -> None:
    here = context.Context(Reader("manager"), Filters(range=period), sample, as_of(sample))
    blocks = collect(OVERVIEW.with_name("31_churn.py"), here)
    tiles = {tile.name: tile.change for block in blocks if isinstance(block, Tiles) for tile in block.tiles}
    left, stayed = tiles["Customer churn"], tiles["Retention"]
    assert left
    assert stayed
    assert left.direction == stayed.direction


def test_what_it_is_compared_with_is_named_by_its_days_unless_it_comes_right_before(sample: Store) -> None:
    said = {}
    for period in ("last-28d", "this-quarter"):
        tiles, _ = overview(sample, Filters(range=period))
        said[period] = {tile.change.sentence for tile in tiles if tile.change}
    assert all(sentence.endswith("the 28 days before") for sentence in said["last-28d"])
    assert all(sentence.endswith("the 31 days from 1 Jul 2026") for sentence in said["this-quarter"])


@pytest.mark.parametrize(("minutes", "said"), [(12.4, "12 min"), (0.75, "45 s"), (323.0, "5 h 23 min"), (2958.0, "2 d 1 h")])
def test_a_difference_of_hours_fits_the_numbers_that_it_lies_between(minutes: float, said: str) -> None:
    assert number_format.duration(changes.rounded(minutes)) == said
