"""Two slices beside each other, as people read them: what differs in a sentence, all numbers in a table, and their course."""

from collections.abc import Sequence

from pandas import DataFrame, Series

import queries
from pages import context
from pages.content import addresses, ask, changes
from pages.document import charts, number_format, tables, tiles
from pages.document.blocks import Block, Chart, Column, Finding, Findings, Notice, Table
from queries import Ask, Filters, comparison
from queries.comparison import Beside
from queries.masking import mask

PERSONAL = "Two agents beside each other are left out of shared pages."
NONE = "No difference is more than chance."


def compared(by: str, left: str, right: str) -> list[Block]:
    """The page below its question."""
    now = context.current()
    if now.smallest and by == "agent":
        return [Notice(PERSONAL)]
    found = comparison.beside(by, left, right, queries.placed("compared"), now.filters, now.store, now.heartbeat)
    if not found:
        return [Findings(f"{left} and {right}", (), "Neither has numbers that the other has too, in this selection.")]
    one, other = (mask(name) if now.smallest else name for name in (left, right))
    sides = [comparison.narrowed(now.filters, by, name) for name in (left, right)]
    return [sentences(found, one, other, sides), table(found, one, other), *courses(by, left, right)]


def sentences(found: list[Beside], left: str, right: str, sides: Sequence[Filters] = ()) -> Findings:
    """What differs more than chance, the clearest first, with the rows of both sides."""
    real = sorted((one for one in found if one.real), key=lambda one: -changes.clearness(one.change))
    said = [
        Finding(
            _sentence(one, left, right),
            links=tuple(_rows_of(name, one, side) for name, side in zip((left, right), sides, strict=False)),
            n=float(min(one.left["n"], one.right["n"])),
        )
        for one in real
    ]
    return Findings(f"{left} against {right}", tuple(said), NONE)


def _rows_of(name: str, one: Beside, side: Filters) -> tuple[str, str]:
    here = context.current()
    return f"Rows of {name}", addresses.onward("tickets", side.resolved(here.today), here.store.version(), behind=one.metric.id)


def _sentence(one: Beside, left: str, right: str) -> str:
    mine, other = (number_format.show(row["value"], one.metric.unit, row["n"]) for row in (one.left, one.right))
    return f"{one.metric.title}: {left} {mine}, {right} {other}: {changes.size(one.change, one.metric)}."


def table(found: list[Beside], left: str, right: str) -> Table:
    """Every number for both, the difference with its interval, and whether it is more than chance."""
    frame = DataFrame([_row(one) for one in found])
    columns: dict[str, Column | str] = {
        "number": "Number",
        "left": left,
        "left_sure": "95 % sure",
        "right": right,
        "right_sure": "95 % sure ",
        "difference": "Difference",
        "verdict": "Real?",
        "n": Column("n at least", "count"),
    }
    return tables.table("All numbers", frame, columns, counted="n", file_name="compared")


def _row(one: Beside) -> dict[str, object]:
    unit = one.metric.unit
    left, right = (tiles.main(one.metric, *_numbers(row)) for row in (one.left, one.right))
    return {
        "number": one.metric.title,
        "left": left,
        "left_sure": number_format.span(one.left["low"], one.left["high"], unit, one.left["n"]),
        "right": right,
        "right_sure": number_format.span(one.right["low"], one.right["high"], unit, one.right["n"]),
        "difference": "the same" if left == right or not one.change.difference else changes.size(one.change, one.metric),
        "verdict": _verdict(one),
        "n": min(one.left["n"], one.right["n"]),
    }


def _numbers(row: "Series[float]") -> tuple[float, float, float]:
    return float(row["value"]), float(row["low"]), float(row["n"])


def _verdict(one: Beside) -> str:
    if one.change.direction == "unknown":
        return "too few to say" if min(one.left["n"], one.right["n"]) < number_format.FEW else "not judged"
    return "yes" if one.real else "no"


def courses(by: str, left: str, right: str) -> list[Block]:
    """Both over time, one chart a number."""
    now = context.current()
    if now.as_of is None:
        return []
    names, grain = comparison.applicable(by, queries.placed("course")), ask.by_time()
    sides = {value: comparison.narrowed(now.filters, by, value) for value in (left, right)}
    found = queries.answers([Ask(name, side, grain) for name in names for side in sides.values()], now.store, now.heartbeat)
    pairs = zip(names, found[::2], found[1::2], strict=True)
    return ask.pairs([_course(name, {left: one, right: other}, grain) for name, one, other in pairs if _both(one, other)])


def _both(one: DataFrame, other: DataFrame) -> bool:
    return bool(one["n"].sum() and other["n"].sum())


def _course(name: str, answers: dict[str, DataFrame], grain: str) -> Chart:
    metric = queries.metric(name)
    return charts.trend(
        metric.title,
        answers,
        unit=metric.unit,
        by=grain,
        partial=ask.partial(),
        better=metric.better,
        counted=tiles.COUNTED[metric.rows][1],
        evidence=ask.evidence(name, grain),
    )
