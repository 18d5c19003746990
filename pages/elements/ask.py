"""Asks what a page needs, all at once, and makes its tiles: now, the period before, and the course between."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd
from pandas import DataFrame

import queries
from pages import visit
from pages.elements import tiles, verdicts
from pages.elements.blocks import Block, Evidence, Side, Tile, Tiles
from queries import Ask, Filters, Metric

YEAR = "At least the last twelve months, whatever the period."


def over_a_year() -> Filters:
    """The reader's filters with a start at least twelve months before the end: months need company to say something."""
    here = visit.current()
    today = here.as_of.date() if here.as_of else None
    start, end = here.filters.period(today)
    if start is None or end is None:
        return here.filters
    return replace(here.filters, range="custom", start=min(start, end.replace(day=1) - timedelta(days=360)).replace(day=1), end=end)


def monthly(*names: str) -> list[DataFrame]:
    """Answers by month over at least the last twelve."""
    now = visit.current()
    return queries.answers([Ask(name, over_a_year(), "month") for name in names], store=now.store)


def pairs(blocks: Sequence[Block]) -> list[Block]:
    """Two beside each other: three leave no room for words."""
    return [Side(tuple(blocks[at:at + 2])) if at + 1 < len(blocks) else blocks[at] for at in range(0, len(blocks), 2)]


def answers(*asks: tuple[str, str | None]) -> list[DataFrame]:
    """`answers(("csat", "week"), ("nps", None))`: every answer under the reader's filters, asked in parallel."""
    now = visit.current()
    return queries.answers([Ask(name, now.filters, by) for name, by in asks], store=now.store)


def view(name: str, by: str | None = None) -> DataFrame:
    """A result with a shape of its own, under the reader's filters."""
    now = visit.current()
    return queries.view(name, now.filters, by, store=now.store)


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


def evidence(name: str, by: str | None = None) -> Evidence:
    """Where a number of this page comes from."""
    return Evidence(name, visit.current().filters, by)


def row(names: Sequence[str], title: str = "", caption: str = "") -> Tiles | None:
    """A row of tiles, the most important first. Metrics nobody's file can tell are left out; None when none is left."""
    made = [tile for tile in _tiles(names) if tile is not None]
    return Tiles(tuple(made), title, caption) if made else None


def _tiles(names: Sequence[str]) -> list[Tile | None]:
    here = visit.current()
    before = here.filters.previous(here.as_of.date() if here.as_of else None)
    grain = by_time()
    asks = [Ask(name, filters, by) for name in names
            for filters, by in ((here.filters, None), (before or here.filters, None), (here.filters, grain))]
    found = queries.answers(asks, store=here.store)
    return [_tile(queries.metric(name), found[3 * at], found[3 * at + 1] if before else None, found[3 * at + 2], before)
            for at, name in enumerate(names)]


def _tile(metric: Metric, now: DataFrame, earlier: DataFrame | None, course: DataFrame, before: Filters | None) -> Tile | None:
    if not tiles.numbers(now)[3] and not course["n"].sum():
        return None
    judged = verdicts.judge(metric, now, earlier, before) if earlier is not None and before else None
    return tiles.tile(metric, now, change=judged, course=course, unfinished=unfinished(course), evidence=evidence(metric.id))


def by_time() -> str:
    """The grain a course is drawn in: fine enough to see something, coarse enough to read."""
    here = visit.current()
    start, end = here.filters.period(here.as_of.date() if here.as_of else None)
    if start is None or end is None:
        return "month"
    days = (end - start).days
    return "day" if days <= 31 else "week" if days <= 200 else "month"


def unfinished(course: DataFrame) -> bool:
    """Whether the last place of a course is still running."""
    return bool(partial(course))


def partial(course: DataFrame, grain: str | None = None) -> frozenset[str]:
    """The slices of a course that the period or the data cut off; a grain of its own means a course over a year."""
    here = visit.current()
    if here.as_of is None or course.empty:
        return frozenset()
    start, end = (over_a_year() if grain else here.filters).period(here.as_of.date())
    grain = grain or by_time()
    if grain == "day":
        return frozenset()
    return frozenset(name for name in course["slice"] if _cut(grain, str(name), start, min(end or here.as_of.date(), here.as_of.date())))


def _cut(grain: str, name: str, start: object, end: object) -> bool:
    first = pd.Timestamp(name if len(name) == 10 else f"{name}-01")
    last = first + (pd.Timedelta(days=6) if grain == "week" else pd.offsets.MonthEnd(0))
    return bool(last > pd.Timestamp(end) or (start is not None and first < pd.Timestamp(start)))  # type: ignore[arg-type]
