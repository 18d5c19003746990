"""Response times: "How long do customers wait for us?"

Shared: whole
For: all
About: numbers
"""

from collections.abc import Iterator

from pages.content import ask, changes, page, standard_charts
from pages.document import charts, notices, tables
from pages.document.blocks import Block, Column, Side
from pages.document.tables import Columns

TILES = ("first_reply_time", "first_reply_time_p90", "first_reply_within_target", "reply_time", "tickets_created")
MISSING = notices.missing("first replies", "A ticket export with the time or duration of the first reply, or a message export,")
COLUMNS: Columns = {
    "id": "Ticket",
    "waited": Column("Waited", "minutes"),
    "subject": Column("Subject", wide=True),
    "channel": "Channel",
    "team": "Team",
}


def course() -> list[Block]:
    return standard_charts.over_time(
        ("Half wait at most", "first_reply_time"), ("One in ten waits at least", "first_reply_time_p90")
    )


def within() -> Block | None:
    curves = ask.curves("reply_curve", "channel")
    note = "Tickets still waiting are part of the curve."
    why = ask.evidence("first_reply_within_target", "channel")
    if not curves:
        return None
    moved = changes.shifted("reply_shift", "Answered")
    return charts.curve("How many are answered within ...", curves, finding=moved, note=note, evidence=why)


def slices() -> list[Block]:
    return standard_charts.sliced("first_reply_time", "channel", "team", "priority", "segment")


def week() -> Block | None:
    cells = ask.view("wait_heatmap")
    if cells.empty:  # dates without a time of day
        return None
    arrived, waited = (ask.evidence(name, view="wait_heatmap") for name in ("tickets_created", "first_reply_time_answered"))
    tickets = cells.assign(value=cells["tickets"], n=cells["tickets"])
    waits = cells.assign(value=cells["wait"], n=cells["answered"])
    return Side(
        (
            charts.heat("When tickets arrive", tickets, unit="count", evidence=arrived),
            charts.heat("How long they wait", waits, unit="minutes", evidence=waited),
        )
    )


def closed() -> list[Block]:
    return standard_charts.over_time(
        ("Arrived while nobody was there", "off_hours_share"), ("Wait while nobody was there", "off_hours_wait")
    )


def slowest() -> Iterator[Block]:
    for view, title in (("longest_waiting", "Waiting longest right now"), ("slowest_answered", "Answered slowest")):
        if len(found := ask.view(view)):
            why = ask.evidence("first_reply_time", view=view)
            yield tables.table(title, found, COLUMNS, file_name=view.replace("_", "-"), link="url", evidence=why)


page.show(lambda: ask.row(TILES) or MISSING, course, within, slices, week, closed, slowest)
