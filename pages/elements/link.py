"""A link that shows the same to everybody, whenever it is opened: every filter spelled out, dates instead of `last-90d`."""

from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

from pages.elements.filter_bar import CHOICES, SLICES
from queries.filters import Filters


def explicit(address: str, filters: Filters, period: tuple[date | None, date | None], version: str) -> str:
    """`address` is the page's; `version` lets the page say that the data has changed since the link was copied."""
    pairs = [(choice.key, str(getattr(filters, choice.key))) for choice in CHOICES[1:]]
    pairs += [(key, value) for key in SLICES for value in getattr(filters, key)]
    start, end = period
    if start and end:
        pairs = [("range", "custom"), ("from", start.isoformat()), ("to", end.isoformat()), *pairs]
    else:
        pairs = [("range", filters.range), *pairs]
    return urlunsplit(urlsplit(address)._replace(query=urlencode([*pairs, ("data", version)]), fragment=""))
