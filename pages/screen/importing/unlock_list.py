"""Which numbers the data allows, and what a file would need for the others."""

import streamlit as st

from data.store import Store
from pages.document import markup, number_format
from pages.screen.importing.html_table import html_table
from queries import METRICS, import_history


def draw(store: Store) -> None:
    """Worked out when someone asks: every metric is asked once."""
    st.html(markup.titled("What these files answer", level=2))
    opened = st.expander("Numbers that work, and what is missing for the others", key="unlocks", on_change="rerun")
    if opened.open:
        with opened:
            st.html(table(import_history.answerable(store)))


def table(counts: dict[str, int]) -> str:
    """Those that work first; the others with what they need."""
    ordered = sorted(METRICS.values(), key=lambda metric: (not counts[metric.id], metric.band != "service", metric.title))
    rows = [(metric.title, _said(counts[metric.id], metric.rows), metric.needs) for metric in ordered]
    return f"<div class='rc-scroll'>{html_table(('Number', 'Worked out from', 'Needs'), rows)}</div>"


def _said(count: int, rows: str) -> str:
    counted = {
        "tickets": ("ticket", "tickets"),
        "answers": ("answer", "answers"),
        "accounts": ("customer", "customers"),
    }[rows]
    return number_format.count(count, *counted) if count else "missing"
