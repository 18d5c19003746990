"""Numbers that are read off the same survival curve are read off it at once: making the curve is what takes time."""

from __future__ import annotations

from functools import cache

import pandas as pd

from queries.catalogue import Metric, metrics
from queries.compose import estimated

EACH = "done_by_each"  # the macro: several times off one curve


@cache
def kin(name: str) -> tuple[str, ...]:
    """The metrics on the curve of this one, itself among them, the same for each; empty where it is not read off a curve."""
    mine = metrics().get(name)
    if mine is None or mine.part is None:
        return ()
    return tuple(one.id for one in metrics().values() if one.part is not None and _curve(one) == _curve(mine))


def _curve(metric: Metric) -> tuple[object, ...]:
    """Everything its rows are made of."""
    rows = (metric.body, metric.measure, metric.seen, metric.left_out, metric.counts)
    return *rows, metric.over, metric.rows, metric.moment, metric.event, metric.wants


def shared_body(names: tuple[str, ...]) -> str:
    """One row per slice and share: slice, share (0 to 1), value, low, high, n."""
    shares = ", ".join(str(metrics()[name].part) for name in names)
    return estimated(metrics()[names[0]], EACH, f", [{shares}]")


def apart(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The rows of each metric, as its own query would return them."""
    own = {name: frame[frame["share"] == metrics()[name].part] for name in names}
    return {name: found.drop(columns="share").reset_index(drop=True) for name, found in own.items()}
