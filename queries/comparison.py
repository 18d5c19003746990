"""Two slices beside each other: the same numbers for both, and which differences are more than chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

import queries
from data.store import Store
from queries import dimensions, significance
from queries.catalogue import Metric
from queries.filters import Filters


@dataclass(frozen=True, eq=False)
class Beside:
    """One number of two slices: rows of an answer (value, low, high, n), and left against right."""

    metric: Metric
    left: pd.Series
    right: pd.Series
    change: significance.Change  # `now` is the left one
    real: bool  # more than chance, all numbers judged together


def applicable(by: str, names: Sequence[str]) -> list[str]:
    """The metrics that know the dimension: customers have no channel."""
    return [name for name in names if by in dimensions.of_rows(queries.metric(name).rows)]


def narrowed(filters: Filters, by: str, value: str) -> Filters:
    """The same question about one slice. A filter on the dimension itself is set aside."""
    return filters.narrowed(**{by: (value,)})


def beside(
    by: str,
    left: str,
    right: str,
    names: Sequence[str],
    filters: Filters,
    store: Store,
    heartbeat: Callable[[], object] | None = None,
) -> list[Beside]:
    """Every applicable metric that both slices have. Raises KeyError for a dimension that nothing is compared by."""
    if by not in dimensions.placed("compares"):
        raise KeyError(by)
    sides = [narrowed(filters, by, value) for value in (left, right)]
    asks = [queries.Ask(name, side) for name in applicable(by, names) for side in sides]
    found = queries.answers(asks, store, heartbeat)
    rows = [
        (queries.metric(ask.metric), one.iloc[0], other.iloc[0])
        for ask, one, other in zip(asks[::2], found[::2], found[1::2], strict=True)
        if _told(one) and _told(other)
    ]
    changes = [significance.change(metric, one, other) for metric, one, other in rows]
    real = significance.surviving(changes)
    return [Beside(*row, change, sure) for row, change, sure in zip(rows, changes, real, strict=True)]


def _told(answer: pd.DataFrame) -> bool:
    return not answer.empty and bool(pd.notna(answer["value"].iloc[0]))
