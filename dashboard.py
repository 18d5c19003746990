"""The server: the pages through Streamlit, and the few plain routes beside them. Start with `streamlit run dashboard.py`."""

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pages import menu


async def health(_: Request) -> Response:
    """Says that the server answers; for load balancers and start scripts."""
    return JSONResponse({"status": "ok"})


async def to_first_page(request: Request) -> Response:
    """The first page lives at `/`; its own name leads there too, with its filters."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


# Streamlit does not protect routes of our own against other sites: each that changes something checks Origin and reader itself.
routes: list[BaseRoute] = [
    Route("/healthz", health),
    Route(f"/{menu.entries()[0].path}", to_first_page),
]

# The main script is pages/shell.py and not this file: a pages/ folder beside the main script would let a deep link run
# its page alone, without the access check and without the filters.
app = st.App("pages/shell.py", routes=routes)
