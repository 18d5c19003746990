"""Response times: "How long do customers wait for us?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, tables
from pages.elements.blocks import Column, Side

TILES = ("first_reply_time", "first_reply_time_p90", "first_reply_within_target", "first_reply_time_answered", "tickets_created")
MISSING = notices.missing("first replies", "A ticket export with the time or duration of the first reply, or a message export,")


def course():
    grain = ask.by_time()
    median, slow = ask.answers(("first_reply_time", grain), ("first_reply_time_p90", grain))
    return Side(
        tuple(
            charts.trend(
                title, answer, unit="minutes", by=grain, partial=ask.partial(), better="lower", evidence=ask.evidence(name, grain)
            )
            for title, answer, name in (
                ("Half wait at most", median, "first_reply_time"),
                ("One in ten waits at least", slow, "first_reply_time_p90"),
            )
        )
    )


def within():
    return charts.curve(
        "How many are answered within ...",
        ask.curves("reply_curve", "channel"),
        unit="minutes",
        note="Tickets still waiting are part of the curve.",
        evidence=ask.evidence("first_reply_within_target", "channel"),
    )


def slices():
    channel, team, priority = ask.answers(*(("first_reply_time", by) for by in ("channel", "team", "priority")))
    made = [
        charts.dots(f"By {by}", answer, unit="minutes", by=by, better="lower", evidence=ask.evidence("first_reply_time", by))
        for by, answer in (("channel", channel), ("team", team), ("priority", priority))
        if len(answer) > 1
    ]
    return ask.pairs(made)


def week():
    cells = ask.view("wait_heatmap")
    return Side(
        (
            charts.heat("When tickets arrive", cells.assign(value=cells["tickets"], n=cells["tickets"]), unit="count"),
            charts.heat("How long they wait", cells.assign(value=cells["wait"], n=cells["answered"]), unit="minutes"),
        )
    )


def slowest():
    columns = {
        "id": "Ticket",
        "subject": Column("Subject", wide=True),
        "channel": "Channel",
        "team": "Team",
        "waited": Column("Waited", "minutes"),
    }
    return [
        tables.table(title, ask.view(name), columns, file_name=name.replace("_", "-"), link="url")
        for name, title in (("longest_waiting", "Waiting longest right now"), ("slowest_answered", "Answered slowest"))
    ]


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: ask.row(TILES) or MISSING, course, within, slices, week, slowest)
