"""Results with a shape of their own (heat map, curve, cohort table): every .sql file under queries/views is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from data.store import Store
from queries import headers
from queries.dimensions import UnknownDimension
from queries.filters import Filters
from queries.headers import MOMENTS
from queries.question import Asked, Question

HERE = Path(__file__).parent / "views"
NEEDED = ("title", "rows")
KNOWN = (*NEEDED, "caveat", "event", "wants", "needs_tags")


class UnknownView(ValueError):
    """No view has that name; the message lists those there are."""


@dataclass(frozen=True)
class View:
    """One shaped result: what it shows, the rows it is sliced over, and the SQL."""

    id: str
    title: str
    rows: str  # tickets, answers or accounts: what `by` slices
    sql: str
    caveat: tuple[str, ...] = ()
    event: str = ""  # the stamp used instead of the created date when attribution is "event"
    wants: str = ""  # "dropped": spam, merged and deleted tickets are rows like others
    needs_tags: str = ""  # "themes" or "moods": what texts have to be tagged with before it is asked

    @property
    def moment(self) -> str:
        """The stamp that puts a row into a period."""
        return MOMENTS[self.rows]


@cache
def views() -> Mapping[str, View]:
    """Every view by id."""
    return MappingProxyType({path.stem: read(path) for path in sorted(HERE.glob("*.sql"))})


def read(path: Path) -> View:
    """One view from its file. Raises BrokenHeader."""
    header = headers.read(path)
    header.check(KNOWN, NEEDED, ("caveat",))
    header.check_choices(headers.CHOICES)
    stated = {key: header.one(key) for key in KNOWN if key != "caveat"}
    return View(id=path.stem, sql=header.body, caveat=header.many("caveat"), **stated)


def definition(name: str) -> View:
    """The view behind a name. Raises UnknownView."""
    if name not in views():
        raise UnknownView(f"there is no view '{name}'; there are {', '.join(views())}")
    return views()[name]


def view(
    name: str, filters: Filters | None = None, by: str | None = None, store: Store | None = None, **parameters: object
) -> pd.DataFrame:
    """The view under these filters, in its own columns. `parameters` fill placeholders of its own."""
    found = definition(name)
    asked = Question(found, filters or Filters(), by).on(store)
    return asked.remembered(("view", name, *sorted(parameters.items())), lambda: _compute(asked, found, parameters)).copy()


def sql_of(name: str, filters: Filters | None = None, by: str | None = None, store: Store | None = None) -> str:
    """The SQL text behind a view, as it is run; its placeholders stand in it by name."""
    found = definition(name)
    return Question(found, filters or Filters(), by).on(store).sql(found.sql)


def _compute(asked: Asked, found: View, parameters: dict[str, object]) -> pd.DataFrame:
    frame = asked.table(asked.sql(found.sql), **parameters)
    if asked.question.by and "slice" not in frame:
        raise UnknownDimension(f"the view '{found.id}' is not sliced")
    return frame
