"""Figures over slices: dots with intervals, distributions, and the share that is done within a time."""

from math import log10

import plotly.graph_objects as go

from pages.document import number_format
from pages.document.blocks import Chart
from pages.document.figures import parts
from pages.document.palette import Palette, see_through

SOONEST = 1.0  # minutes: what is done sooner stands at the left edge
MARKS = (1, 5, 15, 60, 240, 1440, 4320, 10080, 43200, 129600)


def dots(chart: Chart, palette: Palette) -> go.Figure:
    """Names on the left, values at the dots, n on the right; a slice with too few answers is grey."""
    frame = chart.series[0].frame.iloc[::-1]
    names = [parts.short(chart.labels.get(str(text), str(text))) for text in frame["slice"]]
    places = list(range(len(frame)))
    weak = [n < number_format.FEW or not number_format.known(value) for n, value in zip(frame["n"], frame["value"], strict=True)]
    colours = [palette.faint if few else palette.accent for few in weak]
    figure = parts.blank()
    spans = [
        {"type": "line", "x0": low, "x1": high, "y0": place, "y1": place, "line": {"color": see_through(colour, 0.45), "width": 3}}
        for place, low, high, colour in zip(places, frame["low"], frame["high"], colours, strict=True)
        if number_format.known(low) and number_format.known(high)
    ]
    words = [parts.hover(str(row["slice"]), row, chart) for _, row in parts.records(frame)]
    labels = [_label(row, chart) for _, row in parts.records(frame)]
    figure.add_trace(
        go.Scatter(
            x=frame["value"],
            y=places,
            mode="markers",
            marker={"size": 9, "color": colours},
            hovertext=words,
            hoverinfo="text",
            customdata=[str(text) for text in frame["slice"]],
        )
    )
    parts.scale(figure, chart.unit, parts.top(chart, [frame]), parts.floor(chart, [frame]), "xaxis")
    right = [
        f"{label}  <span style='color:{palette.muted}'>{number_format.number(n)}</span>"
        for label, n in zip(labels, frame["n"], strict=True)
    ]
    figure.update_yaxes(
        tickvals=places, ticktext=names, showgrid=False, range=[-0.6, len(frame) - 0.4], tickfont={"color": palette.ink, "size": 12}
    )
    low, high = figure.layout.xaxis.range
    figure.update_xaxes(showgrid=True, gridcolor=palette.grid, range=[low - 0.03 * (high - low), high])  # a dot at zero, whole
    parts.thinned(figure)
    beside = {
        "x": 1,
        "xref": "paper",
        "xanchor": "right",
        "xshift": 104,
        "showarrow": False,
        "align": "right",
        "font": {"size": 12},
    }
    # All at once: one after the other, Plotly would go over those there are each time.
    figure.update_layout(
        shapes=spans,
        annotations=[beside | {"y": y, "text": text, "font": {"size": 12}} for y, text in zip(places, right, strict=True)],
    )
    if chart.target is not None:
        figure.add_vline(x=chart.target, line={"color": palette.muted, "width": 1, "dash": "dash"})
    return figure.update_layout(
        height=48 + parts.ROW * max(len(frame), 2), showlegend=False, margin={"l": 8, "r": 112, "t": 8, "b": 8}
    )


def _label(row: parts.Row, chart: Chart) -> str:
    """What stands beside a dot; where there is none, that the slices in it differ."""
    if number_format.known(row["value"]):
        return number_format.show(row["value"], chart.unit, row["n"])
    return "various" if parts.is_folded(row) else ""


def distribution(chart: Chart, palette: Palette) -> go.Figure:
    """`labels` sort slices into promoters, passives and detractors, or good, neutral and bad: three colours, in that order."""
    frame = chart.series[0].frame
    kinds = list(dict.fromkeys(chart.labels.values()))
    figure = parts.blank()
    share = chart.whole or frame["value"].sum()
    order = [str(text) for text in frame["slice"]]
    for kind in kinds or [""]:
        part = frame[[chart.labels.get(text, "") == kind for text in order]] if kinds else frame
        colour = palette.segments[kinds.index(kind) % 3] if kinds else palette.accent
        words = [
            f"{parts.short(str(row['slice']))}<br><b>{number_format.show(row['value'], chart.unit)}</b>"
            + (f"<br>{number_format.number(row['value'] / share * 100)} % of all" if chart.unit == "count" and share else "")
            for _, row in parts.records(part)
        ]
        figure.add_trace(
            go.Bar(
                x=[parts.short(str(text)) for text in part["slice"]],
                y=part["value"],
                name=kind,
                hovertext=words,
                hoverinfo="text",
                marker={"color": colour, "cornerradius": 2},
            )
        )
    parts.scale(figure, chart.unit, float(frame["value"].max() or 1))
    places = _whole_scale(order, chart)
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=[parts.short(text) for text in places],
        range=[-0.5, len(places) - 0.5],
    )
    return figure.update_layout(height=parts.HEIGHT, bargap=0.18, showlegend=len(kinds) > 1)


def _whole_scale(given: list[str], chart: Chart) -> list[str]:
    """Scores that nobody gave have a place of their own: a scale that begins at 2 is read as one without 0 and 1."""
    if all(text.isdecimal() for text in [*given, *chart.labels]):
        return sorted({*given, *chart.labels}, key=int)
    return given


def curve(chart: Chart, palette: Palette) -> go.Figure:
    """Steps up from zero over a time that grows by factors; where a line crosses the target a dot says the share."""
    figure = parts.blank()
    reach = _reach(chart)
    ends = []
    for i, series in enumerate(chart.series):
        colour = palette.series[i % len(palette.series)]
        frame = series.frame[series.frame["at"] <= reach].sort_values("at")
        frame = frame.assign(at=frame["at"].clip(lower=SOONEST))
        name = parts.short(series.name)
        words = [
            f"{name}<br><b>{number_format.show(share, 'percent')}</b> within {number_format.show(at, chart.unit)}"
            for at, share in zip(frame["at"], frame["value"], strict=True)
        ]
        figure.add_trace(
            go.Scatter(
                x=frame["at"],
                y=frame["value"],
                mode="lines",
                line={"color": colour, "width": 2.2, "shape": "hv"},
                text=words,
                hoverinfo="text",
                name=series.name,
            )
        )
        done = frame[frame["at"] <= (chart.target if chart.target is not None else -1)]
        if len(done):
            share = float(done["value"].iloc[-1])
            figure.add_trace(
                go.Scatter(
                    x=[chart.target],
                    y=[share],
                    mode="markers",
                    marker={"size": 8, "color": colour},
                    showlegend=False,
                    text=[f"{parts.short(series.name)}: {number_format.show(share, 'percent')} within the target"],
                    hoverinfo="text",
                )
            )
        if len(frame):
            ends.append((series.name, float(frame["value"].iloc[-1]), colour))
    places = [place for place in MARKS if place <= reach]
    figure.update_xaxes(
        type="log",
        tickvals=places,
        ticktext=["" if place == 15 and reach > 1440 else number_format.show(place, chart.unit) for place in places],
        tickangle=0,
        ticklabelstandoff=6,
        range=[log10(SOONEST), log10(max(reach, 2 * SOONEST))],
        showgrid=True,
        gridcolor=palette.grid,
    )
    parts.scale(figure, "percent", 100.0)
    if chart.target is not None:
        figure.add_vline(x=chart.target, line={"color": palette.muted, "width": 1, "dash": "dash"})
        figure.add_annotation(
            x=chart.target,
            y=0,
            yref="paper",
            yanchor="bottom",
            xanchor="left",
            xshift=4,
            showarrow=False,
            text=f"target {number_format.show(chart.target, chart.unit)}",
            font={"size": 11, "color": palette.muted},
        )
    return figure.update_layout(height=parts.HEIGHT + 24, showlegend=len(ends) > 1)


def _reach(chart: Chart) -> float:
    """Where the slowest slice is all but done: the last few stragglers would squeeze everything else."""
    ends = []
    for series in chart.series:
        done = series.frame[series.frame["value"] >= 0.99 * series.frame["value"].max()]
        ends += [float(done["at"].min())] if len(done) else []
    return max([*ends, chart.target or 0.0, 2 * SOONEST])
