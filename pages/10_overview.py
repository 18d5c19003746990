"""Overview: "How are we doing?"

Shared: whole
For: all
About: numbers
"""

from collections.abc import Iterator

from pages import context
from pages.content import ask, changes, feedback, page, target_blocks
from pages.document import charts, notices
from pages.document.blocks import Block
from queries import placed


def service() -> Block:
    return ask.row(placed("overview", "service"), "Directly about service") or notices.missing(
        "tickets", "A ticket export of your helpdesk"
    )


def outcome() -> Block:
    caption = "These also move with price, product and delivery."
    return ask.row(placed("overview", "outcome"), "What service affects", caption) or notices.missing(
        "loyalty or churn", "A survey export with scores from 0 to 10, or a billing export"
    )


def changed() -> Block | None:
    return changes.changes() if context.current().as_of else None


def load() -> Block | None:
    grain = ask.by_time()
    if context.current().as_of is None:
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


def said() -> Iterator[Block]:
    return feedback.loudest()


page.show(service, outcome, changed, load, said, target_blocks.kept)
