"""Figures on two dimensions: weekday by hour, month by age, how often by how much."""

import plotly.graph_objects as go
from pandas import DataFrame

from pages.document import number_format
from pages.document.blocks import Chart
from pages.document.figures import parts
from pages.document.palette import Palette, see_through

ACROSS, DOWN, LETTER, LINE = 255.0, 280.0, 6.3, 15.0  # a matrix on a phone, its letters and lines, in pixels
TURN = 0.6  # names right of here stand left of their dots
LONGEST = 22
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def heat(chart: Chart, palette: Palette) -> go.Figure:
    """Monday on top. Cells without an answer are empty, cells with too few say so on hover."""
    frame = chart.series[0].frame
    cells = {(str(row["weekday"]), int(row["hour"])): row for _, row in parts.records(frame)}
    shown = [[_value(cells.get((day, hour))) for hour in range(24)] for day in DAYS]
    words = [
        [_words(chart, cells.get((day, hour)), f"{day}, {hour:02d}:00 to {hour + 1:02d}:00") for hour in range(24)] for day in DAYS
    ]
    figure = parts.blank(
        go.Heatmap(
            z=shown,
            x=list(range(24)),
            y=[day[:3] for day in DAYS],
            text=words,
            hoverinfo="text",
            xgap=2,
            ygap=2,
            colorscale=_ramp(palette),
            zmin=0,
            showscale=True,
            hoverongaps=False,
            colorbar=_key(chart, palette, frame),
        )
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(
        tickvals=list(range(0, 24, 6)), ticktext=[f"{hour:02d}:00" for hour in range(0, 24, 6)], tickangle=0, showline=False
    )
    return figure.update_layout(height=264)


def cohorts(chart: Chart, palette: Palette) -> go.Figure:
    """One row a month of newcomers, one column a month of age."""
    frame = chart.series[0].frame
    names = sorted({str(name) for name in frame["cohort"]})
    ages = list(range(int(frame["age"].max()) + 1)) if len(frame) else [0]
    cells = {(str(row["cohort"]), int(row["age"])): row for _, row in parts.records(frame)}
    shown = [[_value(cells.get((name, age))) for age in ages] for name in names]
    words = [[_words(chart, cells.get((name, age)), f"Came in {name}, {age} months later") for age in ages] for name in names]
    # From the lowest, not from zero: most customers stay, and the differences are what one looks for.
    lowest = float(min(90, 10 * (frame["value"].min() // 10))) if len(frame) else 0.0
    figure = parts.blank(
        go.Heatmap(
            z=shown,
            x=ages,
            y=names,
            text=words,
            hoverinfo="text",
            xgap=2,
            ygap=2,
            colorscale=_ramp(palette),
            zmin=lowest,
            zmax=100 if chart.unit == "percent" else None,
            hoverongaps=False,
            colorbar=_key(chart, palette, frame, lowest),
        )
    )
    figure.update_yaxes(autorange="reversed", type="category", showgrid=False)
    figure.update_xaxes(title="months after the first", showline=False)
    return figure.update_layout(height=90 + 24 * max(len(names), 2))


def matrix(chart: Chart, palette: Palette) -> go.Figure:
    """Right is often, down is painful; the names of the largest stand beside their dots."""
    frame = chart.series[0].frame
    largest = frame["n"].max() or 1
    sizes = [8 + 26 * (n / largest) ** 0.5 for n in frame["n"]]
    colours = [
        palette.faint
        if n < number_format.FEW
        else palette.worse
        if _sure(row, -1)
        else palette.better
        if _sure(row, 1)
        else palette.accent
        for n, (_, row) in zip(frame["n"], parts.records(frame), strict=True)
    ]
    words = [
        f"{parts.short(str(row['slice']), 60)}<br><b>{number_format.show(row['value'], chart.unit)}</b>"
        f"  {number_format.span(row['low'], row['high'], chart.unit)}"
        f"<br>{number_format.show(row['x'], 'percent')} of all, {number_format.number(row['n'])} {chart.counted}"
        for _, row in parts.records(frame)
    ]
    reach = float(frame["x"].max() or 1)
    sides = ["middle left" if x > reach * TURN else "middle right" for x in frame["x"]]
    named = _apart(frame, reach)
    labels = [parts.short(str(text), LONGEST) if place in named else "" for place, text in enumerate(frame["slice"])]
    figure = parts.blank(
        go.Scatter(
            x=frame["x"],
            y=frame["value"],
            mode="markers+text",
            text=labels,
            textposition=sides,
            hovertext=words,
            hoverinfo="text",
            textfont={"size": 12, "color": palette.ink},
            cliponaxis=False,
            marker={"size": sizes, "color": [see_through(colour, 0.75) for colour in colours], "line": {"width": 0}},
        )
    )
    parts.scale(figure, "percent", reach, axis="xaxis")
    low, high = float(frame["value"].min()), float(frame["value"].max())
    parts.scale(figure, chart.unit, max(high, 0.0) or 1.0, min(low, 0.0))
    figure.add_hline(y=0, line={"color": palette.line, "width": 1}, layer="below")
    figure.update_xaxes(title=chart.labels.get("x", "how often"))
    figure.update_yaxes(title=chart.labels.get("y", ""))
    return figure.update_layout(height=360, showlegend=False)


def _apart(frame: DataFrame, reach: float) -> set[int]:
    """The dots whose names can be read: the surest and largest first, none on top of another, on a phone neither."""
    height = float(frame["value"].max() - frame["value"].min()) or 1.0
    taken: list[tuple[float, float, float]] = []
    rows = [(place, row) for place, (_, row) in enumerate(parts.records(frame))]
    rows.sort(key=lambda one: (-(_sure(one[1], -1) or _sure(one[1], 1)), -one[1]["n"]))
    chosen: set[int] = set()
    for place, row in rows:
        x, y = row["x"] / reach * ACROSS, row["value"] / height * DOWN
        long = LETTER * min(len(str(row["slice"])), LONGEST)
        left = x - long if row["x"] > reach * TURN else x
        if all(left > end or left + long < start or abs(y - level) > LINE for start, end, level in taken):
            taken.append((left, left + long, y))
            chosen.add(place)
    return chosen


def _sure(row: parts.Row, sign: int) -> bool:
    """More than chance; `real` where all dots were judged together."""
    low, high = row["low"], row["high"]
    return bool(row.get("real", True)) and bool(
        number_format.known(low) and number_format.known(high) and (high < 0 if sign < 0 else low > 0)
    )


def _value(row: parts.Row | None) -> float | None:
    return None if row is None or not number_format.known(row["value"]) else float(row["value"])


def _words(chart: Chart, row: parts.Row | None, place: str) -> str:
    return place if row is None else parts.hover(place, row, chart)


def _ramp(palette: Palette) -> list[list[object]]:
    return [[i / (len(palette.ramp) - 1), colour] for i, colour in enumerate(palette.ramp)]


def _key(chart: Chart, palette: Palette, frame: DataFrame, lowest: float = 0.0) -> dict[str, object]:
    """The legend beside the cells, in the chart's own unit."""
    highest = 100.0 if chart.kind == "cohorts" and chart.unit == "percent" else float(frame["value"].max() or 1)
    places, words = number_format.ticks(highest, chart.unit, lowest)
    return {
        "tickvals": places,
        "ticktext": words,
        "outlinewidth": 0,
        "thickness": 8,
        "tickfont": {"size": 11, "color": palette.muted},
    }
