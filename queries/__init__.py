"""The only door to reading: ask for a metric, get `slice, value, low, high, n`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import pandas as pd

from data.cells.doubts import Doubt
from data.store import Store
from data.themes import tagging
from queries import engine, open_doubts, survival_curves
from queries.catalogue import Metric, metrics
from queries.compose import Extent, answer_sql, excluded_sql, rows_sql
from queries.dimensions import check
from queries.filters import Filters
from queries.options import options
from queries.tags import ready
from queries.views import view

METRICS = metrics()
EMPTY = "select not exists (from facts) and not exists (from answers) and not exists (from accounts) as nothing"

__all__ = [
    "METRICS",
    "Ask",
    "Filters",
    "Metric",
    "UnknownMetric",
    "answer",
    "answers",
    "as_of",
    "doubts",
    "empty",
    "excluded",
    "metric",
    "options",
    "rows",
    "settle",
    "sql_of",
    "view",
]


class UnknownMetric(ValueError):
    """No metric has that id; the message lists those there are."""


@dataclass(frozen=True)
class Ask:
    """One question: which metric, over what, sliced how."""

    metric: str
    filters: Filters = field(default_factory=Filters)
    by: str | None = None


def metric(name: str) -> Metric:
    """The definition behind an id, or behind another name of it. Raises UnknownMetric."""
    found = METRICS.get(name) or next((one for one in METRICS.values() if name in one.also), None)
    if found is None:
        raise UnknownMetric(f"there is no metric '{name}'; there are {', '.join(METRICS)}")
    return found


def answer(name: str, filters: Filters | None = None, by: str | None = None, store: Store | None = None) -> pd.DataFrame:
    """The metric under these filters: one row per slice with value, 95 % interval (low, high) and n.

    Units are the metric's; unknown is NaN. Raises UnknownMetric and UnknownDimension.
    """
    return _answer(Ask(name, filters or Filters(), by), engine.opened(store)).copy()


def answers(asks: Sequence[Ask], store: Store | None = None, heartbeat: Callable[[], object] | None = None) -> list[pd.DataFrame]:
    """Many questions at once, in parallel. `heartbeat` is called while waiting and may raise to give up."""
    store = engine.opened(store)
    unknown = {_key(ask): ask for ask in asks if not engine.known(store, _key(ask))}
    if unknown:  # handing what is there to other threads would take longer
        engine.together([partial(_answer, ask) for ask in unknown.values()], store, heartbeat)
    return [_answer(ask, store).copy() for ask in asks]


def excluded(name: str, filters: Filters | None = None, store: Store | None = None) -> dict[str, int]:
    """How many rows the metric leaves out, by reason."""
    store, filters, found = engine.opened(store), filters or Filters(), metric(name)
    ready(store, filters, over=found.over)
    sql = excluded_sql(found, filters, engine.extent(store, filters.source))
    counts = engine.remembered(store, (sql, filters), lambda: engine.table(store, sql, _parameters(store, filters)))
    return {str(reason): int(n) for reason, n in zip(counts["reason"], counts["n"], strict=True)}


def doubts(name: str, filters: Filters | None = None, store: Store | None = None, by: str | None = None) -> tuple[Doubt, ...]:
    """The open questions that the number rests on: assumed for now, and not known."""
    return open_doubts.resting_on(metric(name), filters or Filters(), by, engine.opened(store))


def rows(
    name: str,
    filters: Filters | None = None,
    limit: int = 1000,
    offset: int = 0,
    left_out: bool = False,
    store: Store | None = None,
) -> pd.DataFrame:
    """The rows behind the number, newest first; with `left_out`, the rows it leaves out and why."""
    store, filters, found = engine.opened(store), filters or Filters(), metric(name)
    ready(store, filters, over=found.over)
    newest = {"tickets": "created_at desc, id", "answers": "said_at desc, customer", "accounts": "customer"}[found.rows]
    sql = rows_sql(found, filters, engine.extent(store, filters.source), left_out)
    return engine.table(store, f"{sql} order by {newest} limit {int(limit)} offset {int(offset)}", _parameters(store, filters))


def sql_of(name: str, filters: Filters | None = None, by: str | None = None, store: Store | None = None) -> str:
    """The SQL text behind the number, as it is run."""
    filters = filters or Filters()
    return answer_sql(metric(name), filters, by, engine.extent(engine.opened(store), filters.source))


def as_of(store: Store | None = None) -> datetime | None:
    """The newest stamp of the data, on the workspace's clock; None while there is none."""
    return engine.extent(engine.opened(store)).as_of


def empty(store: Store | None = None) -> bool:
    """Whether nothing is imported yet; data without dates is data too."""
    store = engine.opened(store)
    return engine.remembered(store, ("empty",), lambda: bool(engine.table(store, EMPTY, {})["nothing"].iloc[0]))


def settle(store: Store, tell: Callable[[str], None]) -> None:
    """Do after an import what the first question would have to wait for; `tell` says what is being done."""
    tell("Working out the numbers")
    engine.opened(store)
    tell("Naming the themes")
    tagging.up_to_date(store)


def _answer(ask: Ask, store: Store) -> pd.DataFrame:
    found = metric(ask.metric)
    check(ask.by, found.rows)
    ready(store, ask.filters, ask.by, found.over)
    return engine.remembered(store, _key(ask), lambda: _compute(ask, found, store))[found.id]


def _key(ask: Ask) -> tuple[object, ...]:
    """What is worked out at once is remembered under one name."""
    found = metric(ask.metric).id
    return "answer", survival_curves.kin(found) or found, ask.filters, ask.by


def _compute(ask: Ask, found: Metric, store: Store) -> dict[str, pd.DataFrame]:
    reach = engine.extent(store, ask.filters.source)
    parameters = ask.filters.parameters(reach.today)
    if kin := survival_curves.kin(found.id):
        frames = survival_curves.apart(
            engine.table(store, survival_curves.shared_sql(kin, ask.filters, ask.by, reach), parameters), kin
        )
    else:
        frames = {found.id: engine.table(store, answer_sql(found, ask.filters, ask.by, reach), parameters)}
    return {name: _tidied(frame, metric(name), ask, reach) for name, frame in frames.items()}


def _tidied(frame: pd.DataFrame, found: Metric, ask: Ask, reach: Extent) -> pd.DataFrame:
    start, end = ask.filters.period(reach.today)
    answer = engine.tidy(frame, ask.by, found.unit, start, end, reach)
    if reach.as_of is None:  # no data at all is not a count of 0
        answer.loc[answer["n"] == 0, "value"] = None
    return answer


def _parameters(store: Store, filters: Filters) -> dict[str, object]:
    return filters.parameters(engine.extent(store, filters.source).today)
