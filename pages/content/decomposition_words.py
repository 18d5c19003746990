"""The steps of a split change in words: what each is called, what it did, and whether it is more than chance."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from pages import context
from pages.content import changes, decomposition_shared
from pages.content.decomposition_shared import Part
from pages.document import number_format, tiles
from pages.document.blocks import Direction
from queries import Metric, dimensions, themes
from queries.decomposition import Split
from queries.masking import mask

STEPS = 8  # steps that stand by themselves
NOTHING = 1e-9
MINUS = "\N{MINUS SIGN}"
SMALL = 0.02  # of the largest step: what is smaller than that cannot be seen beside it


@dataclass(frozen=True)
class Step:
    """One part of the change: by how much the share of a value, or the value itself, moved the whole."""

    value: str
    kind: str  # mix, rate, new, gone
    effect: float
    row: Part
    real: bool


def fine(value: float, unit: str) -> str:
    """With a decimal, as the parts have one: rounded more than they are, the whole would not seem to add up."""
    return number_format.show(value, unit, math.inf)


def steps(split: Split) -> list[Step]:
    """All parts that are not nothing, the largest first."""
    found = [step for row in split.parts.to_dict("records") for step in _steps(row)]
    return sorted((step for step in found if abs(step.effect) > NOTHING), key=lambda step: -abs(step.effect))


def _steps(row: Part) -> Iterator[Step]:
    seen = str(row["seen"])
    yield Step(str(row["slice"]), "mix" if seen == "both" else seen, float(row["mix"]), row, True)
    yield Step(str(row["slice"]), "rate", float(row["rate"]), row, bool(row["real"]))


def felt(split: Split, step: Step) -> Direction:
    """Nothing is called better or worse that may be chance."""
    return tiles.direction(split.metric, step.effect) if sure(split, step) else "noise"


def sure(split: Split, step: Step) -> bool:
    return step.real or dimensions.many(split.by)


def told(split: Split, step: Step) -> str:
    metric, row, name = split.metric, step.row, spoken(split.by, step.value)
    value, earlier = (fine(row[key], metric.unit) for key in ("value", "value_before"))
    share, was = (share_of_tickets(row[key]) for key in ("share", "share_before"))
    match step.kind:
        case "mix":
            grew = float(row["share"]) > float(row["share_before"])
            stands = "above" if grew == (step.effect > 0) else "below"
            text = f"{name} took a {'larger' if grew else 'smaller'} share of {things(metric)} ({was} before, {share} now)"
            text += f" and stands {stands} the average (at {value})"
        case "rate":
            text = f"{name} {_went(metric, row)} ({earlier} before, {value} now{_chance(split, step)})"
        case "new":
            text = f"{name} was not there before ({share} of {things(metric)} now, {value})"
        case _:
            text = f"{name} is no longer there ({was} of {things(metric)} before, {earlier})"
    return f"{text}: {moved(step.effect, metric)}."


def _chance(split: Split, step: Step) -> str:
    """Nothing where a row stands in several parts: there is no interval then."""
    return "" if dimensions.many(split.by) else "; more than chance" if step.real else "; may be chance"


def _went(metric: Metric, row: Part) -> str:
    up = float(row["value"]) > float(row["value_before"])
    if metric.unit == "minutes":
        return "got slower" if up else "got faster"
    return "went up" if up else "went down"


def label(split: Split, step: Step) -> str:
    grew = float(step.row["share"]) > float(step.row["share_before"])
    words = {"mix": "larger share" if grew else "smaller share", "new": "new", "gone": "gone"}
    name = spoken(split.by, step.value)
    short = name if len(name) <= 14 else f"{name[:13]}…"
    return f"{short}: {words.get(step.kind) or _went(split.metric, step.row).split()[-1]}"


def moved(effect: float, metric: Metric) -> str:
    """A signed difference: "+25 min", "−1.2 points"."""
    size = abs(effect)
    match metric.unit:
        case "minutes":
            text = number_format.duration(changes.rounded(size))
        case "percent" | "points":
            text = f"{number_format.number(size, 1)} points"
        case _:
            text = number_format.number(size, 2 if size < 100 else 0)
    nothing = not set(text) & set("123456789")
    return text if nothing else f"{'+' if effect > 0 else MINUS}{text}"


def spoken(by: str, value: str) -> str:
    """A slice as people call it."""
    value = mask(value) if context.current().smallest else value
    if value == decomposition_shared.REST:
        return "All else"
    if dimensions.nameless(by, value):
        return f"No {named(by).lower()}"
    return themes.titles().get(value, value) if by == "theme" else value[:1].upper() + value[1:] if by == "channel" else value


def named(by: str) -> str:
    return dimensions.label(by)


def things(metric: Metric) -> str:
    return tiles.COUNTED[metric.rows][1]


def share_of_tickets(share: float) -> str:
    percent = 100 * float(share)
    return f"{number_format.number(percent, 0 if percent >= 9.5 or not percent else 1)} %"
