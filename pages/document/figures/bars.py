"""Bars: over time or over slices, beside each other, stacked, or below a line."""

import pandas as pd
import plotly.graph_objects as go
from pandas import DataFrame, DatetimeIndex
from plotly.subplots import make_subplots

from pages.document import time_axis
from pages.document.blocks import Chart, Series
from pages.document.figures import lines, parts
from pages.document.palette import Palette, see_through

TIMES = tuple(time_axis.STEP)


def bars(chart: Chart, palette: Palette) -> go.Figure:
    """Over time or over slices; unfinished bars are hollow."""
    figure = parts.blank()
    if chart.by not in TIMES:
        return _slice_bars(figure, chart, palette)
    steps = time_axis.together([series.frame for series in chart.series], chart.by)
    frames = [time_axis.spread(series.frame, chart.by, steps) for series in chart.series]
    for i, (series, frame) in enumerate(zip(chart.series, frames, strict=True)):
        figure.add_traces(_bar(chart, series, frame, palette.series[i % len(palette.series)]))
    parts.scale(figure, chart.unit, parts.top(chart, frames), parts.bottom(frames))
    parts.target_line(figure, chart, palette, steps)
    parts.dates(figure, steps, chart.by)
    return figure.update_layout(height=parts.HEIGHT, barmode="group", showlegend=len(frames) > 1)


def _bar(chart: Chart, series: Series, frame: DataFrame, colour: str, unit: str = "") -> list[go.Bar]:
    """Full slices and unfinished ones; the unfinished are hollow and have no place in the legend."""
    cut = frame["slice"].isin(chart.partial)
    words = [
        parts.hover(
            time_axis.label(at, chart.by) + (" (not a full one)" if part else ""),
            row | {"n": float("nan")},
            chart,
            unit,
            series.name,
        )
        for (at, row), part in zip(parts.records(frame), cut, strict=True)
    ]
    shared = {
        "x": frame.index,
        "name": series.name,
        "text": words,
        "textposition": "none",
        "hoverinfo": "text",
        "offsetgroup": series.name,
    }
    hollow = {"color": see_through(colour, 0.14), "line": {"color": colour, "width": 1.2}, "cornerradius": 2}
    return [
        go.Bar(y=frame["value"].mask(cut), marker={"color": colour, "cornerradius": 2}, **shared),
        go.Bar(y=frame["value"].where(cut), marker=hollow, showlegend=False, **shared),
    ]


def _slice_bars(figure: go.Figure, chart: Chart, palette: Palette) -> go.Figure:
    frames = [series.frame for series in chart.series]
    for i, series in enumerate(chart.series):
        words = [parts.hover(str(row["slice"]), row, chart, name=series.name) for _, row in parts.records(series.frame)]
        names = [parts.short(chart.labels.get(str(text), str(text))) for text in series.frame["slice"]]
        figure.add_trace(
            go.Bar(
                x=names,
                y=series.frame["value"],
                name=series.name,
                text=words,
                textposition="none",
                hoverinfo="text",
                marker={"color": palette.series[i % len(palette.series)], "cornerradius": 2},
            )
        )
    parts.scale(figure, chart.unit, parts.top(chart, frames), parts.bottom(frames))
    parts.target_line(figure, chart, palette)
    figure.update_xaxes(type="category")
    return figure.update_layout(height=parts.HEIGHT, barmode="group", showlegend=len(frames) > 1)


def volume(chart: Chart, palette: Palette) -> go.Figure:
    """The line's panel is the larger one: it is the answer, the bars are the reason one looks for."""
    rows = {"rows": 2, "cols": 1, "shared_xaxes": True, "row_heights": [0.64, 0.36], "vertical_spacing": 0.14}
    figure = make_subplots(**rows, figure=parts.blank())
    line, amounts = chart.series
    steps = time_axis.together([line.frame, amounts.frame], chart.by)
    above, below = (time_axis.spread(series.frame, chart.by, steps) for series in (line, amounts))
    colour = palette.series[0]
    for trace in [*lines.bands(above, colour), *lines.line(chart, line, above, colour, palette)]:
        figure.add_trace(trace, row=1, col=1)
    figure.add_traces(_bar(chart, amounts, below, palette.faint, "count"), rows=[2, 2], cols=[1, 1])
    parts.scale(figure, chart.unit, parts.top(chart, [above]))
    parts.scale(figure, "count", float(below["value"].max() or 1), axis="yaxis2")
    parts.target_line(figure, chart, palette, steps)
    parts.dates(figure, steps, chart.by)
    for place, series in ((1.0, line), (0.30, amounts)):
        figure.add_annotation(
            x=0,
            y=place,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            text=parts.short(series.name, 40),
            font={"size": 12, "color": palette.muted},
        )
    return figure.update_layout(height=320, showlegend=False, margin={"l": 8, "r": 12, "t": 22, "b": 8})


def stack(chart: Chart, palette: Palette) -> go.Figure:
    """Three named segments of loyalty have colours of their own; everything else takes the series' colours."""
    timed = chart.by in TIMES
    steps = time_axis.together([s.frame for s in chart.series], chart.by) if timed else DatetimeIndex([])
    figure = parts.blank()
    total: pd.Series[float] | float = 0.0
    colours = palette.segments if len(chart.series) == 3 else palette.series
    for i, series in enumerate(chart.series):
        frame = time_axis.spread(series.frame, chart.by, steps) if timed else series.frame.set_index("slice", drop=False)
        words = [
            parts.hover(time_axis.label(at, chart.by) if timed else str(at), row, chart, name=series.name)
            for at, row in parts.records(frame)
        ]
        places = frame.index if timed else [parts.short(str(text)) for text in frame.index]
        figure.add_trace(
            go.Bar(
                x=places,
                y=frame["value"],
                name=series.name,
                text=words,
                textposition="none",
                hoverinfo="text",
                marker={"color": colours[i % len(colours)]},
            )
        )
        total = frame["value"].fillna(0) + total
    high = 100.0 if chart.unit == "percent" else float(pd.Series(total).max() or 1)
    parts.scale(figure, chart.unit, high)
    if timed:
        parts.dates(figure, steps, chart.by)
    return figure.update_layout(height=parts.HEIGHT, barmode="stack", bargap=0.12, legend={"traceorder": "normal"})
