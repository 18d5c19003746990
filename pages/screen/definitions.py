"""The catalogue to read: every metric as its header states it, one at a time, with the list of all beside it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

import queries
from pages import context, menu
from pages.content import explanations
from pages.content.page_choices import BANDS
from pages.document import markup
from pages.screen import evidence_dialog, url_choices
from queries import METRICS, Metric, runnable_sql

FIRST = "first_reply_time"
UNITS = {
    "minutes": "time",
    "percent": "share of 100",
    "points": "points, from −100 to +100",
    "count": "how many",
    "score": "score",
    "money": "money, in the file's currency",
    "agents": "people",
}
BETTER = {"lower": "lower is better", "higher": "higher is better", "neither": "neither high nor low is good in itself"}
ABOUT = {"tickets": "tickets", "answers": "survey answers", "accounts": "customers"}


def draw() -> None:
    """A list that can be searched on the left, what is chosen on the right; below each other on a phone."""
    url_choices.bound("metric", FIRST)
    beside, reading = st.columns([2, 5], gap="large")
    with beside:
        _list()
    with reading, st.container(key="definition", gap="small"):
        one(METRICS[st.session_state["metric"]])


def _list() -> None:
    hint = "Search: wait, survey, bots …"
    words = st.text_input(
        "Search definitions", key="search-definitions", type="search", placeholder=hint, label_visibility="collapsed"
    )
    found = [metric for metric in METRICS.values() if fits(metric, words or "")]
    if not found:
        st.html(markup.note("No definition has these words."))
    with st.container(key="df-lists", gap="xsmall"):
        for band, name in BANDS.items():
            _band(name, band, sorted((metric for metric in found if metric.band == band), key=_place))


def _band(name: str, band: str, inside: Sequence[Metric]) -> None:
    if not inside:
        return
    st.html(f'<p class="df-band">{name}</p>')
    with st.container(key=f"df-list-{band}", gap=None):
        for metric in inside:
            chosen = st.session_state["metric"] == metric.id
            key = f"{'chosen' if chosen else 'read'}-{metric.id}"
            st.button(metric.title, key=key, type="tertiary", on_click=choose, args=(metric.id,))


def _place(metric: Metric) -> tuple[int, str]:
    return list(ABOUT).index(metric.rows), metric.title


def choose(name: str) -> None:
    st.session_state["metric"] = name


def fits(metric: Metric, words: str) -> bool:
    """Whether every word stands somewhere in the definition."""
    text = " ".join((metric.id, metric.title, metric.question, metric.formula, metric.clock, metric.needs, *metric.caveat)).lower()
    return all(word in text for word in words.lower().split())


def one(metric: Metric) -> None:
    """A definition, set for reading; today's counts only when asked for."""
    st.html(text(metric))
    now = context.current()
    if now.empty:
        return
    opened = st.expander("What it is now, and what is left out", key=f"today-{metric.id}", on_change="rerun")
    if opened.open:
        with opened:
            st.markdown(explanations.said(metric, now.filters, now.store))
            evidence_dialog.left_out(queries.excluded(metric.id, now.filters, store=now.store))
    sql = st.expander("SQL", key=f"sql-{metric.id}", on_change="rerun")
    if sql.open:
        sql.code(runnable_sql.of_metric(metric.id, now.filters, store=now.store), language="sql", wrap_lines=True)
    _behind(metric)


def _behind(metric: Metric) -> None:
    target = next((entry for entry in menu.visible(context.current().reader.role) if entry.path == "tickets"), None)
    if target:
        st.page_link(
            target.file,
            label=f"The {ABOUT[metric.rows]} behind it",
            icon=":material/arrow_forward:",
            query_params={"behind": metric.id},
        )


def text(metric: Metric) -> str:
    """The header's own words under headings a reader looks for."""
    reads = f"{UNITS[metric.unit]}; {BETTER[metric.better]}"
    facts = [
        ("What it is", metric.formula),
        ("Clock", metric.clock),
        ("Counted over", ABOUT[metric.rows]),
        ("Reads as", reads),
        ("A file needs", metric.needs),
    ]
    pairs = "".join(f"<dt>{name}</dt><dd>{escape(sentence(said))}</dd>" for name, said in facts if said and said != "none")
    caveats = "".join(f"<li>{escape(line)}</li>" for line in metric.caveat)
    good = f'<dt>Good to know</dt><dd><ul class="df-caveats">{caveats}</ul></dd>' if caveats else ""
    return (
        f'<article class="df" id="{escape(metric.id, quote=True)}"><h2>{escape(metric.title)}</h2>'
        f'<p class="df-question">{escape(metric.question)}</p><dl>{pairs}{good}</dl></article>'
    )


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
