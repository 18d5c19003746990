"""The usual ups and downs: the published limits, one worked out by hand, and what is said of points and runs outside them."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

import queries
from queries import control_limits
from queries.control_limits import p_chart, usual, xmr

MONDAY = date(2025, 1, 6)
TODAY = date(2027, 1, 1)
# 140 / 12 around which neighbours lie 2 1 2 1 2 1 3 2 1 2 2 apart: 19 / 11 on average, and 2.66 of these to each side.
BY_HAND = [10.0, 12, 11, 13, 12, 10, 11, 14, 12, 11, 13, 11]


def weeks(course: list[float], n: list[float] | float = 100) -> pd.DataFrame:
    names = [(MONDAY + timedelta(weeks=at)).isoformat() for at in range(len(course))]
    return pd.DataFrame({"slice": names, "value": course, "low": math.nan, "high": math.nan, "n": n})


def asked(
    course: list[float], n: list[float] | float = 100, metric: str = "first_reply_time", today: date = TODAY, grain: str = "week"
):
    return usual(queries.metric(metric), weeks(course, n), grain, None, today)


def test_a_share_has_the_limits_of_the_published_example() -> None:
    low, high = p_chart(23.13, 50)
    assert (low, high) == (pytest.approx(5.24, abs=0.01), pytest.approx(41.02, abs=0.01))


def test_a_share_has_no_limits_outside_of_all_and_none() -> None:
    assert p_chart(2, 10)[0] == 0
    assert p_chart(98, 10)[1] == 100
    assert p_chart(0, 10) == (0, 0)


def test_a_measurement_has_the_limits_worked_out_by_hand() -> None:
    low, mean, high = xmr([float(value) for value in BY_HAND])
    assert mean == pytest.approx(11.6667, abs=1e-4)
    assert (low, high) == (pytest.approx(7.0721, abs=1e-4), pytest.approx(16.2612, abs=1e-4))


def test_the_last_complete_period_is_judged_by_those_before_it() -> None:
    found = asked([*BY_HAND, 16.3])
    assert found is not None
    assert (found.count, found.last["side"]) == (12, "above")
    assert asked([*BY_HAND, 16.2]).last["side"] == ""  # type: ignore[union-attr]
    assert asked([*BY_HAND, 7.0]).last["side"] == "below"  # type: ignore[union-attr]


def test_with_fewer_than_twelve_before_nothing_is_said() -> None:
    assert asked(BY_HAND) is None
    assert asked([*BY_HAND[:-1], 99.0]) is None


def test_a_running_period_is_neither_judged_nor_part_of_what_is_usual() -> None:
    running = MONDAY + timedelta(weeks=13, days=3)
    found = asked([*BY_HAND, 11, 99.0], today=running)
    assert found is not None
    assert (len(found.course), found.last["value"], found.last["side"]) == (13, 11, "")


def test_periods_with_few_answers_count_for_nothing() -> None:
    found = asked([*BY_HAND, 99.0, 11.0], [100.0] * 12 + [9.0, 100.0])
    assert found is not None
    assert found.course["side"].tolist() == [""] * 13


def test_every_share_is_judged_by_how_many_it_is_of() -> None:
    shares = [20.0, 26, 23, 21, 25, 24, 22, 23, 20, 26, 22, 25, 42.0]
    few, many = asked(shares, 50, "csat"), asked(shares, [50.0] * 12 + [30.0], "csat")
    assert few is not None
    assert many is not None
    assert few.last["side"] == "above"
    assert many.last["side"] == "", "the same share of fewer is no wonder"
    assert p_chart(few.middle, 50) == (pytest.approx(few.last["low"]), pytest.approx(few.last["high"]))


def test_shares_of_very_many_that_wander_by_themselves_have_wider_limits() -> None:
    wander = [80.0, 82, 79, 83, 81, 78, 82, 80, 83, 79, 81, 80, 82.0]
    found = asked(wander, 100_000, "csat")
    assert found is not None
    assert not found.course["side"].any()
    plain = p_chart(found.middle, 100_000)
    assert found.last["low"] < plain[0]
    assert found.last["high"] > plain[1]


def test_eight_in_a_row_on_one_side_are_counted_from_the_last() -> None:
    found = asked([*BY_HAND, 9, 12.5, 13, 12.5, 13, 12.5, 13, 12.5, 13])
    assert found is not None
    assert (found.run, found.side) == (8, "above")
    assert not found.last["side"]


def test_days_and_stocks_have_no_usual() -> None:
    assert asked([*BY_HAND, 99.0], metric="backlog") is None
    days = weeks([*BY_HAND, 99.0])
    days["slice"] = [(MONDAY + timedelta(days=at)).isoformat() for at in range(13)]
    assert usual(queries.metric("first_reply_time"), days, "day", None, TODAY) is None


def test_both_ways_agree_on_random_courses() -> None:
    luck = np.random.default_rng(4)
    for _ in range(60):
        count = int(luck.integers(13, 40))
        n = luck.integers(10, 300, count).astype(float)
        shares = 100 * luck.binomial(n.astype(int), 0.3) / n
        found = asked(shares.tolist(), n.tolist(), "csat")
        assert found is not None
        before, sizes = shares[:-1], n[:-1]
        middle = (before * sizes).sum() / sizes.sum()
        z = (before - middle) / np.sqrt(middle * (100 - middle) / sizes)
        factor = max(1.0, np.abs(np.diff(z)).mean() / 1.128)
        reach = 3 * factor * np.sqrt(middle * (100 - middle) / n)
        outside = np.where(
            shares > np.minimum(100, middle + reach), "above", np.where(shares < np.maximum(0, middle - reach), "below", "")
        )
        assert found.course["side"].tolist() == outside.tolist()
        assert found.course["high"].tolist() == pytest.approx(np.minimum(100, middle + reach).tolist())
        times = luck.exponential(60, count)
        found = asked(times.tolist())
        assert found is not None
        reach = 2.66 * np.abs(np.diff(times[:-1])).mean()
        low, high = max(0.0, times[:-1].mean() - reach), times[:-1].mean() + reach
        assert found.course["side"].tolist() == ["above" if t > high else "below" if t < low else "" for t in times]


def test_a_course_that_only_has_ups_and_downs_is_rarely_called_unusual() -> None:
    luck = np.random.default_rng(7)
    called = 0
    for _ in range(300):
        found = asked(luck.normal(60, 8, 53).tolist())
        called += found is not None and (bool(found.last["side"]) or found.run >= control_limits.RUN)
    assert called < 300 * 0.04
