"""Charts as PowerPoint's own: each brings its sheet of numbers, and can be restyled, edited and copied."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from pandas import DataFrame
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from pages.elements import figures, moments, values
from pages.elements.blocks import Chart, Series
from pages.elements.palette import LIGHT
from pages.reports import axes, deck, plain, squares, whiskers
from pages.reports.axes import Scale
from pages.reports.deck import BODY, Box, Page, rgb
from queries.dimensions import MANY

SOONEST = 1.0  # minutes: what is done sooner stands at the left edge


def drawable(chart: Chart) -> bool:
    return bool(chart.series) and chart.kind in DRAWN and not figures.is_empty(chart)


def draw(page: Page, chart: Chart) -> None:
    DRAWN[chart.kind](page, chart, BODY)


def sure(chart: Chart) -> str:
    """What the whiskers mean, and from how many all of it is."""
    frames = [series.frame for series in chart.series]
    whiskered = len(frames) == 1 and chart.kind in ("trend", "dots") and _interval(frames[0])
    says = ["Whiskers: 95 % sure."] if whiskered else []
    # Of months or themes the sum would count some several times.
    if chart.kind == "dots" and chart.by not in MANY and chart.unit != "count" and frames[0]["n"].notna().any():
        says.append(f"From {values.number(frames[0]['n'].sum())} {chart.counted}.")
    return " ".join(says)


def _interval(frame: DataFrame) -> bool:
    return {"low", "high"} <= set(frame) and bool(frame["low"].notna().any())


def _trend(page: Page, chart: Chart, box: Box, form: Any = TYPE.LINE_MARKERS) -> Any:
    """Gaps stay gaps; a target is a line of its own."""
    scale = axes.scale(chart.unit, (series.frame for series in chart.series))
    within = moments.together([series.frame for series in chart.series], chart.by) if chart.by in moments.STEP else None
    lines = [_placed(series, chart, within) for series in chart.series]
    data = CategoryChartData(number_format=scale.form)
    data.categories = [_when(at, chart) for at in within] if within is not None else _names(chart, lines[0][1])
    for series, frame in lines:
        data.add_series(plain.label(series.name or chart.title), [scale.of(value) for value in frame["value"]])
    aims = _aims(chart, lines[0][1], within)
    if any(values.known(aim) for aim in aims):
        data.add_series("Target", [scale.of(aim) for aim in aims])
    made = _made(page, form, data, box, chart, scale)
    for place, (_, frame) in enumerate(lines):
        _line(made.plots[0].series[place], LIGHT.series[place % len(LIGHT.series)])
        if len(lines) == 1 and _interval(frame):
            whiskers.add(made.plots[0].series[0], frame, scale, "y")
    if len(made.plots[0].series) > len(lines):
        _line(made.plots[0].series[len(lines)], LIGHT.muted, dashed=True)
    return made


def _named(made: Any, said: str) -> None:
    """Above a chart that shares its slide with another."""
    made.has_title = True
    made.chart_title.text_frame.text = plain.line(said, 80)
    made.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
    made.chart_title.include_in_layout = False


def _aims(chart: Chart, frame: DataFrame, within: pd.DatetimeIndex | None) -> list[float]:
    """The target at each place; it may have changed on the way."""
    if chart.promised and within is not None:
        return [chart.promised.get(moments.name(at.date(), chart.by), float("nan")) for at in within]
    return [float("nan") if chart.target is None else chart.target] * len(frame)


def _placed(series: Series, chart: Chart, within: pd.DatetimeIndex | None) -> tuple[Series, DataFrame]:
    return series, series.frame if within is None else moments.spread(series.frame, chart.by, within)


def _when(at: pd.Timestamp, chart: Chart) -> str:
    text = {"quarter": f"Q{at.quarter} {at.year}", "month": f"{at:%b %Y}"}.get(chart.by, f"{at.day} {at:%b}")
    return f"{text} (not full)" if moments.name(at.date(), chart.by) in chart.partial else text


def _names(chart: Chart, frame: DataFrame) -> list[str]:
    """Slices, with the number of rows each rests on where it is a share or a time."""
    counts = frame["n"] if "n" in frame and chart.unit != "count" else [float("nan")] * len(frame)
    gone = frame["hidden"] if "hidden" in frame else [False] * len(frame)
    return [
        plain.label(chart.labels.get(str(name), str(name)) if chart.kind != "distribution" else name, 40)
        + (" (hidden)" if hides else f" ({values.number(n)})" if values.known(n) else "")
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
        _named(made, series.name)


def _dots(page: Page, chart: Chart, box: Box) -> None:
    """Bars from zero with whiskers; the largest on top, as in the frame."""
    frame = chart.series[0].frame.iloc[::-1]
    scale = axes.scale(chart.unit, [frame])
    data = CategoryChartData(number_format=scale.form)
    data.categories = _names(chart, frame)
    data.add_series(plain.label(chart.title), [scale.of(value) for value in frame["value"]])
    made = _made(page, TYPE.BAR_CLUSTERED, data, box, chart, scale)
    _line(made.plots[0].series[0], LIGHT.accent)
    for place, n in enumerate(frame["n"]):
        if n < values.FEW:
            _fill(made.plots[0].series[0].points[place], LIGHT.quiet)
    if _interval(frame):
        whiskers.add(made.plots[0].series[0], frame, scale, "")
    else:
        _labelled(made, scale)


def _distribution(page: Page, chart: Chart, box: Box) -> None:
    frame = chart.series[0].frame
    scale, kinds = axes.scale(chart.unit, [frame]), list(dict.fromkeys(chart.labels.values()))
    data = CategoryChartData(number_format=scale.form)
    data.categories = _names(chart, frame)
    data.add_series(plain.label(chart.title), [scale.of(value) for value in frame["value"]])
    made = _made(page, TYPE.COLUMN_CLUSTERED, data, box, chart, scale)
    _line(made.plots[0].series[0], LIGHT.accent)
    for place, name in enumerate(frame["slice"]):
        if str(name) in chart.labels:
            _fill(made.plots[0].series[0].points[place], LIGHT.segments[kinds.index(chart.labels[str(name)]) % 3])
    _labelled(made, scale)


def _labelled(made: Any, scale: Scale) -> None:
    plot = made.plots[0]
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = scale.form, False
    plot.data_labels.position, plot.data_labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(11)


def _curve(page: Page, chart: Chart, box: Box) -> None:
    """Shares over a time that grows by factors."""
    data = XyChartData()
    for series in chart.series:
        line = data.add_series(plain.label(series.name))
        for at, share in zip(series.frame["at"], series.frame["value"], strict=True):
            line.add_data_point(max(round(float(at), 2), SOONEST), round(float(share), 2))
    made = _made(page, TYPE.XY_SCATTER_LINES_NO_MARKERS, data, box, chart, axes.scale("percent"))
    made.value_axis.maximum_scale, made.value_axis.minimum_scale = 100, 0
    made.category_axis.minimum_scale = SOONEST
    made.category_axis.tick_labels.number_format, made.category_axis.tick_labels.number_format_is_linked = "#,##0", False
    _axis_title(made.category_axis, f"{chart.unit}, each step ten times as long")
    whiskers.logarithmic(made.category_axis)
    for place, series in enumerate(made.plots[0].series):
        _line(series, LIGHT.series[place % len(LIGHT.series)], marked=False)


def _matrix(page: Page, chart: Chart, box: Box) -> None:
    frame = chart.series[0].frame
    frame = frame[frame["value"].notna() & frame["x"].notna()]
    data = XyChartData()
    line = data.add_series(plain.label(chart.title))
    for x, y in zip(frame["x"], frame["value"], strict=True):
        line.add_data_point(round(float(x), 2), round(float(y), 2))
    made = _made(page, TYPE.XY_SCATTER, data, box, chart, axes.scale(chart.unit))
    _axis_title(made.category_axis, chart.labels.get("x", "percent of all"))
    _axis_title(made.value_axis, chart.labels.get("y", ""))
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    drawn = made.plots[0].series[0]
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    for place, name in enumerate(frame["slice"]):
        frame_of = drawn.points[place].data_label
        frame_of.position = XL_LABEL_POSITION.RIGHT
        frame_of.text_frame.text = plain.label(chart.labels.get(str(name), str(name)), 30)
        frame_of.text_frame.paragraphs[0].runs[0].font.size = Pt(10)


def _made(page: Page, form: Any, data: Any, box: Box, chart: Chart, scale: Scale) -> Any:
    frame = page.slide.shapes.add_chart(form, *box.inches(), data)
    made = frame.chart
    frame.name = plain.line(chart.title, 80)
    made.font.size, made.font.name, made.font.color.rgb = Pt(12), deck.FONT, rgb(LIGHT.muted)
    made.has_title, made.has_legend = False, len(list(made.plots[0].series)) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    made.value_axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
    made.value_axis.format.line.fill.background()
    made.value_axis.tick_labels.number_format, made.value_axis.tick_labels.number_format_is_linked = scale.form, False
    made.category_axis.format.line.color.rgb = rgb(LIGHT.line)
    made.category_axis.has_major_gridlines = False
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if form in (TYPE.COLUMN_CLUSTERED, TYPE.BAR_CLUSTERED, TYPE.COLUMN_STACKED, TYPE.COLUMN_STACKED_100):
        made.plots[0].gap_width = 45
    return made


def _axis_title(axis: Any, said: str) -> None:
    if said:
        axis.axis_title.text_frame.text = plain.line(said, 80)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)


def _line(series: Any, colour: str, dashed: bool = False, marked: bool = True) -> None:
    whiskers.coloured(series, colour, dashed, marked)


def _fill(point: Any, colour: str) -> None:
    point.format.fill.solid()
    point.format.fill.fore_color.rgb = rgb(colour)


DRAWN: Mapping[str, Callable[[Page, Chart, Box], None]] = {
    "trend": _trend,
    "bars": _bars,
    "volume": _volume,
    "stack": _stack,
    "dots": _dots,
    "distribution": _distribution,
    "curve": _curve,
    "heat": squares.heat,
    "cohorts": squares.cohorts,
    "matrix": _matrix,
}
