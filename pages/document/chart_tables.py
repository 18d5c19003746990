"""The numbers of a chart as a table: what a reader without scripts, or with a screen reader, has instead of the drawing."""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd

from pages.document import number_format, time_axis
from pages.document.blocks import Chart, Series, Table
from pages.document.figures.grids import DAYS

HIDDEN = "hidden"
Cells = list[list[str]]
Row = Mapping[Hashable, Any]


def table(headings: list[str], rows: Cells, spoken: str = "") -> str:
    """The first column names the line; of the others, numbers stand to the right, and words begin on the left and may wrap."""
    marks = [' class="words"' if at and worded(row[at] for row in rows) else "" for at in range(len(headings))]
    head = "".join(f'<th scope="col"{mark}>{escape(text)}</th>' for text, mark in zip(headings, marks, strict=True))
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        f"{''.join(f'<td{mark}>{escape(cell)}</td>' for cell, mark in zip(rest, marks[1:], strict=True))}</tr>"
        for first, *rest in rows
    )
    label = f' aria-label="{escape(spoken, quote=True)}"' if spoken else ""
    return f'<div class="scroll"><table{label}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def worded(cells: Iterable[str]) -> bool:
    """Whether a column holds words: nothing in it begins as a number does, or is one that is hidden."""
    said = [cell for cell in cells if cell]
    return bool(said) and not any(cell == HIDDEN or cell.lstrip("+\N{MINUS SIGN}")[:1].isdigit() for cell in said)


def of_chart(chart: Chart) -> str:
    """Every number that the drawing shows."""
    return table(*cells(chart), chart.title)


def cells(chart: Chart) -> tuple[list[str], Cells]:
    """Headings, and a line a slice, in words."""
    match chart.kind:
        case "heat":
            return grid(chart, "weekday", "hour")
        case "cohorts":
            return grid(chart, "cohort", "age")
        case "curve":
            return curve(chart)
        case "waterfall":
            return ["Step", "By how much"], [[str(row["slice"]), str(row["label"])] for row in rows(chart)]
    return single(chart, chart.series[0]) if len(chart.series) == 1 else several(chart)


def of_table(shown: Table) -> str:
    """A table of sums, as it stands on the page."""
    return table(*lines(shown), shown.title)


def lines(shown: Table) -> tuple[list[str], Cells]:
    """Headings and lines of a table, in words."""
    columns = shown.columns
    rows = [
        [_cell(row[name], column.unit) for name, column in columns.items()] for row in shown.frame[list(columns)].to_dict("records")
    ]
    return [column.label for column in columns.values()], rows


def _cell(cell: Any, unit: str) -> str:
    if cell is None or pd.isna(cell):
        return ""
    return number_format.show(float(cell), unit) if unit else str(cell)


def single(chart: Chart, series: Series) -> tuple[list[str], Cells]:
    """Slice, value, interval and n, as far as there are any."""
    frame = series.frame
    sure = {"low", "high"} <= set(frame) and bool((frame["low"].notna() | frame["high"].notna()).any())
    counted = chart.unit != "count" and "n" in frame
    often = chart.kind == "matrix"
    headings = [_by(chart), *(["How often"] if often else []), "Value", *(["95 % sure"] if sure else [])]
    rows = []
    for row in frame.to_dict("records"):
        gone, n = row.get("hidden"), row.get("n", float("nan"))
        line = [_slice(chart, row["slice"]), *([HIDDEN if gone else number_format.show(row["x"], "percent")] if often else [])]
        line += [HIDDEN if gone else number_format.show(row["value"], chart.unit, n)]
        line += [number_format.span(row["low"], row["high"], chart.unit, n)] if sure else []
        line += ["" if gone else number_format.number(n) if number_format.known(n) else ""] if counted else []
        rows.append(line)
    return [*headings, *([chart.counted.capitalize()] if counted else [])], rows


def several(chart: Chart) -> tuple[list[str], Cells]:
    """A column each, over the slices of all."""
    found = [{str(row["slice"]): row for row in series.frame.to_dict("records")} for series in chart.series]
    names = list(dict.fromkeys(name for rows in found for name in rows))
    units = [chart.unit, "count"] if chart.kind == "volume" else [chart.unit] * len(found)
    parts = [_column(series, rows, unit, chart) for series, rows, unit in zip(chart.series, found, units, strict=True)]
    lines = [[_slice(chart, name), *(cell for _, cells in parts for cell in cells(name))] for name in names]
    return [_by(chart), *(heading for headings, _ in parts for heading in headings)], lines


def _column(series: Series, rows: Mapping[str, Row], unit: str, chart: Chart) -> tuple[list[str], Callable[[str], list[str]]]:
    """The value of a series, and how sure and from how many where that is known."""
    sure = any(number_format.known(row.get("low")) for row in rows.values())
    counted = unit != "count" and any(number_format.known(row.get("n")) for row in rows.values())

    def cells(name: str) -> list[str]:
        row = rows.get(name, {})
        n = row.get("n", math.nan)
        span = [number_format.span(row.get("low"), row.get("high"), unit, n)] if sure else []
        return [
            _shown(rows.get(name), unit),
            *span,
            *([number_format.number(n) if number_format.known(n) else ""] if counted else []),
        ]

    return [series.name, *(["95 % sure"] if sure else []), *([chart.counted.capitalize()] if counted else [])], cells


def _shown(row: Row | None, unit: str) -> str:
    if row is None:
        return ""
    return HIDDEN if row.get("hidden") else number_format.show(row["value"], unit, row.get("n"))


def grid(chart: Chart, down: str, across: str) -> tuple[list[str], Cells]:
    """One line a weekday or a month of newcomers; an empty cell has no answer."""
    frame = chart.series[0].frame
    cells = {(str(row[down]), int(row[across])): row for row in frame.to_dict("records")}
    lines = [day for day in DAYS if any(day == one for one, _ in cells)] if down == "weekday" else sorted({one for one, _ in cells})
    columns = sorted({place for _, place in cells})
    words = [f"{place:02d}:00" if across == "hour" else f"{place} months" for place in columns]
    head = "Weekday" if down == "weekday" else "Came in"
    return [head, *words], [[line, *(_shown(cells.get((line, place)), chart.unit) for place in columns)] for line in lines]


def rows(chart: Chart) -> list[dict[Hashable, Any]]:
    return chart.series[0].frame.to_dict("records")


MARKS = (1, 5, 15, 30, 60, 120, 240, 480, 1440, 2880, 4320, 10080, 20160, 43200, 129600)


def curve(chart: Chart) -> tuple[list[str], Cells]:
    """The share done at round times."""
    ends = [float(series.frame["at"].max()) for series in chart.series if len(series.frame)]
    marks = [mark for mark in MARKS if mark <= max(ends, default=0.0)]
    rows = [[f"Within {number_format.show(mark, chart.unit)}", *(share(series, mark) for series in chart.series)] for mark in marks]
    return ["", *(series.name for series in chart.series)], rows


def share(series: Series, mark: float) -> str:
    done = series.frame[series.frame["at"] <= mark]
    return number_format.show(float(done["value"].iloc[-1]), "percent") if len(done) else ""


def _by(chart: Chart) -> str:
    return {"": "Answer" if chart.kind == "distribution" else "", "age": "Age"}.get(chart.by, chart.by.capitalize())


def _slice(chart: Chart, name: object) -> str:
    text = str(name)
    if chart.by in time_axis.STEP:
        return time_axis.label(time_axis.place(text), chart.by) + (" (not a full one)" if text in chart.partial else "")
    return chart.labels.get(text, text) if chart.kind in ("dots", "bars") else text
