"""Choices of the workspace that numbers depend on: its clock, its hours, who is satisfied, the margin, and privacy."""

import streamlit as st

from data.store import Store
from pages import menu
from pages.document import markup, number_format
from pages.screen.settings import business_hours_form, csat_threshold_form, gross_margin_form, privacy_form

ZONE = "Days, weeks and hours are counted on this clock. From the next import on, times without a zone are read on it too."
PROMISED = "What the team has promised stands on a page of its own."


def draw(store: Store) -> None:
    """Every change counts at once, for everybody."""
    with st.container(border=True, key="settings-zone", gap="small"):
        st.html(markup.titled("Time zone", ZONE))
        _zone(store)
    business_hours_form.draw(store)
    csat_threshold_form.draw(store)
    gross_margin_form.draw(store)
    with st.container(border=True, key="settings-promises", gap="small"):
        st.html(markup.titled("Promises", PROMISED))
        st.page_link(
            next(entry.file for entry in menu.entries() if entry.path == "targets"), label="Targets", icon=":material/flag:"
        )
    privacy_form.draw(store)


def _zone(store: Store) -> None:
    zones = list(number_format.zones())
    now = store.setting("timezone", "UTC")
    chosen = st.selectbox("Time zone", zones, zones.index(now) if now in zones else 0, width=320, label_visibility="collapsed")
    if chosen != now:
        store.set("timezone", chosen)
        st.rerun()
