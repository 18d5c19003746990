"""The choices that every page has: period, comparison, hours, and the values of every dimension."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from queries import dimensions


@dataclass(frozen=True)
class Choice:
    """One of a few fixed words: the word stands in the address, its label on the screen. The first is the default."""

    key: str
    label: str
    words: Mapping[str, str]


PERIOD = Choice(
    "range",
    "Period",
    {
        "last-90d": "Last 90 days",
        "last-7d": "Last 7 days",
        "last-28d": "Last 28 days",
        "last-12m": "Last 12 months",
        "this-month": "This month",
        "last-month": "Last month",
        "this-quarter": "This quarter",
        "this-year": "This year",
        "all": "All time",
        "custom": "From … to …",
    },
)
COMPARE = Choice(
    "compare",
    "Compare with",
    {
        "previous": "The period before",
        "year": "The same time last year",
        "custom": "As many days from …",
        "none": "Nothing",
    },
)
HOURS = Choice("hours", "Count time in", {"calendar": "Calendar hours", "business": "Business hours"})
ATTRIBUTION = Choice(
    "attribution",
    "A ticket belongs to the period it was",
    {"created": "Created in", "event": "Answered or solved in"},
)
CHOICES = (PERIOD, COMPARE, HOURS, ATTRIBUTION)


def slices() -> list[str]:
    """The dimensions that have a box, in order."""
    return dimensions.placed("first", "more")


def ordered(start: date | None, end: date | None, newest: date) -> tuple[date | None, date | None]:
    """Dates given the wrong way round are turned; a missing end is the newest day; a missing start is the beginning."""
    if start and not end:
        end = max(start, newest)
    if start and end and start > end:
        start, end = end, start
    return start, end
