"""Service and loyalty: "Does our service decide who stays?" """

from pages import context
from pages.content import ask, nonresponse, satisfaction_drivers, service_and_loyalty
from pages.document import notices
from pages.screen import draw

MISSING = notices.missing(
    "customers beside tickets and answers", "A customer or subscription export that says who left, beside tickets and surveys,"
)


def satisfied():
    return ask.pairs([chart for chart in (satisfaction_drivers.weighed(), nonresponse.by_wait()) if chart])


def leaving():
    return ask.pairs([chart for chart in (service_and_loyalty.by_service(), service_and_loyalty.by_answer()) if chart])


if context.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(
        lambda: service_and_loyalty.answer() or MISSING,
        satisfied,
        leaving,
        service_and_loyalty.at_risk,
        service_and_loyalty.coverage,
    )
