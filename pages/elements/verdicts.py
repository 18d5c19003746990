"""What moved, in plain words, and whether it is more than chance."""

from collections.abc import Sequence

import pandas as pd
from pandas import DataFrame

import queries
from pages import visit
from pages.elements import link, values
from pages.elements.blocks import Change, Finding, Findings
from queries import Ask, Filters, Metric, compare

MOST = 5  # more sentences than this are not read
QUIET = "Nothing moved more than chance."


def judge(metric: Metric, now: DataFrame, earlier: DataFrame, before: Filters) -> Change | None:
    """ "12 min slower than the 90 days before", or "no clear change"."""
    moved = _moved(metric, now, earlier)
    if moved is None:
        return None
    fewer = thinner(now, earlier)
    if moved.direction == "noise":
        return Change(f"no clear change from {since(before)}", "noise", "flat", fewer)
    direction = moved.direction if moved.direction in ("better", "worse") else "neutral"
    arrow = "flat" if moved.difference == 0 else "up" if moved.difference > 0 else "down"
    if moved.difference == 0:
        return Change(f"same as {since(before)}", "neutral", "flat", fewer)
    return Change(f"{size(moved, metric)} than {since(before)}", direction, arrow, fewer)  # type: ignore[arg-type]


def changes(names: Sequence[str]) -> Findings:
    """The changes that are more than chance, the clearest first, one sentence each.

    Ten numbers compared at once find something by chance in four selections of ten, so they are judged together.
    """
    here = visit.current()
    before = here.filters.previous(here.today)
    if before is None:
        return Findings("What changed", (), "Choose a period and something to compare it with to see what changed.")
    asked = queries.answers(
        [Ask(name, filters) for name in names for filters in (here.filters, before)], here.store, here.heartbeat
    )
    found = [
        (metric, moved, thinner(now, earlier))
        for metric, now, earlier in zip(map(queries.metric, names), asked[::2], asked[1::2], strict=True)
        if (moved := _moved(metric, now, earlier)) is not None
    ]
    survived = compare.surviving([moved for _, moved, _ in found])
    found = [one for one, more_than_chance in zip(found, survived, strict=True) if more_than_chance]
    found.sort(key=lambda one: -clearness(one[1]))
    return Findings("What changed", tuple(_finding(metric, moved, before, n) for metric, moved, n in found[:MOST]), QUIET)


def thinner(now: DataFrame, earlier: DataFrame) -> float:
    """Rows on the thinner side of a comparison."""
    return min(float(now["n"].iloc[0]), float(earlier["n"].iloc[0]))


def clearness(moved: compare.Change) -> float:
    """How far the difference lies from no difference, in widths of its interval."""
    return abs(moved.difference) / (moved.high - moved.low)


def size(moved: compare.Change, metric: Metric) -> str:
    """ "12 min slower", "4 points higher", "31 fewer"."""
    difference = abs(moved.difference)
    match metric.unit:
        case "minutes":
            return f"{values.duration(rounded(difference))} {'slower' if moved.difference > 0 else 'faster'}"
        case "percent" | "points":
            points = values.number(difference, 0 if difference >= 1.5 else 1)
            return f"{points} {'point' if points == '1' else 'points'} {_higher(moved)}"
        case "count":
            return f"{values.number(difference)} {'more' if moved.difference > 0 else 'fewer'}"
    return f"{values.show(difference, metric.unit)} {_higher(moved)}"


def rounded(minutes: float) -> float:
    """Two digits are all a difference deserves; seconds only where it is that small."""
    seconds = float(f"{minutes * 60:.2g}")
    return seconds / 60 if seconds < 120 else float(round(seconds / 60))


def since(before: Filters) -> str:
    """What it is compared with: "the 90 days before", "a year earlier"."""
    if before.start is None or before.end is None:
        return "before"
    if visit.current().filters.compare == "year":
        return "a year earlier"
    days = (before.end - before.start).days + 1
    return f"the {days} days before" if days > 1 else "the day before"


def _moved(metric: Metric, now: DataFrame, earlier: DataFrame) -> compare.Change | None:
    if now.empty or earlier.empty or pd.isna(now["value"].iloc[0]) or pd.isna(earlier["value"].iloc[0]):
        return None
    return compare.change(metric, now.iloc[0], earlier.iloc[0])


def _higher(moved: compare.Change) -> str:
    return "higher" if moved.difference > 0 else "lower"


def _finding(metric: Metric, moved: compare.Change, before: Filters, n: float) -> Finding:
    now, then = values.show(moved.now, metric.unit), values.show(moved.before, metric.unit)
    sentence = f"{metric.title}: {now}, {size(moved, metric)} than {since(before)} ({then}). More than chance."
    direction = moved.direction if moved.direction in ("better", "worse") else "neutral"
    links = (("Why?", _onward("why", why=metric.id)), ("Which rows?", _onward("tickets", behind=metric.id)))
    return Finding(sentence, direction, links, n=n)  # type: ignore[arg-type]


def _onward(page: str, **more: str) -> str:
    here = visit.current()
    return link.onward(page, here.filters.resolved(here.today), here.store.version(), **more)
