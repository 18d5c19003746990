"""The top of every page: its question, what the reader looks at in one sentence, and a link to exactly that."""

import streamlit as st

from pages import visit
from pages.elements import html, link, sharing
from pages.menu import Entry


def draw(entry: Entry) -> None:
    """Pages that manage things have a question and no sentence: filters do not change what they show."""
    now = visit.current()
    with st.container(key="head", horizontal=True, vertical_alignment="top"):
        filtered = not now.empty and entry.filtered
        st.html(html.question(entry.question, sentence(now) if filtered else ""))
        with st.container(horizontal=True, key="head-actions", width="content", gap="small"):
            if filtered:
                sharing.opener(entry)
            if now.as_of is not None:
                _copy_link(entry)
    if now.as_of is not None and st.query_params.get("data", now.store.version()) != now.store.version():
        st.caption(":material/info: The data has changed since this link was copied.")


def _copy_link(entry: Entry) -> None:
    now = visit.current()
    menu = st.popover("Copy link", icon=":material/link:", type="tertiary", key="copy-link")
    chosen = link.others((key, value) for key in st.query_params for value in st.query_params.get_all(key))
    address = link.explicit(link.whole(entry.address), now.filters.resolved(now.today), now.store.version(), chosen)
    menu.caption("Shows everybody the same: all filters and dates are in the link.")
    menu.code(address, language=None, wrap_lines=True)


def sentence(now: visit.Visit) -> str:
    """What the page shows, in one sentence that ends with how new the data is."""
    newest = f"; data up to {now.as_of.day} {now.as_of:%b %Y %H:%M}" if now.as_of else ""
    return now.filters.sentence(now.today) + newest
