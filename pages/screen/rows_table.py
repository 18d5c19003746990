"""The rows behind a number: searched and sorted by the database, one page at a time, all of them as a file."""

from collections.abc import Mapping
from dataclasses import replace
from math import ceil
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from pandas import DataFrame
from streamlit.column_config import LinkColumn

import queries
from data.store import Store
from pages import context
from pages.content import addresses, explanations
from pages.content.rows_question import question
from pages.document import markup, number_format, tiles
from pages.document.blocks import Column
from pages.screen import data_table, url_choices
from queries import Metric, columns, row_search
from queries.row_search import Selection

PAGE = 100
COUNTED = {"tickets": ("ticket", "tickets"), "answers": ("answer", "answers"), "accounts": ("customer", "customers")}


def choose() -> tuple[Metric, str]:
    """The boxes above the rows: the number they are behind, and the words to look for."""
    url_choices.bound("behind", "first_reply_time")
    with url_choices.line():
        metric = queries.metric(url_choices.pick("behind", "The number"))
        search = st.text_input("Search", key="search", type="search", placeholder="Words in any column", width=260)
    return metric, search or ""


def headline(metric: Metric) -> None:
    """The number itself, above its rows."""
    now = context.current()
    value, low, _, n = tiles.numbers(queries.answer(metric.id, now.filters, store=now.store))
    st.html(markup.note(f"{metric.title}: {tiles.main(metric, value, low, n)}. {metric.question}"))


def draw(metric: Metric, search: str) -> None:
    """Those that count, and beside them those left out and why."""
    now = context.current()
    counted, aside = (question(metric, now.filters, now.reader, search, left_out) for left_out in (False, True))
    reasons = queries.excluded(metric.id, now.filters, store=now.store)
    one, many = COUNTED[metric.rows]
    tabs = st.tabs(
        [
            f"{number_format.count(row_search.count(counted, now.store), one, many)} counted",
            f"{number_format.count(sum(reasons.values()), one, many)} left out",
        ]
    )
    with tabs[0]:
        table(metric, counted, now.store, "counted")
    with tabs[1]:
        left_out(metric, aside, reasons, now.store)


def left_out(metric: Metric, asked: Selection, reasons: dict[str, int], store: Store) -> None:
    """The reasons with their counts; one of them may be looked at alone."""
    if not reasons:
        st.html(markup.note("No row was left out."))
        return
    chosen = st.pills(
        "Why",
        list(reasons),
        format_func=lambda reason: explanations.plain(f"{reason} ({number_format.number(reasons[reason])})"),
        key=f"why-{metric.id}",
        label_visibility="collapsed",
    )
    table(
        metric,
        replace(asked, reason=str(chosen or "")),
        store,
        "left-out",
    )


def table(metric: Metric, asked: Selection, store: Store, key: str) -> None:
    """One page of rows with the ways to sort and to take all of them along."""
    total = row_search.count(asked, store)
    if not total:
        st.html(markup.note("No row fits the search." if asked.search else "Nothing in this selection."))
        return
    known = row_search.columns(asked, store)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"rows-{key}"):
        sort = st.selectbox(
            "Sort by",
            ["", *(name for name in known if name != "url")],
            key=f"sort-{metric.id}-{key}",
            format_func=lambda name: columns.named(name).label if name else "Newest first",
            width=220,
        )
        down = not sort or st.selectbox(
            "Order",
            [True, False],
            key=f"order-{metric.id}-{key}",
            width=160,
            format_func=lambda largest: "Largest first" if largest else "Smallest first",
        )
        st.link_button("All as CSV", address(asked, store), icon=":material/download:", type="tertiary")
    pages = ceil(total / PAGE)
    numbered = f"page-{key}-{hash((asked, sort, down))}"  # another question starts on its first page
    at = st.session_state.get(numbered, 1)
    frame = row_search.page(asked, sort, bool(down), PAGE, (at - 1) * PAGE, store)
    show(metric, frame, key)
    if pages > 1:
        st.pagination(pages, key=numbered)
    if total > row_search.MOST:
        st.html(markup.note(f"The file holds the newest {number_format.number(row_search.MOST)}."))


def show(metric: Metric, frame: DataFrame, key: str) -> None:
    """Columns that say nothing on this page are left away; durations are words."""
    known = frame.dropna(axis="columns", how="all")
    shown = data_table.with_links(known[ordered(metric, known)], "url")
    named = {name: one for name, one in headings(shown).items() if name != "url"}
    heads = data_table.heads(named) | ({"url": LinkColumn("", display_text="open", width="small")} if "url" in shown else {})
    order = [*(["url"] if "url" in shown else []), *named]
    st.dataframe(
        data_table.worded(numeric(shown, named), named),
        key=f"table-{key}",
        hide_index=True,
        column_config=heads,
        column_order=order,
        height=560 if len(shown) > 15 else "auto",
        row_height=34,
        placeholder="",
    )


def ordered(metric: Metric, frame: DataFrame) -> list[str]:
    """What the row is, what made the number, what it is about, then the rest: on a phone a subject leaves no room beside it."""
    known = [str(name) for name in frame]
    first = [name for name in (*known[:1], *metric.shows) if name in known]
    why = [name for name in ("left_out_because",) if name in known]
    said = [name for name in ("subject", "comment") if name in known]
    made = [name for name in first[1:] if name not in said]
    return list(dict.fromkeys([*first[:1], *why, *made[:1], *said, *made, *known]))


def headings(frame: DataFrame) -> dict[str, Column]:
    """What the columns are called wherever rows are shown."""
    known = {str(name): columns.named(str(name)) for name in frame}
    return {name: Column(one.label, one.unit, one.wide) for name, one in known.items()}


def numeric(frame: DataFrame, named: Mapping[str, Column]) -> DataFrame:
    timed = [name for name, one in named.items() if one.unit]
    return frame.assign(**{name: pd.to_numeric(frame[name], errors="coerce") for name in timed})


def address(asked: Selection, store: Store, target: str = "") -> str:
    """Where all the rows are found as a file, or those that broke a target; rows_route.py reads it back."""
    more = {
        "behind": asked.metric,
        "search": asked.search,
        "reason": asked.reason,
        "left_out": "yes" if asked.left_out else "",
        "target": target,
    }
    as_of = queries.as_of(store)
    resolved = asked.filters.resolved(as_of.date() if as_of else None)
    start = addresses.explicit(addresses.below("/rows.csv"), resolved, store.version())
    return f"{start}&{urlencode({name: value for name, value in more.items() if value})}"
