"""What is said of a number that does not split, and what splits in its place."""

import math

import queries
from pages import context
from pages.content import addresses
from pages.document.blocks import Finding, Findings
from queries import Metric, decomposition


def unsplittable(metric: Metric) -> Findings:
    """A median has no parts, and we do not make any up; what stands in for it has a name of its own."""
    others = metric.stands_in
    kind = "a median or a percentile" if decomposition.ranked(metric) else "not a mean or a share of its rows"
    offer = " These split instead:" if others else ""
    sentence = f"It is {kind}: those of the channels or teams do not add up to it.{offer}"
    links = tuple((queries.metric(name).title, _onward(name)) for name in others)
    return Findings(f"{metric.title} does not split", (Finding(sentence, "neutral", links, n=math.inf),))  # about nobody's rows


def _onward(name: str) -> str:
    here = context.current()
    return addresses.onward("why", here.filters.resolved(here.today), here.store.version(), why=name)
