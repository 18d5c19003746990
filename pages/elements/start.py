"""The very first page: one sentence, a place to drop files, and a way to look around without any."""

import streamlit as st

from data.store import Store
from pages import intake, visit
from pages.elements import draw as draw_blocks
from pages.elements import drop_zone, html, notices, running, wizard

SENTENCE = "Drop the exports of your helpdesk, surveys or billing here, and see how your team is doing a minute later."
SAMPLE = "Two years of an invented company, 30,000 tickets; one click takes it out again."


def draw() -> None:
    """Stands where there would be nothing to show; readers who may not bring files are told what will be here."""
    now = visit.current()
    store = now.store
    if not now.reader.manages:
        draw_blocks.one(notices.first_start())
        return
    if wizard.drawn(store):
        return
    with st.container(key="start", gap="small"):
        st.html(html.titled(SENTENCE, level=2))
        drop_zone.draw()
        running.draw(store)
        if not intake.server.busy:
            sample(store)
        drop_zone.otherwise(store)


def sample(store: Store) -> None:
    """Brings the sample in."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sample-offer"):
        if st.button("Explore with sample data", icon=":material/science:", key="sample"):
            intake.bring_sample(store)
            st.rerun()
        st.caption(SAMPLE)
