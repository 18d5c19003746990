"""Feedback themes: "What do customers keep telling us?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, voices
from queries import themes

MISSING = notices.missing("themes", "A ticket export with subjects, or a survey export with comments,")


def matrix():
    found = voices.table()
    shown = found[(found["effect_n"] >= 10) & (found["tickets"] >= voices.FEW_TICKETS)]
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


def spoken():
    found = voices.table()
    worst = found[(found["effect_n"] >= 10) & (found["tickets"] >= voices.FEW_TICKETS)].nsmallest(2, "effect")["theme"]
    return [block for block in map(voices.quotes, worst) if block]


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: voices.themed() if len(voices.table()) else MISSING, voices.coverage, matrix, voices.loudest, spoken)
