"""Satisfaction: "Are customers satisfied, and how sure are we?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, standard, voices

TILES = ("csat", "csat_mean", "csat_response_rate")
MISSING = notices.missing("satisfaction scores", "A survey export, or a ticket export with a satisfaction score,")


def course():
    return standard.over_time(("How satisfaction moves", "csat"), ("How many answer", "csat_response_rate"))


def scores():
    found = ask.scores("csat")
    why = ask.evidence("csat", "score")
    return charts.distribution("Which scores customers give", found, counted="answers", evidence=why) if len(found) else None


def slices():
    return standard.sliced("csat", "channel", "team", "topic", "agent")


def comments():
    return voices.comments("csat", "What customers wrote")


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: ask.row(TILES) or MISSING, course, scores, slices, comments)
