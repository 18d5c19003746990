"""Match my helpdesk: "Why is my helpdesk's number different?"

Shared: alone
For: all
About: numbers
"""

from collections.abc import Iterator

from pages import context
from pages.content import duration_check_blocks, helpdesk_match_blocks, page, page_choices
from pages.document import notices
from pages.document.blocks import Block, Notice
from pages.screen import duration_check_choices, helpdesk_match_choices, url_choices
from queries import duration_check, helpdesk_match
from queries.helpdesks import Helpdesk

now = context.current()


def compared(helpdesk: Helpdesk, number: str) -> Iterator[Block]:
    """Both numbers and the way between them; a sentence where the helpdesk has no such number."""
    if number in helpdesk.none:
        yield Notice(f"{helpdesk.title} has nothing to compare here.", helpdesk.none[number])
        return
    found = helpdesk_match.match(helpdesk.id, number, now.filters, now.store, now.heartbeat)
    if not found.n_ours and not found.n_theirs:
        yield notices.nothing_here()
        return
    if helpdesk_match_blocks.tells(found):
        yield Notice(helpdesk_match_blocks.CLOSE)
        return
    for part in (
        helpdesk_match_blocks.headline,
        helpdesk_match_blocks.without_calendar,
        helpdesk_match_blocks.way,
        helpdesk_match_blocks.rules,
        helpdesk_match_choices.behind,
        helpdesk_match_blocks.sources,
    ):
        block = part(found)
        if block:
            yield block


def checked() -> Iterator[Block]:
    """The file against itself."""
    found = duration_check.summary(now.filters, now.store)
    if found.empty and page_choices.fixed():  # what could be brought in is not for readers outside
        return
    yield duration_check_blocks.summary(found)
    apart = duration_check_choices.apart(found)
    if apart:
        yield apart


helpdesk_match_choices.bound()
with url_choices.line():
    chosen, asked = helpdesk_match_choices.helpdesk_choice(), helpdesk_match_choices.number_choice()
page.show(lambda: compared(chosen, asked), checked)
