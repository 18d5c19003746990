"""Has tickets and answers tagged with themes and moods before a question needs it, and only then."""

from __future__ import annotations

from data.store import Store
from data.themes import tagging
from queries.filters import Filters

TAGS = ("theme", "sentiment")
REMARKS = "remarks"  # the relation of scope.sql that brings moods along


def ready(store: Store, filters: Filters | None = None, by: str | None = None, over: str = "") -> None:
    """Bring the tags up to date if the question needs them; to be called before an answer is looked up or worked out.

    `over` is the relation of scope.sql that the question is asked over.
    """
    if by in TAGS or over == REMARKS or (filters and (filters.theme or filters.sentiment)):
        tagging.up_to_date(store)
