"""The very first page: one sentence, a place to drop files, and a way to look around without any."""

import streamlit as st

from data.store import Store
from pages import intake
from pages.elements import drop_zone, html, running, sheet

SENTENCE = "Drop the exports of your helpdesk, surveys or billing here, and see how your team is doing a minute later."
SAMPLE = "Two years of an invented company, 30,000 tickets; one click takes it out again."


def draw(store: Store) -> None:
    """Stands wherever there would be nothing to show."""
    sheet.apply("papers.css")
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
