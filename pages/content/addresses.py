"""A link that shows the same to everybody, whenever it is opened: every filter spelled out, dates instead of `last-90d`."""

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit, urlunsplit

from pages.content.filter_choices import CHOICES, slices
from pages.streamlit_server import base_path
from queries.filters import Filters


def below(path: str) -> str:
    """The path as browsers ask for it, also where `server.baseUrlPath` puts something before it."""
    base = base_path()
    return f"/{base}{path}" if base else path


def explicit(address: str, resolved: Filters, version: str, chosen: Iterable[tuple[str, str]] = ()) -> str:
    """`address` is the page's; `version` lets the page say that the data has changed since the link was copied. `chosen` is what
    else stands in the address, such as the number a page is about."""
    days = [("from", resolved.start), ("to", resolved.end), ("before", resolved.before)]
    pairs = [("range", resolved.range), *((key, day.isoformat()) for key, day in days if day)]
    pairs += [(choice.key, str(getattr(resolved, choice.key))) for choice in CHOICES[1:]]
    pairs += [(key, value) for key in slices() for value in resolved.of(key)]
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path or "/", query=urlencode([*pairs, *chosen, ("data", version)]), fragment=""))


def others(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of an address, what is no filter: the choices of the page itself."""
    filters = {"from", "to", "before", "data", *(choice.key for choice in CHOICES), *slices()}
    return [(key, value) for key, value in pairs if key not in filters]


def onward(page: str, resolved: Filters, version: str, **more: str) -> str:
    """From one page to another with the same filters, and `more` in the address, such as `behind="csat"`."""
    return f"{explicit(f'/{page}', resolved, version)}&{urlencode(more)}"
