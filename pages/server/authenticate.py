"""Who is asking, and what they may see. Every page, route and download asks here first."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection

from pages.access import openid, session_cookie, settings
from pages.access.reader import Reader
from pages.sharing import guest_cookie

# A request that came through another machine says so in one of these.
PROXY_HEADERS = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
    "x-client-ip",
    "true-client-ip",
    "cf-connecting-ip",
)


def here() -> Reader | None:
    """The reader of the running page."""
    return known(st.context.headers, st.context.cookies, st.context.ip_address)


def of_request(request: HTTPConnection) -> Reader | None:
    """The reader behind a request to a plain route, or behind the connection of a page."""
    return known(request.headers, request.cookies, request.client.host if request.client else None)


def known(headers: Mapping[str, str], cookies: Mapping[str, str], came_from: str | None) -> Reader | None:
    """With a door, whoever came in through it or has a live link, on this machine too; without one, only the person at it."""
    doors = settings.read()
    if not doors.any:
        return reader(headers, st.get_option("server.address"), came_from)
    if not doors.open:
        return None
    return session_cookie.reader(cookies, doors) or openid.reader(cookies, doors) or guest_cookie.reader(cookies, doors)


def reader(headers: Mapping[str, str], bound_to: str | None, came_from: str | None) -> Reader | None:
    """The reader behind a request while there is no door: the person at the machine itself, or nobody."""
    return Reader("manager") if is_local(headers, bound_to, came_from) else None


def is_local(headers: Mapping[str, str], bound_to: str | None, came_from: str | None) -> bool:
    """The person at the machine itself: nobody else can reach a loopback address, unless something passes requests on.

    The caller's address is checked too (another server program may bind elsewhere than the settings say), and every host
    name that the browser gives, so that neither a website under a name of its own (DNS rebinding) nor a proxy that hides
    itself makes anybody local.
    """
    given = {name.lower(): value for name, value in headers.items()}
    if not bound_to or any(name in given for name in PROXY_HEADERS):
        return False
    named = [urlsplit(given[name]).hostname or "" for name in ("origin", "referer") if given.get(name, "null") != "null"]
    return all(map(is_loopback, (bound_to, came_from or "localhost", host_name(given.get("host", "localhost")), *named)))


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this very machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """`127.0.0.1:8501` and `[::1]:8501` without their port."""
    return header[1:].partition("]")[0] if header.startswith("[") else header.partition(":")[0]
