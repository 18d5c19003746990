"""How sure a score can be: how many more answers it would take, and what those who did not answer could change."""

from __future__ import annotations

import math
from dataclasses import dataclass

from queries.significance import SURE

MOST = 10_000_000  # answers nobody will ever collect


def more_to_halve(unit: str, value: float, n: float) -> int:
    """How many more answers like those there are make the 95 % interval half as wide.

    A share (percent) by the width of Wilson's interval itself; a balance in points by the adjusted Wald interval, which counts
    three answers more than there are; anything else by the square root of n. Raises ValueError without an answer.
    """
    if n < 1 or math.isnan(value):
        raise ValueError("nothing was answered yet")
    if unit == "points":
        return math.ceil(4 * (n + 3) - 3 - n)
    if unit != "percent":
        return math.ceil(3 * n)
    share, enough, few = value / 100, int(n), MOST
    wanted = wilson_width(share, n) / 2
    while few - enough > 1:
        middle = (few + enough) // 2
        few, enough = (middle, enough) if wilson_width(share, middle) <= wanted else (few, middle)
    return few - int(n)


def wilson_width(share: float, n: float) -> float:
    """Width of Wilson's 95 % interval of a share (0 to 1) of n answers."""
    z2 = SURE**2
    return 2 * SURE / (n + z2) * math.sqrt(n * share * (1 - share) + z2 / 4)


@dataclass(frozen=True)
class Bounds:
    """A score if everyone who was asked had answered: all of the silent on the worst side, or all on the best."""

    worst: float
    best: float


def bounds(asked: float, answered: float, up: float, down: float) -> Bounds:
    """`up` counts the answers that raise the score, `down` those that lower it (none for a share); in percent or points.

    Raises ValueError when nobody was asked, or more answered than were asked.
    """
    silent = asked - answered
    if asked < 1 or silent < 0 or up + down > answered:
        raise ValueError(f"{answered:g} of {asked:g} cannot have answered")
    balance = down > 0
    return Bounds(100 * (up - down - (silent if balance else 0)) / asked, 100 * (up + silent - down) / asked)
