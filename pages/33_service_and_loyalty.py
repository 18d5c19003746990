"""Service and loyalty: "Does our service decide who stays?"

Shared: whole
For: all
About: numbers
"""

from pages.content import ask, nonresponse, page, satisfaction_drivers, service_and_loyalty
from pages.document import notices
from pages.document.blocks import Block

MISSING = notices.missing(
    "customers beside tickets and answers", "A customer or subscription export that says who left, beside tickets and surveys,"
)


def satisfied() -> list[Block]:
    return ask.pairs([chart for chart in (satisfaction_drivers.weighed(), nonresponse.by_wait()) if chart])


def leaving() -> list[Block]:
    return ask.pairs([chart for chart in (service_and_loyalty.by_service(), service_and_loyalty.by_answer()) if chart])


page.show(
    lambda: service_and_loyalty.answer() or MISSING,
    satisfied,
    leaving,
    service_and_loyalty.at_risk,
    service_and_loyalty.coverage,
)
