"""The period a report is compared with, unless it would tell about few."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from data.store import Store
from pages.context import Context
from pages.report import overlap
from queries import Filters, as_of
from queries.selection_overlap import apart

UNCOMPARED = "Nothing here is compared with a period before: beside what else is shared, that would tell about few."


def comparable(now: Context, others: Sequence[Filters], k: int) -> Context:
    """The same look, without what it is compared with where that is too close to something else its reader may see."""
    before = now.filters.previous(now.today)
    seen = [now.filters, *(one for other in others for one in _shown(other, now.today))]
    if before is None or not any(few(before, one, now.store, k) for one in seen):
        return now
    return replace(now, filters=replace(now.filters, compare="none", before=None))


def _shown(filters: Filters, today: date | None) -> list[Filters]:
    """What a page of these filters tells about: its rows, and those that they are compared with."""
    before = filters.previous(today)
    return [filters, before] if before else [filters]


def few(held: Filters, other: Filters, store: Store, k: int) -> str:
    """The kind of rows that the two are too close in."""
    newest = as_of(store)
    one, two = (overlap.plain(filters, newest.date() if newest else None) for filters in (held, other))
    if one == overlap.alike(two, one) or overlap.disjoint(one, two):
        return ""
    return next((found.rows for found in apart(one, two, store) if found.tells(k)), "")
