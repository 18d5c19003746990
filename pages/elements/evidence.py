"""Where a number comes from: definition, what is left out, the rows and the SQL, in a window that opens from its drawing."""

import re
from functools import partial

import pandas as pd
import streamlit as st

import queries
from data.store import Store
from pages.access import Reader
from pages.elements import html, link, tables, tiles, values
from pages.elements.blocks import Column, Evidence
from queries import Filters, Metric, hours, proof, satisfied, views
from queries.helpdesks import ABOUT

SHOWN = 200
JOINER = "\u2060"
TAKEN = 50_000
PERSONAL = {
    "customer",
    "customer_name",
    "organization",
    "requester",
    "requester_email",
    "email",
    "name",
    "phone",
    "subject",
    "comment",
    "text",
    "body",
}


@st.fragment
def opener(evidence: Evidence, store: Store, reader: Reader, key: str, label: str) -> None:
    """The button. In a fragment, so that opening asks nothing else of the page."""
    if st.button(label, key=f"why-{key}", type="tertiary", icon=":material/info:", help="Where this number comes from"):
        metric = queries.metric(evidence.metric)
        st.dialog(satisfied.title(metric, store), width="large")(_window)(metric, evidence, store, reader)


def _window(metric: Metric, evidence: Evidence, store: Store, reader: Reader) -> None:
    st.markdown(f"**{metric.question}**  \n{said(metric, evidence.filters, store)}")
    if evidence.view:
        st.html(html.note(drawn(evidence.view)))
    changed(metric, evidence.filters, store)
    elsewhere(metric, evidence.filters, store)
    meaning, behind, sql = st.tabs(["What it means", "Rows behind it", "SQL"])
    with meaning:
        definition(metric, evidence.filters, store)
        left_out(queries.excluded(metric.id, evidence.filters, store=store))
    with behind:
        rows(metric, evidence.filters, store, reader)
    sql.code(_sql(evidence, store), language="sql", wrap_lines=True)


def drawn(view: str) -> str:
    """What a picture of a shape of its own shows, of the number above."""
    found = views.definition(view)
    return " ".join(["Shown here:", found.title, *found.caveat])


def _sql(evidence: Evidence, store: Store) -> str:
    if evidence.view:
        return proof.of_view(evidence.view, evidence.filters, evidence.by, store)
    return proof.of_metric(evidence.metric, evidence.filters, evidence.by, store)


def said(metric: Metric, filters: Filters, store: Store) -> str:
    """The number itself, how sure it is, from how many, and under which filters."""
    value, low, high, n = tiles.numbers(queries.answer(metric.id, filters, store=store))
    interval = values.span(low, high, metric.unit, n)
    sure = f"95 % sure: {interval}" if interval else ""
    counted = values.count(n, *tiles.COUNTED[metric.rows])
    as_of = queries.as_of(store)
    facts = [tiles.main(metric, value, low, n), sure, counted, filters.sentence(as_of.date() if as_of else None)]
    return plain(" · ".join(fact for fact in facts if fact))


def changed(metric: Metric, filters: Filters, store: Store) -> None:
    """The way to the reasons, where there is something to compare with."""
    as_of = queries.as_of(store)
    today = as_of.date() if as_of else None
    if filters.previous(today):
        st.html(html.way("Why did it change?", link.onward("why", filters.resolved(today), store.version(), why=metric.id)))


def elsewhere(metric: Metric, filters: Filters, store: Store) -> None:
    """The way to what the helpdesk itself shows, where there is a number to compare with."""
    as_of = queries.as_of(store)
    if number := ABOUT.get(metric.id):
        address = link.onward("match", filters.resolved(as_of.date() if as_of else None), store.version(), number=number)
        st.html(html.way("Does my helpdesk say something else?", address))


def plain(text: str) -> str:
    """Filter values come from files: nothing in them is taken for Markdown. Addresses, icons and emoji are looked for once the
    backslashes are gone; a joiner that nobody sees parts them."""
    parted = re.sub(r":(?=/|\S*:)|@(?=\w)|www(?=\.)", rf"\g<0>{JOINER}", text, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]<>#+\-!|~$:&])", r"\\\1", parted)


def definition(metric: Metric, filters: Filters, store: Store) -> None:
    """The metric's own header, in words."""
    st.markdown("\n".join(f"- **{name}:** {text}" for name, text in told(metric, filters, store)))
    if metric.caveat:
        st.markdown("**Good to know**\n" + "\n".join(f"- {line}" for line in metric.caveat))


def told(metric: Metric, filters: Filters, store: Store) -> list[tuple[str, str]]:
    """How it is counted, each line with its name; what a metric does not say is not there."""
    lines = [
        ("Formula", metric.formula),
        ("Satisfied", satisfied.said(metric, store)),
        ("Clock", metric.clock),
        ("Needs", metric.needs),
        ("Hours", hours.said(metric, filters, store)),
    ]
    return [(name, text) for name, text in lines if text]


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
    shown = frame.dropna(axis="columns", how="all")
    named = headings(metric, shown)
    st.dataframe(tables.worded(shown, named), hide_index=True, height=360, column_config=tables.heads(named), placeholder="")
    if len(frame) == SHOWN:
        st.caption(f"The newest {SHOWN}. The file holds up to {values.number(TAKEN)}.")
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


def masked(frame: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Without columns that name a person or quote one, unless the reader may see them."""
    return frame if reader.sees_personal_data else frame.drop(columns=[name for name in frame if name in PERSONAL])


def _file(metric: str, filters: Filters, store: Store, reader: Reader) -> bytes:
    return tables.csv(masked(queries.rows(metric, filters, limit=TAKEN, store=store), reader))
