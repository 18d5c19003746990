"""What a page is about where its reader chooses that: whether it is fixed, and what the numbers are called."""

from pages import context
from queries import METRICS

BANDS = {"service": "Directly about service", "outcome": "What service affects"}


def fixed() -> bool:
    """Whether this page was shared."""
    return context.current().chosen is not None


def title(name: str) -> str:
    return f"{METRICS[name].title}: {METRICS[name].question}"
