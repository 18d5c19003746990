"""Satisfaction: "Are customers satisfied, and how sure are we?" """

from pages import visit
from pages.elements import ask, charts, draw, driving, notices, silence, standard, voices

TILES = ("csat", "csat_mean", "csat_response_rate", "sentiment_balance")
MISSING = notices.missing("satisfaction scores", "A survey export, or a ticket export with a satisfaction score,")


def course():
    return standard.over_time(("How satisfaction moves", "csat"), ("How many answer", "csat_response_rate"))


def scores():
    found = ask.scores("csat")
    why = ask.evidence("csat", "score")
    return charts.distribution("Which scores customers give", found, counted="answers", evidence=why) if len(found) else None


def sure():
    return silence.sure("csat")


def slices():
    return standard.sliced("csat", "channel", "team", "topic", "agent")


def served():
    return ask.pairs([chart for chart in (silence.by_wait(), driving.by_handling(), silence.who("csat")) if chart])


def answering():
    return standard.sliced("csat_response_rate", "channel", "team", title="Who answers, by {}")


def comments():
    return voices.comments("csat", "What customers wrote")


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: ask.row(TILES) or MISSING, sure, course, scores, slices, served, answering, comments)
