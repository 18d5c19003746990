"""Small cells: which counts of a list must not be shown, so that neither they nor what is left of a known total tell about few."""

from collections.abc import Sequence
from datetime import date
from math import isnan, nan

from queries.periods import first_day

K = 5  # rows that a number has to rest on


def hidden(counts: Sequence[float], k: int, rest: float = 0.0) -> set[int]:
    """Places to hide: those resting on fewer than `k`, and as many of the next smallest as keep them from being subtracted.

    The total stands elsewhere on the page. With one place hidden it would be the total less the others; with two that
    hold fewer than `k` between them, the same is true of both together. `rest` is what the total holds and no place does:
    one more place, that nobody sees anyway.
    """
    known = [*counts, max(rest, 0.0)]
    small = {place for place, count in enumerate(known) if 0 < count < k}
    if not small:
        return set()
    others = sorted((count, place) for place, count in enumerate(known) if place not in small and not isnan(count) and count > 0)
    for _, place in others:
        if len(small) > 1 and sum(known[one] for one in small) >= k:
            break
        small.add(place)
    return small - {len(counts)}


def hidden_within(counts: Sequence[float], groups: Sequence[str], k: int, total: float = nan) -> set[int]:
    """The same where the total of each group is known too, such as the share of promoters; `total` where it is that of all."""
    found: set[int] = set()
    for group in dict.fromkeys(groups):
        places = [place for place, one in enumerate(groups) if one == group]
        found |= {places[at] for at in hidden_beside([counts[place] for place in places], total, k)}
    return found


def hidden_beside(counts: Sequence[float], total: float, k: int) -> set[int]:
    """The same where the total is known and some of it may be in no place; a place that is almost all of it tells the rest."""
    if isnan(total):
        return hidden(counts, k)
    return hidden(counts, k, total - sum(counts)) | {place for place, count in enumerate(counts) if 0 < total - count < k}


def hidden_course(names: Sequence[str], counts: Sequence[float], total: float, start: date | None, k: int) -> set[int]:
    """Of a course, which may begin before the period whose total is known: the period then cuts one of its slices in two,
    and both parts could be worked out."""
    gone = hidden(counts, k)
    early = [place for place, name in enumerate(names) if start and first_day(name) < start]
    inside = [place for place in range(len(names)) if place not in early]
    left = total - sum(counts[place] for place in inside)
    if isnan(total) or not early:
        return gone | hidden_beside(counts, total, k)
    places = [*inside, early[-1]]
    gone |= {places[at] for at in hidden([*(counts[place] for place in inside), max(left, 0.0)], k)}
    return gone | ({early[-1]} if 0 < counts[early[-1]] - left < k else set())
