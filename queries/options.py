"""The values a filter can take: what is in the data, the most frequent first."""

from __future__ import annotations

from data.store import Store
from data.themes.taxonomy import titles
from queries import engine
from queries.filters import LISTS

MOODS = ("positive", "negative")
TABLES = {
    "facts": {
        "channel",
        "team",
        "agent",
        "priority",
        "type",
        "topic",
        "source",
        "segment",
        "plan",
        "country",
        "language",
        "customer",
    },
    "answers": {"channel", "team", "agent", "source", "segment", "plan", "country", "language", "survey", "customer"},
    "accounts": {"segment", "plan", "country", "language", "source", "customer"},
}


def options(dimension: str, store: Store | None = None) -> list[str]:
    """Every value of a filter, most frequent first. Raises KeyError for a name that is no filter."""
    if dimension not in LISTS:
        raise KeyError(dimension)
    if dimension == "theme":  # the taxonomy knows them; asking the data would have every page wait for tagging
        return list(titles())
    store = engine.opened(store)
    if dimension == "sentiment":  # known without tags, too
        return list(MOODS) if engine.remembered(store, ("commented",), lambda: _commented(store)) else []
    return list(engine.remembered(store, ("options", dimension), lambda: _options(dimension, store)))


def _commented(store: Store) -> bool:
    return bool(engine.table(store, "select exists (from answers where length(trim(comment)) > 0) as any", {})["any"].iloc[0])


def _options(dimension: str, store: Store) -> tuple[str, ...]:
    found = engine.table(
        store, f"select value from ({_values(dimension)}) where value is not null group by value order by sum(n) desc, value", {}
    )
    return tuple(str(value) for value in found["value"])


def _values(dimension: str) -> str:
    if dimension == "tag":
        return "select unnest(tags) as value, 1 as n from facts"
    return " union all ".join(
        f"select {dimension} as value, count(*) as n from {table} group by 1"
        for table, columns in TABLES.items()
        if dimension in columns
    )
