"""Which two slices are compared: the boxes above the page."""

import streamlit as st

import queries
from pages import context
from pages.content import page_choices
from pages.screen import url_choices
from queries import dimensions


def bound() -> None:
    """The part that lives in the address."""
    url_choices.in_address("slices", dimensions.placed("compares"))


def sides() -> tuple[str, str, str] | None:
    """The dimension and the two values of the address, else the two largest; None where nothing has two values."""
    now = context.current()
    known = {by: found for by in dimensions.placed("compares") if len(found := queries.options(by, now.store)) > 1}
    if not known:
        return None
    by = _dimension(list(known))
    left = _value("This one", "left", known[by])
    return by, left, _value("against", "right", [value for value in known[by] if value != left])


def _dimension(words: list[str]) -> str:
    return url_choices.among("slices", "Compare by", words, dimensions.label, 200)


def _value(label: str, key: str, words: list[str]) -> str:
    if page_choices.fixed():
        return url_choices.said(key) if url_choices.said(key) in words else words[0]
    if st.session_state.get(key, words[0]) not in words:
        st.session_state[key] = words[0]  # of another dimension: unless told, a browser goes on showing what it had
    return str(st.selectbox(label, words, key=key, bind="query-params", width=220))
