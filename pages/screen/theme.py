"""Light or dark: which side the reader sees."""

import streamlit as st

from pages.document.palette import DARK, LIGHT, Palette


def current() -> Palette:
    """The palette of the reader's theme."""
    return DARK if st.context.theme.type == "dark" else LIGHT
