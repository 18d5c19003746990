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
from queries.catalogue import Metric, metrics, placed
from queries.compose import answer_body, excluded_body, rows_body
from queries.filters import Filters
from queries.options import options
from queries.question import Asked, Question
from queries.views import view

METRICS = metrics()
EMPTY = "select not exists (from facts) and not exists (from answers) and not exists (from accounts) as nothing"

__all__ = [
    "METRICS",
    "Ask",
    "Filters",
    "Metric",
    "Question",
    "UnknownMetric",
    "answer",
    "answers",
    "as_of",
    "doubts",
    "empty",
    "excluded",
    "metric",
    "options",
    "placed",
    "question",
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


def question(name: str, filters: Filters | None = None, by: str | None = None) -> Question:
    """The question behind a metric's number. Raises UnknownMetric."""
    return Question(metric(name), filters or Filters(), by)


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
    asked = question(name, filters).on(store)
    sql = asked.sql(excluded_body(metric(name)), dropped=True)
    counts = asked.remembered((sql,), lambda: asked.table(sql))
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
    asked, found = question(name, filters).on(store), metric(name)
    newest = {"tickets": "created_at desc, id", "answers": "said_at desc, customer", "accounts": "customer"}[found.rows]
    sql = asked.sql(rows_body(found, left_out), dropped=True)
    return asked.table(f"{sql} order by {newest} limit {int(limit)} offset {int(offset)}")


def sql_of(name: str, filters: Filters | None = None, by: str | None = None, store: Store | None = None) -> str:
    """The SQL text behind the number, as it is run."""
    return question(name, filters, by).on(store).sql(answer_body(metric(name)))


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
    asked = question(ask.metric, ask.filters, ask.by).on(store)
    return engine.remembered(store, _key(ask), lambda: _compute(asked, metric(ask.metric)))[metric(ask.metric).id]


def _key(ask: Ask) -> tuple[object, ...]:
    """What is worked out at once is remembered under one name."""
    found = metric(ask.metric).id
    return "answer", survival_curves.kin(found) or found, ask.filters, ask.by


def _compute(asked: Asked, found: Metric) -> dict[str, pd.DataFrame]:
    if kin := survival_curves.kin(found.id):
        frames = survival_curves.apart(asked.table(asked.sql(survival_curves.shared_body(kin))), kin)
    else:
        frames = {found.id: asked.table(asked.sql(answer_body(found)))}
    return {name: _tidied(frame, metric(name), asked) for name, frame in frames.items()}


def _tidied(frame: pd.DataFrame, found: Metric, asked: Asked) -> pd.DataFrame:
    start, end = asked.question.filters.period(asked.extent.today)
    answer = engine.tidy(frame, asked.question.by, found.unit, start, end, asked.extent)
    if asked.extent.as_of is None:  # no data at all is not a count of 0
        answer.loc[answer["n"] == 0, "value"] = None
    return answer
