"""Draws charts with Plotly: a chart and a palette in, a figure out. Express is never used: it costs ten times as much."""

from collections.abc import Callable, Mapping

import plotly.graph_objects as go

from pages.document.blocks import Chart
from pages.document.figures import bars, by_slice, grids, lines, steps
from pages.document.palette import Palette, template

DRAWN: Mapping[str, Callable[[Chart, Palette], go.Figure]] = {
    "trend": lines.trend,
    "bars": bars.bars,
    "volume": bars.volume,
    "stack": bars.stack,
    "dots": by_slice.dots,
    "distribution": by_slice.distribution,
    "curve": by_slice.curve,
    "heat": grids.heat,
    "cohorts": grids.cohorts,
    "matrix": grids.matrix,
    "waterfall": steps.waterfall,
}


def figure(chart: Chart, palette: Palette) -> go.Figure:
    """The chart in these colours."""
    return bare(chart, palette).update_layout(template=template(palette))


def bare(chart: Chart, palette: Palette) -> go.Figure:
    """The chart without what all charts have in common: a page of many says that once, and setting it costs as much as drawing."""
    return DRAWN[chart.kind](chart, palette)


def is_empty(chart: Chart) -> bool:
    """Whether there is nothing to draw: no rows, or no known value in them."""
    return all(series.frame.empty or series.frame["value"].isna().all() for series in chart.series)
