"""Why: "Why did it change?" """

import streamlit as st

import queries
from pages import visit
from pages.elements import draw, metric_choice, notices, reasons, sheet, unsplit
from queries import why

now = visit.current()


def chosen(found):
    """The dimension of the address if it has a split, else the one that tells most."""
    words = [one.by for one in found]
    st.session_state["split-shown"] = st.session_state["split"] if st.session_state["split"] in words else words[0]
    st.selectbox(
        "Split by",
        words,
        format_func=lambda by: f"{reasons.named(by)}{' (tells most)' if by == words[0] else ''}",
        key="split-shown",
        on_change=metric_choice.take_over,
        args=("split", "split-shown"),
        width=260,
    )
    return found[words.index(st.session_state["split-shown"])]


def answered(metric, place):
    before = now.filters.previous(now.today)
    if before is None:
        return [notices.nothing_here("Choose a period and something to compare it with to see why a number changed.")]
    found = why.most_telling(metric.id, now.filters, now.store, now.heartbeat)
    if not found:
        return [notices.nothing_here(f"{metric.title} is not known in both periods, or not by more than one value of anything.")]
    with place:
        split = chosen(found)
    return [reasons.sentences(split, before), reasons.waterfall(split), reasons.table(split)]


if now.empty:
    draw.each(notices.first_start())
else:
    sheet.apply("papers.css")
    metric_choice.bound("why", "first_reply_within_target")
    metric_choice.in_address("split", ["most", *why.DIMENSIONS])
    place = st.container(horizontal=True, vertical_alignment="bottom", key="rows-question")
    with place:
        asked = queries.metric(metric_choice.pick("why", "The number"))
    metric = asked if why.splits(asked) else queries.metric(why.INSTEAD.get(asked.id, (asked.id,))[0])
    draw.each(
        lambda: None if why.splits(asked) else unsplit.unsplittable(asked),
        lambda: answered(metric, place) if why.splits(metric) else None,
    )
