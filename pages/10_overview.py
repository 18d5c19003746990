"""Overview: "How are we doing?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, start, verdicts, voices

SERVICE = ("first_reply_time", "resolution_time", "csat", "first_contact_resolution", "backlog")
OUTCOME = ("nps", "customer_churn", "revenue_churn", "revenue_per_account", "lifetime_revenue")


def service():
    return ask.row(SERVICE, "Directly about service", beside=OUTCOME) or notices.missing(
        "tickets", "A ticket export of your helpdesk"
    )


def outcome():
    caption = "These also move with price, product and delivery."
    return ask.row(OUTCOME, "What service affects", caption, beside=SERVICE) or notices.missing(
        "loyalty or churn", "A survey export with scores from 0 to 10, or a billing export"
    )


def changed():
    return verdicts.changes(SERVICE + OUTCOME) if visit.current().as_of else None


def load():
    grain = ask.by_time()
    if visit.current().as_of is None:
        return None
    wait, created = ask.answers(("first_reply_time", grain), ("tickets_created", grain))
    if not wait["n"].sum():
        return None
    return charts.volume(
        "Does more work make us slower?",
        wait,
        created,
        names=("First reply, median", "Tickets created"),
        unit="minutes",
        by=grain,
        partial=ask.partial(),
        evidence=ask.evidence("first_reply_time", grain),
    )


def said():
    return voices.loudest()


if visit.current().empty:
    start.draw()
else:
    draw.each(service, outcome, changed, load, said)
