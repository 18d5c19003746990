"""Drawings on paper with a line for each slice: dots with intervals, cells by weekday or month, how often by how much."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pages.document import axes, number_format, safe_text
from pages.document.blocks import Chart
from pages.document.chart_sentences import verdict
from pages.document.figures import parts
from pages.document.figures.grids import DAYS
from pages.document.palette import LIGHT
from pages.exports import fonts
from pages.exports.pdf.canvas import SIZE, Area, Pen, sensible

ROW, LEAST, MOST = 15.0, 0.2, 0.42  # names take a share of the width: what they need, within these
GAP = 8.0
HIDDEN = "hidden"


def dots(pen: Pen, chart: Chart, whole: Area) -> None:
    """Names on the left, value and n on the right; too few are grey."""
    frame = chart.series[0].frame
    names, numbers = _room(chart, whole.width)
    area = Area(whole.left + names, whole.bottom + ROW, whole.width - names - numbers, ROW * len(frame))
    high = parts.top(chart, [frame])
    area = replace(area, low=parts.floor(chart, [frame]), high=high * 1.04 if high > 0 else high + 1)
    _below(pen, area, chart.unit)
    for place, row in enumerate(frame.to_dict("records")):
        _dot(pen, area, chart, row, area.top - ROW * (place + 0.5), numbers)
    if chart.target is not None:
        x = area.across(chart.target)
        pen.path([(x, area.bottom), (x, area.top)], LIGHT.muted, 0.8, (3, 2))


def _room(chart: Chart, width: float) -> tuple[float, float]:
    """Points for the names on the left, and for value and n on the right: as many as the longest of them take."""
    rows = chart.series[0].frame.to_dict("records")
    names = max((fonts.width(fonts.plainly(_named(chart, row)), SIZE) for row in rows), default=0.0) + 2 * GAP
    shown = max((fonts.width(_shown(chart, row), SIZE) for row in rows), default=0.0)
    counts = max((fonts.width(number_format.number(row["n"]), SIZE) for row in rows if number_format.known(row["n"])), default=0.0)
    return min(max(names, LEAST * width), MOST * width), shown + counts + 3 * GAP


def _named(chart: Chart, row: Mapping[Any, Any]) -> str:
    return safe_text.line(chart.labels.get(str(row["slice"]), str(row["slice"])))


def _shown(chart: Chart, row: Mapping[Any, Any]) -> str:
    if row.get("hidden"):
        return HIDDEN
    return number_format.show(row["value"], chart.unit, row["n"]) if number_format.known(row["value"]) else ""


def _below(pen: Pen, area: Area, unit: str) -> None:
    """Round values below, a thin line for each."""
    written = float("-inf")
    for place, word in zip(*number_format.ticks(area.high, unit, area.low), strict=True):
        x, half = area.across(place), fonts.width(word, SIZE) / 2
        if area.low <= place <= area.high and x - half > written and sensible(place, unit, area.high):
            written = x + half + 5
            pen.path([(x, area.bottom), (x, area.top)], LIGHT.grid, 0.6)
            pen.words(x, area.bottom - 10, word, anchor="middle")


def _dot(pen: Pen, area: Area, chart: Chart, row: Mapping[Any, Any], y: float, numbers: float) -> None:
    n, value = row["n"], row["value"]
    pen.words(area.left - GAP, y - 2.8, fonts.cut(_named(chart, row), area.left - GAP - 2, SIZE), LIGHT.ink, "right")
    if row.get("hidden"):
        pen.words(area.right + GAP, y - 2.8, HIDDEN)
        return
    shade = LIGHT.faint if n < number_format.FEW or not number_format.known(value) else LIGHT.accent
    if number_format.known(row["low"]) and number_format.known(row["high"]):
        pen.path([(area.across(row["low"]), y), (area.across(row["high"]), y)], LIGHT.ramp[2], 2.4)
    if number_format.known(value):
        pen.dot(area.across(value), y, shade)
        pen.words(area.right + GAP, y - 2.8, _shown(chart, row), LIGHT.ink)
    pen.words(area.right + numbers, y - 2.8, number_format.number(n) if number_format.known(n) else "", anchor="right")


def heat(pen: Pen, chart: Chart, whole: Area) -> None:
    found = {(str(row["weekday"]), int(row["hour"])): row for row in chart.series[0].frame.to_dict("records")}
    _cells(pen, chart, whole, list(DAYS), list(range(24)), found, lambda hour: f"{hour:02d}", 0.0)


def cohorts(pen: Pen, chart: Chart, whole: Area) -> None:
    found = {(str(row["cohort"]), int(row["age"])): row for row in chart.series[0].frame.to_dict("records")}
    low = float(chart.series[0].frame["value"].min())
    ages = sorted({age for _, age in found})
    _cells(pen, chart, whole, sorted({name for name, _ in found}), ages, found, lambda age: f"+{age}", low)


def cohorts_height(chart: Chart) -> float:
    return float(ROW * (chart.series[0].frame["cohort"].nunique() + 2))


def _cells(pen: Pen, chart: Chart, whole: Area, down: Any, across: Any, found: Any, head: Any, low: float) -> None:
    """The darker, the more; each says its number in the unit of the corner."""
    frame = chart.series[0].frame
    scale, left, high = axes.scale(chart.unit, [frame]), 58.0, float(frame["value"].max())
    wide, tall = (whole.width - left) / max(len(across), 1), (whole.height - ROW) / max(len(down), 1)
    pen.words(whole.left, whole.top - 10, scale.word)
    for column, place in enumerate(across):
        pen.words(whole.left + left + wide * (column + 0.5), whole.top - 10, head(place), anchor="middle", size=7)
    for line, name in enumerate(down):
        bottom = whole.top - ROW - tall * (line + 1)
        pen.words(whole.left, bottom + tall / 2 - 2.8, fonts.cut(axes.line(name), left - 4, SIZE), LIGHT.ink)
        for column, place in enumerate(across):
            row = found.get((name, place))
            if row is not None and row.get("hidden"):
                pen.words(
                    whole.left + left + wide * (column + 0.5),
                    bottom + tall / 2 - 1.5,
                    HIDDEN,
                    LIGHT.faint,
                    "middle",
                    min(6.0, wide / 3.2),
                )
            elif row is not None and number_format.known(row["value"]):
                share = (row["value"] - low) / (high - low) if high > low else 0.5
                cell = Area(whole.left + left + wide * column, bottom, wide, tall)
                _cell(pen, cell, axes.short(row["value"], chart.unit, scale), share)


def _cell(pen: Pen, place: Area, said: str, share: float) -> None:
    step = max(min(int(share * len(LIGHT.ramp)), len(LIGHT.ramp) - 1), 0)
    pen.box(place.left + 0.6, place.bottom + 0.6, place.width - 1.2, place.height - 1.2, LIGHT.ramp[step])
    if fonts.width(said, 6) <= place.width:
        shade = LIGHT.card if step > 3 else LIGHT.ink
        pen.words(place.left + place.width / 2, place.bottom + place.height / 2 - 2, said, shade, "middle", 6)


def matrix(pen: Pen, chart: Chart, whole: Area) -> None:
    """Right is often; below the line is where it hurts."""
    frame = chart.series[0].frame
    frame = frame[frame["value"].notna() & frame["x"].notna()].sort_values("n", ascending=False)
    area = Area(whole.left + 46, whole.bottom + 28, whole.width - 60, whole.height - 40)
    upright = replace(area, low=min(float(frame["value"].min()), 0.0) * 1.1, high=max(float(frame["value"].max()), 1.0) * 1.1)
    level = replace(area, low=0.0, high=float(frame["x"].max()) * 1.12)
    pen.levels(upright, chart.unit)
    _below(pen, level, "percent")
    pen.path([(area.left, upright.up(0)), (area.right, upright.up(0))], LIGHT.muted, 0.8)
    pen.words(area.right, whole.bottom + 3, chart.labels.get("x", "how often"), anchor="right")
    pen.words(whole.left, whole.top - 7, chart.labels.get("y", ""))
    named: list[tuple[float, float]] = []
    for row in frame.to_dict("records"):
        x, y = level.across(row["x"]), upright.up(row["value"])
        pen.dot(x, y, verdict(row), 2 + 5 * (row["n"] / frame["n"].max()) ** 0.5)
        if all(abs(x - other) > 110 or abs(y - above) > 9 for other, above in named):
            named.append((x, y))
            left = x > area.left + 0.7 * area.width
            name = fonts.cut(chart.labels.get(str(row["slice"]), str(row["slice"])), 130, SIZE)
            pen.words(x + (-9 if left else 9), y - 2.8, name, LIGHT.ink, "right" if left else "left")
