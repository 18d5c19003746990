"""Where a number comes from: definition, what is left out, the rows and the SQL, in a window that opens from its drawing."""

from functools import partial

import pandas as pd
import streamlit as st

import queries
from data.store import Store
from pages.access import Reader
from pages.elements import tables, values
from pages.elements.blocks import Evidence
from queries import Filters, Metric

SHOWN = 200
TAKEN = 50_000
PERSONAL = {"customer", "customer_name", "requester", "requester_email", "email", "name", "phone", "subject", "comment", "text", "body"}


@st.fragment
def opener(evidence: Evidence, store: Store, reader: Reader, key: str, label: str) -> None:
    """The button. In a fragment, so that opening asks nothing else of the page."""
    if st.button(label, key=f"why-{key}", type="tertiary", icon=":material/info:", help="Where this number comes from"):
        metric = queries.metric(evidence.metric)
        st.dialog(metric.title, width="large")(_window)(metric, evidence, store, reader)


def _window(metric: Metric, evidence: Evidence, store: Store, reader: Reader) -> None:
    st.markdown(f"**{metric.question}**")
    meaning, behind, sql = st.tabs(["What it means", "Rows behind it", "SQL"])
    with meaning:
        definition(metric, evidence.filters)
        left_out(queries.excluded(metric.id, evidence.filters, store=store))
    with behind:
        rows(metric, evidence.filters, store, reader)
    sql.code(queries.sql_of(metric.id, evidence.filters, evidence.by, store=store), language="sql", wrap_lines=True)


def definition(metric: Metric, filters: Filters) -> None:
    """The metric's own header, in words."""
    lines = [("Formula", metric.formula), ("Clock", metric.clock), ("Needs", metric.needs), ("Hours", f"{filters.hours} hours")]
    st.markdown("\n".join(f"- **{name}:** {text}" for name, text in lines if text))
    if metric.caveat:
        st.markdown("**Good to know**\n" + "\n".join(f"- {line}" for line in metric.caveat))


def left_out(counts: dict[str, int]) -> None:
    """Every row that does not count, by reason."""
    gone = {reason: count for reason, count in counts.items() if count}
    if not gone:
        st.caption("No row was left out.")
        return
    st.markdown("**Left out**")
    st.table(pd.DataFrame({"Reason": list(gone), "Rows": [values.number(count) for count in gone.values()]}).set_index("Reason"))


def rows(metric: Metric, filters: Filters, store: Store, reader: Reader) -> None:
    """The newest rows to look at, all of them (up to a bound) to take along."""
    frame = masked(queries.rows(metric.id, filters, limit=SHOWN, store=store), reader)
    if frame.empty:
        st.caption("No rows in this selection.")
        return
    st.dataframe(frame, hide_index=True, height=360)
    if len(frame) == SHOWN:
        st.caption(f"The newest {SHOWN}. The file holds up to {values.number(TAKEN)}.")
    st.download_button("Rows as CSV", partial(_file, metric.id, filters, store, reader), f"{metric.id}.csv", "text/csv",
                       icon=":material/download:", on_click="ignore")


def masked(frame: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Without columns that name a person or quote one, unless the reader may see them."""
    return frame if reader.sees_personal_data else frame.drop(columns=[name for name in frame if name in PERSONAL])


def _file(metric: str, filters: Filters, store: Store, reader: Reader) -> bytes:
    return tables.csv(masked(queries.rows(metric, filters, limit=TAKEN, store=store), reader))
