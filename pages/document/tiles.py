"""Makes tiles: a metric and its answers in, one number with its change, course and small print out."""

from typing import Any

import pandas as pd
from pandas import DataFrame

from pages.document import number_format
from pages.document.blocks import Change, Direction, Evidence, Tile
from queries import Metric

COUNTED = {"tickets": ("ticket", "tickets"), "answers": ("answer", "answers"), "accounts": ("customer", "customers")}


def tile(
    metric: Metric,
    now: DataFrame,
    *,
    before: DataFrame | None = None,
    course: DataFrame | None = None,
    change: Change | None = None,
    target: float | None = None,
    promised: tuple[float, ...] = (),
    unfinished: bool = False,
    evidence: Evidence | None = None,
    name: str = "",
    currency: str = "",
    open_questions: int = 0,
) -> Tile:
    """`now` and `before` are overall answers, `course` one by time. Without a `change`, `before` is named and not judged.
    `open_questions`: how many the number rests on.
    """
    value, low, high, n = numbers(now)
    weak = metric.unit != "count" and 0 < n < number_format.FEW
    if change is None and before is not None:
        change = compared(metric, value, n, before, currency)
    return Tile(
        name=name or metric.title,
        value=main(metric, value, low, n, currency),
        change=None if weak or not number_format.known(value) else change,
        course=tuple(map(_float, course["value"])) if course is not None else (),
        course_n=tuple(map(_float, course["n"])) if course is not None else (),
        course_at=tuple(map(str, course["slice"])) if course is not None else (),
        unfinished=unfinished,
        target=target,
        promised=promised,
        small=(*small_print(metric, low, high, n), *assumed(open_questions)),
        weak=weak,
        evidence=evidence,
        answer=now,
        unit=metric.unit,
    )


def main(metric: Metric, value: float, low: float, n: float, currency: str = "") -> str:
    """A median that less than half have reached has a lower bound and no value yet: that is not the same as no data."""
    if not number_format.known(value) and n >= number_format.FEW and number_format.known(low):
        return f"over {number_format.show(low, metric.unit, n, currency)}"
    return number_format.show(value, metric.unit, n, currency)


def numbers(answer: DataFrame) -> tuple[float, float, float, float]:
    """Value, low, high and n of an overall answer; NaN and 0 where there are none."""
    if answer.empty:
        return float("nan"), float("nan"), float("nan"), 0.0
    value, low, high, n = (_float(answer[name].iloc[0]) for name in ("value", "low", "high", "n"))
    return value, low, high, n if number_format.known(n) else 0.0


def _float(cell: Any) -> float:
    return float("nan") if pd.isna(cell) else float(cell)


def small_print(metric: Metric, low: float, high: float, n: float) -> tuple[str, ...]:
    """How sure, and from how many: two short lines."""
    if metric.unit == "count" or n == 0:
        return ()
    counted = number_format.count(n, *COUNTED[metric.rows])
    if n < number_format.FEW:
        return ("too few to say", counted)
    interval = number_format.span(low, high, metric.unit, n)
    return (interval, counted) if interval else (counted,)


def assumed(open_questions: int) -> tuple[str, ...]:
    """A number that rests on something assumed says so wherever it is shown."""
    if not open_questions:
        return ()
    return ("rests on an open question" if open_questions == 1 else f"rests on {open_questions} open questions",)


def compared(metric: Metric, value: float, n_now: float, before: DataFrame, currency: str = "") -> Change | None:
    """What it was before, without a verdict: whether a difference is more than chance is for `queries` to say."""
    earlier, _, _, n = numbers(before)
    if not number_format.known(earlier) or not number_format.known(value):
        return None
    then, fewer = number_format.show(earlier, metric.unit, n, currency), min(n_now, n)
    if value == earlier:
        return Change(f"{then} before as well", "neutral", "flat", fewer)
    up = value > earlier
    return Change(f"{'up' if up else 'down'} from {then}", "neutral", "up" if up else "down", fewer)


def direction(metric: Metric, difference: float) -> Direction:
    """Whether a real difference of this sign is `better`, `worse`, or neither of them."""
    if metric.better == "neither" or difference == 0:
        return "neutral"
    return "better" if (difference < 0) == (metric.better == "lower") else "worse"
