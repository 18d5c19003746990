"""The very first page: one sentence, a place to drop files, and a way to look around without any."""

import streamlit as st

from data.store import Store
from pages import context
from pages.document import markup, notices
from pages.jobs import import_jobs
from pages.screen import draw as draw_blocks
from pages.screen.importing import drop_zone, mapping_wizard, progress

SENTENCE = "Drop the exports of your helpdesk, surveys or billing here, and see how your team is doing a minute later."
SAMPLE = "Two years of an invented company, 30,000 tickets; one click takes it out again."


def draw() -> None:
    """Stands where there would be nothing to show; readers who may not bring files are told what will be here."""
    now = context.current()
    store = now.store
    if not now.reader.manages:
        draw_blocks.one(notices.first_start())
        return
    if mapping_wizard.drawn(store):
        return
    with st.container(key="start", gap="small"):
        st.html(markup.titled(SENTENCE, level=2))
        drop_zone.draw()
        progress.draw(store)
        if not import_jobs.server.busy:
            sample(store)
        drop_zone.otherwise(store)


def sample(store: Store) -> None:
    """Brings the sample in."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sample-offer"):
        if st.button("Explore with sample data", icon=":material/science:", key="sample"):
            import_jobs.bring_sample(store)
            st.rerun()
        st.caption(SAMPLE)
