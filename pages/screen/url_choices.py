"""What a page is about, where its reader chooses that: boxes that people see, kept in the address by words of ours.

A shared page has no boxes: it is about what was chosen when it was shared.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

import streamlit as st

from pages import context
from pages.content.page_choices import fixed, title
from queries import METRICS

KEYS = ("why", "split", "slices", "left", "right", "helpdesk", "number")


def line() -> AbstractContextManager[object]:
    """The place for boxes above a page."""
    if fixed():
        return nullcontext()
    return st.container(horizontal=True, vertical_alignment="bottom", key="rows-question")


def made() -> dict[str, str]:
    """What is chosen on the page just now, for sharing it."""
    state = {key: st.session_state.get(f"{key}-shown", st.session_state.get(key)) for key in KEYS}
    return {key: value for key, value in state.items() if isinstance(value, str)}


def said(key: str) -> str:
    """What the address says, or the share."""
    chosen = context.current().chosen
    return str(st.session_state[key]) if chosen is None else chosen.get(key, "")


def among(key: str, label: str, words: Sequence[str], say: Callable[[str], str], width: int, first: str = "") -> str:
    """What is shown of a choice: the one of the address if it is one of these words, else the first of them."""
    value = said(key) if said(key) in words else first or words[0]
    if fixed():
        return value
    shown = f"{key}-shown"
    st.session_state[shown] = value
    st.selectbox(label, [*words], format_func=say, width=width, key=shown, on_change=take_over, args=(key, shown))
    return str(st.session_state[shown])


def pick(key: str, label: str, first: str = "") -> str:
    """The box of metrics, and the id that was chosen in it; `bound` comes first."""
    if fixed():
        return said(key) if said(key) in METRICS else first
    shown = f"{key}-shown"
    st.session_state[shown] = st.session_state[key]
    st.selectbox(label, [*sorted(METRICS, key=_place)], format_func=title, key=shown, on_change=take_over, args=(key, shown))
    return str(st.session_state[key])


def take_over(key: str, shown: str) -> None:
    st.session_state[key] = st.session_state[shown]


def bound(key: str, first: str) -> None:
    """The part that lives in the address, and nobody sees: an id, not a title. `first` needs no mention there."""
    in_address(key, _ids(first))


def in_address(key: str, words: list[str]) -> None:
    """A choice of words of ours; what the address says beside them changes nothing."""
    if fixed():
        return
    with st.container(key=f"filters-address-{key}"):
        st.selectbox(key, words, key=key, bind="query-params")


def _ids(first: str) -> list[str]:
    return [first, *(name for name in METRICS if name != first)]


def _place(name: str) -> tuple[bool, str, str]:
    metric = METRICS[name]
    return metric.band != "service", metric.rows, metric.title
