"""The values a filter can take: what is in the data, the most frequent first."""

from __future__ import annotations

from data.store import Store
from data.themes.taxonomy import titles
from queries import dimensions, engine
from queries.dimensions import Dimension

MOODS = ("positive", "negative")
STORED = {"tickets": "facts", "answers": "answers", "accounts": "accounts"}  # where the rows of each kind stand


def options(dimension: str, store: Store | None = None) -> list[str]:
    """Every value of a filter, most frequent first. Raises KeyError for a name that is no filter."""
    if dimension not in dimensions.filters():
        raise KeyError(dimension)
    asked = dimensions.known()[dimension]
    if asked.options == "taxonomy":  # asking the data would have every page wait for tagging
        return list(titles())
    store = engine.opened(store)
    if asked.options == "comments":  # known without tags, too
        return list(MOODS) if engine.remembered(store, ("commented",), lambda: _commented(store)) else []
    return list(engine.remembered(store, ("options", asked.name, asked.options), lambda: _options(asked, store)))


def _commented(store: Store) -> bool:
    return bool(engine.table(store, "select exists (from answers where length(trim(comment)) > 0) as any", {})["any"].iloc[0])


def _options(asked: Dimension, store: Store) -> tuple[str, ...]:
    found = engine.table(
        store, f"select value from ({_values(asked)}) where value is not null group by value order by sum(n) desc, value", {}
    )
    return tuple(str(value) for value in found["value"])


def _values(asked: Dimension) -> str:
    return " union all ".join(_counted(asked, rows) for rows in asked.options or asked.tables)


def _counted(asked: Dimension, rows: str) -> str:
    value = f"unnest({asked.of(rows)})" if asked.many else asked.of(rows)
    return f"select value, count(*) as n from (select {value} as value from {STORED[rows]} r) group by 1"
