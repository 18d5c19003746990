"""What all native charts share: how they are put on a slide, their axes, colours and labels."""

from typing import Any

from pptx.enum.chart import XL_CHART_TYPE as TYPE
from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from pages.document import axes, safe_text
from pages.document.axes import Scale
from pages.document.blocks import Chart
from pages.document.palette import LIGHT
from pages.exports.pptx import slide_layout
from pages.exports.pptx.slide_layout import Box, Page, rgb


def added(page: Page, form: Any, data: Any, box: Box, chart: Chart, scale: Scale) -> Any:
    frame: Any = page.slide.shapes.add_chart(form, *box.inches(), data)  # the frame of a chart, annotated as the chart
    made = frame.chart
    frame.name = safe_text.line(chart.title, 80)
    made.font.size, made.font.name, made.font.color.rgb = Pt(12), slide_layout.FONT, rgb(LIGHT.muted)
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


def axis_title(axis: Any, said: str) -> None:
    if said:
        axis.axis_title.text_frame.text = safe_text.line(said, 80)
        axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)


def fill(point: Any, colour: str) -> None:
    point.format.fill.solid()
    point.format.fill.fore_color.rgb = rgb(colour)


def titled(made: Any, said: str) -> None:
    """Above a chart that shares its slide with another."""
    made.has_title = True
    made.chart_title.text_frame.text = safe_text.line(said, 80)
    made.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
    made.chart_title.include_in_layout = False


def from_to(axis: Any, reach: axes.Reach) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = reach.low, reach.high, reach.step
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = reach.form, False


def labelled(made: Any, scale: Scale) -> None:
    plot = made.plots[0]
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = scale.form, False
    plot.data_labels.position, plot.data_labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(11)
