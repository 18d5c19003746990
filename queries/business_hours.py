"""Business hours: whether any are known, and whose count a number goes by."""

from __future__ import annotations

from data.store import Store
from queries import engine
from queries.catalogue import Metric, metrics
from queries.compose import judged
from queries.filters import Filters
from queries.question import Question

WAITS = {  # each wait, and the column that says whose count of business hours it is
    "reply_wait": "reply_business_from",
    "solving_time": "solving_business_from",
    "first_solving_time": "first_solving_business_from",
}
KNOWN = """select exists(from facts where reply_business_minutes is not null or resolution_business_minutes is not null
  or first_resolution_business_minutes is not null or requester_wait_business_minutes is not null)"""
SAID = {
    "calendar": "{n} by the calendar set under Settings",
    "helpdesk": "{n} as the helpdesk worked it out in its own business hours",
}


def known(store: Store | None = None) -> bool:
    """Whether anything can be counted in business hours: by a calendar, or by a column of the export."""
    store = engine.opened(store)
    return bool(engine.remembered(store, ("business hours",), lambda: engine.table(store, KNOWN, {}).iloc[0, 0]))


def counted(metric: Metric, filters: Filters, store: Store | None = None) -> dict[str, int]:
    """How many tickets a number counts by which of the two: `calendar`, `helpdesk`. Nothing where it counts no such time."""
    wait = metrics()[metric.target].measure if metric.target else metric.measure
    column = WAITS.get(wait)
    if column is None or filters.hours != "business":
        return {}
    asked = Question(metric, filters).on(store)
    counts = f"left_out_because is null and {column} is not null"
    body = f"select {column} as clock, count(*) as n from ({judged(metric)}) where {counts} group by 1"
    found = asked.remembered(("clocks", metric.id), lambda: asked.table(asked.sql(body)))
    return {str(clock): int(n) for clock, n in found.itertuples(index=False)}


def said(metric: Metric, filters: Filters, store: Store | None = None) -> str:
    """Which hours the number is counted in, and by whose count."""
    parts = counted(metric, filters, store)
    whose = "; ".join(words.format(n=f"{parts[clock]:,}") for clock, words in SAID.items() if clock in parts)
    return f"{filters.hours} hours" + (f": {whose}" if whose else "")
