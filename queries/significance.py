"""Noise or real? The interval of a difference, and what it lets us say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from queries.catalogue import Metric

FEW = 10  # under this many, nothing is said about a difference
SURE = 1.959964  # the 97.5 % point of the normal distribution: every interval is 95 %
ACCEPTED = 0.05  # the share of findings that may be chance
Direction = Literal["better", "worse", "higher", "lower", "noise", "unknown"]


@dataclass(frozen=True)
class Change:
    """Now against before, in the metric's unit. `low` and `high` bound the difference (95 %); NaN where unknown."""

    now: float
    before: float
    difference: float
    low: float
    high: float
    direction: Direction

    @property
    def chance(self) -> float:
        """How likely chance alone makes a difference this large (two-sided p), read off the interval; NaN where unknown."""
        return math.nan if self.direction == "unknown" else chance_within(self.difference, self.low, self.high)

    @property
    def real(self) -> bool:
        """More than chance."""
        return self.direction not in ("noise", "unknown")


def change(metric: Metric, now: pd.Series, before: pd.Series) -> Change:
    """Compare two rows of an answer (value, low, high, n).

    The difference's interval is put together from the two intervals (MOVER, Zou and Donner 2008), which for two Wilson
    intervals is Newcombe's (1998).
    """
    difference = float(now["value"]) - float(before["value"])
    low = difference - math.hypot(now["value"] - now["low"], before["high"] - before["value"])
    high = difference + math.hypot(now["high"] - now["value"], before["value"] - before["low"])
    few = min(now["n"], before["n"]) < FEW
    return Change(
        float(now["value"]),
        float(before["value"]),
        difference,
        low,
        high,
        "unknown" if few or math.isnan(difference) else _direction(metric, difference, low, high),
    )


def _direction(metric: Metric, difference: float, low: float, high: float) -> Direction:
    if math.isnan(low) or math.isnan(high):
        return "unknown"
    if low <= 0 <= high:
        return "noise"
    if metric.better == "neither":
        return "higher" if difference > 0 else "lower"
    return "better" if (difference > 0) == (metric.better == "higher") else "worse"


def chance_within(difference: float, low: float, high: float) -> float:
    """The two-sided p-value of a difference, read off the side of its 95 % interval that faces zero."""
    reach = difference - low if difference > 0 else high - difference
    if not difference or not reach:
        return 0.0 if difference else 1.0
    return math.erfc(SURE * abs(difference) / reach / math.sqrt(2))


def chance_of(chi_squared: float) -> float:
    """The p-value of a chi squared with one degree of freedom."""
    return math.erfc(math.sqrt(chi_squared / 2))


def together(chances: Sequence[float]) -> list[float]:
    """The same p-values after Benjamini and Hochberg (1995), for comparisons that are looked at at once.

    Of those that stay below .05, at most one in twenty is expected to be chance. Unknown ones stay unknown and do not count.
    """
    known = sorted((p, at) for at, p in enumerate(chances) if not math.isnan(p))
    found = list(chances)
    least = 1.0
    for rank in range(len(known), 0, -1):
        p, at = known[rank - 1]
        least = min(least, p * len(known) / rank)
        found[at] = least
    return found


def surviving(changes: Sequence[Change]) -> list[bool]:
    """Which of the changes looked at at once are more than chance."""
    judged = zip(changes, together([one.chance for one in changes]), strict=True)
    return [one.real and chance < ACCEPTED for one, chance in judged]
