"""Lines over time with their intervals; gaps stay gaps, unfinished slices are hollow."""

from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
from pandas import DataFrame

from pages.document import number_format, time_axis
from pages.document.blocks import Chart, Series
from pages.document.figures import parts
from pages.document.palette import Palette, see_through


def trend(chart: Chart, palette: Palette) -> go.Figure:
    """Bands only behind one or two lines: more would be fog."""
    figure = parts.blank()
    steps = time_axis.together([series.frame for series in chart.series], chart.by)
    frames = [time_axis.spread(series.frame, chart.by, steps) for series in chart.series]
    _lines(figure, chart, palette, frames)
    low, high = parts.floor(chart, frames), parts.top(chart, frames)
    parts.scale(figure, chart.unit, high, low)
    parts.target_line(figure, chart, palette, steps)
    parts.dates(figure, steps, chart.by)
    if 1 < len(chart.series) <= 4:
        ends = [
            (series.name, float(frame["value"].dropna().iloc[-1]), palette.series[i])
            for i, (series, frame) in enumerate(zip(chart.series, frames, strict=True))
            if frame["value"].notna().any()
        ]
        parts.names_beside(figure, ends, low, high)
    return figure.update_layout(height=parts.HEIGHT, showlegend=len(chart.series) > 4, hovermode="closest")


def _lines(figure: go.Figure, chart: Chart, palette: Palette, frames: list[DataFrame], row: dict[str, int] | None = None) -> None:
    for i, (series, frame) in enumerate(zip(chart.series, frames, strict=True)):
        colour = palette.series[i % len(palette.series)]
        if len(frames) <= 2 and not series.thin and {"low", "high"} <= set(frame):
            figure.add_traces(bands(frame, colour), **{k: [v] * len(bands(frame, colour)) for k, v in (row or {}).items()})
        for trace in line(chart, series, frame, colour, palette):
            figure.add_trace(trace, **(row or {}))


def bands(frame: DataFrame, colour: str) -> list[go.Scatter]:
    """The interval as an area for each unbroken run, so that a gap stays a gap."""
    known = frame["low"].notna() & frame["high"].notna()
    runs = (known != known.shift()).cumsum()[known]
    areas = []
    for _, run in runs.groupby(runs):
        part = frame.loc[run.index]
        if len(part) == 1:  # an area without width would not be seen
            span = {"x": [part.index[0]] * 2, "y": [part["low"].iloc[0], part["high"].iloc[0]]}
            pen = {"color": see_through(colour, 0.3), "width": 3}
            areas.append(go.Scatter(**span, line=pen, mode="lines", hoverinfo="skip", showlegend=False))
            continue
        x, y = [*part.index, *part.index[::-1]], [*part["high"], *part["low"][::-1]]
        areas.append(
            go.Scatter(
                x=x,
                y=y,
                fill="toself",
                fillcolor=see_through(colour, 0.13),
                line={"width": 0},
                mode="lines",
                hoverinfo="skip",
                showlegend=False,
            )
        )
    return areas


def line(chart: Chart, series: Series, frame: DataFrame, colour: str, palette: Palette) -> list[go.Scatter]:
    """The finished slices as a line, the unfinished ones hollow at the end of a dotted one."""
    cut = frame["slice"].isin(chart.partial)
    words = [
        parts.hover(time_axis.label(at, chart.by) + (" (not a full one)" if part else ""), row, chart, name=series.name)
        for (at, row), part in zip(parts.records(frame), cut, strict=True)
    ]
    shared = {"x": frame.index, "text": words, "hoverinfo": "text", "connectgaps": False, "name": series.name}
    alone = frame["value"].notna() & frame["value"].shift().isna() & frame["value"].shift(-1).isna()
    weak = frame["n"].fillna(0) < number_format.FEW if "n" in frame else cut & False
    markers = {
        "size": [7 if part else 5 if single or few else 0.1 for part, single, few in zip(cut, alone, weak, strict=True)],
        "color": [palette.card if part else palette.faint if few else colour for part, few in zip(cut, weak, strict=True)],
        "line": {"color": colour, "width": [1.5 if part else 0 for part in cut]},
        "opacity": 1,
    }
    whole = frame["value"].mask(cut)
    dotted_x, dotted_y = _pieces(frame["value"], cut)
    width = 1 if series.thin else 2.2
    return [
        go.Scatter(
            x=dotted_x,
            y=dotted_y,
            mode="lines",
            line={"color": colour, "width": width, "dash": "dot"},
            hoverinfo="skip",
            showlegend=False,
        ),
        go.Scatter(
            x=frame.index, y=whole, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip", name=series.name
        ),
        *_unusual(chart, frame, colour),
        go.Scatter(y=frame["value"], mode="markers", marker=markers, showlegend=False, **shared),
    ]


def _unusual(chart: Chart, frame: DataFrame, colour: str) -> list[go.Scatter]:
    """A diamond around what lies outside the usual ups and downs: a shape, for a colour alone is not seen by all."""
    found = frame[frame["slice"].isin(chart.unusual)]
    if found.empty:
        return []
    marker = {"symbol": "diamond-open", "size": 13, "color": colour, "line": {"width": 1.8}}
    return [go.Scatter(x=found.index, y=found["value"], mode="markers", marker=marker, hoverinfo="skip", showlegend=False)]


def _pieces(course: "pd.Series[float]", cut: "pd.Series[bool]") -> tuple[list[object], list[object]]:
    """The pieces of the line that touch an unfinished slice, with a break after each."""
    x: list[object] = []
    y: list[object] = []
    for (left, first, one), (right, second, other) in pairwise(zip(course.index, course, cut, strict=True)):
        if one or other:
            x += [left, right, None]
            y += [first, second, None]
    return x, y
