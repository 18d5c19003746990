"""Has tickets and answers tagged with themes before a question needs it, and only then."""

from __future__ import annotations

from data.store import Store
from data.themes import tagging
from queries.filters import Filters


def ready(store: Store, filters: Filters | None = None, by: str | None = None) -> None:
    """Bring the tags up to date if the question is about themes; to be called before an answer is looked up or worked out."""
    if by == "theme" or (filters and filters.theme):
        tagging.up_to_date(store)
