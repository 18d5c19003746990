"""The window: title, icon, width, and the little that Streamlit's theme cannot say: styles.css, and papers.css for the pages that
reports do not have. All of it at once, before anything else: a window that opens later takes the place of a style that follows."""

from functools import cache
from pathlib import Path

import streamlit as st

from pages.document import palette, static
from pages.document.static import STATIC

HERE = Path(__file__).parent


def apply() -> None:
    """Icons are files of our own: Streamlit would fetch a `:material/...:` page icon from elsewhere."""
    st.set_page_config(page_icon=str(STATIC / "icon.svg"), layout="wide")
    st.logo(str(STATIC / "deskpulse.svg"), icon_image=str(STATIC / "icon.svg"), size="medium")
    st.html(f"<style>{css()}</style>")


@cache
def css() -> str:
    return palette.variables() + static.styles() + (HERE / "papers.css").read_text("utf-8")
