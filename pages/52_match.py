"""Match my helpdesk: "Why is my helpdesk's number different?" """

import math

import streamlit as st

from pages import visit
from pages.elements import crosschecked, draw, matching, notices, sheet
from pages.elements.blocks import Notice
from queries import crosscheck, match

now = visit.current()


def compared(helpdesk, number):
    """Both numbers and the way between them; a sentence where the helpdesk has no such number."""
    if number in helpdesk.none:
        return [Notice(f"{helpdesk.title} has nothing to compare here.", helpdesk.none[number])]
    found = match.match(helpdesk.id, number, now.filters, now.store, now.heartbeat)
    if math.isnan(found.theirs) and math.isnan(found.ours) and not found.n_ours:
        return [notices.nothing_here()]
    parts = [matching.headline(found), matching.without_calendar(found), matching.way(found), matching.rules(found)]
    return [*filter(None, parts), *filter(None, [matching.behind(found)]), matching.sources(found)]


def checked():
    """The file against itself."""
    found = crosscheck.summary(now.filters, now.store)
    return [block for block in (crosschecked.summary(found), crosschecked.apart(found)) if block]


if now.empty:
    draw.each(notices.first_start())
else:
    sheet.apply("papers.css")
    with st.container(horizontal=True, vertical_alignment="bottom", key="rows-question"):
        chosen, asked = matching.helpdesk_choice(), matching.number_choice()
    draw.each(lambda: compared(chosen, asked), checked)
