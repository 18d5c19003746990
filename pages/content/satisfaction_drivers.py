"""What goes along with satisfaction: people, returns, waits; one by one, and all of them weighed against each other."""

from pages import context
from pages.content import ask
from pages.document import charts, number_format
from pages.document.blocks import Chart, Notice
from queries import significance
from queries.drivers import Drivers, drivers

STEPS = {"agents": ("one agent", "two agents", "three agents", "four or more"), "reopened": ("solved once", "reopened")}
NOTE = "Associated with, not caused by."
NOTHING = "No part of the service tells satisfied from dissatisfied answers more than chance would have it."
LITTLE = 2  # percent of the differences between answers


def by_handling() -> Chart | None:
    """Satisfaction by how many agents had the ticket, and whether it came back."""
    found = ask.view("csat_by_service")
    if len(found) < 2:
        return None
    named = [STEPS[about][int(step) - (about == "agents")] for about, step in zip(found["about"], found["step"], strict=True)]
    return charts.dots(
        "Are customers less satisfied when it takes more hands?",
        found.assign(slice=named, question=found["about"]),
        unit="percent",
        by="handling",
        better="higher",
        counted="answers",
        ordered=True,
        note=NOTE,
        evidence=ask.evidence("csat", view="csat_by_service"),
    )


def weighed() -> Chart | Notice | None:
    """Which part of the service tells satisfied from dissatisfied answers, given all the others; or that none does."""
    here = context.current()
    found = drivers(here.filters, here.store)
    if found is None:
        return None
    if found.chance >= significance.ACCEPTED:
        asked = f"Of {number_format.number(found.n)} answers: {', '.join(found.parts['slice'])}."
        return Notice(NOTHING, asked, counts=(found.n,), evidence=ask.evidence("csat"))
    return charts.dots(
        "What goes along with satisfaction most?",
        found.parts,
        unit="percent",
        by="driver",
        better="neither",
        counted="answers",
        ordered=True,
        finding=_together(found),
        note=f"Shares of what these tell together, each weighed against the others. {_direction(found)} {NOTE}",
        evidence=ask.evidence("csat"),
    )


def _together(found: Drivers) -> str:
    told, first = number_format.show(found.told, "percent", found.n), found.parts.iloc[0]
    if found.told < LITTLE:
        return f"Together these tell only {told} of the differences between answers: satisfaction hangs on other things here."
    return f"Together these tell {told} of the differences between answers; the most: {first['slice']}."


def _direction(found: Drivers) -> str:
    more = list(found.parts.loc[found.parts["sign"] > 0, "slice"])
    if len(more) == len(found.parts):
        return "More of each goes with more satisfied answers."
    but = f", but not of: {', '.join(more)}" if more else ""
    return f"More of each goes with fewer satisfied answers{but}."
