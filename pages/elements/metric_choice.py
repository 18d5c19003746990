"""Picks one metric and keeps it in the address by its id, for pages that are about one number at a time."""

import streamlit as st

from queries import METRICS

BANDS = {"service": "Directly about service", "outcome": "What service affects"}


def pick(key: str, label: str) -> str:
    """The box that people see, and the id they chose in it; `bound` comes first."""
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
    with st.container(key=f"filters-address-{key}"):
        st.selectbox(key, words, key=key, bind="query-params")


def title(name: str) -> str:
    return f"{METRICS[name].title}: {METRICS[name].question}"


def _ids(first: str) -> list[str]:
    return [first, *(name for name in METRICS if name != first)]


def _place(name: str) -> tuple[bool, str, str]:
    metric = METRICS[name]
    return metric.band != "service", metric.rows, metric.title
