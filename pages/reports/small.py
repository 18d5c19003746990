"""Small cells: which counts of a list must not be shown, so that neither they nor what is left of a known total tell about few."""

from collections.abc import Sequence
from math import isnan


def hidden(counts: Sequence[float], k: int) -> set[int]:
    """Places to hide: those resting on fewer than `k`, and as many of the next smallest as keep them from being subtracted.

    The total stands elsewhere on the page. With one place hidden it would be the total less the others; with two that
    hold fewer than `k` between them, the same is true of both together.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < k}
    if not small:
        return set()
    others = sorted((count, place) for place, count in enumerate(counts) if place not in small and not isnan(count) and count > 0)
    for _, place in others:
        if len(small) > 1 and sum(counts[one] for one in small) >= k:
            break
        small.add(place)
    return small


def hidden_within(counts: Sequence[float], groups: Sequence[str], k: int) -> set[int]:
    """The same where the total of each group is known too, such as the share of promoters."""
    found: set[int] = set()
    for group in dict.fromkeys(groups):
        places = [place for place, one in enumerate(groups) if one == group]
        found |= {places[at] for at in hidden([counts[place] for place in places], k)}
    return found
