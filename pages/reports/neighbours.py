"""Links beside a new one: whoever has two of almost the same selection could subtract one from the other."""

from collections.abc import Sequence

from data.shares import Share
from data.store import Store
from pages.reports import locked
from pages.reports.live import Live
from queries import Filters
from queries.apart import apart

WORDS = {"tickets": "tickets", "answers": "answers of customers", "accounts": "customers"}
NEAR = (
    "“{title}” is shared already, and what it shows differs from this by fewer than {k} {rows}. Who has both links could subtract "
    "one from the other and learn about those few. Share the same selection as there, one that differs by more, or withdraw the "
    "other link first."
)


def problem(held: Filters, pages: Sequence[str], index: Live) -> str:
    """Why a link with these filters would tell about few, as a sentence; empty when it does not."""
    k = locked.smallest(index.store)
    for share in index.working():
        if share.question and set(pages) & set(share.pages) and (rows := few(held, share, index.store, k)):
            return NEAR.format(title=share.title, k=k, rows=WORDS[rows])
    return ""


def others(index: Live, share: Share | None = None) -> list[Filters]:
    """The selections of links that work, of those that a share found when it was made; what it shows gives way to theirs."""
    there = [one for one in index.working() if one.question and (share is None or one.id != share.id)]
    return [locked.filters(one) for one in there if share is None or (one.created, one.id) < (share.created, share.id)]


def few(held: Filters, share: Share, store: Store, k: int) -> str:
    """The kind of rows that the two are too close in."""
    other = locked.filters(share)
    if other == held:
        return ""
    return next((found.rows for found in apart(held, other, store) if found.tells(k)), "")
