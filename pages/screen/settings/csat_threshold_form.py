"""From which score on an answer is a satisfied one: the custom of each scale, or the workspace's own."""

import streamlit as st

from data.derived import csat_thresholds
from data.store import Store
from pages.document import markup
from queries import csat_scale

SAID = "CSAT is the share of answers from this score on. What differs from the usual is said in its title."
SIMPLE = 3  # scales up to here leave nothing to choose


def draw(store: Store) -> None:
    """Nothing before there are answers on a scale that leaves a choice."""
    found = [scale for scale in csat_scale.scales(store) if scale.top > SIMPLE]
    if not found:
        return
    with st.container(border=True, key="settings-satisfied", gap="small"):
        st.html(markup.titled("Satisfied customers", SAID))
        for scale in found:
            _choose(store, scale)


def _choose(store: Store, scale: csat_scale.Scale) -> None:
    chosen = st.number_input(
        f"On the scale to {scale.top:g}: satisfied from (usually {scale.usual:g})",
        2.0 if scale.top < 100 else 1.0,
        scale.top,
        scale.least,
        1.0,
        format="%g",
        key=f"satisfied-{scale.top:g}",
        width=320,
    )
    if chosen != scale.least:
        csat_thresholds.keep(store, scale.top, None if chosen == scale.usual else chosen)
        st.rerun()
