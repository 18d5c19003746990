"""Small worlds put straight into the unified tables, so that a wrong number is the metric's fault and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from data.derived import facts
from data.store import Store

WORLD = Path(__file__).parent.parent / "world"
TABLES = ("tickets", "messages", "responses", "customers", "subscriptions", "events", "orders")
Rows = Sequence[Mapping[str, object]]


def fill(store: Store, timezone: str = "UTC", **tables: Rows) -> Store:
    """Replace everything in `store` by these rows."""
    with store.writing() as cursor:
        cursor.execute("delete from settings where key in ('timezone', 'themes_of')")  # no import tells that the texts are others
        cursor.execute("insert into settings values ('timezone', ?)", [timezone])
        for table in TABLES:
            cursor.execute(f"delete from {table}")
            rows = tables.get(table, ())
            if rows:
                # as text: an empty column has no type of its own, and the table knows the right one
                frame = pd.DataFrame([{k: None if v is None else str(v) for k, v in row.items()} for row in rows], dtype=object)
                cursor.register("given", frame)
                columns = ", ".join(f"try_cast({name} as varchar) as {name}" for name in frame.columns)
                cursor.execute(f"insert into {table} by name select {columns} from given")
                cursor.unregister("given")
        facts.rebuild(cursor)
    return store


def small_world(store: Store) -> Store:
    """The tickets, messages, answers and customers of tests/world."""

    def read(name: str) -> Rows:
        found = pd.read_csv(WORLD / f"{name}.csv", dtype=str, keep_default_na=False)
        return [{key: value or None for key, value in row.items()} for row in found.to_dict("records")]

    return fill(store, **{name: read(name) for name in TABLES if (WORLD / f"{name}.csv").exists()})
