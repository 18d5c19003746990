"""Is it more than chance? One comparison, and many at once."""

from __future__ import annotations

from math import inf, isnan, nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import queries
from queries import significance

CSAT = queries.metric("csat")


def row(value: float, low: float, high: float, n: float = 100) -> pd.Series:
    return pd.Series({"value": value, "low": low, "high": high, "n": n})


def moved(difference: float, reach: float, n: float = 100) -> significance.Change:
    """A change whose interval reaches so far to both sides."""
    return significance.change(CSAT, row(50 + difference, 50 + difference - reach, 50 + difference + reach, n), row(50, 50, 50, n))


def test_the_worked_example_of_many_comparisons() -> None:
    given = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]
    expected = [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.0846, 0.205]
    assert significance.together(given) == pytest.approx(expected, abs=5e-5)
    assert significance.together(given[::-1]) == pytest.approx(expected[::-1], abs=5e-5)


def test_what_is_unknown_does_not_count_among_the_comparisons() -> None:
    found = significance.together([0.03, nan, 0.01])
    assert found[::2] == pytest.approx([0.03, 0.02])
    assert isnan(found[1])
    assert significance.together([]) == []


def test_an_interval_that_just_touches_zero_is_one_in_twenty() -> None:
    assert moved(5, 5).chance == pytest.approx(0.05, abs=1e-6)
    assert moved(-5, 5).chance == pytest.approx(0.05, abs=1e-6)
    assert moved(10, 5).chance == pytest.approx(0.0000887, abs=1e-6)
    assert moved(0, 5).chance == 1


def test_too_few_answers_have_no_chance_worked_out() -> None:
    assert isnan(moved(10, 5, n=9).chance)


@given(difference=st.floats(-40, 40), reach=st.floats(0.1, 40))
def test_the_chance_and_the_interval_say_the_same(difference: float, reach: float) -> None:
    one = moved(difference, reach)
    if abs(abs(difference) - reach) > 1e-6:
        assert one.real == (one.chance < significance.ACCEPTED)


def test_a_lone_finding_among_many_comparisons_must_be_clearer() -> None:
    barely, clearly, nothing = moved(5, 4.8), moved(5, 2.5), moved(1, 5)
    assert barely.real
    assert significance.surviving([barely]) == [True]
    assert significance.surviving([barely, *[nothing] * 9]) == [False] * 10
    assert significance.surviving([clearly, *[nothing] * 9]) == [True, *[False] * 9]
    assert significance.surviving([barely, clearly, clearly]) == [True, True, True]


@given(st.lists(st.one_of(st.floats(0, 1), st.just(nan)), max_size=12))
def test_looking_at_more_never_makes_a_finding_clearer(chances: list[float]) -> None:
    for alone, among in zip(chances, significance.together(chances), strict=True):
        assert isnan(alone) == isnan(among)
        assert isnan(alone) or alone - 1e-12 <= among <= (1 if alone < inf else 0) + 1e-12


def test_chance_of_a_chi_squared() -> None:
    assert significance.chance_of(3.841459) == pytest.approx(0.05, abs=1e-6)
    assert significance.chance_of(16.793) == pytest.approx(4.17e-5, rel=1e-2)  # Freireich's two groups
