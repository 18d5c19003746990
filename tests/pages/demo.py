"""Every block: "Does each of them read well?" """

from math import nan, sin

from pandas import DataFrame

import queries
from pages import context
from pages.content import page
from pages.document import charts, notices, tables, tiles, time_axis
from pages.document.blocks import Change, Column, Evidence, Finding, Findings, Quote, Quotes, Side, Tiles
from queries import METRICS

now = context.current()
CHANGES = {
    "first_reply_time": Change("12 min faster than the 90 days before", "better", "down"),
    "resolution_time": Change("3 h slower than the 90 days before", "worse", "up"),
    "csat": Change("no clear change", "noise"),
    "reopen_rate": Change("6 % before", "neutral", "up"),
}


def tile(metric, **more):
    why = Evidence(metric, now.filters)
    frame, weekly = queries.answer(metric, now.filters, store=now.store), queries.answer(metric, now.filters, "week", now.store)
    return tiles.tile(METRICS[metric], frame, course=weekly, change=CHANGES.get(metric), unfinished=True, evidence=why, **more)


def row():
    few = DataFrame({"slice": ["all"], "value": [31.0], "low": [-10.0], "high": [60.0], "n": [7]})
    none = DataFrame({"slice": ["all"], "value": [nan], "low": [nan], "high": [nan], "n": [0]})
    yield Tiles(
        (tile("first_reply_time", target=120), *(tile(m) for m in ("resolution_time", "csat", "reopen_rate", "tickets_created"))),
        "Directly about service",
    )
    yield Tiles(
        (tiles.tile(METRICS["nps"], few), tiles.tile(METRICS["customer_churn"], none)),
        "What service affects",
        "These also move with price, product and delivery.",
    )


def by(metric, dimension):
    return queries.answer(metric, now.filters, dimension, now.store)


def cut(dimension):
    return time_axis.partial(dimension, *now.filters.period(now.as_of.date()), now.as_of)


def heat():
    cells = [
        {"weekday": day, "hour": hour, "value": max(0.0, 40 + 30 * sin(hour / 4) - 12 * i), "n": 3 if hour < 5 else 40}
        for i, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"))
        for hour in range(24)
    ]
    return charts.heat("When customers wait longest", DataFrame(cells), unit="minutes")


def cohorts():
    cells = [{"cohort": f"2025-{m:02}", "age": a, "value": 100 * 0.94**a - m, "n": 80} for m in range(1, 9) for a in range(9 - m)]
    return charts.cohorts("Who stays, by month of joining", DataFrame(cells), counted="customers")


def matrix():
    frame = DataFrame(
        {
            "slice": ["Delivery is late", "Refund takes long", "Friendly agents", "App crashes <b>", "Price"],
            "x": [18.0, 9.0, 22.0, 4.0, 6.0],
            "value": [-14.0, -6.0, 8.0, -20.0, 1.0],
            "low": [-18.0, -13.0, 5.0, -30.0, -4.0],
            "high": [-10.0, 1.0, 11.0, -10.0, 6.0],
            "n": [420, 210, 510, 90, 8],
        }
    )
    return charts.matrix(
        "What comes up often, and what hurts",
        frame,
        unit="points",
        labels={"x": "share of comments", "y": "effect on CSAT, points"},
    )


def curve():
    minutes = [0, 5, 15, 30, 60, 120, 240, 480]
    return charts.curve(
        "How many are answered within …",
        {
            "email": DataFrame({"at": minutes, "value": [0, 4, 14, 31, 52, 74, 88, 95]}),
            "chat": DataFrame({"at": minutes, "value": [0, 38, 66, 80, 90, 95, 97, 98]}),
        },
        target=60,
        finding="Chat keeps the promise of one hour for 90 % of customers, e-mail for 52 %.",
    )


SEGMENTS = {str(i): "detractors" if i < 7 else "passives" if i < 9 else "promoters" for i in range(10, -1, -1)}
scores = DataFrame({"slice": [str(i) for i in range(11)], "value": [9, 2, 3, 4, 5, 12, 14, 40, 66, 70, 120], "n": 345})
nps = {
    name: DataFrame({"slice": [f"2025-{m:02}" for m in range(1, 10)], "value": [base + m * step for m in range(1, 10)], "n": 90})
    for name, base, step in (("promoters", 40, 1), ("passives", 35, -0.5), ("detractors", 25, -0.5))
}

page.show(
    row,
    lambda: Findings(
        "What changed",
        (
            Finding(
                "E-mail customers wait 12 minutes less than in the 90 days before.",
                "better",
                (("Why?", "#"), ("Which tickets?", "#")),
            ),
            Finding("Technical questions take 3 hours longer to solve.", "worse", (("Why?", "#"),)),
        ),
    ),
    lambda: charts.volume(
        "Does more work make us slower?",
        by("first_reply_time", "week"),
        by("tickets_created", "week"),
        names=("First reply, median", "Tickets created"),
        unit="minutes",
        by="week",
        partial=cut("week"),
        target=120,
        finding="Weeks with more tickets were not slower.",
        evidence=Evidence("first_reply_time", now.filters, "week"),
    ),
    lambda: Side(
        (
            charts.trend("CSAT by week", by("csat", "week"), unit="percent", by="week", counted="answers", partial=cut("week")),
            charts.trend(
                "Two teams, month by month",
                {"Billing": by("csat", "month"), "Technical support": by("reopen_rate", "month")},
                unit="percent",
                by="month",
                partial=cut("month"),
            ),
        )
    ),
    lambda: Side(
        (
            charts.dots(
                "First reply by channel",
                by("first_reply_time", "channel"),
                unit="minutes",
                by="channel",
                target=120,
                evidence=Evidence("first_reply_time", now.filters, "channel"),
            ),
            charts.dots("First reply by agent", by("first_reply_time", "agent"), unit="minutes", by="agent", keep=6),
        )
    ),
    lambda: Side((curve(), heat())),
    lambda: Side(
        (
            charts.distribution("How likely to recommend us, 0 to 10", scores, labels=SEGMENTS, counted="answers"),
            charts.stack("Promoters, passives and detractors", nps, by="month", counted="answers"),
        )
    ),
    lambda: Side((matrix(), cohorts())),
    lambda: charts.bars(
        "Created and solved",
        {"Created": by("tickets_created", "week"), "Solved": by("tickets_solved", "week")},
        by="week",
        partial=cut("week"),
    ),
    lambda: tables.table(
        "Slowest answers",
        queries.rows("first_reply_time", now.filters, limit=50, store=now.store).sort_values("reply_wait", ascending=False),
        {
            "id": "Ticket",
            "subject": Column("Subject", wide=True),
            "channel": "Channel",
            "agent": "Agent",
            "reply_wait": Column("Waited", "minutes"),
        },
    ),
    lambda: Quotes(
        "In their own words",
        (
            Quote("Third time I ask about the same invoice. <script>alert(1)</script>", "Billing, score 1 of 5", "worse"),
            Quote("Solved in ten minutes, thank you.", "Onboarding, score 5 of 5", "better"),
        ),
    ),
    lambda: 1 / 0,
    notices.missing("satisfaction scores", "A survey export with a score for each ticket"),
    notices.nothing_here(),
)
