"""A page beside the same page of another link: what its readers could subtract, list by list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import queries
from pages.content.page import collect
from pages.context import Context
from pages.document import tiles
from pages.document.blocks import Block, metrics
from pages.report import block_counts
from pages.report.block_counts import Counts, Key, Pair, Tallies
from queries import Filters, dimensions, engine


def pairs(page: Path, now: Context, others: Sequence[Filters]) -> tuple[Pair, ...]:
    """One for each other selection that has rows in common with this one, and is not the same."""
    mine = plain(now.filters, now.today)
    every = dict.fromkeys(alike(plain(other, now.today), mine) for other in others)
    return tuple(_pair(page, now, mine, other) for other in every if other != mine and not disjoint(mine, other))


def plain(filters: Filters, today: date | None) -> Filters:
    """With its dates, and its lists in one order: the same selection is the same value."""
    return filters.resolved(today).narrowed(**{name: tuple(sorted(set(some))) for name, some in filters.values.items()})


def alike(other: Filters, mine: Filters) -> Filters:
    """What changes no number of rows is no difference."""
    return replace(other, hours=mine.hours, compare=mine.compare, before=mine.before)


def _pair(page: Path, now: Context, mine: Filters, other: Filters) -> Pair:
    both, theirs = common(mine, other), counted(page, now, other)
    if both == mine:
        return Pair(theirs, lambda: None)
    return Pair(theirs, lambda: {} if both is None else theirs if both == other else counted(page, now, both))


def counted(page: Path, now: Context, filters: Filters) -> Tallies:
    """The counts of a page through other filters; made once as long as the data stays."""
    look = replace(now, filters=filters, fit=None, heartbeat=None, keys=Counter())
    return engine.remembered(now.store, ("counted", *_key(page, look)), lambda: _counted(page, look))


def noted(page: Path, now: Context, blocks: Sequence[Block]) -> None:
    """Keeps what a page that was just made lists, for the links that come after it."""
    look = replace(now, filters=plain(now.filters, now.today))
    engine.remembered(now.store, ("listed", *_key(page, look)), lambda: _listed(blocks))


def _key(page: Path, look: Context) -> tuple[object, ...]:
    return page, look.filters, look.reader, tuple(sorted((look.chosen or {}).items()))


def _listed(blocks: Sequence[Block]) -> tuple[Tallies, list[str]]:
    """Its lists, and the numbers that have a total beside them."""
    return block_counts.of(blocks), metrics(blocks)


def _counted(page: Path, look: Context) -> Tallies:
    lists, names = engine.remembered(look.store, ("listed", *_key(page, look)), lambda: _listed(collect(page, look)))
    totals: Mapping[Key, Counts] = {("metric", name): {"": total(name, look)} for name in names}
    return {**lists, **totals}


def total(metric: str, look: Context) -> float:
    """The rows behind a number as a whole."""
    return tiles.numbers(queries.answer(metric, look.filters, store=look.store))[3]


def disjoint(one: Filters, other: Filters) -> bool:
    """Whether no row can be in both; a row may have several tags and themes."""
    start, end = _period(one, other)
    if one.attribution == other.attribution and start and end and start > end:
        return True
    both = [name for name in one.values if other.of(name) and not dimensions.many(name)]
    return any(not set(one.of(name)) & set(other.of(name)) for name in both)


def common(one: Filters, other: Filters) -> Filters | None:
    """The selection of the rows that are in both; None where no selection says it."""
    kept: dict[str, tuple[str, ...]] = {}
    for name in {**one.values, **other.values}:
        first, second = one.of(name), other.of(name)
        kept[name] = tuple(value for value in first if value in second) if first and second else first or second
        if dimensions.many(name) and first and second and set(kept[name]) not in (set(first), set(second)):
            return None
    start, end = _period(one, other)
    both = replace(one.narrowed(**kept), range="custom" if start or end else "all", start=start, end=end)
    return both if one.attribution == other.attribution else None


def _period(one: Filters, other: Filters) -> tuple[date | None, date | None]:
    starts, ends = (tuple(filter(None, pair)) for pair in ((one.start, other.start), (one.end, other.end)))
    return max(starts, default=None), min(ends, default=None)
