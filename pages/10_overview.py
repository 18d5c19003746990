"""Overview: "How are we doing?" """

from pages import visit
from pages.elements import ask, charts, draw, headline, notices, promised, start, verdicts, voices


def service():
    return ask.row(headline.SERVICE, "Directly about service") or notices.missing("tickets", "A ticket export of your helpdesk")


def outcome():
    caption = "These also move with price, product and delivery."
    return ask.row(headline.OUTCOME, "What service affects", caption) or notices.missing(
        "loyalty or churn", "A survey export with scores from 0 to 10, or a billing export"
    )


def changed():
    return verdicts.changes() if visit.current().as_of else None


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
        promised=ask.aims("first_reply_time", grain, wait),
        evidence=ask.evidence("first_reply_time", grain),
    )


def said():
    return voices.loudest()


if visit.current().empty:
    start.draw()
else:
    draw.each(service, outcome, changed, load, said, promised.kept)
