"""The usual ups and downs of a course: control limits from the periods before the last one, and what lies outside them.

XmR limits (Shewhart; Wheeler 1993) for times, scores and counts; a p-chart for shares, whose limits follow how many there were
each time. Where shares vary more from week to week than chance alone would have them, its limits widen by that factor (Laney 2002):
with thousands of answers a week every week would stand out otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from typing import Literal

import pandas as pd

from queries import periods
from queries.catalogue import Metric
from queries.significance import FEW

LEAST = 12  # complete periods that have to lie before the one that is judged
LONGEST = {"week": 52, "month": 36, "quarter": 20}  # days follow the week: what is usual on a Monday is not on a Sunday
RUN = 8  # in a row on one side of the middle
SPREAD = 1.128  # the mean distance of neighbours, in standard deviations
Side = Literal["above", "below"]


@dataclass(frozen=True, eq=False)
class Usual:
    """`course` has a row a complete period: slice, value, n, low, high (the limits) and side (above, below, or empty)."""

    course: pd.DataFrame
    middle: float
    count: int  # periods that the limits come from
    run: int  # how many of the last ones lie on one side of the middle
    side: str  # which side that is

    @property
    def last(self) -> pd.Series:
        return self.course.iloc[-1]


def xmr(course: Sequence[float]) -> tuple[float, float, float]:
    """Lower limit, mean, upper limit: 2.66 mean distances of neighbours around the mean."""
    mean = sum(course) / len(course)
    moving = sum(abs(b - a) for a, b in pairwise(course)) / (len(course) - 1)
    return mean - 2.66 * moving, mean, mean + 2.66 * moving


def p_chart(share: float, n: float, widened: float = 1.0) -> tuple[float, float]:
    """The limits of a share (percent) that is usually `share`, where it is one of `n`."""
    reach = 3 * widened * _error(share, n)
    return max(0.0, share - reach), min(100.0, share + reach)


def overspread(course: Sequence[float], counts: Sequence[float], share: float) -> float:
    """How much more a share varies from one period to the next than chance alone would have it; 1 where it does not."""
    if not 0 < share < 100:
        return 1.0
    standard = [(value - share) / _error(share, n) for value, n in zip(course, counts, strict=True)]
    moving = sum(abs(b - a) for a, b in pairwise(standard)) / (len(standard) - 1)
    return max(1.0, moving / SPREAD)


def _error(share: float, n: float) -> float:
    return math.sqrt(share * (100 - share) / n)


def usual(metric: Metric, answer: pd.DataFrame, grain: str, end: date | None, today: date) -> Usual | None:
    """From an answer by week, month or quarter; None where too little is known, or where limits would mean nothing."""
    if grain not in LONGEST or metric.stock:
        return None
    known = _complete(metric, answer, grain, end, today)
    before = known.iloc[:-1].tail(LONGEST[grain])
    if len(before) < LEAST:
        return None
    middle, limits = _limits(metric, before, known)
    sides = [_side(value, low, high) for value, (low, high) in zip(known["value"], limits, strict=True)]
    course = known.assign(low=[low for low, _ in limits], high=[high for _, high in limits], side=sides)
    run, side = _run(list(known["value"]), middle)
    return Usual(course, middle, len(before), run, side)


def _complete(metric: Metric, answer: pd.DataFrame, grain: str, end: date | None, today: date) -> pd.DataFrame:
    """The periods that are over and say something, in order."""
    found = answer[answer["slice"].notna()].assign(
        value=pd.to_numeric(answer["value"], errors="coerce"), n=answer["n"].astype("float64")
    )
    over = pd.Series([periods.over(grain, str(name), end, today) for name in found["slice"]], found.index, dtype=bool)
    enough = found["n"].gt(0).cummax() if metric.unit == "count" else found["n"] >= FEW
    return found.loc[over & enough & found["value"].notna(), ["slice", "value", "n"]].sort_values("slice", ignore_index=True)


def _limits(metric: Metric, before: pd.DataFrame, known: pd.DataFrame) -> tuple[float, list[tuple[float, float]]]:
    if is_share(metric):
        share = float((before["value"] * before["n"]).sum() / before["n"].sum())
        widened = overspread(list(before["value"]), list(before["n"]), share)
        return share, [p_chart(share, float(n), widened) for n in known["n"]]
    low, mean, high = xmr(list(before["value"]))
    return mean, [(low if metric.unit == "points" else max(0.0, low), high)] * len(known)


def is_share(metric: Metric) -> bool:
    """Whether the number is a count out of n."""
    return metric.estimate == "share"


def _side(value: float, low: float, high: float) -> str:
    return "above" if value > high else "below" if value < low else ""


def _run(course: Sequence[float], middle: float) -> tuple[int, str]:
    """How many of the last values lie on the same side of the middle as the very last."""
    above = course[-1] > middle
    if course[-1] == middle:
        return 0, ""
    same = list(takewhile(lambda value: value != middle and (value > middle) == above, reversed(course)))
    return len(same), "above" if above else "below"
