"""Which helpdesk and which number are matched: the boxes above the page."""

import math

from pages import context
from pages.content import helpdesk_match_blocks, page_choices
from pages.content.helpdesk_match_words import NAMES, named
from pages.document.blocks import Block
from pages.screen import url_choices
from queries import helpdesk_match
from queries.duration_check import PAIRS
from queries.helpdesk_match import Match
from queries.helpdesks import RULES, Helpdesk, helpdesks


def bound() -> None:
    """The parts that live in the address."""
    words = {"helpdesk": ["yours", *helpdesks()], "number": [*RULES], "step": ["largest", *NAMES], "pair": [*PAIRS]}
    for key, known in words.items():
        url_choices.in_address(key, known)


def helpdesk_choice() -> Helpdesk:
    """The helpdesk of the address; the first time the one the data comes from."""
    first, say = helpdesk_match.suggested(context.current().store), lambda name: helpdesks()[name].title
    return helpdesks()[url_choices.among("helpdesk", "Your helpdesk", [*helpdesks()], say, 200, first)]


def number_choice() -> str:
    """The number of the address."""
    return url_choices.among("number", "The number", [*RULES], helpdesk_match_blocks.number_title, 240)


def behind(found: Match) -> Block | None:
    """The rows of one step, chosen above them; nobody outside sees rows."""
    if page_choices.fixed():
        return None
    steps = {step.rule: step for step in found.steps if step.rows}
    if not steps:
        return None
    largest = max(steps.values(), key=lambda one: (abs(one.effect) if not math.isnan(one.effect) else 0, one.rows)).rule
    say = lambda rule: f"{named(found, rule)} ({steps[rule].rows:,})"  # noqa: E731
    return helpdesk_match_blocks.listed(
        found, steps[url_choices.among("step", "Show what makes this step", [*steps], say, 320, largest)]
    )
