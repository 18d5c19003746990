"""Has tickets and answers tagged with themes and moods before a question needs it, and only then."""

from __future__ import annotations

from data.store import Store
from data.themes import tagging
from queries import dimensions
from queries.filters import Filters


def ready(store: Store, filters: Filters | None = None, by: str | None = None, needs_tags: str = "") -> None:
    """Bring the tags up to date if the question needs them; to be called before an answer is looked up or worked out.

    `needs_tags` is what the header of a metric or a view states.
    """
    asked = [by or "", *(filters.values if filters else ())]
    if needs_tags or any(one.tagged for name, one in dimensions.known().items() if name in asked):
        tagging.up_to_date(store)
