"""Asks what a page needs, all at once, and makes its tiles: now, the period before, and the course between."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import nan

from pandas import DataFrame

import queries
from pages import context
from pages.content import changes, personal_data
from pages.document import tiles, time_axis
from pages.document.blocks import Block, Change, Chart, Evidence, Side, Tile, Tiles
from queries import Ask, Filters, Metric, control_limits, csat_scale, periods
from queries.target_lines import aims as promises_over_time

UNEQUAL = 5  # rows by which neighbours may differ
BACK = {"month": 12, "quarter": 24}
SAID = {
    "month": "At least the last twelve months, whatever the period.",
    "quarter": "At least the last two years, whatever the period.",
}


def reaching_back(months: int) -> Filters:
    """The reader's filters with a start at least so many months before the end: rare events need company to say something."""
    here = context.current()
    start, end = here.filters.period(here.today)
    if start is None or end is None:
        return here.filters
    first = end.year * 12 + end.month - months
    return replace(here.filters, range="custom", start=min(start, date(first // 12, first % 12 + 1, 1)), end=end)


def long(grain: str, *names: str) -> list[DataFrame]:
    """Answers by month over at least a year, or by quarter over at least two."""
    now = context.current()
    return queries.answers([Ask(name, reaching_back(BACK[grain]), grain) for name in names], now.store, now.heartbeat)


def history(by: str, *names: str) -> list[DataFrame]:
    """Answers over as long as it takes to say what is usual; empty where that cannot be said."""
    now = context.current()
    start, end = now.filters.period(now.today)
    if by not in control_limits.LONGEST or now.today is None:
        return [DataFrame(columns=["slice", "value", "low", "high", "n"]) for _ in names]
    first = periods.back(by, min(end or now.today, now.today), control_limits.LONGEST[by] + 1)
    asked = replace(now.filters, range="custom", start=min(start, first), end=end) if start else now.filters
    return queries.answers([Ask(name, asked, by) for name in names], now.store, now.heartbeat)


def pairs(blocks: Sequence[Block]) -> list[Block]:
    """Two charts beside each other where they are about equally tall; three leave no room for words. A notice stands alone."""
    made: list[Block] = []
    rest = list(blocks)
    while rest:
        first = rest.pop(0)
        both = rest and isinstance(first, Chart) and isinstance(rest[0], Chart)
        beside = both and abs(_rows(first) - _rows(rest[0])) <= UNEQUAL
        made.append(Side((first, rest.pop(0))) if beside else first)
    return made


def _rows(block: Block) -> int:
    """Slices stand below each other; everything else has one height."""
    return len(block.series[0].frame) if isinstance(block, Chart) and block.kind == "dots" else 0


def answers(*asks: tuple[str, str | None]) -> list[DataFrame]:
    """`answers(("csat", "week"), ("nps", None))`: every answer under the reader's filters, asked in parallel."""
    now = context.current()
    return queries.answers([Ask(name, now.filters, by) for name, by in asks], store=now.store, heartbeat=now.heartbeat)


def view(name: str, by: str | None = None, **parameters: object) -> DataFrame:
    """A result with a shape of its own, under the reader's filters, without what this reader may not see."""
    now = context.current()
    return personal_data.masked(queries.view(name, now.filters, by, now.store, **parameters), now.reader)


def scores(kind: str) -> DataFrame:
    """How often each score was given, of the scale most answers use: two scales do not mix."""
    found = view("score_distribution")
    found = found[found["kind"] == kind]
    common = found.groupby("scale", dropna=False)["n"].sum().idxmax() if len(found) else None
    found = found[found["scale"] == common]
    return found.assign(slice=[f"{score:g}" for score in found["score"]], value=found["n"], low=float("nan"), high=float("nan"))


def curves(name: str, by: str, most: int = 4) -> dict[str, DataFrame]:
    """What share is done within how long, for the largest slices; views keep the share still waiting."""
    steps = view(name, by).rename(columns={"minutes": "at"})
    largest = steps.groupby("slice")["at_risk"].max().nlargest(most).index
    done = steps.assign(value=100 - steps["share"], low=100 - steps["high"], high=100 - steps["low"])
    return {str(name): done[done["slice"] == name] for name in largest}


def evidence(name: str, by: str | None = None, view: str = "") -> Evidence:
    """Where a number of this page comes from; `view` is drawn, and the number says what it is about."""
    return Evidence(name, context.current().filters, by, view)


def row(names: Sequence[str], title: str = "", caption: str = "") -> Tiles | None:
    """A row of tiles, the most important first; None when nobody's file tells any of them. What cannot be told is said below."""
    made = dict(zip(names, _tiles(names, changes.judged(names)), strict=True))
    shown = tuple(tile for tile in made.values() if tile is not None)
    untold = _untold([name for name, tile in made.items() if tile is None]) if shown else ""
    return Tiles(shown, title, " ".join(text for text in (caption, untold) if text)) if shown else None


def _untold(names: Sequence[str]) -> str:
    """Why numbers are missing that there are rows for: "Not in this data: First reply (no created time)."."""
    here = context.current()
    reasons = {queries.metric(name).title: queries.excluded(name, here.filters, here.store) for name in names}
    said = [f"{name} ({next(iter(found))})" for name, found in reasons.items() if found]
    return f"Not in this data: {', '.join(said)}." if said else ""


def _tiles(names: Sequence[str], moved: Mapping[str, Change]) -> list[Tile | None]:
    here = context.current()
    courses = [_course(queries.metric(name)) for name in names]
    asks = [
        Ask(name, filters, by)
        for name, course in zip(names, courses, strict=True)
        for filters, by in ((here.filters, None), course)
    ]
    found = queries.answers(asks, here.store, here.heartbeat)
    return [
        _tile(queries.metric(name), now, course, moved.get(name))
        for name, now, course in zip(names, found[::2], found[1::2], strict=True)
    ]


def _course(metric: Metric) -> tuple[Filters, str]:
    """Service moves by the week; loyalty and churn are too rare for that."""
    if metric.band == "service":
        return context.current().filters, by_time()
    grain = "month" if metric.rows == "accounts" else "quarter"
    return reaching_back(BACK[grain]), grain


def _tile(metric: Metric, now: DataFrame, course: DataFrame, change: Change | None) -> Tile | None:
    if not tiles.numbers(now)[3] and not course["n"].sum():
        return None
    held = aims(metric.id, _course(metric)[1], course)
    promised = tuple(held.get(str(name), nan) for name in course["slice"]) if held else ()
    running = _running(metric, course)
    proof, name = evidence(metric.id), csat_scale.title(metric, context.current().store)
    return tiles.tile(metric, now, change=change, course=course, promised=promised, unfinished=running, evidence=proof, name=name)


def aims(name: str, by: str, course: DataFrame) -> dict[str, float]:
    """What was promised about this number at each place of its course."""
    here = context.current()
    return promises_over_time(name, by, course["slice"], here.filters, here.store)


def _running(metric: Metric, course: DataFrame) -> bool:
    """Whether the last place of a course is still running."""
    cut = partial(None if metric.band == "service" else _course(metric)[1])
    return bool(len(course)) and str(course["slice"].iloc[-1]) in cut


def by_time() -> str:
    """The grain a course is drawn in: fine enough to see something, coarse enough to read."""
    here = context.current()
    start, end = here.filters.period(here.today)
    if start is None or end is None:
        return "month"
    days = (end - start).days
    return "day" if days <= 31 else "week" if days <= 200 else "month"


def partial(grain: str | None = None) -> frozenset[str]:
    """The slices that the period or the data cut off; a grain of its own means a course that reaches back."""
    here = context.current()
    if here.as_of is None:
        return frozenset()
    start, end = (reaching_back(BACK[grain]) if grain else here.filters).period(here.today)
    return time_axis.partial(grain or by_time(), start, end, here.as_of)
