"""The rows behind a number, as someone reads them: searched, sorted, page by page, or all of them piece by piece."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

import queries
from data.store import Store
from queries import engine
from queries.columns import for_everybody
from queries.compose import rows_sql
from queries.filters import Filters
from queries.tags import ready

PIECE = 5_000
SHOWN = 200  # rows that stand on a screen where there is no way to turn pages
MOST = 1_000_000  # rows one file may have: as many as a spreadsheet takes


@dataclass(frozen=True)
class Question:
    """Which rows, and which of their columns: others are neither shown nor searched nor sorted by."""

    metric: str
    filters: Filters
    left_out: bool = False
    search: str = ""
    reason: str = ""  # of those left out, only these
    for_everybody: bool = False  # only the columns that are listed as not personal
    only: str = ""  # a test of ours, SQL over a row of `compose.judged`
    minutes: float | None = None  # the limit that such a test speaks of
    worst: str = ""  # the column of which the largest stand first in a file, where that is not the newest


def columns(asked: Question, store: Store | None = None) -> list[str]:
    """The columns the rows have, in reading order."""
    store = engine.opened(store)
    key = ("columns", asked.metric, asked.left_out, asked.for_everybody)
    return list(engine.remembered(store, key, lambda: tuple(_table(store, asked, "limit 0").columns)))


def count(asked: Question, store: Store | None = None) -> int:
    """How many there are."""
    store = engine.opened(store)
    sql = f"select count(*) as n from ({_sql(store, asked)})"
    return int(engine.remembered(store, ("count", asked), lambda: engine.table(store, sql, _parameters(store, asked)))["n"].iloc[0])


def page(
    asked: Question,
    sort: str = "",
    descending: bool = True,
    limit: int = 100,
    offset: int = 0,
    store: Store | None = None,
) -> pd.DataFrame:
    """One page of them; `sort` is one of `columns`. Raises ValueError for any other."""
    store = engine.opened(store)
    known = columns(asked, store)
    if sort and sort not in known:
        raise ValueError(f"there is no column '{sort}'; there are {', '.join(known)}")
    first = [f'"{sort}" {"desc" if descending else "asc"} nulls last'] if sort else []
    order = ", ".join([*first, *(f'"{name}"{way}' for name, way in _newest(known))])
    return _table(store, asked, f"order by {order} limit {int(limit)} offset {int(offset)}")


def pieces(asked: Question, store: Store | None = None, most: int = MOST) -> Iterator[pd.DataFrame]:
    """All of them, newest first, a few thousand at a time."""
    store = engine.opened(store)
    worst = [f'"{asked.worst}" desc'] if asked.worst else []
    order = ", ".join([*worst, *(f'"{name}"{way}' for name, way in _newest(columns(asked, store)))])
    sql = f"{_sql(store, asked)} order by {order} limit {int(most)}"
    with store.cursor() as cursor:
        cursor.execute(sql, engine.named(sql, _parameters(store, asked)))
        while rows := cursor.fetchmany(PIECE):
            yield pd.DataFrame(rows, columns=[column[0] for column in cursor.description or ()], dtype=object)


def _newest(known: Collection[str]) -> list[tuple[str, str]]:
    """A lasting order: by time where there is one, then by name."""
    wanted = (("created_at", " desc nulls last"), ("said_at", " desc nulls last"), ("id", ""), ("customer", ""))
    return [(name, way) for name, way in wanted if name in known] or [(next(iter(known)), "")]


def _table(store: Store, asked: Question, tail: str) -> pd.DataFrame:
    return engine.table(store, f"{_sql(store, asked)} {tail}", _parameters(store, asked))


def _sql(store: Store, asked: Question) -> str:
    metric = queries.metric(asked.metric)
    ready(store, asked.filters, needs_tags=metric.needs_tags)
    inner = rows_sql(metric, asked.filters, engine.extent(store, asked.filters.source), asked.left_out, asked.only)
    hidden = [] if asked.left_out else ["left_out_because"]
    allowed = f" and c in ({_listed(for_everybody())})" if asked.for_everybody else ""
    shown = f"lambda c: c not in ({_listed(hidden)}){allowed}"
    words = "lower(concat_ws(' ', *columns(lambda c: c not in ('url', 'left_out_because'))))"
    tests = [f"contains({words}, $search)"] if asked.search.strip() else []
    tests += ["left_out_because = $reason"] if asked.left_out and asked.reason else []
    where = f" where {' and '.join(tests)}" if tests else ""
    return f"select * from (select columns({shown}) from ({inner})){where}"


def _listed(names: Collection[str]) -> str:
    return ", ".join("'" + name.replace("'", "''") + "'" for name in names) or "''"


def _parameters(store: Store, asked: Question) -> dict[str, object]:
    known = asked.filters.parameters(engine.extent(store, asked.filters.source).today)
    search = {"search": asked.search.strip().lower()} if asked.search.strip() else {}
    known |= {} if asked.minutes is None else {"minutes": asked.minutes}
    return known | search | ({"reason": asked.reason} if asked.left_out and asked.reason else {})
