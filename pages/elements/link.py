"""A link that shows the same to everybody, whenever it is opened: every filter spelled out, dates instead of `last-90d`."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from pages.elements.filter_bar import CHOICES, SLICES
from queries.filters import Filters


def explicit(address: str, resolved: Filters, version: str) -> str:
    """`address` is the page's; `version` lets the page say that the data has changed since the link was copied."""
    days = [("from", resolved.start), ("to", resolved.end), ("before", resolved.before)]
    pairs = [("range", resolved.range), *((key, day.isoformat()) for key, day in days if day)]
    pairs += [(choice.key, str(getattr(resolved, choice.key))) for choice in CHOICES[1:]]
    pairs += [(key, value) for key in SLICES for value in getattr(resolved, key)]
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path or "/", query=urlencode([*pairs, ("data", version)]), fragment=""))


def onward(page: str, resolved: Filters, version: str, **more: str) -> str:
    """From one page to another with the same filters, and `more` in the address, such as `behind="csat"`."""
    return f"{explicit(f'/{page}', resolved, version)}&{urlencode(more)}"
