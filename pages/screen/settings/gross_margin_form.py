"""What is left of revenue after the cost of serving it: without it, no lifetime value is shown."""

import streamlit as st

from data.store import Store
from pages.document import markup

SAID = "Of each euro, dollar or pound a customer pays: what is left after hosting, payment and support. Lifetime value needs it."


def draw(store: Store) -> None:
    """Empty until somebody knows it; then lifetime revenue stays what it is called."""
    with st.container(border=True, key="settings-margin", gap="small"):
        st.html(markup.titled("Gross margin", SAID))
        kept = store.setting("margin", "")
        now = float(kept) if kept else None
        chosen = st.number_input(
            "Gross margin (%)", 1.0, 100.0, now, 1.0, format="%g", key="margin", width=200, placeholder="not known"
        )
        if chosen != now:
            store.set("margin", "" if chosen is None else f"{chosen:g}")
            st.rerun()


def known(store: Store) -> bool:
    return bool(store.setting("margin", ""))
