"""What people outside may learn, and people who are not to be known any more: the privacy part of the settings."""

import streamlit as st

from data.store import Store
from data.workspace import data_subjects
from pages.content import explanations
from pages.document import cell_suppression, markup
from pages.report import share_filters

SMALLEST = "Numbers that rest on fewer rows than this are hidden from readers of links, from the next link or look on."
GONE = (
    "Their tickets, answers and dates keep counting under a name that leads to nobody. Name, address and words leave every table, "
    "earlier versions and set-aside rows included, and stay out of later imports."
)


def draw(store: Store) -> None:
    with st.container(border=True, key="settings-smallest", gap="small"):
        st.html(markup.titled("Shared numbers", SMALLEST))
        _smallest(store)
    with st.container(border=True, key="settings-forget", gap="small"):
        st.html(markup.titled("Forget a customer", GONE))
        _forget(store)


def _smallest(store: Store) -> None:
    now = share_filters.smallest(store)
    chosen = st.number_input("Rows at least", cell_suppression.K, 1000, now, 1, key="smallest-cell", width=200)
    if chosen != now:
        store.set("smallest_cell", str(chosen))
        st.rerun()


def _forget(store: Store) -> None:
    """Nothing happens without the second yes."""
    with st.form("forget-form", border=False, enter_to_submit=False):
        who = st.text_input("E-mail address or customer id", key="forget-who", max_chars=320, width=400).strip()
        sure = st.checkbox("For good: I know that this cannot be undone", key="forget-sure")
        sent = st.form_submit_button("Forget this customer", key="forget-yes")
    if not sent or not who:
        return
    if not sure:
        st.warning("Nothing happened yet: tick the box first.")
        return
    try:
        st.success(explanations.plain(data_subjects.told(data_subjects.forget(store, who))).replace("\n", "\n\n"))
    except data_subjects.Unknown as error:
        st.error(explanations.plain(str(error)))
