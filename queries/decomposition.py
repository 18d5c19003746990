"""Why a number changed: its change split exactly into who came (mix) and how it went (rate), by the values of one dimension."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

import queries
from data.store import Store
from queries import dimensions, engine, significance
from queries.catalogue import Metric
from queries.compose import answer_body
from queries.filters import Filters
from queries.question import Asked

CLOSE = 1e-6  # by how much the parts may miss the whole before we say that they are not its parts


@dataclass(frozen=True, eq=False)
class Split:
    """The change of a metric by one dimension.

    `parts` has a row a value: slice, n_before, n, share_before, share (of all rows, 0 to 1), value_before, value, mix, rate, seen
    ("both", "new", "gone"), real (whether its own value changed more than chance) and noise (standard error of that change).
    The sum of `mix` and `rate` over all rows is the change.
    """

    metric: Metric
    by: str
    change: significance.Change
    parts: pd.DataFrame

    @property
    def mix(self) -> float:
        """What the change would be if only the shares had moved."""
        return float(self.parts["mix"].sum())

    @property
    def rate(self) -> float:
        """What the change would be if only the values within had moved."""
        return float(self.parts["rate"].sum())

    @property
    def explains(self) -> float:
        """How much this dimension tells, in the metric's unit: the mix, and how unequally the values moved beyond chance.

        Where everything moved alike and the mix stayed, the dimension has nothing to do with the change.
        """
        both = self.parts[self.parts["seen"] == "both"]
        apart = (both["value"] - both["value_before"] - self.rate) ** 2
        beyond = (both["share"] + both["share_before"]) / 2 * (apart - both["noise"].fillna(math.inf) ** 2)
        spread = float(beyond[beyond > -math.inf].sum())
        return abs(self.mix) + math.sqrt(max(spread, 0.0))


def splits(metric: Metric) -> bool:
    """Whether the number is a mean over its rows; a share, a balance and the NPS are means too. A median is not."""
    return metric.made.averages


def ranked(metric: Metric) -> bool:
    """Whether the number is a median or another rank, which no split adds up to."""
    return metric.made.ranks


def kitagawa(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """The symmetric split (Kitagawa 1955) of the change between two answers (slice, value, n), a row a slice: mix and rate.

    mix = change of the share x (the slice's value - the whole's value), both at the middle of the two periods.
    rate = change of the value x the share, in the middle. Measuring from the whole leaves the sum as it is, because the changes
    of the shares sum to nothing; it makes a single part readable: more of what lies below the whole pulls it down.
    A slice of one period only has no change of its own value, so all of its part is mix.
    """
    cells = before[before["n"] > 0].merge(now[now["n"] > 0], on="slice", how="outer", suffixes=("_before", ""))
    cells["seen"] = cells["n"].isna().map({True: "gone", False: "both"}).mask(cells["n_before"].isna(), "new")
    for own, other in (("_before", ""), ("", "_before")):
        cells[f"n{own}"] = cells[f"n{own}"].astype(float).fillna(0.0)
        cells[f"share{own}"] = cells[f"n{own}"] / cells[f"n{own}"].sum()
        cells[f"level{own}"] = cells[f"value{own}"].astype(float).fillna(cells[f"value{other}"].astype(float))
    whole = sum((cells[f"share{at}"] * cells[f"level{at}"]).sum() for at in ("", "_before")) / 2
    middle = (cells["level"] + cells["level_before"]) / 2
    cells["mix"] = (cells["share"] - cells["share_before"]) * (middle - whole)
    cells["rate"] = (cells["level"] - cells["level_before"]) * (cells["share"] + cells["share_before"]) / 2
    return cells.drop(columns=["level", "level_before"])


def split(name: str, by: str, filters: Filters, store: Store | None = None) -> Split | None:
    """The change against the period compared with, by one dimension.

    None where nothing is compared, a period is empty, there is only one value, or the slices are not parts of the number.
    """
    store, metric = engine.opened(store), queries.metric(name)
    earlier = filters.previous(engine.extent(store, filters.source).today)
    if earlier is None or not splits(metric) or by not in dimensions.of_rows(metric.rows):
        return None
    whole = [queries.answer(name, one, store=store) for one in (earlier, filters)]
    cells = [_cells(metric, by, one, store) for one in (earlier, filters)]
    if not all(_whole(part, answer) for part, answer in zip(cells, whole, strict=True)):
        return None
    parts = _judged(metric, kitagawa(*cells))
    return Split(metric, by, significance.change(metric, whole[1].iloc[0], whole[0].iloc[0]), parts) if len(parts) > 1 else None


def most_telling(
    name: str, filters: Filters, store: Store | None = None, heartbeat: Callable[[], object] | None = None
) -> list[Split]:
    """The split by every dimension that has one, the one that tells most first."""
    store = engine.opened(store)
    jobs = [partial(split, name, by, filters) for by in dimensions.placed("splits")]
    found = [one for one in engine.together(jobs, store, heartbeat) if one is not None]
    return sorted(found, key=lambda one: (-one.explains, len(one.parts)))


def narrowed(filters: Filters, by: str, value: str) -> Filters | None:
    """The filters for the rows of one part; None where no filter can name them."""
    return None if dimensions.nameless(by, value) else filters.narrowed(**{by: (value,)})


def _cells(metric: Metric, by: str, filters: Filters, store: Store) -> pd.DataFrame:
    if not dimensions.many(by):
        return queries.answer(metric.id, filters, by, store)
    asked = queries.question(metric.id, filters, dimensions.Joined(by)).on(store)
    return asked.remembered(("why", metric.id), lambda: _shared_out(metric, asked)).copy()


def _shared_out(metric: Metric, asked: Asked) -> pd.DataFrame:
    """A row about several themes counts in equal parts in each: only so do the parts add up to the whole."""
    found = asked.table(asked.sql(answer_body(metric)))
    found["slice"] = found["slice"].str.split(dimensions.JOINED, regex=False)
    found["n"] = found["n"] / found["slice"].str.len()
    found["total"] = found["value"] * found["n"]
    summed = found.explode("slice").groupby("slice", as_index=False)[["n", "total"]].sum()
    return summed.assign(value=summed["total"] / summed["n"], low=math.nan, high=math.nan)[["slice", "value", "low", "high", "n"]]


def _whole(cells: pd.DataFrame, answer: pd.DataFrame) -> bool:
    """Whether the slices hold every row of the overall answer once, and give its value back."""
    if answer.empty or not answer["n"].iloc[0] or pd.isna(answer["value"].iloc[0]):
        return False
    n, value = float(answer["n"].iloc[0]), float(answer["value"].iloc[0])
    counted = cells[cells["n"] > 0]
    mean = float((counted["value"] * counted["n"]).sum()) / n
    return math.isclose(counted["n"].sum(), n, rel_tol=CLOSE) and math.isclose(mean, value, rel_tol=CLOSE, abs_tol=CLOSE)


def _judged(metric: Metric, cells: pd.DataFrame) -> pd.DataFrame:
    """Whether each value's own change is more than chance, all of them looked at at once, and its standard error."""
    changes = [
        significance.change(metric, row[["value", "low", "high", "n"]], _earlier(row)) if row["seen"] == "both" else None
        for _, row in cells.iterrows()
    ]
    survived = iter(significance.surviving([one for one in changes if one is not None]))
    return cells.assign(
        real=[one is not None and next(survived) for one in changes],
        noise=[(one.high - one.low) / (2 * significance.SURE) if one else math.nan for one in changes],
    )


def _earlier(row: pd.Series) -> pd.Series:
    return row[["value_before", "low_before", "high_before", "n_before"]].set_axis(["value", "low", "high", "n"])
