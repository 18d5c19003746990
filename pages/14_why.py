"""Why: "Why did it change?"

Shared: alone
For: all
About: numbers
"""

from contextlib import AbstractContextManager

import queries
from pages import context
from pages.content import decomposition_blocks, decomposition_shared, decomposition_stand_ins, decomposition_words, page
from pages.document import notices
from pages.document.blocks import Block
from pages.screen import url_choices
from queries import Metric, decomposition, dimensions
from queries.decomposition import Split

now = context.current()


FIRST = "first_reply_within_target"


def chosen(found: list[Split]) -> Split:
    """The dimension of the address if it has a split, else the one that tells most."""
    words = [one.by for one in found]
    say = lambda by: f"{decomposition_words.named(by)}{' (tells most)' if by == words[0] else ''}"  # noqa: E731
    return found[words.index(url_choices.among("split", "Split by", words, say, 260))]


def answered(metric: Metric, place: AbstractContextManager[object]) -> list[Block]:
    before = now.filters.previous(now.today)
    if before is None:
        return [notices.nothing_here("Choose a period and something to compare it with to see why a number changed.")]
    found = decomposition_shared.fit(decomposition.most_telling(metric.id, now.filters, now.store, now.heartbeat))
    if not found:
        return [notices.nothing_here(f"{metric.title} is not known in both periods, or not by more than one value of anything.")]
    with place:
        split = chosen(found)
    return [
        decomposition_blocks.sentences(split, before),
        decomposition_blocks.waterfall(split),
        decomposition_blocks.table(split),
    ]


url_choices.bound("why", FIRST)
url_choices.in_address("split", ["most", *dimensions.placed("splits")])
place = url_choices.line()
with place:
    asked = queries.metric(url_choices.pick("why", "The number", FIRST))
metric = asked if decomposition.splits(asked) else queries.metric(next(iter(asked.stands_in), asked.id))
page.show(
    lambda: None if decomposition.splits(asked) else decomposition_stand_ins.unsplittable(asked),
    lambda: answered(metric, place) if decomposition.splits(metric) else None,
)
