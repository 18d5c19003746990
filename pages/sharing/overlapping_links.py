"""Links beside a new one: whoever has two of almost the same selection could subtract one from the other."""

from collections.abc import Sequence

from data.workspace.shares import Share
from pages.report import share_filters
from pages.report.previous_period import _shown, few
from pages.sharing.link_index import Live
from queries import Filters, as_of

WORDS = {"tickets": "tickets", "answers": "answers of customers", "accounts": "customers"}
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
