"""How sure a survey's score is: what more answers would bring, and who stays silent."""

from collections.abc import Iterator

import pandas as pd
from pandas import DataFrame

import queries
from pages.content import ask
from pages.document import charts, number_format, tiles
from pages.document.blocks import Chart, Finding, Findings
from queries import Metric, sample_size

SLICES = "Four equal groups by the wait for the first reply; and whether the ticket was reopened."


def sure(name: str) -> Findings | None:
    """Beside a score: how far it may be off, how many more answers would halve that, and what the silent could change."""
    metric = queries.metric(name)
    (answer,) = ask.answers((name, None))
    value, low, high, n = tiles.numbers(answer)
    if n < number_format.FEW or not number_format.known(low):
        return None
    said = [_precise(metric, value, low, high, n), *_silent(metric)]
    return Findings("How sure can we be?", tuple(said), evidence=ask.evidence(name))


def _precise(metric: Metric, value: float, low: float, high: float, n: float) -> Finding:
    more = number_format.number(float(f"{sample_size.more_to_halve(metric.unit, value, n):.2g}"))
    counted = number_format.number(n)
    return Finding(
        f"{counted} answers tell {metric.title} to within {(high - low) / 2:.1f} points. About {more} more would halve that.", n=n
    )


def _silent(metric: Metric) -> Iterator[Finding]:
    found = ask.view("nonresponse")
    for _, row in found[found["kind"] == metric.id].iterrows():
        if row["answered"] == row["asked"]:
            continue
        reach = sample_size.bounds(row["asked"], row["answered"], row["up"], row["down"])
        share = number_format.show(100 * row["answered"] / row["asked"], "percent", row["asked"])
        worst, best = (number_format.show(end, metric.unit) for end in (reach.worst, reach.best))
        sad, glad = ("a detractor", "a promoter") if metric.unit == "points" else ("unhappy", "happy")
        ends = f"Were everyone else {sad}, {metric.title} would be {worst}; were everyone else {glad}, {best}."
        yield Finding(f"{share} of those asked answered. {ends}", n=min(row["answered"], row["asked"] - row["answered"]))


def who(kind: str) -> Chart | None:
    """How many of those asked answer, by how they were served."""
    found = _named(ask.view("response_by_service", kind=kind))
    if len(found) < 2:
        return None
    return charts.dots(
        "Who answers, and who does not",
        found,
        unit="percent",
        by="service",
        better="higher",
        counted="asked",
        ordered=True,
        note=SLICES,
        evidence=ask.evidence(f"{kind}_response_rate", view="response_by_service"),
    )


def by_wait() -> Chart | None:
    """Satisfaction in ten equal groups by the wait for the first reply."""
    found = ask.view("csat_by_wait")
    if len(found) < 2:
        return None
    return charts.dots(
        "Are customers less satisfied when they wait longer?",
        found.assign(slice=[_waited(row) for _, row in found.iterrows()], question="wait"),
        unit="percent",
        by="wait",
        better="higher",
        counted="answers",
        ordered=True,
        note="Ten equal groups by the wait for the first reply. Associated with, not caused by.",
        evidence=ask.evidence("csat", view="csat_by_wait"),
    )


def _named(found: DataFrame) -> DataFrame:
    named = [_waited(row) if row["about"] == "wait" else str(row["about"]) for _, row in found.iterrows()]
    return found.assign(slice=named, question=found["about"].where(found["about"] == "wait", "returns"))


def _waited(row: "pd.Series[float]") -> str:
    return f"up to {number_format.duration(row['wait_to'])}"
