"""What several figures share: hover text, axes in words, names beside lines, a target."""

import re
from collections.abc import Iterator
from html import escape
from math import isnan
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from pandas import DataFrame, DatetimeIndex

from pages.document import number_format, time_axis
from pages.document.blocks import Chart
from pages.document.palette import Palette, see_through

Row = dict[Any, Any]

HEIGHT = 264
ROW = 30  # height of one slice


def blank(*traces: Any) -> go.Figure:
    """A figure in nobody's style: Plotly's own would be copied into each first, which takes longer than drawing it."""
    return go.Figure(data=traces, layout={"template": "none"})


def records(frame: DataFrame) -> Iterator[tuple[Any, Row]]:
    """Index and row; several times faster than iterrows, and unknown stays NaN."""
    return zip(frame.index, frame.to_dict("records"), strict=True)


def hover(label: str, row: Row, chart: Chart, unit: str = "", name: str = "") -> str:
    """Value, interval and n in three short lines. Names come from files, so they are escaped."""
    n = row.get("n", float("nan"))
    first = f"<b>{number_format.show(row['value'], unit or chart.unit, n)}</b>" + (f"  {escape(name)}" if name else "")
    interval = number_format.span(row.get("low"), row.get("high"), unit or chart.unit, n)
    lines = [escape(label), first]
    if interval:
        lines.append(f"95 % sure: {interval}")
    if is_folded(row):
        lines[1:] = [f"<b>{interval}</b>, each by itself"]
    if number_format.known(n):
        few = ", too few to say" if n < number_format.FEW and (unit or chart.unit) != "count" else ""
        lines.append(f"{number_format.number(n)} {escape(chart.counted)}{few}")
    if (usual := chart.usual.get(str(row.get("slice")))) and number_format.known(row["value"]):
        lines.append(f"{'Not usual: that is' if row['slice'] in chart.unusual else 'Usual:'} {escape(usual)}")
    return "<br>".join(lines)


def is_folded(row: Row) -> bool:
    """Several slices in one row, whose value is not known: its span is that of their values, and no interval."""
    return not number_format.known(row["value"]) and re.fullmatch(r"other \(\d+\)", str(row.get("slice"))) is not None


def top(chart: Chart, frames: list[DataFrame]) -> float:
    """The highest value, so that an interval of a few answers does not squeeze everything else."""
    highest = max((float(frame["value"].max()) for frame in frames if frame["value"].notna().any()), default=1.0)
    bounds = [float(frame["high"].max()) for frame in frames if "high" in frame and frame["high"].notna().any()]
    reach = min(max([highest, *bounds]), highest * 1.6) if highest > 0 else max([highest, *bounds])
    return max(reach, chart.target or 0.0, *chart.promised.values())


def bottom(frames: list[DataFrame]) -> float:
    """Zero, or below it where values are negative."""
    columns = [frame[name].min() for frame in frames for name in ("value", "low") if name in frame]
    return min([0.0, *(float(low) for low in columns if not isnan(low))])


FITTED = {"percent", "points", "score"}


def floor(chart: Chart, frames: list[DataFrame]) -> float:
    """Zero for times, counts and money; for shares and scores, a little below the lowest: dots and lines need no zero."""
    low = bottom(frames)
    bounds = [
        float(frame[name].min()) for frame in frames for name in ("low", "value") if name in frame and frame[name].notna().any()
    ]
    if chart.unit not in FITTED or low < 0 or not bounds:
        return low
    lowest = min([*bounds, *chart.promised.values()])
    reach = max(top(chart, frames) - lowest, 1.0)
    return max(0.0, lowest - 0.15 * reach)


def scale(figure: go.Figure, unit: str, high: float, low: float = 0.0, axis: str = "yaxis") -> None:
    """An axis whose numbers read like the tiles do."""
    places, words = number_format.ticks(high, unit, low)
    room = (high - low) * 0.08
    figure.update_layout(
        {axis: {"tickvals": places, "ticktext": words, "tickangle": 0, "range": [low - (room if low < 0 else 0), high + room]}}
    )


def thinned(figure: go.Figure) -> None:
    """Every line stays, every other name goes where there are many: on a phone they would stand on one another. Zero stays."""
    axis = figure.layout.xaxis
    low, high = axis.range
    seen = [(place, word) for place, word in zip(axis.tickvals, axis.ticktext, strict=True) if low <= place <= high]
    every = -(-len(seen) // 3)
    first = next((at % every for at, (place, _) in enumerate(seen) if place == 0), 0)
    words = [word if at % every == first else "" for at, (_, word) in enumerate(seen)]
    figure.update_xaxes(tickvals=[place for place, _ in seen], ticktext=words)


def target_line(figure: go.Figure, chart: Chart, palette: Palette, steps: DatetimeIndex | None = None) -> None:
    """A dashed line with its value; over time one that follows every change. Nothing where no target is set."""
    if chart.promised and steps is not None:
        _promised(figure, chart, palette, steps)
    elif chart.target is not None:
        figure.add_hline(y=chart.target, line={"color": palette.muted, "width": 1, "dash": "dash"})
        _aim(figure, chart, palette, chart.target, x=0, xref="paper", xanchor="left")


def _promised(figure: go.Figure, chart: Chart, palette: Palette, steps: DatetimeIndex) -> None:
    """Each slice is as wide as its time; the value stands where a target begins."""
    held = {time_axis.place(name): goal for name, goal in chart.promised.items()}
    half = (steps[-1] - steps[0]) / max(len(steps) - 1, 1) / 2
    x: list[object] = []
    y: list[float | None] = []
    before: float | None = None
    for at in steps:
        goal = held.get(at)
        x += [at - half, at + half]
        y += [goal, goal]
        if goal is not None and goal != before:
            _aim(figure, chart, palette, goal, x=at - half, xanchor="left")
        before = goal
    figure.add_trace(
        go.Scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": palette.muted, "width": 1, "dash": "dash", "shape": "hv"},
            hoverinfo="skip",
            showlegend=False,
            connectgaps=False,
        )
    )


def _aim(figure: go.Figure, chart: Chart, palette: Palette, goal: float, **place: Any) -> None:
    figure.add_annotation(
        y=goal,
        yanchor="bottom",
        showarrow=False,
        text=f"target {number_format.show(goal, chart.unit)}",
        font={"size": 11, "color": palette.muted},
        bgcolor=see_through(palette.card, 0.75),  # readable where a line runs through
        borderpad=0,
        **place,
    )


def names_beside(figure: go.Figure, ends: list[tuple[str, float, str]], low: float, high: float) -> None:
    """Writes each line's name at its end, moved apart where they would overlap; `ends` are name, last value, colour."""
    height = (high - low) * 1.08 or 1.0
    gap = height * 15 / (HEIGHT - 40)
    lowest = float("-inf")
    for name, value, colour in sorted(ends, key=lambda end: end[1]):
        lowest = max(value, lowest + gap)
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=lowest,
            showarrow=False,
            text=escape(name),
            font={"size": 12, "color": colour},
        )
    widest = max((len(name) for name, _, _ in ends), default=0)
    figure.update_layout(margin={"l": 8, "t": 8, "b": 8, "r": 14 + 7 * widest})


def short(text: str, length: int = 26) -> str:
    """A slice's name, cut to what fits beside a chart on a phone, safe to write."""
    return escape(text if len(text) <= length else text[: length - 1].rstrip() + "…")


def dates(figure: go.Figure, steps: DatetimeIndex, by: str) -> None:
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
