"""Why a number changed, as people read it: the steps of a split in words, as a waterfall, and with the tickets behind each."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from pandas import DataFrame

from pages import context
from pages.content import addresses, ask, changes, decomposition_shared
from pages.document import charts, number_format, tables, tiles
from pages.document.blocks import Chart, Column, Direction, Finding, Findings, Table
from pages.screen.filter_bar import SLICES
from queries import Filters, Metric, decomposition, themes
from queries.decomposition import Split
from queries.dimensions import MANY, NAMELESS
from queries.masking import mask

STEPS = 8  # steps that stand by themselves
SAID = 3
NOTHING = 1e-9
SMALL = 0.02  # of the largest step: what is smaller than that cannot be seen beside it
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Step:
    """One part of the change: by how much the share of a value, or the value itself, moved the whole."""

    value: str
    kind: str  # mix, rate, new, gone
    effect: float
    row: dict[str, object]
    real: bool


def _fine(value: float, unit: str) -> str:
    """With a decimal, as the parts have one: rounded more than they are, the whole would not seem to add up."""
    return number_format.show(value, unit, math.inf)


def steps(split: Split) -> list[Step]:
    """All parts that are not nothing, the largest first."""
    found = [step for row in split.parts.to_dict("records") for step in _steps(row)]
    return sorted((step for step in found if abs(step.effect) > NOTHING), key=lambda step: -abs(step.effect))


def _steps(row: dict[str, object]) -> Iterator[Step]:
    seen = str(row["seen"])
    yield Step(str(row["slice"]), "mix" if seen == "both" else seen, float(row["mix"]), row, True)  # type: ignore[arg-type]
    yield Step(str(row["slice"]), "rate", float(row["rate"]), row, bool(row["real"]))  # type: ignore[arg-type]


def summary(split: Split) -> str:
    """The change in one sentence, and what of it is mix."""
    change, metric = split.change, split.metric
    then, now = (_fine(value, metric.unit) for value in (change.before, change.now))
    mix, rate = _adding_up(split)
    chance = "" if change.real else " That much may be chance: read the parts with care."
    return (
        f"{then} before, {now} now ({moved(change.difference, metric)}): {moved(mix, metric)} because other "
        f"{_things(metric)} came, {moved(rate, metric)} because things went differently within.{chance}"
    )


def _adding_up(split: Split) -> list[float]:
    """Other tickets and other ways: with one decimal they add up to the whole as it is read, the larger takes what is over."""
    both = [split.mix, split.rate]
    if split.metric.unit in ("percent", "points"):
        larger = int(abs(split.rate) >= abs(split.mix))
        both[larger] = round(split.change.difference, 1) - round(both[1 - larger], 1)
    return both


def waterfall(split: Split) -> Chart:
    """From the number before to the number now; what is too small to stand alone is one last step."""
    found = steps(split)
    most = next((index for index, step in enumerate(found) if abs(step.effect) < SMALL * abs(found[0].effect)), len(found))
    shown, rest = found[: min(most, STEPS)], found[min(most, STEPS) :]
    rows = [(_label(split, step), step.effect, _sure(split, step), decomposition_shared.rows_of(step.row)) for step in shown]
    if rest:
        few, sure = min(decomposition_shared.rows_of(step.row) for step in rest), all(_sure(split, step) for step in rest)
        rows.append((f"all else ({len(rest)})", sum(step.effect for step in rest), sure, few))
    ends = list(accumulate((effect for _, effect, *_ in rows), initial=split.change.before))
    frame = DataFrame(
        [_end("before", split.change.before, split.metric)]
        + [_bar(split.metric, row, start, end) for row, start, end in zip(rows, ends, ends[1:], strict=False)]
        + [_end("now", split.change.now, split.metric)]
    )
    return charts.waterfall(
        f"{split.metric.title}, by {named(split.by).lower()}",
        frame,
        unit=split.metric.unit,
        by=split.by,
        finding=summary(split),
        note=_note(split.by),
        evidence=ask.evidence(split.metric.id, split.by),
    )


def _note(by: str) -> str:
    parts = "The parts add up to the change exactly."
    if by in MANY:
        return f"{parts} What is about several themes counts in equal parts in each."
    return f"{parts} Pale: this one's own change may be chance."


def _end(name: str, value: float, metric: Metric) -> dict[str, object]:
    shown = {"label": _fine(value, metric.unit), "colour": "", "real": True}
    return {"slice": name, "value": value, "start": math.nan, **shown}


def _bar(metric: Metric, row: tuple[str, float, bool, float], start: float, end: float) -> dict[str, object]:
    name, effect, real, n = row
    shown = {"label": moved(effect, metric), "colour": tiles.direction(metric, effect), "real": real, "n": n}
    return {"slice": name, "value": end, "start": start, **shown}


def sentences(split: Split, before: Filters) -> Findings:
    """The three parts that matter most, with the tickets of both periods."""
    found = [
        Finding(
            told(split, step),
            _felt(split, step),
            tuple(_links(split, step.value, before)),
            n=decomposition_shared.rows_of(step.row),
        )
        for step in steps(split)[:SAID]
    ]
    proof = ask.evidence(split.metric.id, split.by)
    return Findings(f"What moved {split.metric.title}", tuple(found), "Nothing moved in here.", evidence=proof)


def _felt(split: Split, step: Step) -> Direction:
    """Nothing is called better or worse that may be chance."""
    return tiles.direction(split.metric, step.effect) if _sure(split, step) else "noise"  # type: ignore[return-value]


def _sure(split: Split, step: Step) -> bool:
    return step.real or split.by in MANY


def _links(split: Split, value: str, before: Filters) -> Iterator[tuple[str, str]]:
    here = context.current()
    for when, filters in (("now", here.filters), ("before", before)):
        rows = decomposition.narrowed(filters, split.by, value)
        if rows:
            yield (
                f"{_things(split.metric)} {when}".capitalize(),
                addresses.onward("tickets", rows.resolved(here.today), here.store.version(), behind=split.metric.id),
            )


def told(split: Split, step: Step) -> str:
    metric, row, name = split.metric, step.row, spoken(split.by, step.value)
    value, earlier = (_fine(row[key], metric.unit) for key in ("value", "value_before"))  # type: ignore[arg-type]
    share, was = (_share(row[key]) for key in ("share", "share_before"))
    match step.kind:
        case "mix":
            grew = float(row["share"]) > float(row["share_before"])  # type: ignore[arg-type]
            stands = "above" if grew == (step.effect > 0) else "below"
            text = f"{name} took a {'larger' if grew else 'smaller'} share of {_things(metric)} ({was} before, {share} now)"
            text += f" and stands {stands} the average (at {value})"
        case "rate":
            text = f"{name} {_went(metric, row)} ({earlier} before, {value} now{_chance(split, step)})"
        case "new":
            text = f"{name} was not there before ({share} of {_things(metric)} now, {value})"
        case _:
            text = f"{name} is no longer there ({was} of {_things(metric)} before, {earlier})"
    return f"{text}: {moved(step.effect, metric)}."


def _chance(split: Split, step: Step) -> str:
    """Nothing where a row stands in several parts: there is no interval then."""
    return "" if split.by in MANY else "; more than chance" if step.real else "; may be chance"


def _went(metric: Metric, row: dict[str, object]) -> str:
    up = float(row["value"]) > float(row["value_before"])  # type: ignore[arg-type]
    if metric.unit == "minutes":
        return "got slower" if up else "got faster"
    return "went up" if up else "went down"


def _label(split: Split, step: Step) -> str:
    grew = float(step.row["share"]) > float(step.row["share_before"])  # type: ignore[arg-type]
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


COLUMNS = {
    "name": Column("Part"),
    "share_before": Column("Share before"),
    "share": Column("Share now"),
    "value_before": Column("Before"),
    "value": Column("Now"),
    "mix": Column("By its share"),
    "rate": Column("By itself"),
    "both": Column("Together"),
}


def table(split: Split) -> Table:
    """Every part; none is left out, so that anybody can add them up."""
    rows = split.parts.assign(both=split.parts["mix"] + split.parts["rate"]).sort_values("both", key=abs, ascending=False)
    frame = DataFrame(
        {
            "name": [spoken(split.by, name) for name in rows["slice"]],
            **{key: [_share(cell) for cell in rows[key]] for key in ("share_before", "share")},
            **{key: [_fine(cell, split.metric.unit) for cell in rows[key]] for key in ("value_before", "value")},
            **{key: [moved(cell, split.metric) for cell in rows[key]] for key in ("mix", "rate", "both")},
            "n": [decomposition_shared.rows_of(row) for row in rows.to_dict("records")],
        }
    )
    proof = ask.evidence(split.metric.id, split.by)
    return tables.table("All parts", frame, COLUMNS, file_name=f"why-{split.metric.id}-{split.by}", counted="n", evidence=proof)


def spoken(by: str, value: str) -> str:
    """A slice as people call it."""
    value = mask(value) if context.current().smallest else value
    if value == decomposition_shared.REST:
        return "All else"
    if value in NAMELESS:
        return f"No {named(by).lower()}"
    return themes.titles().get(value, value) if by == "theme" else value[:1].upper() + value[1:] if by == "channel" else value


def named(by: str) -> str:
    return SLICES.get(by, by.capitalize())


def _things(metric: Metric) -> str:
    return tiles.COUNTED[metric.rows][1]


def _share(share: object) -> str:
    percent = 100 * float(share)  # type: ignore[arg-type]
    return f"{number_format.number(percent, 0 if percent >= 9.5 or not percent else 1)} %"
