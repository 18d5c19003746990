"""Blocks as the sheets of a workbook: what is said above, the headings with their units, and the rows, numbers as numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pages.document import chart_sentences, time_axis
from pages.document.blocks import Block, Chart, Findings, Notice, Side, Table, Tiles
from pages.document.report import Report

NAMED = {"low": "95 % sure, from", "high": "to", "at": "Within", "x": "How often", "series": "Line"}
HIDDEN = "hidden"
Row = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """A name, what is to be said above, headings with the unit of what is below them, and the rows."""

    name: str
    said: tuple[str, ...]
    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Unit:
    """A cell whose unit is not its column's."""

    value: object
    unit: str


def contents(report: Report, found: Sequence[Sheet]) -> Sheet:
    """The first sheet: what this is, and where everything stands."""
    said = (report.title, report.note, *report.about, report.promise)
    rows = tuple((one.name, next(iter(one.said), "")) for one in found)
    return Sheet("Contents", tuple(filter(None, said)), (("Sheet", ""), ("What", "")), rows)


def definitions(report: Report) -> Iterable[Row]:
    for one in report.counted:
        yield one.title, "Question", one.question
        for name, text in one.lines:
            yield "", name, text


def of_report(report: Report) -> Iterable[Sheet]:
    for section in report.sections:
        for block in section.blocks:
            yield from _of(block, section.name)


def _of(block: Block, place: str) -> Iterable[Sheet]:
    match block:
        case Side():
            for part in block.blocks:
                yield from _of(part, place)
        case Tiles():
            yield _tiles(block, place)
        case Chart() if block.series:
            yield from _chart(block, place)
        case Table():
            yield of_table(block)
        case Findings():
            rows = tuple((one.verdict, one.sentence) for one in block.findings)
            said = (f"{place}: {block.title}", block.finding or ("" if rows else block.nothing))
            yield Sheet(block.title, tuple(filter(None, said)), (("Verdict", ""), ("Sentence", "")), rows)
        case Notice():
            return


def _tiles(row: Tiles, place: str) -> Sheet:
    """One line a number; hidden ones have no answer and say why instead."""
    rows = []
    for tile in row.tiles:
        answer = tile.answer.iloc[0].to_dict() if tile.answer is not None and len(tile.answer) else {}
        change = tile.change.sentence if tile.change else ""
        value = answer.get("value") if answer else tile.value
        rows.append((tile.name, Unit(value, tile.unit), *(Unit(answer.get(key), tile.unit) for key in ("low", "high"))))
        rows[-1] += (Unit(answer.get("n"), "count"), _measured(tile.unit), change)
    heads = ("Number", "Value", "95 % sure, from", "to", "n", "Unit", "Change")
    said = (f"{place}: {row.title or 'numbers'}", row.caption)
    return Sheet(row.title or place, tuple(filter(None, said)), tuple((head, "") for head in heads), tuple(rows))


def _chart(chart: Chart, place: str) -> Iterable[Sheet]:
    """Every number that the drawing shows, a line for each slice of each series; two scales are two sheets."""
    if chart.kind == "volume":
        for one, unit in zip(chart.series, (chart.unit, "count"), strict=True):
            yield from _chart(replace(chart, kind="trend", title=one.name, unit=unit, series=(replace(one, name=""),)), place)
        return
    whole = pd.concat([one.frame.assign(series=one.name) for one in chart.series], ignore_index=True)
    named = [*(["series"] if len(chart.series) > 1 else []), *(name for name in whole if name not in ("series", "hidden"))]
    units, twice = _units(chart), "n" if chart.unit == "count" else ""
    shown = [name for name in named if name != twice and whole[name].notna().any()]
    hides = whole["hidden"].fillna(False).astype(bool).tolist() if "hidden" in whole else [False] * len(whole)
    rows = zip(whole[shown].to_dict("records"), hides, strict=True)
    heads = tuple((_head(str(name), chart, units.get(str(name), "")), units.get(str(name), "")) for name in shown)
    lines = tuple(tuple(_cell(row[name], str(name), chart, name in units and gone) for name in shown) for row, gone in rows)
    said = (f"{place}: {chart_sentences.about(chart)}", chart.finding, chart.note)
    yield Sheet(chart_sentences.about(chart), tuple(filter(None, said)), heads, lines)


def _units(chart: Chart) -> dict[str, str]:
    unit = "percent" if chart.kind == "curve" else chart.unit
    return {"value": unit, "low": unit, "high": unit, "n": "count", "at": chart.unit, "x": "percent"}


def _cell(cell: object, name: str, chart: Chart, gone: bool) -> object:
    if gone:
        return HIDDEN
    if name != "slice":
        return cell
    words = chart.labels.get(str(cell), str(cell)) if chart.kind in ("dots", "bars", "matrix") else str(cell)
    if chart.by not in time_axis.STEP:
        return words
    return time_axis.label(time_axis.place(words), chart.by) + (" (not a full one)" if words in chart.partial else "")


def _head(name: str, chart: Chart, unit: str) -> str:
    if name == "value":
        said = "Share" if chart.kind == "curve" else "Value"
    elif name == "n":
        return chart.counted.capitalize()
    else:
        said = NAMED.get(name) or (chart.by if name == "slice" and chart.by else name).capitalize()
    return f"{said}, {_measured(unit)}" if _measured(unit) else said


def _measured(unit: str) -> str:
    return {"minutes": "minutes", "percent": "%", "points": "points", "money": "in the files' currency"}.get(unit, "")


def of_table(shown: Table) -> Sheet:
    heads = tuple((f"{one.label}, minutes" if one.unit == "minutes" else one.label, one.unit) for one in shown.columns.values())
    rows = tuple(tuple(row) for row in shown.frame[list(shown.columns)].itertuples(index=False, name=None))
    return Sheet(shown.title, tuple(filter(None, (shown.title, shown.finding))), heads, rows)
