"""The rows behind a number, as someone reads them: searched, sorted, page by page, or all of them piece by piece."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

import queries
from data.store import Store
from queries import engine
from queries.columns import for_everybody
from queries.compose import rows_body
from queries.filters import Filters
from queries.question import Asked, Question

PIECE = 5_000
SHOWN = 200  # rows that stand on a screen where there is no way to turn pages
MOST = 1_000_000  # rows one file may have: as many as a spreadsheet takes


@dataclass(frozen=True)
class Selection:
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


def columns(selection: Selection, store: Store | None = None) -> list[str]:
    """The columns the rows have, in reading order."""
    store = engine.opened(store)
    key = ("columns", selection.metric, selection.left_out, selection.for_everybody)
    return list(engine.remembered(store, key, lambda: tuple(_table(store, selection, "limit 0").columns)))


def count(selection: Selection, store: Store | None = None) -> int:
    """How many there are."""
    store = engine.opened(store)
    asked = _question(selection).on(store)
    sql = f"select count(*) as n from ({_sql(asked, selection)})"
    return int(asked.remembered(("count", selection), lambda: asked.table(sql, **_more(selection)))["n"].iloc[0])


def page(
    selection: Selection,
    sort: str = "",
    descending: bool = True,
    limit: int = 100,
    offset: int = 0,
    store: Store | None = None,
) -> pd.DataFrame:
    """One page of them; `sort` is one of `columns`. Raises ValueError for any other."""
    store = engine.opened(store)
    known = columns(selection, store)
    if sort and sort not in known:
        raise ValueError(f"there is no column '{sort}'; there are {', '.join(known)}")
    first = [f'"{sort}" {"desc" if descending else "asc"} nulls last'] if sort else []
    order = ", ".join([*first, *(f'"{name}"{way}' for name, way in _newest(known))])
    return _table(store, selection, f"order by {order} limit {int(limit)} offset {int(offset)}")


def pieces(selection: Selection, store: Store | None = None, most: int = MOST) -> Iterator[pd.DataFrame]:
    """All of them, newest first, a few thousand at a time."""
    store = engine.opened(store)
    worst = [f'"{selection.worst}" desc'] if selection.worst else []
    order = ", ".join([*worst, *(f'"{name}"{way}' for name, way in _newest(columns(selection, store)))])
    asked = _question(selection).on(store)
    sql = f"{_sql(asked, selection)} order by {order} limit {int(most)}"
    with store.cursor() as cursor:
        cursor.execute(sql, engine.named(sql, asked.parameters | _more(selection)))
        while rows := cursor.fetchmany(PIECE):
            yield pd.DataFrame(rows, columns=[column[0] for column in cursor.description or ()], dtype=object)


def _newest(known: Collection[str]) -> list[tuple[str, str]]:
    """A lasting order: by time where there is one, then by name."""
    wanted = (("created_at", " desc nulls last"), ("said_at", " desc nulls last"), ("id", ""), ("customer", ""))
    return [(name, way) for name, way in wanted if name in known] or [(next(iter(known)), "")]


def _table(store: Store, selection: Selection, tail: str) -> pd.DataFrame:
    asked = _question(selection).on(store)
    return asked.table(f"{_sql(asked, selection)} {tail}", **_more(selection))


def _question(selection: Selection) -> Question:
    return Question(queries.metric(selection.metric), selection.filters)


def _sql(asked: Asked, selection: Selection) -> str:
    inner = asked.sql(rows_body(queries.metric(selection.metric), selection.left_out, selection.only), dropped=True)
    hidden = [] if selection.left_out else ["left_out_because"]
    allowed = f" and c in ({_listed(for_everybody())})" if selection.for_everybody else ""
    shown = f"lambda c: c not in ({_listed(hidden)}){allowed}"
    words = "lower(concat_ws(' ', *columns(lambda c: c not in ('url', 'left_out_because'))))"
    tests = [f"contains({words}, $search)"] if selection.search.strip() else []
    tests += ["left_out_because = $reason"] if selection.left_out and selection.reason else []
    where = f" where {' and '.join(tests)}" if tests else ""
    return f"select * from (select columns({shown}) from ({inner})){where}"


def _listed(names: Collection[str]) -> str:
    return ", ".join("'" + name.replace("'", "''") + "'" for name in names) or "''"


def _more(selection: Selection) -> dict[str, object]:
    """What the placeholders of its own hold."""
    more: dict[str, object] = {"search": selection.search.strip().lower()} if selection.search.strip() else {}
    more |= {} if selection.minutes is None else {"minutes": selection.minutes}
    return more | ({"reason": selection.reason} if selection.left_out and selection.reason else {})
