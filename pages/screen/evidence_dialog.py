"""Where a number comes from: definition, what is left out, the rows and the SQL, in a window that opens from its drawing."""

from functools import partial

import pandas as pd
import streamlit as st

import queries
from data.store import Store
from pages.access.reader import Reader
from pages.content import addresses, explanations
from pages.content.explanations import drawn, said
from pages.content.personal_data import masked
from pages.document import markup, number_format, safe_csv
from pages.document.blocks import Column, Evidence
from pages.screen import data_table
from queries import Filters, Metric, csat_scale, runnable_sql
from queries.helpdesks import ABOUT

SHOWN = 200
TAKEN = 50_000


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
    if number := ABOUT.get(metric.id):
        address = addresses.onward("match", filters.resolved(as_of.date() if as_of else None), store.version(), number=number)
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
    frame = masked(queries.rows(metric.id, filters, limit=SHOWN, store=store), reader)
    if frame.empty:
        st.caption("No rows in this selection.")
        return
    shown = frame.dropna(axis="columns", how="all")
    named = headings(metric, shown)
    st.dataframe(
        data_table.worded(shown, named), hide_index=True, height=360, column_config=data_table.heads(named), placeholder=""
    )
    if len(frame) == SHOWN:
        st.caption(f"The newest {SHOWN}. The file holds up to {number_format.number(TAKEN)}.")
    st.download_button(
        "Rows as CSV",
        partial(_file, metric.id, filters, store, reader),
        f"{metric.id}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def headings(metric: Metric, frame: pd.DataFrame) -> dict[str, Column]:
    """Column names in words; the metric's own durations read like everywhere else."""
    timed = {name.strip() for name in metric.shows.split(",")} if metric.unit == "minutes" else set()
    return {
        str(name): Column(
            str(name).replace("_", " ").capitalize(),
            "minutes" if name in timed and pd.api.types.is_float_dtype(frame[name]) else "",
        )
        for name in frame
    }


def _file(metric: str, filters: Filters, store: Store, reader: Reader) -> bytes:
    return safe_csv.csv(masked(queries.rows(metric, filters, limit=TAKEN, store=store), reader))


def definition(metric: Metric, filters: Filters, store: Store) -> None:
    """The metric's own header, in words."""
    st.markdown("\n".join(f"- **{name}:** {text}" for name, text in explanations.told(metric, filters, store)))
    if metric.caveat:
        st.markdown("**Good to know**\n" + "\n".join(f"- {line}" for line in metric.caveat))
