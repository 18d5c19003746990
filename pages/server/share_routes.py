"""Shared reports as plain routes: `/s/<token>` for who has the link, `/s/preview` for managers. No session, and no query."""

import re
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from data.workspace import shares
from data.workspace.shares import Share
from pages.access import request_origin, settings
from pages.exports.html import assets
from pages.exports.registry import FORMS, Form
from pages.server import authenticate, share_pages
from pages.sharing import create, guest_cookie, link_index, passcode
from pages.sharing.link_index import Live
from pages.streamlit_server import base_path

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src data: blob:; font-src 'self'; "
    "base-uri 'none'; form-action {form}; frame-ancestors 'none'"
)
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": POLICY.format(form="'none'"),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "vary": "accept-encoding",
}
PACKED = HEADERS | {"content-encoding": "gzip"}
# With no-referrer a browser would not say either where a form comes from, and we could not tell our own from others.
FORM = HEADERS | {"content-security-policy": POLICY.format(form="'self'"), "referrer-policy": "same-origin"}
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable", "x-content-type-options": "nosniff"}
ASSET = re.compile(r"[a-z-]+-[0-9a-f]{16}\.(js|woff2)")
LONGEST = 4096  # bytes of a form
FOREIGN = "A passcode is taken from the form of its own page only."
WRONG, TOO_OFTEN = "That is not the passcode.", "That was wrong too often. Try again in ten minutes."


def nowhere() -> Response:
    return Response(share_pages.nowhere(), 404, HEADERS)


async def opened() -> Live:
    """The links in memory; only the very first request has to wait for the database."""
    links = link_index.at_hand()
    return links if links is not None else await run_in_threadpool(link_index.server)


async def view(request: Request) -> Response:
    """The page behind a token; a passcode is asked for first where there is one."""
    if request.method == "POST" and not request_origin.own_page(request.headers):
        return Response(FOREIGN, 403, HEADERS)
    index, share = await found(request)
    if share is None:
        return nowhere()
    if share.passcode_hash is not None and not passcode.opened(share, request.cookies):
        return await asked(request, share) if request.method == "POST" else Response(share_pages.asked(), 200, FORM)
    if request.method == "POST":
        return Response("", 303, HEADERS | {"location": request.url.path})
    if share.kind == "live":
        return led(request, index, share)
    page = await content(index, share)
    if page is None:
        return nowhere()
    if request.method == "GET":
        index.count(share)
    return await printed(request, page)


def led(request: Request, index: Live, share: Share) -> Response:
    """On to the pages of a live link. Who has a door of their own stays who they are and looks as its readers do."""
    doors, reader = settings.read(), authenticate.of_request(request)
    own = reader is not None and reader.role != "guest"
    if not own and not doors.open:
        return nowhere()
    response = Response("", 303, HEADERS | {"location": as_readers(share) if own else "../"})
    if reader is None or not reader.manages:
        if request.method == "GET":
            index.count(share)
        limits = remembered(request) | {"max_age": guest_cookie.KEPT, "path": f"/{base_path()}"}
        response.set_cookie(guest_cookie.COOKIE, guest_cookie.made(share, doors), **limits)
    return response


def as_readers(share: Share) -> str:
    """Relative, so that a server living below a path keeps it."""
    return f"../?live={share.id}"


async def found(request: Request) -> tuple[Live, Share | None]:
    index = await opened()
    return index, index.find(request.path_params["token"])


async def content(index: Live, share: Share) -> bytes | None:
    return index.page(share) if index.at_hand(share) else await run_in_threadpool(index.page, share)


async def printed(request: Request, page: bytes) -> Response:
    """As it lies on the disk, to everybody who can unpack it."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(page, 200, PACKED)
    return Response(await run_in_threadpool(link_index.unpacked, page), 200, HEADERS)


async def asked(request: Request, share: Share) -> Response:
    """A passcode that somebody gives, and not too often."""
    if not passcode.tries.allowed(share.id):
        return Response(share_pages.asked(TOO_OFTEN), 429, FORM)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            return Response(share_pages.asked(WRONG), 413, FORM)
    given = parse_qs(body.decode("utf-8", "replace")).get("passcode", [""])[0]
    if not await run_in_threadpool(passcode.matches, share, given):
        return Response(share_pages.asked(WRONG), 403, FORM)
    passcode.tries.forgive(share.id)
    response = Response("", 303, HEADERS | {"location": request.url.path})
    response.set_cookie(passcode.COOKIE, passcode.cookie(share), **remembered(request))
    return response


def remembered(request: Request) -> dict[str, Any]:
    """For this link only, and only for this server to read."""
    limits = {"max_age": passcode.HOURS * 3600, "path": request.url.path, "secure": request_origin.secure(request)}
    return limits | {"httponly": True, "samesite": "lax"}


async def download(request: Request) -> Response:
    """The same page as a file of its own, with scripts and fonts inside."""
    index, share = await found(request)
    if share is None or not passcode.opened(share, request.cookies):
        return nowhere()
    return await file(index, share)


async def file(index: Live, share: Share) -> Response:
    page = await content(index, share)
    if page is None:
        return nowhere()
    whole = await run_in_threadpool(embedded, index, page)
    name = re.sub(r"[^A-Za-z0-9]+", "-", share.title).strip("-").lower()[:60] or "report"
    return Response(whole, 200, HEADERS | {"content-disposition": f'attachment; filename="{name}.html"'})


async def taken(index: Live, share: Share, form: Form) -> Response:
    """The same numbers as slides, spreadsheet or PDF; printed when asked for."""
    made = await run_in_threadpool(create.again, index.store, share, form)
    if made is None:
        return nowhere()
    named = {"content-type": form.load().mime, "content-disposition": f'attachment; filename="{form.file_name(share.title)}"'}
    return Response(made, 200, HEADERS | named)


def embedded(index: Live, page: bytes) -> bytes:
    text = link_index.unpacked(page).decode("utf-8")
    return assets.embedded(
        text, {name: link_index.unpacked(shares.asset(index.store, name)) for name in assets.needed(text)}
    ).encode()


async def asset(request: Request) -> Response:
    """A script or font of reports, packed as it is kept; its name says what is in it, so it never has to be asked for again."""
    name, index = request.path_params["name"], await opened()
    packed = await run_in_threadpool(shares.asset, index.store, name) if ASSET.fullmatch(name) else b""
    if not packed:
        return nowhere()
    headers = FOR_EVER | {"content-type": assets.KINDS[name.rpartition(".")[2]], "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, 200, headers | {"content-encoding": "gzip"})
    return Response(await run_in_threadpool(link_index.unpacked, packed), 200, headers)


async def preview(request: Request) -> Response:
    """What readers see, for managers: not counted, no passcode. `?share=ID`, with `&download=html`, `pdf` ... as a file."""
    reader = authenticate.of_request(request)
    if reader is None or not reader.manages:
        return nowhere()
    index = await opened()
    every = await run_in_threadpool(shares.every, index.store)
    share = next((one for one in every if one.id == request.query_params.get("share")), None)
    if share is None:
        return nowhere()
    if share.kind == "live":
        return Response("", 303, HEADERS | {"location": as_readers(share)})
    wanted = request.query_params.get("download", "")
    if wanted in FORMS:
        return await taken(index, share, FORMS[wanted])
    if wanted:
        return await file(index, share)
    page = await content(index, share)
    return nowhere() if page is None else await printed(request, page)


routes: list[BaseRoute] = [
    Route("/s/preview", preview),
    Route("/s/static/{name}", asset),
    Route("/s/{token}", view, methods=["GET", "POST"]),
    Route("/s/{token}/download", download),
]
