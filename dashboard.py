"""The server: the pages through Streamlit, and the few plain routes beside them. Start with `streamlit run dashboard.py`."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data.open_errors import CannotOpen
from pages import menu
from pages.server import lifespan, rows_route, share_routes, upload_route
from pages.server import sign_in_routes as doors
from pages.server.middleware import Gate
from pages.streamlit_server import keep_to_itself

keep_to_itself()


async def health(_: Request) -> Response:
    """Says that the server answers; for load balancers and start scripts."""
    return JSONResponse({"status": "ok"})


async def to_first_page(request: Request) -> Response:
    """The first page lives at `/`; its own name leads there too, with its filters."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


def sorry(error: Exception) -> bool:
    """What a reader sees when a whole page fails; the traceback is in the log."""
    st.error(str(error) if isinstance(error, CannotOpen) else "This page could not be shown. The server's log says why.")
    return True


# Streamlit does not protect routes of our own against other sites: each that changes something checks Origin and reader itself.
routes: list[BaseRoute] = [
    Route("/healthz", health),
    Route("/upload", upload_route.receive, methods=["PUT"]),
    Route("/rows.csv", rows_route.send),
    *doors.routes,
    *share_routes.routes,
    Route(f"/{menu.entries()[0].path}", to_first_page),
]

# The main script is pages/shell.py and not this file: a pages/ folder beside the main script would let a deep link run
# its page alone, without the access check and without the filters.
app = st.App("pages/shell.py", routes=routes, middleware=[Middleware(Gate)], on_script_error=sorry, lifespan=lifespan.lifespan)
