"""Makes charts from answers. What they look like is decided later (figures/), so a report can draw them its own way."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from pandas import DataFrame

from pages.document.blocks import Chart, Series

Answers = DataFrame | Mapping[str, DataFrame]
NUMBERS = ("value", "low", "high", "n")
KEEP = 12  # slices that are shown by name; the rest is folded into `other (14)`


def trend(title: str, answers: Answers, *, unit: str, by: str, thin: Collection[str] = (), **more: Any) -> Chart:
    """Lines over time with their intervals; `thin` names the ones that stand behind."""
    return Chart("trend", title, _series(answers, thin), unit, by=by, **more)


def bars(title: str, answers: Answers, *, unit: str = "count", by: str, **more: Any) -> Chart:
    """Bars from zero: one answer, or several beside each other, over time or over slices."""
    return Chart("bars", title, _series(answers), unit, by=by, **more)


def volume(title: str, line: DataFrame, amounts: DataFrame, *, names: tuple[str, str], unit: str, by: str, **more: Any) -> Chart:
    """A line above, bars below, on one time axis: two scales are two panels, never two axes on one."""
    return Chart("volume", title, (Series(names[0], line), Series(names[1], amounts)), unit, by=by, **more)


def stack(title: str, answers: Mapping[str, DataFrame], *, unit: str = "percent", by: str, **more: Any) -> Chart:
    """Parts of a whole: shares when the unit is percent, amounts otherwise."""
    return Chart("stack", title, _series(answers), unit, by=by, **more)


def dots(title: str, answer: DataFrame, *, unit: str, by: str, keep: int = KEEP, ordered: bool = False, **more: Any) -> Chart:
    """One dot with its interval a slice, largest value on top, the smallest slices folded; or in an order of their own."""
    return Chart("dots", title, _series(answer if ordered else fold(answer, unit, keep)), unit, by=by, **more)


def distribution(title: str, answer: DataFrame, *, unit: str = "count", **more: Any) -> Chart:
    """How often each answer was given; `labels` may say which segment a slice belongs to."""
    return Chart("distribution", title, _series(answer), unit, **more)


def curve(title: str, answers: Answers, *, unit: str = "minutes", **more: Any) -> Chart:
    """What share is done within how long. Frames: `at` (in the unit), `value` (percent), and optionally `low, high`."""
    return Chart("curve", title, _series(answers), unit, **more)


def heat(title: str, answer: DataFrame, *, unit: str, **more: Any) -> Chart:
    """Weekday by hour. Frame: `weekday` (Monday ...), `hour` (0-23), `value, n`."""
    return Chart("heat", title, _series(answer), unit, **more)


def cohorts(title: str, answer: DataFrame, *, unit: str = "percent", **more: Any) -> Chart:
    """What is left of each month's newcomers. Frame: `cohort` (2025-03), `age` (months), `value, n`."""
    return Chart("cohorts", title, _series(answer), unit, **more)


def matrix(title: str, answer: DataFrame, *, unit: str, **more: Any) -> Chart:
    """How often against how much it matters. Frame: `slice, x` (percent of all), `value, low, high` (in the unit), `n`, and `real`
    where the dots were judged together."""
    return Chart("matrix", title, _series(answer), unit, **more)


def waterfall(title: str, steps: DataFrame, *, unit: str, **more: Any) -> Chart:
    """From a number to another, step by step. Frame: `slice`, `value` (where the step ends), `start` (where it begins; unknown
    for the two ends), `label` (its size in words), `colour` (better, worse or neutral) and `real`."""
    return Chart("waterfall", title, _series(steps), unit, **more)


def fold(answer: DataFrame, unit: str, keep: int = KEEP) -> DataFrame:
    """The largest slices, largest value first; the others in one row.

    Shares and counts can be joined exactly. Medians cannot: the row then has no value, only the span of the values in it.
    """
    answer = _numeric(answer)
    known = answer[answer["n"].fillna(0) > 0].sort_values("n", ascending=False)
    # One slice too many is better shown than folded.
    kept, rest = (known, known.iloc[0:0]) if len(known) <= keep + 1 else (known.iloc[:keep], known.iloc[keep:])
    kept = kept.sort_values("value", ascending=False)
    return pd.concat([kept, DataFrame([_joined(rest, unit)])], ignore_index=True) if len(rest) else kept.reset_index(drop=True)


def _joined(rest: DataFrame, unit: str) -> dict[str, object]:
    row = {"slice": f"other ({len(rest)})", "n": rest["n"].sum(), "low": float("nan"), "high": float("nan")}
    if unit == "count":
        return row | {"value": rest["value"].sum()}
    if unit == "percent":
        return row | {"value": (rest["value"] * rest["n"]).sum() / rest["n"].sum()}
    return row | {"value": float("nan"), "low": rest["value"].min(), "high": rest["value"].max()}


def _series(answers: Answers, thin: Collection[str] = ()) -> tuple[Series, ...]:
    if isinstance(answers, DataFrame):
        return (Series("", _numeric(answers)),)
    return tuple(Series(name, _numeric(frame), name in thin) for name, frame in answers.items())


def _numeric(answer: DataFrame) -> DataFrame:
    """Unknown is NaN: a column of nothing but unknown comes as objects otherwise."""
    return answer.assign(
        **{name: pd.to_numeric(answer[name], errors="coerce").astype("float64") for name in NUMBERS if name in answer}
    )
