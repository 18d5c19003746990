"""What moved, in plain words, and whether it is more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
from pandas import DataFrame

import queries
from pages import context
from pages.content import addresses
from pages.document import number_format
from pages.document.blocks import Change, Direction, Finding, Findings
from queries import Ask, Filters, Metric, engine, significance

MOST = 5  # more sentences than this are not read
QUIET = "None of these numbers moved more than chance."


@dataclass(frozen=True)
class Moved:
    """What a metric did, whether that is more than chance, and the rows on the thinner side of the comparison."""

    metric: Metric
    change: significance.Change
    real: bool
    n: float


def judged(names: Sequence[str]) -> dict[str, Change]:
    """For tiles, by metric: "12 min slower than the 90 days before", or "no clear change".

    A number says the same on every page: those of the Overview are judged among themselves, any other beside them.
    """
    before = _before()
    if before is None:
        return {}
    overview = queries.placed("overview")
    first = [*overview, *(name for name in names if queries.metric(name).mirrors in overview)]
    more = [name for name in names if name not in first]
    found = [*_together(first, before), *(_together([*overview, *more], before) if more else ())]
    said = {one.metric.id: _said(one, before) for one in reversed(found)}
    return {name: said[name] for name in names if name in said}


def changes() -> Findings:
    """The changes of the Overview that are more than chance, the clearest first, one sentence each."""
    before = _before()
    if before is None:
        return Findings("What changed", (), "Choose a period and something to compare it with to see what changed.")
    real = [one for one in _together(queries.placed("overview"), before) if one.real]
    found = sorted(real, key=lambda one: -clearness(one.change))
    return Findings("What changed", tuple(_finding(one, before) for one in found[:MOST]), QUIET)


def moved() -> list[Moved]:
    """All numbers of the Overview with what they did, judged together; nothing where nothing is compared."""
    before = _before()
    return _together(queries.placed("overview"), before) if before else []


def _before() -> Filters | None:
    here = context.current()
    return here.filters.previous(here.today)


def _together(names: Sequence[str], before: Filters) -> list[Moved]:
    """Ten numbers compared at once find something by chance in four selections of ten, so they are judged together."""
    here = context.current()
    return engine.remembered(here.store, ("judged", tuple(names), here.filters, before), lambda: _judged(names, before))


def _judged(names: Sequence[str], before: Filters) -> list[Moved]:
    here = context.current()
    asked = queries.answers(
        [Ask(name, filters) for name in names for filters in (here.filters, before)], here.store, here.heartbeat
    )
    found = [
        (metric, moved, min(float(now["n"].iloc[0]), float(earlier["n"].iloc[0])))
        for metric, now, earlier in zip(map(queries.metric, names), asked[::2], asked[1::2], strict=True)
        if (moved := _moved(metric, now, earlier)) is not None
    ]
    counted = [(metric.id, moved) for metric, moved, _ in found if not metric.mirrors]
    survived = dict(zip((name for name, _ in counted), significance.surviving([moved for _, moved in counted]), strict=True))
    return [Moved(metric, moved, survived.get(metric.mirrors or metric.id, False), n) for metric, moved, n in found]


def _said(one: Moved, before: Filters) -> Change:
    """What has no interval is said as it is and not judged."""
    difference = one.change.difference
    if difference == 0:
        return Change(f"same as {since(before)}", "neutral", "flat", one.n)
    if one.change.direction != "unknown" and not one.real:
        return Change(f"no clear change from {since(before)}", "noise", "flat", one.n)
    sentence = f"{size(one.change, one.metric)} than {since(before)}"
    return Change(sentence, coloured(one.change), "up" if difference > 0 else "down", one.n)


def coloured(moved: significance.Change) -> Direction:
    return moved.direction if moved.direction in ("better", "worse") else "neutral"


def shifted(view: str, done: str) -> str:
    """Whether a whole curve moved, not only its middle: "Answered sooner than in the 90 days before, more than chance."

    Judged together with the Overview's numbers, as everything on a page is.
    """
    here = context.current()
    before = _before()
    if before is None:
        return ""
    for _, moved in queries.view(view, here.filters, store=here.store).iterrows():
        others = [one.change.chance for one in _together(queries.placed("overview"), before)]
        if significance.together([significance.chance_of(moved["chi_squared"]), *others])[0] < significance.ACCEPTED:
            than, sooner = since(before), "sooner" if moved["observed"] > moved["expected"] else "later"
            return f"{done} {sooner} than {'in ' if than.startswith('the ') else ''}{than}, all waits considered: more than chance."
    return ""


def clearness(moved: significance.Change) -> float:
    """How far the difference lies from no difference, in widths of its interval."""
    return abs(moved.difference) / (moved.high - moved.low)


def size(moved: significance.Change, metric: Metric) -> str:
    """ "12 min slower", "4 points higher", "31 fewer"."""
    difference = abs(moved.difference)
    match metric.unit:
        case "minutes":
            return f"{number_format.duration(rounded(difference))} {'slower' if moved.difference > 0 else 'faster'}"
        case "percent" | "points":
            points = number_format.number(difference, 0 if difference >= 1.5 else 1)
            return f"{points} {'point' if points == '1' else 'points'} {_higher(moved)}"
        case "count":
            return f"{number_format.number(difference)} {'more' if moved.difference > 0 else 'fewer'}"
    return f"{number_format.show(difference, metric.unit)} {_higher(moved)}"


def rounded(minutes: float) -> float:
    """Two digits are all a difference deserves; a third from an hour on, or it would not fit the numbers beside it."""
    seconds = float(f"{minutes * 60:.{2 if minutes < 60 else 3}g}")
    return seconds / 60 if seconds < 120 else float(round(seconds / 60))


def since(before: Filters) -> str:
    """What it is compared with: "the 90 days before", "a year earlier", "the 90 days from 1 Mar 2026"."""
    if before.start is None or before.end is None:
        return "before"
    if context.current().filters.compare == "year":
        return "a year earlier"
    days = (before.end - before.start).days + 1
    here = context.current()
    start, _ = here.filters.period(here.today)
    if start != before.end + timedelta(days=1):
        return f"the {f'{days} days' if days > 1 else 'day'} from {before.start.day} {before.start:%b %Y}"
    return f"the {days} days before" if days > 1 else "the day before"


def _moved(metric: Metric, now: DataFrame, earlier: DataFrame) -> significance.Change | None:
    if now.empty or earlier.empty or pd.isna(now["value"].iloc[0]) or pd.isna(earlier["value"].iloc[0]):
        return None
    return significance.change(metric, now.iloc[0], earlier.iloc[0])


def _higher(moved: significance.Change) -> str:
    return "higher" if moved.difference > 0 else "lower"


def _finding(one: Moved, before: Filters) -> Finding:
    metric, moved = one.metric, one.change
    now, then = number_format.show(moved.now, metric.unit), number_format.show(moved.before, metric.unit)
    sentence = f"{metric.title}: {now}, {size(moved, metric)} than {since(before)} ({then}). More than chance."
    links = (("Why?", _onward("why", why=metric.id)), ("Which rows?", _onward("tickets", behind=metric.id)))
    return Finding(sentence, coloured(moved), links, n=one.n)


def _onward(page: str, **more: str) -> str:
    here = context.current()
    return addresses.onward(page, here.filters.resolved(here.today), here.store.version(), **more)
