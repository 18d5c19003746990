"""In front of everything: strangers are led to the sign-in, and nobody goes on after their sign-in has ended.

Streamlit runs callbacks and fragments without running the shell, so the shell alone cannot see every step of a page.
Each message of a page passes here first and is asked the same question again.
"""

import logging
from contextlib import suppress
from urllib.parse import quote

from google.protobuf.message import DecodeError
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.open_errors import CannotOpen
from pages import menu
from pages.access import settings
from pages.access.request_origin import foreign, inside
from pages.server import authenticate, share_pages, sign_in_page
from pages.sharing import guest_cookie
from pages.streamlit_server import BackMsg, base_path, get_origin_from_redirect_uri

WANTED = "deskpulse_wanted"
PAGES = "/_stcore/stream"
FILES = {"/media/": ("manager", "viewer"), "/_stcore/upload_file/": ("manager",)}
SECURE = {b"set-cookie": b"; Secure"}
PROTOCOLS = b"sec-websocket-protocol"

log = logging.getLogger(__name__)


class Gate:
    """Plain ASGI: it costs a route that it has nothing to do with a look at its path."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.pages = {"/", *(f"/{entry.path}" for entry in menu.entries())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._passed(scope, receive, send)
        except CannotOpen as error:  # whoever has a cookie is asked for by a key beside the database
            if scope["type"] != "http":
                raise
            await PlainTextResponse(str(error), 503)(scope, receive, send)

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = _below_base(scope.get("path", ""))
        if scope["type"] == "websocket" and foreign(HTTPConnection(scope).headers):
            log.warning(
                "A page of another address asked for a connection. Behind a proxy: does it pass the host on, with its port?"
            )
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "websocket" and path == PAGES:
            await self._page(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif path == "/oauth2callback":
            await self.app(scope, receive, _onward(scope, send))
        elif path in self.pages and _stranger(scope) and guest_cookie.over(HTTPConnection(scope).cookies, settings.read()):
            await HTMLResponse(share_pages.ended(), 404, sign_in_page.HEADERS)(scope, receive, send)
        elif path in self.pages and _stranger(scope):
            await RedirectResponse(f"/sign-in?to={quote(_address(scope), safe='')}", 303)(scope, receive, send)
        elif path.startswith(tuple(FILES)) and not _may(scope, path):
            await PlainTextResponse("Sign in first.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A connection belongs to the reader it was opened for; of anybody else's messages only the wish for a page is left."""
        first = authenticate.of_request(HTTPConnection(scope))

        async def asked() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            now = authenticate.of_request(HTTPConnection(scope))
            if now == first and (now is None or now.role != "guest"):
                return message
            return {"type": "websocket.receive", "bytes": bare(message.get("bytes") or b"", parts=now is not None and now == first)}

        await self.app(_fresh(scope) if settings.read().any else scope, asked, send)


def bare(message: bytes, parts: bool = False) -> bytes:
    """The wish to see a page from its top, where the shell asks who is there: no clicks, no values, no part of a page alone.

    Of a guest's messages this is all there ever is, and a `part` of a page that was drawn for them.
    """
    wish = BackMsg()
    wish.rerun_script.query_string = ""
    with suppress(DecodeError):
        said = BackMsg.FromString(message).rerun_script
        wish.rerun_script.query_string, wish.rerun_script.page_script_hash = said.query_string, said.page_script_hash
        wish.rerun_script.page_name = said.page_name  # an address that was opened or reloaded says the page by its name
        wish.rerun_script.context_info.CopyFrom(said.context_info)  # the address, to come back to
        if parts:
            wish.rerun_script.fragment_id = said.fragment_id
    return bytes(wish.SerializeToString())


def _below_base(path: str) -> str:
    """The path without what `server.baseUrlPath` puts before all of Streamlit's own."""
    base = base_path()
    return path.removeprefix(f"/{base}") or "/" if base else path


def _fresh(scope: Scope) -> Scope:
    """Without the session a browser would like to go on with: it may be that of another reader, buttons included."""
    headers = [(name, b",".join(value.split(b",")[:2]) if name == PROTOCOLS else value) for name, value in scope["headers"]]
    return dict(scope) | {"headers": headers}


def _may(scope: Scope, path: str) -> bool:
    roles = next(roles for start, roles in FILES.items() if path.startswith(start))
    reader = authenticate.of_request(HTTPConnection(scope))
    return reader is not None and reader.role in roles


def _stranger(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and settings.read().open and authenticate.of_request(HTTPConnection(scope)) is None


def _address(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def _onward(scope: Scope, send: Send) -> Send:
    """Streamlit leads to the first page after a sign-in; the reader wanted another one. Its cookies are for https only."""
    safe = (get_origin_from_redirect_uri() or "").startswith("https://")
    wanted = cookie_parser(HTTPConnection(scope).headers.get("cookie", "")).get(WANTED)

    async def changed(message: Message) -> None:
        if safe and message["type"] == "http.response.start":
            message["headers"] = [(name, value + SECURE[name] if name in SECURE else value) for name, value in message["headers"]]
        if wanted and message["type"] == "http.response.start" and message["status"] == 302:
            headers = MutableHeaders(scope=message)
            headers["location"] = inside(wanted_path(wanted))
            headers.append("set-cookie", f"{WANTED}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
        await send(message)

    return changed


def wanted_path(cookie: str) -> str:
    """The address as it was put into the cookie: hexadecimal, because cookies take few letters."""
    try:
        return bytes.fromhex(cookie).decode("utf-8")
    except ValueError:
        return "/"
