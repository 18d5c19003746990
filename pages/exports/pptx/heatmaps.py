"""Weekday by hour and month by age on a slide: PowerPoint has no such chart, but a table with filled cells can be edited."""

from collections.abc import Mapping
from typing import Any

from pages.document import axes, number_format
from pages.document.blocks import Chart
from pages.document.figures.grids import DAYS
from pages.document.palette import LIGHT
from pages.exports.pptx import slide_layout
from pages.exports.pptx.slide_layout import Box, Page

COHORTS, AGES = 12, 13  # the newest, and a year


def heat(page: Page, chart: Chart, _: Box) -> None:
    lines = {(str(row["weekday"]), int(row["hour"])): row for row in chart.series[0].frame.to_dict("records")}
    hours = sorted({hour for _, hour in lines})
    _grid(page, chart, list(DAYS), hours, lines, [f"{hour:02d}" for hour in hours])


def cohorts(page: Page, chart: Chart, _: Box) -> None:
    lines = {(str(row["cohort"]), int(row["age"])): row for row in chart.series[0].frame.to_dict("records")}
    newest = sorted({name for name, _ in lines})[-COHORTS:]
    ages = sorted({age for name, age in lines if name in newest and age < AGES and number_format.known(lines[name, age]["value"])})
    _grid(page, chart, newest, ages, lines, [f"+{age}" for age in ages])


def _grid(page: Page, chart: Chart, down: list[str], across: list[int], lines: Mapping[Any, Any], heads: list[str]) -> None:
    """There is no native heat map: a table with filled cells can be edited all the same."""
    frame = chart.series[0].frame
    scale = axes.scale(chart.unit, [frame])
    low, high = float(frame["value"].min()), float(frame["value"].max())
    low = low if chart.kind == "cohorts" else 0.0
    made = slide_layout.table(page, [scale.word, *heads], [[axes.line(name), *("" for _ in across)] for name in down], 9)
    for row, name in enumerate(down, 1):
        for column, place in enumerate(across, 1):
            found = lines.get((name, place))
            if found is None:
                continue
            said = "hidden" if found["hidden"] else axes.short(found["value"], chart.unit, scale)
            slide_layout.cell(made.cell(row, column), said, 8, fill=_shade(found["value"], low, high), right=True)


def _shade(value: float, low: float, high: float) -> str:
    """The lighter half of the ramp, so that what is written on it can be read."""
    if not number_format.known(value):
        return LIGHT.card
    share = (value - low) / (high - low) if high > low else 0.5
    return LIGHT.ramp[min(int(share * 4), 3)]
