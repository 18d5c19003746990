"""The target line of a number over time: what was promised about exactly this number, at each moment."""

from __future__ import annotations

import math
from collections.abc import Iterable

import queries
from data.store import Store
from data.workspace import targets
from data.workspace.targets import Promise, Target
from queries import engine, periods, survival_curves, target_verdicts
from queries.filters import Filters


def aims(name: str, by: str, slices: Iterable[object], filters: Filters, store: Store | None = None) -> dict[str, float]:
    """By slice of time: what held on its first day, for just these rows or for all of them; nothing where nothing did."""
    store = engine.opened(store)
    known = engine.remembered(store, ("targets",), lambda: targets.every(store))
    fitting = sorted((one for one in known if _fits(one, filters)), key=lambda one: -len(one.newest.promise.scope))
    if target_verdicts.monthly(queries.metric(name)) and by != "month":
        return {}
    found = {str(one): _held(name, fitting, str(one), filters) for one in slices}
    return {one: goal for one, goal in found.items() if goal is not None}


def _fits(target: Target, filters: Filters) -> bool:
    """Whether it is about all that is looked at."""
    return all(filters.of(dimension) == (value,) for dimension, value in target.newest.promise.scope.items())


def _held(name: str, known: Iterable[Target], slice_name: str, filters: Filters) -> float | None:
    versions = (target.at(periods.first_day(slice_name)) for target in known)
    goals = (_said_of(name, version.promise, filters) for version in versions if version)
    return next((goal for goal in goals if goal is not None), None)


def _said_of(name: str, promise: Promise, filters: Filters) -> float | None:
    """The promise in the unit of this number; None where it is about another."""
    timed = promise.minutes is not None or queries.metric(promise.metric).unit == "minutes"
    if timed and promise.hours != filters.hours:
        return None
    if promise.minutes is None:
        return promise.goal if promise.metric == name else None
    metric = queries.metric(name)
    if metric.target == promise.metric:
        return promise.goal
    # "Half within a day" is a median of at most a day, "nine in ten" the unlucky tenth's time: both are read off the same curve.
    same = promise.metric in survival_curves.kin(name) and math.isclose(promise.goal or 0, 100 * (metric.part or 0))
    return promise.minutes if same else None
