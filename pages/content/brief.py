"""The brief: one page of plain sentences, each forced by a number. What changed, why, what stayed, and what customers say.

Nothing in here is written by hand or guessed: the same data and filters give the same words.
"""

from collections.abc import Iterator
from typing import Any

from pandas import Series

from pages import context
from pages.content import addresses, ask, changes, decomposition_words, feedback, target_blocks
from pages.content.changes import Moved
from pages.content.decomposition_words import Step
from pages.document import number_format, tiles
from pages.document.blocks import Direction, Evidence, Finding, Findings
from queries import Filters, Metric, decomposition
from queries.decomposition import Split
from queries.masking import mask

PERSONAL = ("agent",)  # whose doing it was is not for a brief to say
PARTS, WORTH = 2, 0.15  # of a change: how many, and how much of it each has to be
ALONE = "There is no period to compare with, so this says how things stand and not what changed."


def blocks() -> Iterator[Findings]:
    """All of it, the most important first."""
    yield from (block for block in (*_compared(), target_blocks.kept(), customers()) if block)


def _compared() -> Iterator[Findings]:
    """What moved and what did not, against the period before."""
    moved, before = changes.moved(), _before()
    if before is None or not moved:
        yield Findings("In one sentence", (Finding(ALONE, n=float("inf")),))
        return
    yield summary(moved, before)
    real = sorted((one for one in moved if one.real), key=lambda one: -changes.clearness(one.change))
    if real:
        yield Findings("What changed, and why", tuple(finding for one in real for finding in _changed(one, before)))
    still = tuple(_stayed(one, before) for one in moved if not one.real)
    if still:
        yield Findings("What did not clearly change", still)


def _before() -> Filters | None:
    here = context.current()
    return here.filters.previous(here.today)


def summary(moved: list[Moved], before: Filters) -> Findings:
    """How many moved, and which way; the subject of a mail."""
    judged = [one for one in moved if one.change.direction != "unknown"]
    real = [one for one in judged if one.real]
    names = ", ".join(f"{one.metric.title} ({_word(one)})" for one in real)
    said = f"{len(real)} of {len(judged)} numbers moved more than chance against {changes.since(before)}: {names}."
    if not real:
        said = f"Nothing moved more than chance: {len(judged)} numbers, held against {changes.since(before)}."
    if not judged:
        said = f"No number can be held against {changes.since(before)}: there is too little of it."
    return Findings("In one sentence", (Finding(said, _overall(real), n=float("inf")),))


def _word(one: Moved) -> str:
    if one.change.direction in ("better", "worse"):
        return one.change.direction
    return "up" if one.change.difference > 0 else "down"


def _overall(real: list[Moved]) -> Direction:
    """A colour only where all of it points one way."""
    ways = {one.change.direction for one in real}
    return "better" if ways == {"better"} else "worse" if ways == {"worse"} else "neutral"


def _changed(one: Moved, before: Filters) -> Iterator[Finding]:
    """The number, then the parts of its change that matter most, where it has parts."""
    metric, change = one.metric, one.change
    now, then = number_format.show(change.now, metric.unit, one.n), number_format.show(change.before, metric.unit, one.n)
    said = f"{metric.title} is {now}, {changes.size(change, metric)} than {changes.since(before)} ({then}). More than chance."
    yield Finding(said, changes.coloured(one.change), _rows(metric.id), n=one.n, evidence=ask.evidence(metric.id))
    yield from _because(metric)


def _rows(metric: str, **narrowed: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """On the page a sentence leads to the rows of its number; where it is printed, to how that is counted."""
    here = context.current()
    filters = here.filters.narrowed(**narrowed).resolved(here.today)
    return (("Which rows?", addresses.onward("tickets", filters, here.store.version(), behind=metric)),)


def _because(metric: Metric) -> Iterator[Finding]:
    """Why, as far as the parts say; a median has none, and then a number that stands in for it is named."""
    here = context.current()
    stand_in = metric.id if decomposition.splits(metric) else next(iter(metric.stands_in), "")
    if not stand_in:
        return
    found = [
        one for one in decomposition.most_telling(stand_in, here.filters, here.store, here.heartbeat) if one.by not in PERSONAL
    ]
    if not found or not found[0].change.real:
        return
    split = found[0]
    named = "" if stand_in == metric.id else f", seen in {split.metric.title}"
    for step in _telling(split)[:PARTS]:
        said = f"Why{named}, by {decomposition_words.named(split.by).lower()}: {mask(decomposition_words.told(split, step))}"
        n = min(float(step.row[key]) for key in ("n", "n_before") if float(step.row[key]))
        way = ("Why?", addresses.onward("why", here.filters.resolved(here.today), here.store.version(), why=stand_in))
        source, verdict = Evidence(stand_in, here.filters, split.by), tiles.direction(split.metric, step.effect)
        yield Finding(said, verdict, (way,), n=n, evidence=source)


def _telling(split: Split) -> list[Step]:
    """Parts that go the way of the whole, are more than chance, and are not small change."""
    whole = split.change.difference
    return [
        one
        for one in decomposition_words.steps(split)
        if one.real and one.effect * whole > 0 and abs(one.effect) >= WORTH * abs(whole)
    ]


def _stayed(one: Moved, before: Filters) -> Finding:
    """Not clearly moved is not the same as counted whole: what has no interval is told without a verdict."""
    metric, change = one.metric, one.change
    now, then = number_format.show(change.now, metric.unit, one.n), number_format.show(change.before, metric.unit, one.n)
    if change.direction != "unknown":
        said = f"{metric.title}: {now}, no clear change from {changes.since(before)} ({then})."
    elif metric.unit != "count" and one.n < number_format.FEW:
        said = f"{metric.title}: too few {tiles.COUNTED[metric.rows][1]} to say."
    else:
        said = f"{metric.title}: {now}, {then} before. Counted whole, not judged."
    return Finding(said, "noise", _rows(metric.id), n=one.n, evidence=ask.evidence(metric.id))


def customers() -> Findings | None:
    """Themes by name and number; what anybody wrote stays with us."""
    often, hurting, rising = ([row for _, row in found.iterrows()] for found in feedback.telling())
    said = [_theme(row, f"{_tickets(row)}, {number_format.show(row['share'], 'percent')} of all") for row in often]
    said += [_theme(row, f"satisfaction is {abs(row['effect']):.0f} points lower than elsewhere", "effect_n") for row in hurting]
    said += [_theme(row, f"{number_format.number(row['change'])} % more tickets than before", "tickets_before") for row in rising]
    return Findings("What customers say", tuple(said)) if said else None


def _tickets(row: "Series[Any]") -> str:
    return number_format.count(float(row["tickets"]), "ticket", "tickets")


def _theme(row: "Series[Any]", said: str, fewer: str = "tickets") -> Finding:
    metric = "csat" if fewer == "effect_n" else "tickets_created"
    n = min(float(row["tickets"]), float(row[fewer]))
    return Finding(
        f"{row['title']}: {said}.",
        "neutral",
        _rows(metric, theme=(str(row["theme"]),)),
        n=n,
        evidence=ask.evidence(metric, "theme"),
    )
