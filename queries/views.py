"""Results with a shape of their own (heat map, curve, cohort table): every .sql file under queries/views is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from data.store import Store
from queries import engine
from queries.catalogue import MOMENTS
from queries.compose import view_sql
from queries.dimensions import UnknownDimension, check
from queries.filters import Filters
from queries.tags import ready

HERE = Path(__file__).parent / "views"


class UnknownView(ValueError):
    """No view has that name; the message lists those there are."""


class BrokenView(Exception):
    """A view's header is incomplete; the message names the file and the key."""


@dataclass(frozen=True)
class View:
    """One shaped result: what it shows, the rows it is sliced over, and the SQL."""

    id: str
    title: str
    rows: str  # tickets, answers or accounts: what `by` slices
    sql: str
    caveat: tuple[str, ...] = ()
    event: str = ""  # the stamp used instead of the created date when attribution is "event"

    @property
    def moment(self) -> str:
        """The stamp that puts a row into a period."""
        return MOMENTS[self.rows]


@cache
def views() -> Mapping[str, View]:
    """Every view by id."""
    return MappingProxyType({path.stem: read(path) for path in sorted(HERE.glob("*.sql"))})


def read(path: Path) -> View:
    """One view from its file: header lines `-- key: value`, then the SQL. Raises BrokenView."""
    text = path.read_text()
    header = re.match(r"(?:-- \w+: .+\n)*", text)
    said = re.findall(r"-- (\w+): (.+)", header[0] if header else "")
    only = dict(said)
    if unknown := set(only) - {"title", "rows", "caveat", "event"}:
        raise BrokenView(f"{path.name}: unknown key '{sorted(unknown)[0]}'")
    if not only.get("title") or only.get("rows") not in MOMENTS:
        raise BrokenView(f"{path.name}: title and rows (one of {', '.join(MOMENTS)}) are needed")
    body = text[header.end() if header else 0 :].strip().rstrip(";")
    return View(
        path.stem, only["title"], only["rows"], body, tuple(value for key, value in said if key == "caveat"), only.get("event", "")
    )


def definition(name: str) -> View:
    """The view behind a name. Raises UnknownView."""
    if name not in views():
        raise UnknownView(f"there is no view '{name}'; there are {', '.join(views())}")
    return views()[name]


def view(
    name: str, filters: Filters | None = None, by: str | None = None, store: Store | None = None, **parameters: object
) -> pd.DataFrame:
    """The view under these filters, in its own columns. `parameters` fill placeholders of its own."""
    store, filters, found = engine.opened(store), filters or Filters(), definition(name)
    check(by, found.rows)
    ready(store, filters, "theme" if name.startswith("theme") else by)
    key = ("view", name, filters, by, *sorted(parameters.items()))
    return engine.remembered(store, key, lambda: _compute(store, found, filters, by, parameters)).copy()


def sql_of(name: str, filters: Filters | None = None, by: str | None = None, store: Store | None = None) -> str:
    """The SQL text behind a view, as it is run; its placeholders stand in it by name."""
    filters, found = filters or Filters(), definition(name)
    return view_sql(found, found.sql, filters, by, engine.extent(engine.opened(store), filters.source))


def values(filters: Filters, store: Store) -> dict[str, object]:
    """What the filters fill into the placeholders of any query: of the period, and of the one compared with."""
    today = engine.extent(store, filters.source).today
    earlier = filters.previous(today)
    before = earlier.parameters(today) if earlier else {}
    return filters.parameters(today) | {"before_start": before.get("start"), "before_end": before.get("end")}


def _compute(store: Store, found: View, filters: Filters, by: str | None, parameters: dict[str, object]) -> pd.DataFrame:
    sql = view_sql(found, found.sql, filters, by, engine.extent(store, filters.source))
    frame = engine.table(store, sql, values(filters, store) | parameters)
    if by and "slice" not in frame:
        raise UnknownDimension(f"the view '{found.id}' is not sliced")
    return frame
