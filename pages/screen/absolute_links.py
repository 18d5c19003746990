"""Links as they are copied and sent: with the host that the reader sees."""

from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from pages.content import addresses


def whole(path: str) -> str:
    """With the host that the reader sees. Of Streamlit's address of a page nothing else is taken: it holds the end of a longer
    name, such as `/service-and-loyalty`, for the page `/loyalty`."""
    seen = urlsplit(st.context.url or "")
    return urlunsplit((seen.scheme, seen.netloc, addresses.below(path), "", ""))
