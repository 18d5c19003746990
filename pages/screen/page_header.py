"""The top of every page: its question, what the reader looks at in one sentence, and a link to exactly that."""

import streamlit as st

from pages import context
from pages.content import addresses
from pages.document import markup
from pages.menu import Entry
from pages.screen import absolute_links
from pages.screen.sharing import share_dialog


def draw(entry: Entry) -> None:
    """Pages that manage things have a question and no sentence: filters do not change what they show."""
    now = context.current()
    with st.container(key="head", horizontal=True, vertical_alignment="top"):
        filtered = not now.empty and entry.filtered
        st.html(markup.question(entry.question, sentence(now) if filtered else ""))
        with st.container(horizontal=True, key="head-actions", width="content", gap="small"):
            if filtered:
                share_dialog.opener(entry)
            if now.as_of is not None:
                _copy_link(entry)
    if now.as_of is not None and st.query_params.get("data", now.store.version()) != now.store.version():
        st.caption(":material/info: The data has changed since this link was copied.")


def _copy_link(entry: Entry) -> None:
    now = context.current()
    menu = st.popover("Copy link", icon=":material/link:", type="tertiary", key="copy-link")
    chosen = addresses.others((key, value) for key in st.query_params for value in st.query_params.get_all(key))
    address = addresses.explicit(absolute_links.whole(entry.address), now.filters.resolved(now.today), now.store.version(), chosen)
    menu.caption("Shows everybody the same: all filters and dates are in the link.")
    menu.code(address, language=None, wrap_lines=True)


def sentence(now: context.Context) -> str:
    """What the page shows, in one sentence that ends with how new the data is."""
    newest = f"; data up to {now.as_of.day} {now.as_of:%b %Y %H:%M}" if now.as_of else ""
    return now.filters.sentence(now.today) + newest
