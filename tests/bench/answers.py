"""What answers cost: each against its own SQL on a bare connection, and all of them as the data grows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

import queries
from data.store import Store
from queries import engine
from queries.filters import Filters
from tests.bench.measure import Ratio

PAIRS = 3
NOTICED = 0.05  # seconds: what takes less is a matter of Python's own time
NOW = Filters(range="last-12m")
SLICES = (None, "month", "channel")


def each(path: Path) -> Iterator[Ratio]:
    """Every metric, overall, by month and by channel, through the door and bare; and the one that is furthest off."""
    store = Store.open(path)
    found = [_metric(store, name) for name in queries.METRICS]
    store.close()
    ours, bare = [list(map(sum, zip(*(one[side] for one in found), strict=True))) for side in (1, 2)]
    yield Ratio(f"every metric of {len(found)}", ours, bare, limit=1.3, unit="s")
    slow = [one for one in found if statistics.median(one[2]) >= NOTICED] or found
    worst = max(slow, key=lambda one: statistics.median(one[1]) / statistics.median(one[2]))
    yield Ratio(f"the furthest off: {worst[0]}", worst[1], worst[2], limit=1.3, unit="s")


def _metric(store: Store, name: str) -> tuple[str, list[float], list[float]]:
    asks = [queries.Ask(name, NOW, by) for by in SLICES if by != "channel" or queries.METRICS[name].rows != "accounts"]
    texts = [bare_text(ask, store) for ask in asks]
    ours, bare = [], []
    for _ in range(PAIRS):
        engine.forget()
        queries.as_of(store)  # how far the data goes is asked once for everything
        ours.append(_took(lambda: [queries.answer(ask.metric, ask.filters, ask.by, store) for ask in asks]))
        with store.cursor() as cursor:
            bare.append(_took(lambda cursor=cursor: _run(cursor, texts)))  # type: ignore[misc]
    return name, ours, bare


def bare_text(ask: queries.Ask, store: Store) -> tuple[str, dict[str, object]]:
    """The SQL behind a question, and the values it names."""
    sql = queries.sql_of(ask.metric, ask.filters, ask.by, store)
    return sql, engine.named(sql, ask.filters.parameters(queries.as_of(store).date()))  # type: ignore[union-attr]


def _run(cursor: duckdb.DuckDBPyConnection, texts: list[tuple[str, dict[str, object]]]) -> None:
    for sql, parameters in texts:
        cursor.execute(sql, parameters).df()


def _took(call) -> float:  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
