"""Where a number comes from: definition, what is left out, the rows and the SQL, in a window that opens from its drawing."""

import pandas as pd
import streamlit as st

import queries
from data.store import Store
from pages.access.reader import Reader
from pages.content import addresses, explanations
from pages.content.explanations import drawn, said
from pages.content.rows_question import question
from pages.document import markup, number_format
from pages.document.blocks import Evidence
from pages.screen import data_table, rows_table
from queries import Filters, Metric, csat_scale, row_search, runnable_sql
from queries.row_search import MOST, SHOWN


@st.fragment
def opener(evidence: Evidence, store: Store, reader: Reader, key: str, label: str) -> None:
    """The button. In a fragment, so that opening asks nothing else of the page."""
    if st.button(label, key=f"why-{key}", type="tertiary", icon=":material/info:", help="Where this number comes from"):
        metric = queries.metric(evidence.metric)
        st.dialog(csat_scale.title(metric, store), width="large")(_window)(metric, evidence, store, reader)


def _window(metric: Metric, evidence: Evidence, store: Store, reader: Reader) -> None:
    st.markdown(f"**{metric.question}**  \n{said(metric, evidence.filters, store)}")
    if evidence.view:
        st.html(markup.note(drawn(evidence.view)))
    for one in explanations.open_questions(metric, evidence.filters, store):
        st.html(markup.note(f"Rests on an open question: {one}"))
    changed(metric, evidence.filters, store)
    elsewhere(metric, evidence.filters, store)
    meaning, behind, sql = st.tabs(["What it means", "Rows behind it", "SQL"])
    with meaning:
        definition(metric, evidence.filters, store)
        left_out(queries.excluded(metric.id, evidence.filters, store=store))
    with behind:
        rows(metric, evidence.filters, store, reader)
    sql.code(_sql(evidence, store), language="sql", wrap_lines=True)


def _sql(evidence: Evidence, store: Store) -> str:
    if evidence.view:
        return runnable_sql.of_view(evidence.view, evidence.filters, evidence.by, store)
    return runnable_sql.of_metric(evidence.metric, evidence.filters, evidence.by, store)


def changed(metric: Metric, filters: Filters, store: Store) -> None:
    """The way to the reasons, where there is something to compare with."""
    as_of = queries.as_of(store)
    today = as_of.date() if as_of else None
    if filters.previous(today):
        st.html(markup.way("Why did it change?", addresses.onward("why", filters.resolved(today), store.version(), why=metric.id)))


def elsewhere(metric: Metric, filters: Filters, store: Store) -> None:
    """The way to what the helpdesk itself shows, where there is a number to compare with."""
    as_of = queries.as_of(store)
    if metric.compared_by:
        resolved = filters.resolved(as_of.date() if as_of else None)
        address = addresses.onward("match", resolved, store.version(), number=metric.compared_by)
        st.html(markup.way("Does my helpdesk say something else?", address))


def left_out(counts: dict[str, int]) -> None:
    """Every row that does not count, by reason."""
    gone = {reason: count for reason, count in counts.items() if count}
    if not gone:
        st.caption("No row was left out.")
        return
    st.markdown("**Left out**")
    st.table(
        pd.DataFrame({"Reason": list(gone), "Rows": [number_format.number(count) for count in gone.values()]}).set_index("Reason")
    )


def rows(metric: Metric, filters: Filters, store: Store, reader: Reader) -> None:
    """The newest rows to look at, all of them (up to a bound) to take along."""
    asked = question(metric, filters, reader)
    frame = row_search.page(asked, limit=SHOWN, store=store)
    if frame.empty:
        st.caption("No rows in this selection.")
        return
    shown = frame.dropna(axis="columns", how="all")
    named = rows_table.headings(shown)
    worded = data_table.worded(rows_table.numeric(shown, named), named)
    st.dataframe(worded, hide_index=True, height=360, column_config=data_table.heads(named), placeholder="")
    if len(frame) == SHOWN:
        st.caption(f"The newest {SHOWN}. The file holds up to {number_format.number(MOST)}.")
    st.link_button("Rows as CSV", rows_table.address(asked, store), icon=":material/download:")


def definition(metric: Metric, filters: Filters, store: Store) -> None:
    """The metric's own header, in words."""
    st.markdown("\n".join(f"- **{name}:** {text}" for name, text in explanations.told(metric, filters, store)))
    if metric.caveat:
        st.markdown("**Good to know**\n" + "\n".join(f"- {line}" for line in metric.caveat))
