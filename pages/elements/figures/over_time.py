"""Figures along time: lines with intervals, bars, a line above bars, parts of a whole."""

import pandas as pd
import plotly.graph_objects as go
from pandas import DataFrame, DatetimeIndex
from plotly.subplots import make_subplots

from pages.elements import moments, values
from pages.elements.blocks import Chart, Series
from pages.elements.figures import parts
from pages.elements.palette import Palette, see_through

TIMES = tuple(moments.STEP)


def trend(chart: Chart, palette: Palette) -> go.Figure:
    """Bands only behind one or two lines: more would be fog."""
    figure = go.Figure()
    steps = moments.together([series.frame for series in chart.series], chart.by)
    frames = [moments.spread(series.frame, chart.by, steps) for series in chart.series]
    _lines(figure, chart, palette, frames)
    low, high = parts.bottom(frames), parts.top(chart, frames)
    parts.scale(figure, chart.unit, high, low)
    parts.target_line(figure, chart, palette)
    _dates(figure, steps, chart.by)
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
            figure.add_traces(_bands(frame, colour), **{k: [v] * len(_bands(frame, colour)) for k, v in (row or {}).items()})
        for trace in _line(chart, series, frame, colour, palette):
            figure.add_trace(trace, **(row or {}))


def _bands(frame: DataFrame, colour: str) -> list[go.Scatter]:
    """The interval as an area for each unbroken run, so that a gap stays a gap."""
    known = frame["low"].notna() & frame["high"].notna()
    runs = (known != known.shift()).cumsum()[known]
    areas = []
    for _, run in runs.groupby(runs):
        part = frame.loc[run.index]
        x, y = [*part.index, *part.index[::-1]], [*part["high"], *part["low"][::-1]]
        areas.append(
            go.Scatter(x=x, y=y, fill="toself", fillcolor=see_through(colour, 0.13), line={"width": 0}, mode="lines",
                       hoverinfo="skip", showlegend=False)
        )
    return areas


def _line(chart: Chart, series: Series, frame: DataFrame, colour: str, palette: Palette) -> list[go.Scatter]:
    """The finished slices as a line, the unfinished ones hollow at the end of a dotted one."""
    cut = frame["slice"].isin(chart.partial)
    words = [parts.hover(moments.label(at, chart.by) + (" (not a full one)" if part else ""), row, chart, name=series.name)
             for (at, row), part in zip(parts.records(frame), cut, strict=True)]
    shared = {"x": frame.index, "text": words, "hoverinfo": "text", "connectgaps": False, "name": series.name}
    alone = frame["value"].notna() & frame["value"].shift().isna() & frame["value"].shift(-1).isna()
    weak = frame["n"].fillna(0) < values.FEW if "n" in frame else cut & False
    markers = {
        "size": [7 if part else 5 if single or few else 0.1 for part, single, few in zip(cut, alone, weak, strict=True)],
        "color": [palette.card if part else palette.faint if few else colour for part, few in zip(cut, weak, strict=True)],
        "line": {"color": colour, "width": [1.5 if part else 0 for part in cut]},
        "opacity": 1,
    }
    whole = frame["value"].mask(cut)
    dotted = frame["value"].where(cut | cut.shift(-1, fill_value=False) | cut.shift(fill_value=False))
    width = 1 if series.thin else 2.2
    return [
        go.Scatter(x=frame.index, y=dotted, mode="lines", line={"color": colour, "width": width, "dash": "dot"}, hoverinfo="skip",
                   showlegend=False),
        go.Scatter(x=frame.index, y=whole, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip", name=series.name),
        go.Scatter(y=frame["value"], mode="markers", marker=markers, showlegend=False, **shared),
    ]


def bars(chart: Chart, palette: Palette) -> go.Figure:
    """Over time or over slices; unfinished bars are hollow."""
    figure = go.Figure()
    if chart.by not in TIMES:
        return _slice_bars(figure, chart, palette)
    steps = moments.together([series.frame for series in chart.series], chart.by)
    frames = [moments.spread(series.frame, chart.by, steps) for series in chart.series]
    for i, (series, frame) in enumerate(zip(chart.series, frames, strict=True)):
        figure.add_trace(_bar(chart, series, frame, palette.series[i % len(palette.series)]))
    parts.scale(figure, chart.unit, parts.top(chart, frames), parts.bottom(frames))
    parts.target_line(figure, chart, palette)
    _dates(figure, steps, chart.by)
    return figure.update_layout(height=parts.HEIGHT, barmode="group", showlegend=len(frames) > 1)


def _bar(chart: Chart, series: Series, frame: DataFrame, colour: str, unit: str = "") -> go.Bar:
    cut = frame["slice"].isin(chart.partial)
    words = [parts.hover(moments.label(at, chart.by) + (" (not a full one)" if part else ""), row | {"n": float("nan")}, chart,
                         unit, series.name) for (at, row), part in zip(parts.records(frame), cut, strict=True)]
    return go.Bar(
        x=frame.index, y=frame["value"], name=series.name, text=words, textposition="none", hoverinfo="text",
        marker={"color": [see_through(colour, 0.14 if part else 1) for part in cut],
                "line": {"color": colour, "width": [1.2 if part else 0 for part in cut]}, "cornerradius": 2},
    )


def _slice_bars(figure: go.Figure, chart: Chart, palette: Palette) -> go.Figure:
    frames = [series.frame for series in chart.series]
    for i, series in enumerate(chart.series):
        words = [parts.hover(str(row["slice"]), row, chart, name=series.name) for _, row in parts.records(series.frame)]
        names = [parts.short(chart.labels.get(str(text), str(text))) for text in series.frame["slice"]]
        figure.add_trace(go.Bar(x=names, y=series.frame["value"], name=series.name, text=words, textposition="none", hoverinfo="text",
                                marker={"color": palette.series[i % len(palette.series)], "cornerradius": 2}))
    parts.scale(figure, chart.unit, parts.top(chart, frames), parts.bottom(frames))
    parts.target_line(figure, chart, palette)
    figure.update_xaxes(type="category")
    return figure.update_layout(height=parts.HEIGHT, barmode="group", showlegend=len(frames) > 1)


def volume(chart: Chart, palette: Palette) -> go.Figure:
    """The line's panel is the larger one: it is the answer, the bars are the reason one looks for."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.64, 0.36], vertical_spacing=0.14)
    line, amounts = chart.series
    steps = moments.together([line.frame, amounts.frame], chart.by)
    above, below = (moments.spread(series.frame, chart.by, steps) for series in (line, amounts))
    colour = palette.series[0]
    for trace in [*_bands(above, colour), *_line(chart, line, above, colour, palette)]:
        figure.add_trace(trace, row=1, col=1)
    figure.add_trace(_bar(chart, amounts, below, palette.faint, "count"), row=2, col=1)
    parts.scale(figure, chart.unit, parts.top(chart, [above]))
    parts.scale(figure, "count", float(below["value"].max() or 1), axis="yaxis2")
    parts.target_line(figure, chart, palette)
    _dates(figure, steps, chart.by)
    for place, series in ((1.0, line), (0.30, amounts)):
        figure.add_annotation(x=0, y=place, xref="paper", yref="paper", xanchor="left", yanchor="bottom", showarrow=False,
                              text=parts.short(series.name, 40), font={"size": 12, "color": palette.muted})
    return figure.update_layout(height=320, showlegend=False, margin={"l": 8, "r": 12, "t": 22, "b": 8})


def stack(chart: Chart, palette: Palette) -> go.Figure:
    """Three named segments of loyalty have colours of their own; everything else takes the series' colours."""
    timed = chart.by in TIMES
    steps = moments.together([s.frame for s in chart.series], chart.by) if timed else DatetimeIndex([])
    figure = go.Figure()
    total: "pd.Series[float] | float" = 0.0
    colours = palette.segments if len(chart.series) == 3 else palette.series
    for i, series in enumerate(chart.series):
        frame = moments.spread(series.frame, chart.by, steps) if timed else series.frame.set_index("slice", drop=False)
        words = [parts.hover(moments.label(at, chart.by) if timed else str(at), row, chart, name=series.name) for at, row in parts.records(frame)]
        places = frame.index if timed else [parts.short(str(text)) for text in frame.index]
        figure.add_trace(go.Bar(x=places, y=frame["value"], name=series.name, text=words, textposition="none", hoverinfo="text",
                                marker={"color": colours[i % len(colours)]}))
        total = frame["value"].fillna(0) + total
    high = 100.0 if chart.unit == "percent" else float(pd.Series(total).max() or 1)
    parts.scale(figure, chart.unit, high)
    if timed:
        _dates(figure, steps, chart.by)
    return figure.update_layout(height=parts.HEIGHT, barmode="stack", bargap=0.12)


def _dates(figure: go.Figure, steps: DatetimeIndex, by: str) -> None:
    """At most six dates, the year only where it is needed."""
    if len(steps) == 0:
        return
    chosen = steps[:: max(1, -(-len(steps) // 6))]
    years = steps[0].year != steps[-1].year
    words = [_short(at, by, years and (i == 0 or at.year != chosen[i - 1].year)) for i, at in enumerate(chosen)]
    figure.update_xaxes(tickvals=chosen, ticktext=words, showline=True)


def _short(at: pd.Timestamp, by: str, year: bool) -> str:
    text = f"Q{at.quarter}" if by == "quarter" else f"{at:%b}" if by == "month" else f"{at.day} {at:%b}"
    return f"{text}<br>{at.year}" if year else text
