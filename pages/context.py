"""One reader looking at one page: who, with which filters, at which data. Pages ask for it with `context.current()`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime

import queries
from data.store import Store
from pages.access.reader import Reader
from pages.document.blocks import Block
from queries.filters import Filters


@dataclass(frozen=True)
class Context:
    """Everything a page may know about the request; pages never look at the address or the session themselves."""

    reader: Reader
    filters: Filters
    store: Store
    as_of: datetime | None  # None while nothing that is imported has a date
    heartbeat: Callable[[], object] | None = None  # called while answers are awaited; raises when the reader has moved on
    fit: Callable[[Block], Sequence[Block]] | None = None  # of a guest's page: what may be drawn of a block
    chosen: Mapping[str, str] | None = None  # what a shared page is about; None where its reader chooses
    smallest: int = 0  # rows that a number must rest on for this reader; 0 where all are shown
    keys: Counter[str] = field(default_factory=Counter, compare=False, repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing is imported yet."""
        return queries.empty(self.store)

    @property
    def today(self) -> date | None:
        """The day that relative periods count back from."""
        return self.as_of.date() if self.as_of else None

    def key(self, name: str) -> str:
        """`name`, or `name-2` when the page has used it already: Streamlit wants every key once."""
        self.keys[name] += 1
        return name if self.keys[name] == 1 else f"{name}-{self.keys[name]}"


_current: ContextVar[Context] = ContextVar("visit")


def current() -> Context:
    """The visit that the running page belongs to."""
    return _current.get()


@contextmanager
def of(visit: Context) -> Iterator[None]:
    """Makes `visit` the current one; the shell does so around a page, a report around the pages it prints."""
    token = _current.set(visit)
    try:
        yield
    finally:
        _current.reset(token)
