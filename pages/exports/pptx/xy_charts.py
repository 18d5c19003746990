"""Native charts of points: shares done over time, and how often against how much it matters."""

from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from pages.document import axes, safe_text
from pages.document.blocks import Chart
from pages.document.chart_sentences import verdict
from pages.document.palette import LIGHT
from pages.exports.pptx import error_bars
from pages.exports.pptx.chart_parts import added, axis_title, fill, from_to
from pages.exports.pptx.slide_layout import Box, Page

NAME, LINE = 2.0, 0.22  # inches that a point's name takes
SOONEST = 1.0  # minutes: what is done sooner stands at the left edge


def curve(page: Page, chart: Chart, box: Box) -> None:
    """Shares over a time that grows by factors."""
    data, longest = XyChartData(), max(len(series.frame) for series in chart.series)
    for series in chart.series:
        line = data.add_series(safe_text.label(series.name))
        places = list(zip(series.frame["at"], series.frame["value"], strict=True))
        # LibreOffice loses a line when a later one has more places: its end stands there as often as it takes.
        for at, share in places + places[-1:] * (longest - len(places)):
            line.add_data_point(max(round(float(at), 2), SOONEST), round(float(share), 2))
    made = added(page, TYPE.XY_SCATTER_LINES_NO_MARKERS, data, box, chart, axes.scale("percent"))
    made.value_axis.maximum_scale, made.value_axis.minimum_scale = 100, 0
    made.category_axis.minimum_scale = SOONEST
    made.category_axis.tick_labels.number_format, made.category_axis.tick_labels.number_format_is_linked = "#,##0", False
    axis_title(made.category_axis, f"{chart.unit}, each step ten times as long")
    error_bars.logarithmic(made.category_axis)
    for place, series in enumerate(made.plots[0].series):
        error_bars.coloured(series, LIGHT.series[place % len(LIGHT.series)], dashed=False, marked=False)


def matrix(page: Page, chart: Chart, box: Box) -> None:
    """In colour what is more than chance; of names that would stand on one another, that of the larger."""
    frame = chart.series[0].frame
    frame = frame[frame["value"].notna() & frame["x"].notna()].sort_values("n", ascending=False)
    data = XyChartData()
    line = data.add_series(safe_text.label(chart.title))
    for x, y in zip(frame["x"], frame["value"], strict=True):
        line.add_data_point(round(float(x), 2), round(float(y), 2))
    scale = axes.scale(chart.unit)
    made = added(page, TYPE.XY_SCATTER, data, box, chart, scale)
    level = axes.reach(0.0, float(frame["x"].max()), "percent", axes.scale("percent"))
    upright = axes.reach(min(float(frame["value"].min()), 0.0), max(float(frame["value"].max()), 1.0), chart.unit, scale)
    from_to(made.category_axis, level)
    from_to(made.value_axis, upright)
    axis_title(made.category_axis, chart.labels.get("x", "percent of all"))
    axis_title(made.value_axis, chart.labels.get("y", ""))
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    drawn = made.plots[0].series[0]
    drawn.format.line.fill.background()
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    wide, tall = box.width / (level.high - level.low), box.height / (upright.high - upright.low)
    named: list[tuple[float, float]] = []
    for place, row in enumerate(frame.to_dict("records")):
        point, x, y = drawn.points[place], row["x"] * wide, row["value"] * tall
        for part in (point.marker, point):  # some programs read the one, some the other
            fill(part, verdict(row))
        point.marker.format.line.fill.background()
        if all(abs(x - other) > NAME or abs(y - above) > LINE for other, above in named):
            named.append((x, y))
            left = row["x"] > 0.8 * level.high
            _name(point, chart.labels.get(str(row["slice"]), str(row["slice"])), left)


def _name(point: Any, said: str, left: bool) -> None:
    """Beside its point, on the side where there is room."""
    label = point.data_label
    label.position = XL_LABEL_POSITION.LEFT if left else XL_LABEL_POSITION.RIGHT
    label.text_frame.text = safe_text.label(said, 30)
    label.text_frame.paragraphs[0].runs[0].font.size = Pt(10)
