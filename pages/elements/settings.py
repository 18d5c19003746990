"""Choices of the workspace that numbers depend on: whose clock, when somebody is there, the margin, and what was promised."""

import math

import streamlit as st

from data.store import Store
from pages.elements import business_hours, html, margin, values

ZONE = "Days, weeks and hours are counted on this clock. From the next import on, times without a zone are read on it too."
PROMISES = (
    ("first_reply_minutes", "First reply within", 60.0, 240.0, "hours"),
    ("resolution_minutes", "Resolution within", 1440.0, 4320.0, "days"),
)
PROMISED = "What the team has promised. The share of tickets that kept it stands on Response times and Resolution."


def draw(store: Store) -> None:
    """Every change counts at once, for everybody."""
    with st.container(border=True, key="settings-zone", gap="small"):
        st.html(html.titled("Time zone", ZONE))
        _zone(store)
    business_hours.draw(store)
    margin.draw(store)
    with st.container(border=True, key="settings-promises", gap="small"):
        st.html(html.titled("Promises", PROMISED))
        with st.container(horizontal=True):
            for promise in PROMISES:
                _promise(store, *promise)


def _zone(store: Store) -> None:
    zones = list(values.zones())
    now = store.setting("timezone", "UTC")
    chosen = st.selectbox("Time zone", zones, zones.index(now) if now in zones else 0, width=320, label_visibility="collapsed")
    if chosen != now:
        store.set("timezone", chosen)
        st.rerun()


def _promise(store: Store, name: str, label: str, factor: float, otherwise: float, unit: str) -> None:
    """In the unit people speak in; kept in minutes."""
    now = float(store.setting(f"target_{name}", str(otherwise))) / factor
    chosen = st.number_input(f"{label} ({unit})", 0.1, 1000.0, now, 1.0, format="%g", key=f"promise-{name}", width=200)
    if not math.isclose(chosen, now):  # minutes and back may differ in the last digit
        store.set(f"target_{name}", str(chosen * factor))
        st.rerun()
