"""Numbers as people say them."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.document import number_format


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 s"),
        (0.75, "45 s"),
        (0.999, "1 min"),
        (4.5, "4 min 30 s"),
        (9.999, "10 min"),
        (38.2, "38 min"),
        (59.7, "1 h"),
        (60, "1 h"),
        (134, "2 h 14 min"),
        (1439.6, "1 d"),
        (1440, "1 d"),
        (4620, "3 d 5 h"),
        (4470, "3 d 2 h"),
        (-38, "−38 min"),
    ],
)
def test_durations_name_their_two_largest_units(minutes, said):
    assert number_format.show(minutes, "minutes") == said


@pytest.mark.parametrize(
    ("value", "unit", "n", "said"),
    [
        (84.26, "percent", 1000, "84 %"),
        (84.26, "percent", 1001, "84.3 %"),
        (84.26, "percent", None, "84 %"),
        (31.2, "points", 50, "+31"),
        (-4.4, "points", 50, "−4"),
        (0.2, "points", 50, "0"),
        (-0.2, "points", 50, "0"),
        (12345, "count", None, "12,345"),
        (4.26, "score", 9, "4.3"),
        (1.237, "agents", 9, "1.24"),
        (1234.5, "money", None, "1,234"),
        (12.5, "money", None, "12.50"),
        (nan, "percent", 0, "no data"),
        (None, "minutes", None, "no data"),
    ],
)
def test_values_read_in_their_unit(value, unit, n, said):
    assert number_format.show(value, unit, n) == said


def test_money_names_its_currency():
    assert number_format.show(1234.5, "money", currency="EUR") == "EUR 1,234"


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (36, 41, "minutes", "36 to 41 min"),
        (36, 71, "minutes", "36 min to 1 h 11 min"),
        (81.2, 87, "percent", "81 to 87 %"),
        (-3, 12, "points", "−3 to +12"),
        (nan, nan, "percent", ""),
        (None, None, "count", ""),
        (293, nan, "minutes", "at least 4 h 53 min"),
        (nan, 5, "percent", "at most 5 %"),
        (50, 50.2, "percent", "50 %"),
        (45, 75, "minutes", "45 min to 1 h 15 min"),
    ],
)
def test_intervals_say_the_unit_once_where_it_is_the_same(low, high, unit, said):
    assert number_format.span(low, high, unit) == said


@given(st.floats(0, 1e6))
def test_no_duration_rounds_into_a_full_larger_unit(minutes):
    said = number_format.duration(minutes).split()
    numbers = dict(zip(said[1::2], map(int, said[::2]), strict=True))
    assert numbers.get("s", 0) < 60
    assert numbers.get("min", 0) < 60
    assert numbers.get("h", 0) < 24


@given(st.floats(0.01, 1e9), st.sampled_from(["minutes", "percent", "count", "points", "money", "score"]))
def test_an_axis_has_a_few_round_places_up_to_its_top(top, unit):
    places, words = number_format.ticks(top, unit)
    assert places[0] == 0
    assert 1 <= len(places) <= 8
    assert len(places) == len(words)
    assert places[-1] <= top * 1.01
    assert inf not in places
