"""Charts drawn as lines on paper, out of the same frames as on the page and with the same scales."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import log10
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame
from reportlab.platypus import Flowable

from pages.document import figures, number_format, time_axis
from pages.document.blocks import Chart
from pages.document.figures import parts
from pages.document.palette import LIGHT
from pages.exports import fonts
from pages.exports.pdf import grid_charts
from pages.exports.pdf.canvas import SIZE, Area, Pen

TALL, ROW, AXIS, FOOT, HEAD = 150.0, 15.0, 46.0, 16.0, 18.0
SOONEST = 1.0
MARKS = (1, 5, 15, 60, 240, 1440, 4320, 10080, 43200, 129600)


class Drawing(Flowable):
    """One chart, as wide as it is told to be."""

    def __init__(self, chart: Chart, width: float) -> None:
        super().__init__()
        self.chart, self.width = chart, width
        self.height = HEIGHTS[chart.kind](chart) if chart.kind in HEIGHTS else TALL

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        DRAWN[self.chart.kind](Pen(self.canv), self.chart, Area(0, 0, self.width, self.height))


def drawable(chart: Chart) -> bool:
    return bool(chart.series) and chart.kind in DRAWN and not figures.is_empty(chart)


def inner(whole: Area, chart: Chart, key: bool = False, low: float | None = None, high: float | None = None) -> Area:
    """What is left of a place beside its axes; values get some air above."""
    frames = [series.frame for series in chart.series]
    low = parts.floor(chart, frames) if low is None else low
    high = parts.top(chart, frames) if high is None else high
    head = HEAD if key else 6
    reach = high + 0.06 * (high - low)
    return Area(whole.left + AXIS, whole.bottom + FOOT, whole.width - AXIS - 8, whole.height - FOOT - head, low, reach or 1.0)


def _lines(pen: Pen, chart: Chart, whole: Area) -> None:
    many = len(chart.series) > 1
    area, within = inner(whole, chart, many), _within(chart)
    pen.levels(area, chart.unit)
    _dates(pen, area, within, chart.by)
    for place, series in enumerate(chart.series):
        frame, colour = time_axis.spread(series.frame, chart.by, within), LIGHT.series[place % len(LIGHT.series)]
        if not many:
            _bands(pen, area, frame, colour)
        for run in _runs(frame["value"]):
            pen.path([(_x(area, at, len(within)), area.up(value)) for at, value in run], colour)
        for at, (name, value) in enumerate(zip(frame["slice"], frame["value"], strict=True)):
            if number_format.known(value):
                pen.dot(_x(area, at, len(within)), area.up(value), colour, 1.9, hollow=str(name) in chart.partial)
    _target(pen, area, chart, within)
    if many:
        pen.key(area, [series.name for series in chart.series], LIGHT.series)


def _bands(pen: Pen, area: Area, frame: DataFrame, colour: str) -> None:
    if not {"low", "high"} <= set(frame):
        return
    sure = frame["value"].where(frame["low"].notna() & frame["high"].notna())
    lows, highs = frame["low"].tolist(), frame["high"].tolist()
    for run in _runs(sure):
        places = [(at, _x(area, at, len(frame))) for at, _ in run]
        pen.band([(x, area.up(lows[at])) for at, x in places], [(x, area.up(highs[at])) for at, x in places], colour)


def _runs(found: "pd.Series[float]") -> list[list[tuple[int, float]]]:
    """A gap in the numbers is a gap in the line."""
    runs: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(found):
        if number_format.known(value):
            runs[-1].append((at, float(value)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _within(chart: Chart) -> Any:
    return time_axis.together([series.frame for series in chart.series], chart.by)


def _x(area: Area, at: int, count: int) -> float:
    return area.left + area.width * (at + 0.5) / max(count, 1)


def _dates(pen: Pen, area: Area, within: Any, by: str) -> None:
    """At most six; the year where it changes."""
    step, last, written = max(1, -(-len(within) // 6)), None, float("-inf")
    for at in range(0, len(within), step):
        day = within[at]
        year = f" {day.year}" if day.year != last and within[0].year != within[-1].year else ""
        said = f"Q{day.quarter}" if by == "quarter" else f"{day:%b}" if by == "month" else f"{day.day} {day:%b}"
        x, half = _x(area, at, len(within)), fonts.width(said + year, SIZE) / 2
        if x - half > written:
            pen.words(x, area.bottom - 11, said + year, anchor="middle")
            written, last = x + half + 3, day.year
    pen.path([(area.left, area.bottom), (area.right, area.bottom)], LIGHT.line, 0.8)


def _target(pen: Pen, area: Area, chart: Chart, within: Any = None) -> None:
    """Dashed, with its value; over time it follows every change."""
    if chart.promised and within is not None:
        names = [time_axis.name(at.date(), chart.by) for at in within]
        aims = pd.Series([chart.promised.get(name, float("nan")) for name in names], dtype="float64")
        half = area.width / max(len(names), 1) / 2
        for run in _runs(aims):
            places = [(_x(area, at, len(names)), area.up(value)) for at, value in run]
            pen.path([(x + side, y) for x, y in places for side in (-half, half)], LIGHT.muted, 0.8, (3, 2))
    elif chart.target is not None:
        y = area.up(chart.target)
        pen.path([(area.left, y), (area.right, y)], LIGHT.muted, 0.8, (3, 2))
        pen.words(area.left + 2, y + 2.5, f"target {number_format.show(chart.target, chart.unit)}", size=7)


def _bars(pen: Pen, chart: Chart, whole: Area) -> None:
    """Beside each other; over time or over slices."""
    many, timed = len(chart.series) > 1, chart.by in time_axis.STEP
    area = inner(whole, chart, many, low=parts.bottom([series.frame for series in chart.series]))
    within = _within(chart) if timed else None
    frames = [time_axis.spread(series.frame, chart.by, within) if timed else series.frame for series in chart.series]
    pen.levels(area, chart.unit)
    _bottom(pen, area, chart, frames[0], within)
    wide = area.width / max(len(frames[0]), 1) * 0.7 / len(frames)
    for place, frame in enumerate(frames):
        for at, (name, value) in enumerate(zip(frame["slice"], frame["value"], strict=True)):
            left = _x(area, at, len(frame)) + wide * (place - len(frames) / 2)
            _bar(pen, area, left, wide, value, colour(chart, str(name), place), str(name) in chart.partial)
    _target(pen, area, chart, within)
    if many:
        pen.key(area, [series.name for series in chart.series], LIGHT.series)


def colour(chart: Chart, name: str, place: int) -> str:
    kinds = list(dict.fromkeys(chart.labels.values())) if chart.kind == "distribution" else []
    if name in chart.labels and kinds:
        return LIGHT.segments[kinds.index(chart.labels[name]) % 3]
    return LIGHT.series[place % len(LIGHT.series)]


def _bar(pen: Pen, area: Area, left: float, wide: float, value: float, shade: str, unfinished: bool) -> None:
    if not number_format.known(value):
        return
    zero, end = area.up(max(0.0, area.low)), area.up(value)
    (pen.outline if unfinished else pen.box)(left, min(zero, end), wide, abs(end - zero), shade)


def _bottom(pen: Pen, area: Area, chart: Chart, frame: DataFrame, within: Any) -> None:
    if within is not None:
        _dates(pen, area, within, chart.by)
        return
    room = area.width / max(len(frame), 1)
    word = fonts.cut(grid_charts.HIDDEN, room, 7)
    for place in np.flatnonzero(frame["hidden"]) if "hidden" in frame else ():
        pen.words(_x(area, int(place), len(frame)), area.bottom + 3, word, anchor="middle", size=7)
    for at, name in enumerate(frame["slice"]):
        said = str(name) if chart.kind == "distribution" else chart.labels.get(str(name), str(name))
        pen.words(_x(area, at, len(frame)), area.bottom - 11, fonts.cut(said, room - 2, SIZE), anchor="middle")
    pen.path([(area.left, area.bottom), (area.right, area.bottom)], LIGHT.line, 0.8)


def _volume(pen: Pen, chart: Chart, whole: Area) -> None:
    """Two scales are two drawings, the line above."""
    half = whole.height / 2
    _lines(pen, replace(chart, kind="trend", series=chart.series[:1]), replace(whole, bottom=half, height=half))
    _bars(pen, replace(chart, kind="bars", unit="count", series=chart.series[1:], target=None), replace(whole, height=half))


def _stack(pen: Pen, chart: Chart, whole: Area) -> None:
    within = _within(chart)
    frames = [time_axis.spread(series.frame, chart.by, within)["value"].fillna(0.0).tolist() for series in chart.series]
    tops = [sum(column) for column in zip(*frames, strict=True)]
    area = inner(whole, chart, True, 0.0, 100.0 if chart.unit == "percent" else max(tops, default=1.0))
    pen.levels(area, chart.unit)
    _dates(pen, area, within, chart.by)
    wide = area.width / max(len(within), 1) * 0.75
    shades = LIGHT.segments if len(frames) == 3 else LIGHT.series
    for at in range(len(within)):
        below = 0.0
        for frame, shade in zip(frames, shades, strict=False):
            y = area.up(below)
            pen.box(_x(area, at, len(within)) - wide / 2, y, wide, area.up(below + frame[at]) - y, shade)
            below += frame[at]
    pen.key(area, [series.name for series in chart.series], shades[: len(frames)])


def _curve(pen: Pen, chart: Chart, whole: Area) -> None:
    """Over a time that grows by factors."""
    area = inner(whole, chart, True, 0.0, 100.0)
    reach = max([2 * SOONEST, *(float(series.frame["at"].max()) for series in chart.series if len(series.frame))])
    scale = replace(area, low=log10(SOONEST), high=log10(reach))
    pen.levels(area, "percent")
    written = float("-inf")
    for mark in (mark for mark in MARKS if mark <= reach):
        x, word = scale.across(log10(mark)), number_format.show(mark, chart.unit)
        half = fonts.width(word, SIZE) / 2
        pen.path([(x, area.bottom), (x, area.top)], LIGHT.grid, 0.6)
        if x - half > written:
            pen.words(x, area.bottom - 11, word, anchor="middle")
            written = x + half + 3
    for place, series in enumerate(chart.series):
        steps = zip(series.frame["at"], series.frame["value"], strict=True)
        points = [(scale.across(log10(max(at, SOONEST))), area.up(share)) for at, share in steps]
        if points:
            pen.path(points, LIGHT.series[place % len(LIGHT.series)], 1.8)
    pen.key(area, [series.name for series in chart.series], LIGHT.series)


HEIGHTS: Mapping[str, Callable[[Chart], float]] = {
    "dots": lambda chart: ROW * (len(chart.series[0].frame) + 1) + 6,
    "volume": lambda chart: 2 * TALL * 0.85,
    "heat": lambda chart: 9 * ROW,
    "cohorts": grid_charts.cohorts_height,
    "matrix": lambda chart: 260.0,
}
DRAWN: Mapping[str, Callable[[Pen, Chart, Area], None]] = {
    "trend": _lines,
    "bars": _bars,
    "distribution": _bars,
    "volume": _volume,
    "stack": _stack,
    "curve": _curve,
    "dots": grid_charts.dots,
    "heat": grid_charts.heat,
    "cohorts": grid_charts.cohorts,
    "matrix": grid_charts.matrix,
}
