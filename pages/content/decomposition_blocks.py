"""Why a number changed, as people read it: the steps of a split in words, as a waterfall, and with the tickets behind each."""

import math
from collections.abc import Iterator
from itertools import accumulate

from pandas import DataFrame

from pages import context
from pages.content import addresses, ask, decomposition_shared
from pages.content.decomposition_words import (
    SMALL,
    STEPS,
    felt,
    fine,
    label,
    moved,
    named,
    share_of_tickets,
    spoken,
    steps,
    sure,
    things,
    told,
)
from pages.document import charts, tables, tiles
from pages.document.blocks import Chart, Column, Finding, Findings, Table
from queries import Filters, Metric, decomposition, dimensions
from queries.decomposition import Split

SAID = 3


def summary(split: Split) -> str:
    """The change in one sentence, and what of it is mix."""
    change, metric = split.change, split.metric
    then, now = (fine(value, metric.unit) for value in (change.before, change.now))
    mix, rate = _adding_up(split)
    chance = "" if change.real else " That much may be chance: read the parts with care."
    return (
        f"{then} before, {now} now ({moved(change.difference, metric)}): {moved(mix, metric)} because other "
        f"{things(metric)} came, {moved(rate, metric)} because things went differently within.{chance}"
    )


def sentences(split: Split, before: Filters) -> Findings:
    """The three parts that matter most, with the tickets of both periods."""
    found = [
        Finding(
            told(split, step),
            felt(split, step),
            tuple(_links(split, step.value, before)),
            n=decomposition_shared.rows_of(step.row),
        )
        for step in steps(split)[:SAID]
    ]
    proof = ask.evidence(split.metric.id, split.by)
    return Findings(f"What moved {split.metric.title}", tuple(found), "Nothing moved in here.", evidence=proof)


def _links(split: Split, value: str, before: Filters) -> Iterator[tuple[str, str]]:
    here = context.current()
    for when, filters in (("now", here.filters), ("before", before)):
        rows = decomposition.narrowed(filters, split.by, value)
        if rows:
            yield (
                f"{things(split.metric)} {when}".capitalize(),
                addresses.onward("tickets", rows.resolved(here.today), here.store.version(), behind=split.metric.id),
            )


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
            **{key: [share_of_tickets(cell) for cell in rows[key]] for key in ("share_before", "share")},
            **{key: [fine(cell, split.metric.unit) for cell in rows[key]] for key in ("value_before", "value")},
            **{key: [moved(cell, split.metric) for cell in rows[key]] for key in ("mix", "rate", "both")},
            "n": [decomposition_shared.rows_of(row) for row in rows.to_dict("records")],
        }
    )
    proof = ask.evidence(split.metric.id, split.by)
    return tables.table("All parts", frame, COLUMNS, file_name=f"why-{split.metric.id}-{split.by}", counted="n", evidence=proof)


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
    rows = [(label(split, step), step.effect, sure(split, step), decomposition_shared.rows_of(step.row)) for step in shown]
    if rest:
        few, real = min(decomposition_shared.rows_of(step.row) for step in rest), all(sure(split, step) for step in rest)
        rows.append((f"all else ({len(rest)})", sum(step.effect for step in rest), real, few))
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
    if dimensions.many(by):
        return f"{parts} What is about several themes counts in equal parts in each."
    return f"{parts} Pale: this one's own change may be chance."


def _end(name: str, value: float, metric: Metric) -> dict[str, object]:
    shown = {"label": fine(value, metric.unit), "colour": "", "real": True}
    return {"slice": name, "value": value, "start": math.nan, **shown}


def _bar(metric: Metric, row: tuple[str, float, bool, float], start: float, end: float) -> dict[str, object]:
    name, effect, real, n = row
    shown = {"label": moved(effect, metric), "colour": tiles.direction(metric, effect), "real": real, "n": n}
    return {"slice": name, "value": end, "start": start, **shown}
