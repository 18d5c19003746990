"""Was it kept? Every promise against the numbers: met, not met or cannot tell, its course, and what broke it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

import pandas as pd

import queries
from data.store import Store
from data.workspace import targets
from data.workspace.targets import Promise, Target, Version
from queries import engine, periods
from queries.catalogue import Metric
from queries.filters import Filters
from queries.row_search import Selection
from queries.views import view

Verdict = Literal["met", "missed", "unclear", "none"]
BACK = {"week": 26, "month": 12}
MANY_DAYS = 400  # beyond these a course by week is not read


@dataclass(frozen=True, eq=False)
class Judged:
    """One promise over a period. `course` has a row a week or month that is over: slice, value, low, high, n, goal, verdict."""

    target: Target
    version: Version
    filters: Filters  # what was asked: the promise's own scope within the reader's
    verdict: Verdict
    value: float
    low: float
    high: float
    n: int
    grain: str
    course: pd.DataFrame
    month: str = ""  # the month that the verdict is about, where it is promised for a month

    @property
    def missed(self) -> list[str]:
        """The slices in which it was clearly missed."""
        return [str(name) for name in self.course.loc[self.course["verdict"] == "missed", "slice"]]

    @property
    def since(self) -> str | None:
        """The first of those that it has been missed in without a break until now."""
        run: list[str] = []
        for name, verdict in zip(self.course["slice"][::-1], self.course["verdict"][::-1], strict=True):
            if verdict != "missed":
                break
            run.append(str(name))
        return run[-1] if run else None


def promisable() -> list[Metric]:
    """The numbers that can be promised: better in one direction, and with an interval or counted whole."""
    return [one for one in queries.METRICS.values() if one.better != "neither" and _promised_itself(one)]


def _promised_itself(metric: Metric) -> bool:
    """Medians of finished cases have no interval; times by which a part is done, and shares within, are promised as a limit."""
    return bool(metric.within) or not (metric.target or metric.made.ranks)


def breakable(metric: Metric) -> bool:
    """Whether a single row can be said to have broken a promise about it: of a share its measure says so."""
    return bool(_breaks(metric))


def _breaks(metric: Metric) -> str:
    """SQL over a row of `judged`."""
    if metric.broken_by:
        return metric.broken_by
    if metric.estimate != "share" or not metric.measure:
        return ""
    return "measure" if metric.better == "lower" else "not measure"


def better(promise: Promise) -> str:
    """Whether more or less of it keeps the promise."""
    return "higher" if promise.minutes is not None else queries.metric(promise.metric).better


def unit(promise: Promise) -> str:
    """Of the goal and of what is held against it."""
    return "percent" if promise.minutes is not None else queries.metric(promise.metric).unit


def monthly(metric: Metric) -> bool:
    """Who leaves is promised by the month, whatever the period."""
    return metric.rows == "accounts" and metric.unit == "percent"


def verdict(promise: Promise, value: float, low: float, high: float, n: float) -> Verdict:
    """Met when the whole interval is on the good side of the goal, missed when on the bad side; each promise by itself."""
    exact = unit(promise) == "count" or queries.metric(promise.metric).exact
    if (n == 0 and not exact) or (math.isnan(value) and math.isnan(low)):
        return "none"
    if promise.goal is None:
        return "unclear"
    low, high = (value, value) if exact else (low, high)
    if better(promise) == "higher":
        return "met" if low >= promise.goal else "missed" if high < promise.goal else "unclear"
    return "met" if high <= promise.goal else "missed" if low > promise.goal else "unclear"


def judge_all(
    filters: Filters,
    store: Store | None = None,
    heartbeat: Callable[[], object] | None = None,
    kept: Sequence[Target] | None = None,
) -> list[Judged]:
    """Every promise that held in the period, for the rows it shares with what the reader asked about."""
    store = engine.opened(store)
    known = [one for one in (targets.every(store) if kept is None else kept) if one.newest.promise.metric in queries.METRICS]
    jobs: list[Callable[[Store], Judged | None]] = [partial(judge, one, filters) for one in known]
    return [one for one in engine.together(jobs, store, heartbeat) if one is not None]


def judge(target: Target, filters: Filters, store: Store | None = None) -> Judged | None:
    """One of them; None where it did not hold in the period, or is about other rows than the reader asked about."""
    store = engine.opened(store)
    today = engine.extent(store, filters.source).today
    version = in_force(target, filters, today)
    asked = within(version.promise, filters) if version else None
    if version is None or asked is None or today is None:
        return None
    grain, course = _course(target, asked, today, store)
    month = ""
    if monthly(queries.metric(version.promise.metric)):
        began = [version.holds(periods.first_day(str(name))) for name in course["slice"]]
        held = course[pd.Series(began, course.index, dtype=bool)]
        month = str(held["slice"].iloc[-1]) if len(held) else ""
        found = _numbers(held.tail(1))
        asked = (
            replace(asked, range="custom", start=periods.first_day(month), end=periods.last_day("month", month)) if month else asked
        )
    else:
        asked = _clipped(asked, version, today)
        found = _numbers(value(version.promise, asked, None, store))
    return Judged(target, version, asked, verdict(version.promise, *found), *found, grain, course, month)


def in_force(target: Target, filters: Filters, today: date | None) -> Version | None:
    """What held last within the period."""
    start, end = filters.period(today)
    end = min(end or today or date.max, today or date.max)
    held = [one for one in target.versions if (one.since or date.min) <= end and (start or date.min) <= (one.until or date.max)]
    return held[-1] if held else None


def within(promise: Promise, filters: Filters) -> Filters | None:
    """The reader's filters narrowed to what the promise is about, in its hours; None where nothing is left."""
    narrowed = {name: (one,) for name, one in promise.scope.items()}
    if any(filters.of(name) and one[0] not in filters.of(name) for name, one in narrowed.items()):
        return None
    return replace(filters.narrowed(**narrowed), hours=promise.hours)


def value(promise: Promise, filters: Filters, by: str | None, store: Store) -> pd.DataFrame:
    """What is held against the goal: slice, value, low, high, n."""
    if promise.minutes is None:
        return queries.answer(promise.metric, filters, by, store)
    return view(queries.metric(promise.metric).within, filters, by, store, minutes=promise.minutes)


def broken(found: Judged, for_everybody: bool = False) -> Selection | None:
    """The rows that broke it, the longest first where it is a time; None where no single row can."""
    promise = found.version.promise
    metric = queries.metric(promise.metric)
    if promise.minutes is None:
        breaks = _breaks(metric)
        return Selection(metric.id, found.filters, only=breaks, for_everybody=for_everybody) if breaks else None
    timed = {"only": "measure > $minutes", "minutes": promise.minutes, "worst": metric.measure}
    return Selection(metric.id, found.filters, for_everybody=for_everybody, **timed)  # type: ignore[arg-type]


def _clipped(filters: Filters, version: Version, today: date) -> Filters:
    """The days of the period on which this version held."""
    start, end = filters.period(today)
    start = max((day for day in (start, version.since) if day), default=None)
    end = min((day for day in (end, version.until) if day), default=None)
    return replace(filters, range="custom" if start or end else "all", start=start, end=end)


def _course(target: Target, asked: Filters, today: date, store: Store) -> tuple[str, pd.DataFrame]:
    """By week or month, at least half a year back; every slice by what held on its first day."""
    start, end = asked.period(today)
    end = min(end or today, today)
    outcome = queries.metric(target.newest.promise.metric).band == "outcome"
    grain = "month" if outcome or start is None or (end - start).days > MANY_DAYS else "week"
    start = min(start or engine.extent(store, asked.source).first or end, periods.back(grain, end, BACK[grain]))
    parts = [
        _part(one, asked, grain, max(start, one.since or date.min), min(end, one.until or date.max), store)
        for one in target.versions
    ]
    known = [part for part in parts if len(part)]
    course = pd.concat(known, ignore_index=True) if known else parts[0]
    done = pd.Series([periods.over(grain, str(name), end, today) for name in course["slice"]], course.index, dtype=bool)
    course = course[done]
    begun = course["n"].astype(float).gt(0).cummax()  # before the first row there was nobody to keep a promise to
    return grain, course[begun].reset_index(drop=True)


def _part(version: Version, asked: Filters, grain: str, first: date, last: date, store: Store) -> pd.DataFrame:
    """The slices that begin while this version holds, whole."""
    if periods.start_of(grain, first) < first:
        first = periods.last_day(grain, periods.label(grain, first)) + periods.DAY
    if first > last:
        return pd.DataFrame(columns=[*engine.COLUMNS, "goal", "verdict"])
    whole = replace(asked, range="custom", start=first, end=periods.last_day(grain, periods.label(grain, last)))
    found = value(version.promise, whole, grain, store)
    found = found[found["slice"].notna()].sort_values("slice", ignore_index=True)
    words = [verdict(version.promise, *_numbers(found.iloc[[at]])) for at in range(len(found))]
    return found.assign(goal=math.nan if version.promise.goal is None else version.promise.goal, verdict=words)


def _numbers(answer: pd.DataFrame) -> tuple[float, float, float, int]:
    if answer.empty:
        return math.nan, math.nan, math.nan, 0
    value, low, high = (
        math.nan if pd.isna(answer[name].iloc[0]) else float(answer[name].iloc[0]) for name in ("value", "low", "high")
    )
    return value, low, high, int(answer["n"].iloc[0])
