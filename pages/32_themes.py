"""Feedback themes: "What do customers keep telling us?"

Shared: whole
For: all
About: numbers
"""

from pages.content import ask, feedback, page
from pages.document import charts, notices
from pages.document.blocks import Block
from queries import themes

MISSING = notices.missing("themes", "A ticket export with subjects, or a survey export with comments,")


def matrix() -> Block | None:
    found = feedback.table()
    shown = found[(found["effect_n"] >= 10) & (found["tickets"] >= feedback.FEW_TICKETS)]
    if shown.empty:
        return None
    points = shown.assign(
        slice=shown["title"],
        x=shown["share"],
        value=shown["effect"],
        low=shown["effect_low"],
        high=shown["effect_high"],
        n=shown["tickets"],
        real=themes.apart(shown),
    )
    return charts.matrix(
        "How often, and how much it hurts",
        points,
        unit="points",
        labels={"x": "share of all tickets", "y": "CSAT against the rest, points"},
        note="Below zero: less satisfied than customers without the theme. In colour: more than chance, all themes judged "
        "together. Associated with, not caused by.",
        evidence=ask.evidence("csat", view="theme_table"),
    )


def spoken() -> list[Block]:
    found = feedback.table()
    worst = found[(found["effect_n"] >= 10) & (found["tickets"] >= feedback.FEW_TICKETS)].nsmallest(2, "effect")["theme"]
    return [block for block in map(feedback.quotes, worst) if block]


page.show(lambda: feedback.themed() if len(feedback.table()) else MISSING, feedback.coverage, matrix, feedback.loudest, spoken)
