"""Charts as PowerPoint's own: each brings its sheet of numbers, and can be restyled, edited and copied."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from pandas import DataFrame
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE as TYPE

from pages.document import axes, figures, number_format, safe_text, time_axis
from pages.document.axes import Scale
from pages.document.blocks import Chart, Series
from pages.document.figures import parts
from pages.document.palette import LIGHT
from pages.exports.pptx import error_bars, heatmaps, xy_charts
from pages.exports.pptx.chart_parts import added, fill, from_to, labelled, titled
from pages.exports.pptx.slide_layout import Box, Page
from queries import dimensions


def drawable(chart: Chart) -> bool:
    return bool(chart.series) and chart.kind in DRAWN and not figures.is_empty(chart)


def draw(page: Page, chart: Chart) -> None:
    DRAWN[chart.kind](page, chart, page.body)


def sure(chart: Chart) -> str:
    """What the whiskers mean, and from how many all of it is."""
    frames = [series.frame for series in chart.series]
    whiskered = len(frames) == 1 and chart.kind in ("trend", "dots") and _interval(frames[0])
    says = ["Whiskers: 95 % sure."] if whiskered else []
    # Of months or themes the sum would count some several times.
    if chart.kind == "dots" and not dimensions.many(chart.by) and chart.unit != "count" and frames[0]["n"].notna().any():
        says.append(f"From {number_format.number(frames[0]['n'].sum())} {chart.counted}.")
    return " ".join(says)


def _interval(frame: DataFrame) -> bool:
    return {"low", "high"} <= set(frame) and bool(frame["low"].notna().any())


def _trend(page: Page, chart: Chart, box: Box, form: Any = TYPE.LINE_MARKERS) -> Any:
    """Gaps stay gaps; a target is a line of its own."""
    scale = axes.scale(chart.unit, (series.frame for series in chart.series))
    within = time_axis.together([series.frame for series in chart.series], chart.by) if chart.by in time_axis.STEP else None
    lines = [_placed(series, chart, within) for series in chart.series]
    data = CategoryChartData(number_format=scale.form)
    data.categories = [_when(at, chart) for at in within] if within is not None else _names(chart, lines[0][1])
    for series, frame in lines:
        data.add_series(safe_text.label(series.name or chart.title), [scale.of(value) for value in frame["value"]])
    aims = _aims(chart, lines[0][1], within)
    if any(number_format.known(aim) for aim in aims):
        data.add_series("Target", [scale.of(aim) for aim in aims])
    made = added(page, form, data, box, chart, scale)
    _ends(made, chart, form, scale)
    shades = LIGHT.segments if chart.kind == "stack" and len(lines) == len(LIGHT.segments) else LIGHT.series
    for place, (_, frame) in enumerate(lines):
        error_bars.coloured(made.plots[0].series[place], shades[place % len(shades)])
        if len(lines) == 1 and _interval(frame):
            error_bars.add(made.plots[0].series[0], frame, scale, "y")
    if len(made.plots[0].series) > len(lines):
        error_bars.coloured(made.plots[0].series[len(lines)], LIGHT.muted, dashed=True)
    return made


def _ends(made: Any, chart: Chart, form: Any, scale: Scale) -> None:
    """Bars stand on zero; lines may start a little below the lowest, as on the page."""
    frames = [series.frame for series in chart.series]
    if form == TYPE.COLUMN_STACKED_100:
        from_to(made.value_axis, axes.WHOLE)
        return
    low = parts.floor(chart, frames) if form == TYPE.LINE_MARKERS else parts.bottom(frames)
    high = parts.top(chart, frames)
    if form == TYPE.COLUMN_STACKED:
        high = float(pd.concat(frames).groupby("slice")["value"].sum().max())
    from_to(made.value_axis, axes.reach(low, high, chart.unit, scale))


def _aims(chart: Chart, frame: DataFrame, within: pd.DatetimeIndex | None) -> list[float]:
    """The target at each place; it may have changed on the way."""
    if chart.promised and within is not None:
        return [chart.promised.get(time_axis.name(at.date(), chart.by), float("nan")) for at in within]
    return [float("nan") if chart.target is None else chart.target] * len(frame)


def _placed(series: Series, chart: Chart, within: pd.DatetimeIndex | None) -> tuple[Series, DataFrame]:
    return series, series.frame if within is None else time_axis.spread(series.frame, chart.by, within)


def _when(at: pd.Timestamp, chart: Chart) -> str:
    text = {"quarter": f"Q{at.quarter} {at.year}", "month": f"{at:%b %Y}"}.get(chart.by, f"{at.day} {at:%b}")
    return f"{text} (not full)" if time_axis.name(at.date(), chart.by) in chart.partial else text


def _names(chart: Chart, frame: DataFrame) -> list[str]:
    """Slices, with the number of rows each rests on where it is a share or a time."""
    counts = frame["n"] if "n" in frame and chart.unit != "count" else [float("nan")] * len(frame)
    gone = frame["hidden"] if "hidden" in frame else [False] * len(frame)
    return [
        safe_text.label(chart.labels.get(str(name), str(name)) if chart.kind != "distribution" else name, 40)
        + (" (hidden)" if hides else f" ({number_format.number(n)})" if number_format.known(n) else "")
        for name, n, hides in zip(frame["slice"], counts, gone, strict=True)
    ]


def _bars(page: Page, chart: Chart, box: Box) -> None:
    _trend(page, chart, box, TYPE.COLUMN_CLUSTERED)


def _stack(page: Page, chart: Chart, box: Box) -> None:
    _trend(page, chart, box, TYPE.COLUMN_STACKED_100 if chart.unit == "percent" else TYPE.COLUMN_STACKED)


def _volume(page: Page, chart: Chart, box: Box) -> None:
    """Two scales are two charts."""
    half = box.height / 2
    amounts = replace(chart, kind="bars", unit="count", series=chart.series[1:], target=None, evidence=None)
    upper = _trend(page, replace(chart, kind="trend", series=chart.series[:1]), replace(box, height=half))
    lower = _trend(page, amounts, replace(box, top=box.top + half, height=half), TYPE.COLUMN_CLUSTERED)
    for made, series in zip((upper, lower), chart.series, strict=True):
        titled(made, series.name)


def _dots(page: Page, chart: Chart, box: Box) -> None:
    """Bars from zero with whiskers; the largest on top, as in the frame."""
    frame = chart.series[0].frame.iloc[::-1]
    scale = axes.scale(chart.unit, [frame])
    data = CategoryChartData(number_format=scale.form)
    data.categories = _names(chart, frame)
    data.add_series(safe_text.label(chart.title), [scale.of(value) for value in frame["value"]])
    made = added(page, TYPE.BAR_CLUSTERED, data, box, chart, scale)
    _ends(made, chart, TYPE.BAR_CLUSTERED, scale)
    error_bars.coloured(
        made.plots[0].series[0], LIGHT.ramp[3] if _interval(frame) else LIGHT.accent
    )  # intervals are to be seen on it
    for place, n in enumerate(frame["n"]):
        if n < number_format.FEW:
            fill(made.plots[0].series[0].points[place], LIGHT.quiet)
    if _interval(frame):
        error_bars.add(made.plots[0].series[0], frame, scale, "")
    else:
        labelled(made, scale)


def _distribution(page: Page, chart: Chart, box: Box) -> None:
    frame = chart.series[0].frame
    scale, kinds = axes.scale(chart.unit, [frame]), list(dict.fromkeys(chart.labels.values()))
    data = CategoryChartData(number_format=scale.form)
    data.categories = _names(chart, frame)
    data.add_series(safe_text.label(chart.title), [scale.of(value) for value in frame["value"]])
    made = added(page, TYPE.COLUMN_CLUSTERED, data, box, chart, scale)
    _ends(made, chart, TYPE.COLUMN_CLUSTERED, scale)
    error_bars.coloured(made.plots[0].series[0], LIGHT.accent)
    for place, name in enumerate(frame["slice"]):
        if str(name) in chart.labels:
            fill(made.plots[0].series[0].points[place], LIGHT.segments[kinds.index(chart.labels[str(name)]) % 3])
    labelled(made, scale)


DRAWN: Mapping[str, Callable[[Page, Chart, Box], None]] = {
    "trend": _trend,
    "bars": _bars,
    "volume": _volume,
    "stack": _stack,
    "dots": _dots,
    "distribution": _distribution,
    "curve": xy_charts.curve,
    "heat": heatmaps.heat,
    "cohorts": heatmaps.cohorts,
    "matrix": xy_charts.matrix,
}
