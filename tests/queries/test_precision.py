"""How many answers are enough, and what the silent could change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import sample_size
from queries.sample_size import bounds, more_to_halve, wilson_width


def test_the_width_is_that_of_the_known_wilson_intervals() -> None:
    for hits, n, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)):
        assert wilson_width(hits / n, n) == pytest.approx(high - low, abs=1e-4)


@given(st.integers(1, 5_000), st.floats(0, 1))
def test_so_many_more_answers_halve_a_share_and_one_fewer_does_not(n: int, share: float) -> None:
    more = more_to_halve("percent", 100 * share, n)
    assert wilson_width(share, n + more) <= wilson_width(share, n) / 2 < wilson_width(share, n + more - 1)


def test_a_balance_needs_four_times_its_answers_and_the_three_that_are_added() -> None:
    # margin 1.96 sqrt(v / (n + 3)): half of it at n + 3 four times as large, so 100 answers need 309 more
    assert more_to_halve("points", 30, 100) == 309
    assert more_to_halve("score", 4.2, 100) == 300


def test_nothing_can_be_said_without_an_answer() -> None:
    with pytest.raises(ValueError, match="nothing was answered"):
        more_to_halve("percent", float("nan"), 0)


def test_the_silent_may_all_be_unhappy_or_all_be_happy() -> None:
    assert bounds(200, 50, 40, 0) == sample_size.Bounds(20, 95)  # 40 of 200; 40 + 150 of 200
    assert bounds(100, 60, 30, 12) == sample_size.Bounds(-22, 58)  # (30 - 12 - 40) and (30 + 40 - 12) of 100
    assert bounds(10, 10, 7, 0) == sample_size.Bounds(70, 70)


@pytest.mark.parametrize("counts", [(0, 0, 0, 0), (5, 6, 1, 0), (9, 3, 3, 1)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot have answered"):
        bounds(*counts)
