"""Making, changing and ending a promise, as near to a sentence as boxes can be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape

import streamlit as st

import queries
from data.store import Store
from data.workspace import targets
from data.workspace.targets import SCOPES, Promise, Target
from pages import context
from pages.content import target_blocks
from pages.document import markup
from queries import Metric, business_hours, target_verdicts

UNITS = {"minutes": 1.0, "hours": 60.0, "days": 1440.0}
ALL = {"channel": "all channels", "priority": "every priority", "segment": "all customers"}
SINCE = "Leave it empty to hold all the data you have brought against it."
FROM = "The time before is judged by what held then. Leave it empty to correct it for all time."


def new(store: Store) -> None:
    """Every box is a part of the sentence that stands below them."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="promise-boxes"):
        name = st.selectbox("We promise", _choices(), format_func=_called, key="promise-metric", width=290)
        promise = _narrowed(store, _counted(_asked(_blank(name), "promise"), "promise", store))
        since = st.date_input("Held from", None, key="promise-since", width=170, help=SINCE, format="YYYY-MM-DD")
    with st.container(horizontal=True, vertical_alignment="center", key="promise-said"):
        st.html(f'<p class="tg-said">{escape(target_blocks.sentence(promise))}.</p>')
        st.button("Promise it", type="primary", key="promise-add", on_click=add, args=(store, promise, _day(since)))


def add(store: Store, promise: Promise, since: date | None = None) -> None:
    """What a button does; the name of the new promise is of no use to it."""
    targets.add(store, promise, since)


def change(store: Store, target: Target) -> None:
    """Its numbers; what it is about stays, for anything else is another promise."""
    before = target.newest.promise
    key = f"promise-{target.id}"
    promise = _counted(_asked(before, key), key, store)
    since = st.date_input("From", context.current().today, key=f"{key}-since", help=FROM, format="YYYY-MM-DD")
    st.html(f'<p class="tg-said">{escape(target_blocks.sentence(promise))}.</p>')
    args = (store, target, promise, _day(since))
    st.button("Change it", type="primary", key=f"{key}-change", on_click=targets.change, args=args, disabled=promise == before)


def end(store: Store, target: Target) -> None:
    """The days it held go on being judged by it."""
    last = st.date_input("Last day", context.current().today, key=f"last-{target.id}", format="YYYY-MM-DD")
    st.html(markup.note("Nothing is judged by it after that day. What it was until then stays."))
    st.button(
        "End it", type="primary", key=f"ended-{target.id}", on_click=targets.end, args=(store, target, _day(last) or date.today())
    )


def _choices() -> list[str]:
    """Times first, then what most teams promise, then everything else by name."""
    known = [metric.id for metric in target_verdicts.promisable()]
    first = [name for name in queries.placed("promise") if name in known]
    return [*first, *sorted((name for name in known if name not in first), key=_called)]


def _called(name: str) -> str:
    metric = queries.metric(name)
    if metric.within:
        return f"{metric.title} within ..."
    return f"{metric.title} at {'least' if metric.better == 'higher' else 'most'} ..."


def _blank(name: str) -> Promise:
    metric = queries.metric(name)
    if metric.within:
        return Promise(name, 90.0, metric.usual)
    return Promise(name, (60.0 if metric.unit == "minutes" else 50.0) if metric.usual is None else metric.usual)


def _asked(promise: Promise, key: str) -> Promise:
    """The share and the limit, or the number alone."""
    if promise.minutes is not None:
        share = st.number_input(
            "For at least (%)", 1.0, 100.0, promise.goal or 90.0, 1.0, format="%g", key=f"{key}-share", width=130
        )
        return replace(promise, goal=share, minutes=_length("within", promise.minutes, f"{key}-{promise.metric}"))
    metric, goal = queries.metric(promise.metric), promise.goal or 0.0
    if metric.unit == "minutes":
        return replace(promise, goal=_length("at most", goal, f"{key}-{promise.metric}"))
    return replace(promise, goal=_number(metric, goal, f"{key}-{promise.metric}"))


def _number(metric: Metric, goal: float, key: str) -> float:
    bounds = {"percent": (0.0, 100.0, " (%)"), "points": (-100.0, 100.0, " points")}
    low, high, unit = bounds.get(metric.unit, (0.0, 1e9, ""))
    bound = "At least" if metric.better == "higher" else "At most"
    return st.number_input(f"{bound}{unit}", low, high, goal, 1.0, format="%g", key=f"{key}-goal", width=150)


def _length(label: str, minutes: float, key: str) -> float:
    """A time in the unit people speak in."""
    unit = next(
        name for name in ("days", "hours", "minutes") if minutes / UNITS[name] == round(minutes / UNITS[name]) or name == "minutes"
    )
    count = st.number_input(
        label.capitalize(), 0.1, 10_000.0, minutes / UNITS[unit], 1.0, format="%g", key=f"{key}-length", width=120
    )
    chosen = st.selectbox("Unit", list(UNITS), list(UNITS).index(unit), key=f"{key}-unit", width=120)
    return round(count * UNITS[chosen], 6)


def _counted(promise: Promise, key: str, store: Store) -> Promise:
    """In which hours, where there is a choice."""
    timed = promise.minutes is not None or queries.metric(promise.metric).unit == "minutes"
    if not timed or not (business_hours.known(store) or promise.hours == "business"):
        return promise
    words = ["calendar", "business"]
    chosen = st.selectbox("In", words, words.index(promise.hours), format_func="{} hours".format, key=f"{key}-hours", width=160)
    return replace(promise, hours=chosen)


def _narrowed(store: Store, promise: Promise) -> Promise:
    """For which tickets or customers; customers have no channel and no priority."""
    about = SCOPES if queries.metric(promise.metric).rows != "accounts" else ("segment",)
    chosen = {name: _scope(name, queries.options(name, store)) for name in about}
    return replace(promise, channel=chosen.get("channel"), priority=chosen.get("priority"), segment=chosen.get("segment"))


def _scope(name: str, known: list[str]) -> str | None:
    if len(known) < 2:
        return None
    said: Callable[[str | None], str] = lambda value: value or ALL[name]  # noqa: E731
    return st.selectbox(name.capitalize(), [None, *known], format_func=said, key=f"promise-{name}", width=160)


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None
