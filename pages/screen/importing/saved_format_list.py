"""The exports that were described in this workspace: take a description along, or forget it."""

import streamlit as st

from data.importing import saved_formats
from pages.document import markup

LEFT_OUT = "An export described here is not recognised any more"


def left_out() -> None:
    """Descriptions that somebody has changed by hand, and that nothing can be read by now."""
    for place, sentence in enumerate(saved_formats.left_out()):
        with st.container(border=True, key=f"notice-left-out-{place}"):
            st.html(markup.titled(LEFT_OUT, sentence))


def draw() -> None:
    """Nothing while there are none."""
    own = saved_formats.own()
    if not own:
        return
    with st.expander("Exports described here", key="described"):
        st.html(
            markup.note("A file with these columns is recognised by them. Forgetting one changes nothing that is here already.")
        )
        for form in own:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(markup.titled(form.title))
                text = saved_formats.text_of(form.name)
                st.download_button(
                    "Download", text, f"{form.name}.toml", "application/toml", key=f"described-{form.name}", type="tertiary"
                )
                if st.button("Forget", key=f"forget-{form.name}", type="tertiary"):
                    saved_formats.remove(form.name)
                    st.rerun()
