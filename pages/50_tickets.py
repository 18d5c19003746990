"""Tickets: "Which tickets are behind this?" """

import streamlit as st

import queries
from pages import visit
from pages.elements import draw, evidence, html, metric_choice, notices, rows, sheet

now = visit.current()


def behind():
    with st.container(horizontal=True, vertical_alignment="bottom", key="rows-question"):
        name = metric_choice.pick("behind", "The number", "first_reply_time")
        search = st.text_input("Search", key="search", type="search", placeholder="Words in any column", width=260)
    metric = queries.metric(name)
    st.html(html.note(evidence.said(metric, now.filters, now.store)))
    rows.draw(metric, search or "")


sheet.apply("papers.css")
draw.each(notices.first_start() if now.empty else behind)
