"""Numbers that are read off the same survival curve are read off it at once: making the curve is what takes time."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from queries.catalogue import Metric, metrics
from queries.compose import Extent, Scoped, view_sql
from queries.filters import Filters

READ_OFF = re.compile(r"\bdone_by\('(\w+)', ([\d.]+)\)")  # the macro: whose waits, and by when which share is done


@cache
def kin(name: str) -> tuple[str, ...]:
    """The metrics on the curve of this one, itself among them, the same for each; empty where it is not read off a curve."""
    mine = metrics()[name]
    same = [one.id for one in metrics().values() if _curve(one) == _curve(mine)]
    return tuple(same) if READ_OFF.search(mine.sql) else ()


def _curve(metric: Metric) -> tuple[str, ...]:
    return READ_OFF.sub(r"done_by('\1')", metric.sql), metric.rows, metric.moment, metric.event


def shared_sql(names: tuple[str, ...], filters: Filters, by: str | None, extent: Extent) -> str:
    """One row per slice and share: slice, share (0 to 1), value, low, high, n."""
    shares = ", ".join(str(share(metrics()[name])) for name in names)
    asked: Scoped = metrics()[names[0]]
    return view_sql(asked, READ_OFF.sub(rf"done_by_each('\1', [{shares}])", metrics()[names[0]].sql), filters, by, extent)


def share(metric: Metric) -> float:
    """What part has to be done at the time it tells. Raises ValueError where it is not read off a curve."""
    if found := READ_OFF.search(metric.sql):
        return float(found[2])
    raise ValueError(f"{metric.id} is not read off a survival curve")


def apart(frame: pd.DataFrame, names: tuple[str, ...]) -> dict[str, pd.DataFrame]:
    """The rows of each metric, as its own query would return them."""
    own = {name: frame[frame["share"] == share(metrics()[name])] for name in names}
    return {name: found.drop(columns="share").reset_index(drop=True) for name, found in own.items()}
