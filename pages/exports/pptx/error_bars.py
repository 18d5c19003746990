"""What python-pptx has no words for: intervals as error bars, an axis that grows by factors, a series in its colour."""

from typing import Any

from lxml import etree
from pandas import DataFrame
from pptx.enum.chart import XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from pages.document import number_format
from pages.document.axes import Scale
from pages.document.palette import LIGHT
from pages.exports.pptx.slide_layout import rgb

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def add(series: Any, frame: DataFrame, scale: Scale, direction: str) -> None:
    """Error bars with numbers of their own; lines say that theirs are upright, bars may not."""
    up, down = _reach(frame, "high", scale), _reach(frame, "low", scale)
    bars = etree.Element(_c("errBars"))
    if direction:
        etree.SubElement(bars, _c("errDir"), val=direction)
    etree.SubElement(bars, _c("errBarType"), val="both")
    etree.SubElement(bars, _c("errValType"), val="cust")
    etree.SubElement(bars, _c("noEndCap"), val="1")
    for name, sizes in (("plus", up), ("minus", down)):
        _numbers(etree.SubElement(bars, _c(name)), sizes)
    line = etree.SubElement(etree.SubElement(bars, _c("spPr")), f"{{{DRAWING}}}ln", w="19050")
    etree.SubElement(etree.SubElement(line, f"{{{DRAWING}}}solidFill"), f"{{{DRAWING}}}srgbClr", val=LIGHT.ink.lstrip("#"))
    series._element.find(_c("cat")).addprevious(bars)


def _reach(frame: DataFrame, side: str, scale: Scale) -> list[float]:
    """How far each value's interval goes on this side; nothing where one of the two is unknown."""
    return [
        abs(float(end) - float(value)) * scale.factor if number_format.known(end) and number_format.known(value) else 0.0
        for end, value in zip(frame[side], frame["value"], strict=True)
    ]


def _numbers(place: Any, sizes: list[float]) -> None:
    literal = etree.SubElement(place, _c("numLit"))
    etree.SubElement(literal, _c("formatCode")).text = "General"
    etree.SubElement(literal, _c("ptCount"), val=str(len(sizes)))
    for at, size in enumerate(sizes):
        etree.SubElement(etree.SubElement(literal, _c("pt"), idx=str(at)), _c("v")).text = f"{size:.4f}"


def logarithmic(axis: Any) -> None:
    """Each step ten times as long."""
    scaling = axis._element.find(_c("scaling"))
    scaling.insert(0, etree.Element(_c("logBase"), val="10"))


def coloured(series: Any, colour: str, dashed: bool = False, marked: bool = True) -> None:
    """Lines by their stroke, bars by their filling."""
    lines = series._element.getparent().tag in (_c("lineChart"), _c("scatterChart"))
    if not lines:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
        return
    series.format.line.color.rgb, series.format.line.width, series.smooth = rgb(colour), Pt(2.25), False
    series.marker.style = XL_MARKER_STYLE.CIRCLE if marked and not dashed else XL_MARKER_STYLE.NONE
    if marked and not dashed:
        series.marker.size = 5
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(colour)
        series.marker.format.line.color.rgb = rgb(colour)
    if dashed:
        series.format.line.dash_style, series.format.line.width = MSO_LINE.DASH, Pt(1)


def _c(name: str) -> str:
    return f"{{{CHART}}}{name}"
