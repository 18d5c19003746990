"""Match my helpdesk: "Why is my helpdesk's number different?" """

from pages import visit
from pages.elements import choices, crosschecked, draw, matching, notices
from pages.elements.blocks import Notice
from queries import crosscheck, match

now = visit.current()


def compared(helpdesk, number):
    """Both numbers and the way between them; a sentence where the helpdesk has no such number."""
    if number in helpdesk.none:
        yield Notice(f"{helpdesk.title} has nothing to compare here.", helpdesk.none[number])
        return
    found = match.match(helpdesk.id, number, now.filters, now.store, now.heartbeat)
    if not found.n_ours and not found.n_theirs:
        yield notices.nothing_here()
        return
    if matching.tells(found):
        yield Notice(matching.CLOSE)
        return
    for part in (matching.headline, matching.without_calendar, matching.way, matching.rules, matching.behind, matching.sources):
        block = part(found)
        if block:
            yield block


def checked():
    """The file against itself."""
    found = crosscheck.summary(now.filters, now.store)
    if found.empty and choices.fixed():  # what could be brought in is not for readers outside
        return
    yield crosschecked.summary(found)
    apart = crosschecked.apart(found)
    if apart:
        yield apart


if now.empty:
    draw.each(notices.first_start())
else:
    matching.bound()
    with choices.line():
        chosen, asked = matching.helpdesk_choice(), matching.number_choice()
    draw.each(lambda: compared(chosen, asked), checked)
