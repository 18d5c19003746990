"""Runs questions against the store: a cursor each, in parallel, remembered until the data changes."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import ContextVar
from datetime import date, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

import duckdb
import pandas as pd

from data import store as stores
from data.derived import facts
from data.store import Store
from queries import dimensions, sql_names
from queries.compose import Extent
from queries.periods import first_day, label

HERE = Path(__file__).parent
COLUMNS = ["slice", "value", "low", "high", "n"]
REMEMBERED = 20_000  # answers of a few hundred bytes to some kilobytes
LONGEST = timedelta(days=36525)  # a stamp of the year 1 must not draw a million empty days

T = TypeVar("T")
R = TypeVar("R")

_running: ContextVar[list[duckdb.DuckDBPyConnection] | None] = ContextVar("running", default=None)
_memory: OrderedDict[tuple[Any, ...], Any] = OrderedDict()  # the longest unasked first
_memory_lock = Lock()
_workers = ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2), thread_name_prefix="query")


def opened(store: Store | None) -> Store:
    """The store asked for, or the server's own, with the macros every metric relies on."""
    store = store or stores.default()
    store.prepare("macros", (HERE / "macros.sql").read_text())
    facts.up_to_date(store)
    return store


def remembered(store: Store, key: tuple[Any, ...], compute: Callable[[], T]) -> T:
    """`compute()` once per state of the data."""
    whole = (store.serial, store.version(), *key)
    with _memory_lock:
        if whole in _memory:
            _memory.move_to_end(whole)
            return cast(T, _memory[whole])
    found = compute()
    with _memory_lock:
        while len(_memory) >= REMEMBERED:
            _memory.popitem(last=False)
        _memory[whole] = found
    return found


def known(store: Store, key: tuple[Any, ...]) -> bool:
    """Whether that is remembered for the state the data has."""
    with _memory_lock:
        return (store.serial, store.version(), *key) in _memory


def forget() -> None:
    """Drop every remembered answer; for measurements."""
    with _memory_lock:
        _memory.clear()


def extent(store: Store, sources: tuple[str, ...] = ()) -> Extent:
    """First day and newest stamp of the data, or of the sources asked about."""
    return remembered(store, ("extent", sources), lambda: _extent(store, sources))


def _extent(store: Store, sources: tuple[str, ...]) -> Extent:
    with store.cursor() as cursor:
        first, as_of = cursor.execute((HERE / "extent.sql").read_text(), {"source": list(sources) or None}).fetchone() or (
            None,
            None,
        )
    return Extent(first.date() if first else None, as_of)


def table(store: Store, sql: str, parameters: Mapping[str, object]) -> pd.DataFrame:
    """Run one query and return its rows."""
    with store.cursor() as cursor:
        if (running := _running.get()) is not None:
            running.append(cursor)
        return cursor.execute(sql, named(sql, parameters)).df()


def named(sql: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """The parameters that the query names: DuckDB refuses any other."""
    return {name: parameters[name] for name in sql_names.placeholders(sql) if name in parameters}


def together(jobs: Sequence[Callable[[Store], R]], store: Store, heartbeat: Callable[[], object] | None = None) -> list[R]:
    """Run jobs in parallel. `heartbeat` is called while waiting; when it raises (the reader left), what runs is interrupted."""
    running: list[duckdb.DuckDBPyConnection] = []
    futures: list[Future[R]] = [_workers.submit(_watched, running, job, store) for job in jobs]
    try:
        pending = set(futures)
        while pending:
            _, pending = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
            if pending and heartbeat:
                heartbeat()
        return [future.result() for future in futures]
    except BaseException:
        for future in futures:
            future.cancel()
        for cursor in running:
            with suppress(duckdb.ConnectionException):  # finished and closed already
                cursor.interrupt()
        raise


def _watched(running: list[duckdb.DuckDBPyConnection], job: Callable[[Store], R], store: Store) -> R:
    """Run a job with its cursors in sight of whoever may have to interrupt them."""
    token = _running.set(running)
    try:
        return job(store)
    finally:
        _running.reset(token)


def tidy(found: pd.DataFrame, by: str | None, unit: str, first: date | None, last: date | None, reach: Extent) -> pd.DataFrame:
    """Slices in the order people read them; time without gaps: a missing count is 0, a missing rate is unknown (NaN)."""
    tidied = _ordered(found, by, unit, first, last, reach)
    unknown = [name for name in ("value", "low", "high") if tidied[name].dtype.kind not in "iu" or tidied[name].hasnans]
    return tidied.astype(dict.fromkeys(unknown, "float64"))


def _ordered(found: pd.DataFrame, by: str | None, unit: str, first: date | None, last: date | None, reach: Extent) -> pd.DataFrame:
    if by is None:
        return found if len(found) else pd.DataFrame([["all", 0 if unit == "count" else None, None, None, 0]], columns=COLUMNS)
    if dimensions.is_grain(by):
        return _without_gaps(found, by, unit, first, last, reach)
    if order := dimensions.known()[by].order:
        return found.set_index("slice").reindex([s for s in order if s in set(found["slice"])]).reset_index()
    return found.sort_values(["n", "slice"], ascending=[False, True], ignore_index=True)


def _without_gaps(found: pd.DataFrame, grain: str, unit: str, first: date | None, last: date | None, reach: Extent) -> pd.DataFrame:
    labels = sorted(found["slice"].dropna())
    if not labels:
        return found.iloc[:0]
    # Before the first and after the newest stamp nothing is known: no 0 there.
    last = min(last or first_day(labels[-1]), reach.today or date.max)
    first = max(first or first_day(labels[0]), reach.first or date.min, last - LONGEST)
    whole = found.dropna(subset=["slice"]).set_index("slice").reindex(sorted({*_labels(grain, first, last), *labels})).reset_index()
    whole["n"] = whole["n"].fillna(0).astype("int64")
    if unit == "count":
        whole["value"] = whole["value"].fillna(0)
    return whole


def _labels(grain: str, first: date, last: date) -> list[str]:
    days = (last - first).days + 1
    return [label(grain, first + timedelta(days=offset)) for offset in range(days)]
