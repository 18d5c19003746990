"""Links beside a new one: whoever has two of almost the same selection could subtract one from the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from data.store import Store
from data.workspace.shares import Share
from pages.context import Context
from pages.report import overlap, share_filters
from pages.sharing.link_index import Live
from queries import Filters, as_of
from queries.selection_overlap import apart

WORDS = {"tickets": "tickets", "answers": "answers of customers", "accounts": "customers"}
UNCOMPARED = "Nothing here is compared with a period before: beside what else is shared, that would tell about few."
NEAR = (
    "“{title}” is shared already, and what it shows differs from this by fewer than {k} {rows}. Who has both links could subtract "
    "one from the other and learn about those few. Share the same selection as there, one that differs by more, or withdraw the "
    "other link first."
)


def problem(held: Filters, pages: Sequence[str], index: Live) -> str:
    """Why a link with these filters would tell about few, as a sentence; empty when it does not."""
    k, newest = share_filters.smallest(index.store), as_of(index.store)
    for share in index.working():
        if share.question and set(pages) & set(share.pages):
            for other in _shown(share_filters.filters(share), newest.date() if newest else None):
                if rows := few(held, other, index.store, k):
                    return NEAR.format(title=share.title, k=k, rows=WORDS[rows])
    return ""


def others(index: Live, share: Share | None = None) -> list[Filters]:
    """The selections of links that work, of those that a share found when it was made; what it shows gives way to theirs."""
    there = [one for one in index.working() if one.question and (share is None or one.id != share.id)]
    return [share_filters.filters(one) for one in there if share is None or (one.created, one.id) < (share.created, share.id)]


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
