"""The filters in the sidebar. Every one lives in the address under a short, lasting name; what comes out is a Filters."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import streamlit as st

import queries
from data.store import Store
from pages.content.filter_choices import ATTRIBUTION, CHOICES, COMPARE, HOURS, PERIOD, Choice, ordered, slices
from queries import business_hours, dimensions
from queries.filters import Filters

NO_HOURS = "Business hours are not known: no calendar is set (Settings), and no export has them ready-made."


def draw(store: Store, as_of: datetime | None, hidden: bool = False) -> Filters:
    """Draws the filters and returns what they say. Hidden ones stay mounted: leaving them out would forget them."""
    if queries.empty(store):
        return Filters(range="last-90d")
    options = {key: queries.options(key, store) for key in slices()}
    with st.sidebar, st.container(key="filters-hidden" if hidden else "filters", gap="xsmall"):
        _keep_in_address()
        start, end, before = _period(as_of.date()) if as_of else (None, None, None)
        _slices("first", options)
        with st.expander("More filters"):
            _slices("more", options)
            _hours(store)
            _choose(ATTRIBUTION)
        if narrowed():
            st.button("Clear filters", type="tertiary", icon=":material/close:", on_click=clear)
    return chosen(start, end, before)


def _period(today: date) -> tuple[date | None, date | None, date | None]:
    """Which days, and what they are compared with; data without dates has no use for either."""
    _choose(PERIOD)
    dates = _dates(today) if st.session_state["range"] == "custom" else (None, None)
    _choose(COMPARE)
    chosen = st.session_state["compare"] == "custom"
    before = _day("First day compared with", "before") if chosen else None
    return *dates, before


def chosen(start: date | None = None, end: date | None = None, before: date | None = None) -> Filters:
    """The filters as the session holds them."""
    words = {choice.key: st.session_state[choice.key] for choice in CHOICES}
    lists: dict[str, Any] = {key: tuple(st.session_state.get(key, ())) for key in slices()}
    return Filters(**words, start=start, end=end, before=before, **lists)


def narrowed() -> bool:
    """Whether any filter differs from its default."""
    words = any(st.session_state[choice.key] != next(iter(choice.words)) for choice in CHOICES)
    return words or any(st.session_state.get(key) for key in slices())


def clear() -> None:
    """Back to the defaults."""
    for choice in CHOICES:
        st.session_state[choice.key] = next(iter(choice.words))
    for key in slices():
        if key in st.session_state:
            st.session_state[key] = []


def _keep_in_address() -> None:
    """Streamlit writes a widget's *labels* into the address. So the words live in widgets that nobody sees, and the
    widgets that people see copy from and to them."""
    with st.container(key="filters-address"):
        for choice in CHOICES:
            st.selectbox(choice.key, list(choice.words), key=choice.key, bind="query-params")


def _hours(store: Store) -> None:
    """Business hours that nobody knows cannot be chosen, but a link that asks for them can be turned back."""
    possible = business_hours.known(store) or st.session_state[HOURS.key] != "calendar"
    _choose(HOURS, None if possible else NO_HOURS)


def _choose(choice: Choice, impossible: str | None = None) -> None:
    shown = f"{choice.key}-shown"
    st.session_state[shown] = st.session_state[choice.key]
    st.selectbox(
        choice.label,
        list(choice.words),
        format_func=lambda word: choice.words[word],
        key=shown,
        on_change=_take_over,
        args=(choice.key, shown),
        disabled=impossible is not None,
    )
    if impossible:
        st.caption(impossible)


def _take_over(key: str, shown: str) -> None:
    st.session_state[key] = st.session_state[shown]


def _slices(place: str, options: Mapping[str, list[str]]) -> None:
    for key in dimensions.placed(place):
        if options[key]:
            st.multiselect(dimensions.label(key), options[key], key=key, bind="query-params", placeholder="Any")


def _dates(newest: date) -> tuple[date | None, date | None]:
    left, right = st.columns(2)
    with left:
        start = _day("From", "from")
    with right:
        end = _day("To", "to")
    return ordered(start, end, newest)


def _day(label: str, key: str) -> date | None:
    found: date | None = st.date_input(label, value=None, key=key, bind="query-params", format="YYYY-MM-DD")
    return found
