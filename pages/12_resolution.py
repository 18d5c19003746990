"""Resolution: "When is it really solved?" """

from pages import visit
from pages.elements import ask, charts, draw, notices
from pages.elements.blocks import Side

TILES = ("resolution_time", "resolution_time_p90", "one_reply_resolution", "reopen_rate", "backlog")
BESIDE = ("csat", "contact_duration", "touch_time", "agents_per_ticket", "requester_wait_time")
MISSING = notices.missing("solved tickets", "A ticket export with status and solved time")


def flow():
    grain = ask.by_time()
    created, solved, backlog = ask.answers(("tickets_created", grain), ("tickets_solved", grain), ("backlog", grain))
    partial = ask.partial()
    return [
        charts.bars(
            "Do we keep up?",
            {"Created": created, "Solved": solved},
            by=grain,
            partial=partial,
            evidence=ask.evidence("tickets_solved", grain),
        ),
        charts.trend(
            "Open tickets",
            backlog,
            unit="count",
            by=grain,
            partial=partial,
            better="lower",
            evidence=ask.evidence("backlog", grain),
        ),
    ]


def course():
    grain = ask.by_time()
    median, slow = ask.answers(("resolution_time", grain), ("resolution_time_p90", grain))
    return Side(
        tuple(
            charts.trend(
                title, answer, unit="minutes", by=grain, partial=ask.partial(), better="lower", evidence=ask.evidence(name, grain)
            )
            for title, answer, name in (
                ("Half are solved within", median, "resolution_time"),
                ("One in ten takes at least", slow, "resolution_time_p90"),
            )
        )
    )


def solved():
    ages = ask.view("open_ages")
    return Side(
        (
            charts.curve(
                "How many are solved within ...",
                ask.curves("solved_curve", "priority"),
                unit="minutes",
                note="Open tickets are part of the curve.",
                evidence=ask.evidence("resolution_time", "priority"),
            ),
            charts.bars(
                "How old open tickets are",
                ages.assign(slice=ages["band"], value=ages["tickets"], n=ages["tickets"]),
                unit="count",
                by="age",
                evidence=ask.evidence("backlog"),
            ),
        )
    )


def slices():
    answers = ask.answers(*(("resolution_time", by) for by in ("channel", "team", "priority", "topic")))
    made = [
        charts.dots(f"By {by}", answer, unit="minutes", by=by, better="lower", evidence=ask.evidence("resolution_time", by))
        for by, answer in zip(("channel", "team", "priority", "topic"), answers, strict=True)
        if len(answer) > 1
    ]
    return ask.pairs(made)


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(
        lambda: ask.row(TILES) or MISSING, lambda: ask.row(BESIDE, "Fast is not the same as good"), flow, course, solved, slices
    )
