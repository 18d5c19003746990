"""Why: "Why did it change?" """

import queries
from pages import visit
from pages.elements import choices, draw, notices, outside, reasons, unsplit
from queries import why

now = visit.current()


FIRST = "first_reply_within_target"


def chosen(found):
    """The dimension of the address if it has a split, else the one that tells most."""
    words = [one.by for one in found]
    say = lambda by: f"{reasons.named(by)}{' (tells most)' if by == words[0] else ''}"  # noqa: E731
    return found[words.index(choices.among("split", "Split by", words, say, 260))]


def answered(metric, place):
    before = now.filters.previous(now.today)
    if before is None:
        return [notices.nothing_here("Choose a period and something to compare it with to see why a number changed.")]
    found = outside.fit(why.most_telling(metric.id, now.filters, now.store, now.heartbeat))
    if not found:
        return [notices.nothing_here(f"{metric.title} is not known in both periods, or not by more than one value of anything.")]
    with place:
        split = chosen(found)
    return [reasons.sentences(split, before), reasons.waterfall(split), reasons.table(split)]


if now.empty:
    draw.each(notices.first_start())
else:
    choices.bound("why", FIRST)
    choices.in_address("split", ["most", *why.DIMENSIONS])
    place = choices.line()
    with place:
        asked = queries.metric(choices.pick("why", "The number", FIRST))
    metric = asked if why.splits(asked) else queries.metric(why.INSTEAD.get(asked.id, (asked.id,))[0])
    draw.each(
        lambda: None if why.splits(asked) else unsplit.unsplittable(asked),
        lambda: answered(metric, place) if why.splits(metric) else None,
    )
