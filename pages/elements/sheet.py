"""Style sheets that only some pages need."""

from functools import cache
from pathlib import Path

import streamlit as st

from pages.elements import draw

HERE = Path(__file__).parent


def apply(name: str) -> None:
    if not draw.collecting():
        st.html(f"<style>{_text(name)}</style>")


@cache
def _text(name: str) -> str:
    return (HERE / name).read_text("utf-8")
