"""Time as the company counts it: office hours Monday to Friday 9 to 18, in seconds, forwards and backwards."""

from __future__ import annotations

from typing import Final

import numpy as np

from data.samples.company import DAY, HOUR, Floats, Ints, moment

OPEN: Final = 9 * HOUR
SHIFT: Final = 9 * HOUR
_MONDAY: Final = moment("2018-01-01")  # a Monday before everything


def worked(at: Ints) -> Ints:
    """Office seconds between a far-off Monday and each moment, so that any span is a subtraction."""
    days, second = np.divmod(at - _MONDAY, DAY)
    weeks, weekday = np.divmod(days, 7)
    today = np.where(weekday < 5, np.clip(second - OPEN, 0, SHIFT), 0)
    return (weeks * 5 + np.minimum(weekday, 5)) * SHIFT + today


def office_later(at: Ints, seconds: Ints) -> Ints:
    """The moment at which so many office seconds have passed."""
    days, rest = np.divmod(worked(at) + seconds, SHIFT)
    weeks, weekday = np.divmod(days, 5)
    return _MONDAY + (weeks * 7 + weekday) * DAY + OPEN + rest


def weekday(at: Ints) -> Ints:
    """Monday is 0."""
    return (at - _MONDAY) // DAY % 7


def hour(at: Ints) -> Ints:
    """Hour of the day, 0 to 23."""
    return at % DAY // HOUR


def lognormal(rng: np.random.Generator, median: Floats | float, spread: float, size: int) -> Ints:
    """Whole seconds around a median given in minutes, never under five."""
    seconds = np.exp(spread * rng.standard_normal(size)) * median * 60
    whole: Ints = np.maximum(seconds, 5).astype(np.int64)
    return whole


def pick(rng: np.random.Generator, weights: Floats | tuple[float, ...], size: int) -> Ints:
    """Places in a list, drawn with weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    places: Ints = np.searchsorted(edges, rng.random(size) * edges[-1], side="right").astype(np.int64)
    return places


def stamps(at: Ints) -> list[str]:
    """'2026-10-31 17:04:09' for each moment."""
    return [text.replace("T", " ") for text in at.astype("datetime64[s]").astype(str).tolist()]


def dates(at: Ints) -> list[str]:
    """'2026-10-31' for each moment."""
    found: list[str] = at.astype("datetime64[s]").astype("datetime64[D]").astype(str).tolist()
    return found
