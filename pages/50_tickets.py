"""Tickets: "Which tickets are behind this?" """

from functools import partial

import streamlit as st

import queries
from pages import context
from pages.document import markup, notices, tiles
from pages.screen import draw, rows_table, url_choices

now = context.current()


def said(metric):
    value, low, _, n = tiles.numbers(queries.answer(metric.id, now.filters, store=now.store))
    st.html(markup.note(f"{metric.title}: {tiles.main(metric, value, low, n)}. {metric.question}"))


if now.empty:
    draw.each(notices.first_start())
else:
    url_choices.bound("behind", "first_reply_time")
    with st.container(horizontal=True, vertical_alignment="bottom", key="rows-question"):
        metric = queries.metric(url_choices.pick("behind", "The number"))
        search = st.text_input("Search", key="search", type="search", placeholder="Words in any column", width=260)
    draw.each(partial(said, metric), partial(rows_table.draw, metric, search or ""))
