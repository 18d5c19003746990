"""Service and loyalty: "Does our service decide who stays?" """

from pages import visit
from pages.elements import ask, chain, draw, driving, notices, silence

MISSING = notices.missing(
    "customers beside tickets and answers", "A customer or subscription export that says who left, beside tickets and surveys,"
)


def satisfied():
    return ask.pairs([chart for chart in (driving.weighed(), silence.by_wait()) if chart])


def leaving():
    return ask.pairs([chart for chart in (chain.by_service(), chain.by_answer()) if chart])


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: chain.answer() or MISSING, satisfied, leaving, chain.at_risk, chain.coverage)
