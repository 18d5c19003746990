"""Satisfaction: "Are customers satisfied, and how sure are we?"

Shared: whole
For: all
About: numbers
"""

from pages.content import ask, feedback, nonresponse, page, satisfaction_drivers, standard_charts
from pages.document import charts, notices
from pages.document.blocks import Block

TILES = ("csat", "csat_mean", "csat_response_rate", "sentiment_balance")
MISSING = notices.missing("satisfaction scores", "A survey export, or a ticket export with a satisfaction score,")


def course() -> list[Block]:
    return standard_charts.over_time(("How satisfaction moves", "csat"), ("How many answer", "csat_response_rate"))


def scores() -> Block | None:
    found = ask.scores("csat")
    why = ask.evidence("csat", "score")
    return charts.distribution("Which scores customers give", found, counted="answers", evidence=why) if len(found) else None


def sure() -> Block | None:
    return nonresponse.sure("csat")


def slices() -> list[Block]:
    return standard_charts.sliced("csat", "channel", "team", "topic", "agent")


def served() -> list[Block]:
    return ask.pairs(
        [chart for chart in (nonresponse.by_wait(), satisfaction_drivers.by_handling(), nonresponse.who("csat")) if chart]
    )


def answering() -> list[Block]:
    return standard_charts.sliced("csat_response_rate", "channel", "team", title="Who answers, by {}")


def comments() -> Block:
    return feedback.comments("csat", "What customers wrote")


page.show(lambda: ask.row(TILES) or MISSING, sure, course, scores, slices, served, answering, comments)
