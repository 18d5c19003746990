"""A waterfall: from one number to another, lying on its side, because the steps have names that want to be read."""

from html import escape

import plotly.graph_objects as go

from pages.document import number_format
from pages.document.blocks import Chart
from pages.document.figures import parts
from pages.document.palette import Palette, see_through

THICK = 0.62
MARKS = 3  # on the axis: the ends are written out, and a telephone has no room for more
LONGEST = 26  # of a name: more would leave a telephone no room for the steps


def waterfall(chart: Chart, palette: Palette) -> go.Figure:
    """The ends are lines and not bars: they stand far from zero, and a bar that does not start there misleads."""
    frame = chart.series[0].frame.iloc[::-1]
    rows = [row for _, row in parts.records(frame)]
    figure = parts.blank()
    figure.add_trace(_bars(rows, palette))
    for place, row in enumerate(rows):
        lower, upper = place - THICK / 2, place + THICK / 2
        if not number_format.known(row["start"]):
            ends = {"x0": row["value"], "x1": row["value"], "y0": lower, "y1": upper}
            figure.add_shape(type="line", line={"color": palette.ink, "width": 3}, **ends)
        if place:  # the thin line down to the next step
            joint = {"x0": row["value"], "x1": row["value"], "y0": lower, "y1": place - 1 + THICK / 2}
            figure.add_shape(type="line", line={"color": palette.faint, "width": 1}, **joint)
        figure.add_annotation(
            x=1,
            xref="paper",
            xanchor="right",
            xshift=92,
            y=place,
            showarrow=False,
            text=escape(str(row["label"])),
            font={"size": 12},
        )
    names = [parts.short(str(row["slice"]), LONGEST) for row in rows]
    ticks = {"tickvals": list(range(len(rows))), "ticktext": names, "tickfont": {"color": palette.ink, "size": 12}}
    figure.update_yaxes(showgrid=False, range=[-0.6, len(rows) - 0.4], **ticks)
    _axis(figure, chart, rows, palette)
    return figure.update_layout(height=48 + parts.ROW * len(rows), showlegend=False, margin={"l": 8, "r": 100, "t": 8, "b": 8})


def _bars(rows: list[parts.Row], palette: Palette) -> go.Bar:
    """What may be chance is pale."""
    steps = [(place, row) for place, row in enumerate(rows) if number_format.known(row["start"])]
    colours = {"better": palette.better, "worse": palette.worse}
    return go.Bar(
        orientation="h",
        y=[place for place, _ in steps],
        base=[row["start"] for _, row in steps],
        x=[row["value"] - row["start"] for _, row in steps],
        width=THICK,
        hovertext=[f"{escape(str(row['slice']))}<br><b>{escape(str(row['label']))}</b>" for _, row in steps],
        hoverinfo="text",
        marker={
            "color": [see_through(colours.get(row["colour"], palette.accent), 1 if row["real"] else 0.45) for _, row in steps],
            "cornerradius": 2,
        },
    )


def _axis(figure: go.Figure, chart: Chart, rows: list[parts.Row], palette: Palette) -> None:
    """As wide as the steps reach, with a little room."""
    places = [float(row[name]) for row in rows for name in ("start", "value") if number_format.known(row[name])]
    low, high = min(places), max(places)
    width = (high - low) or abs(high) or 1.0
    at, words = number_format.ticks(high + width / 20, chart.unit, low - width / 20)
    every = -(-len(at) // MARKS)
    figure.update_xaxes(
        tickvals=at[::every],
        ticktext=words[::every],
        tickangle=0,
        range=[low - width / 20, high + width / 20],
        showgrid=True,
        gridcolor=palette.grid,
    )
