"""Resolution: "When is it really solved?"

Shared: whole
For: all
About: numbers
"""

from collections.abc import Iterator

from pages.content import ask, changes, page, satisfaction_drivers, standard_charts
from pages.document import charts, notices
from pages.document.blocks import Block, Side

TILES = ("resolution_time", "resolution_time_p90", "one_reply_resolution", "reopen_rate", "backlog")
BESIDE = ("csat", "contact_duration", "touch_time", "requester_wait_time")
HANDED_ON = ("agents_per_ticket", "transfer_rate", "reassignment_rate", "transfer_follow_up_rate", "escalation_rate")
AUTOMATION = ("bot_resolved", "bot_handoff", "self_service_ratio")
MISSING = notices.missing("solved tickets", "A ticket export with status and solved time")


def beside() -> Block | None:
    return ask.row(BESIDE, "Fast is not the same as good")


def handed_on() -> Block | None:
    return ask.row(HANDED_ON, "How often is a customer handed on?")


def hands() -> Block | None:
    return satisfaction_drivers.by_handling()


def automation() -> Block | None:
    return ask.row(AUTOMATION, "What does automation take?")


def flow() -> Iterator[Block]:
    grain = ask.by_time()
    created, solved = ask.answers(("tickets_created", grain), ("tickets_solved", grain))
    if created["n"].sum():
        both = {"Created": created, "Solved": solved}
        yield charts.bars("Do we keep up?", both, by=grain, partial=ask.partial(), evidence=ask.evidence("tickets_solved", grain))
    yield from standard_charts.over_time(("Open tickets", "backlog"))


def course() -> list[Block]:
    return standard_charts.over_time(
        ("Half are solved within", "resolution_time"), ("One in ten takes at least", "resolution_time_p90")
    )


def solved() -> Block | None:
    ages, curves = ask.view("open_ages"), ask.curves("solved_curve", "priority")
    if not curves:
        return None
    note, why = "Open tickets are part of the curve.", ask.evidence("resolution_time", "priority")
    moved = changes.shifted("solved_shift", "Solved")
    done = charts.curve("How many are solved within ...", curves, finding=moved, note=note, evidence=why)
    ages = ages.assign(slice=ages["band"], value=ages["tickets"], n=ages["tickets"])
    old = charts.bars("How old open tickets are", ages, by="age", evidence=ask.evidence("backlog"))
    return Side((done, old)) if len(ages) else done


def slices() -> list[Block]:
    return standard_charts.sliced("resolution_time", "channel", "team", "priority", "topic")


page.show(lambda: ask.row(TILES) or MISSING, beside, flow, course, solved, slices, handed_on, hands, automation)
