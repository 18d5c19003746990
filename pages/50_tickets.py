"""Tickets: "Which tickets are behind this?" """

from functools import partial

import streamlit as st

import queries
from pages import visit
from pages.elements import choices, draw, html, notices, rows, tiles

now = visit.current()


def said(metric):
    value, low, _, n = tiles.numbers(queries.answer(metric.id, now.filters, store=now.store))
    st.html(html.note(f"{metric.title}: {tiles.main(metric, value, low, n)}. {metric.question}"))


if now.empty:
    draw.each(notices.first_start())
else:
    choices.bound("behind", "first_reply_time")
    with st.container(horizontal=True, vertical_alignment="bottom", key="rows-question"):
        metric = queries.metric(choices.pick("behind", "The number"))
        search = st.text_input("Search", key="search", type="search", placeholder="Words in any column", width=260)
    draw.each(partial(said, metric), partial(rows.draw, metric, search or ""))
