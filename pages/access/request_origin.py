"""Where a request comes from: whose page sent it, from which address, and where it may be led afterwards."""

import re
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from pages.access.settings import Settings
from pages.streamlit_server import allowlisted_origins

# uvicorn believes a program on this machine that says for whom it asks, and writes that over the caller.
BELIEVED = "127.0.0.1"
PLACE = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")  # a path of ours: never another host, never another scheme


def own_page(headers: Mapping[str, str]) -> bool:
    """Browsers say where a request comes from, and pages cannot change what they say."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site == "same-origin"
    return origin is not None and urlsplit(origin).netloc == headers.get("host")


def foreign(headers: Mapping[str, str]) -> bool:
    """Whether a page of another address asks; also one of another port of this machine, which cookies do not tell apart."""
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host") and origin not in allowlisted_origins()


def secure(connection: HTTPConnection) -> bool:
    """Whether the reader's browser speaks https, also when a proxy in between does not pass it on."""
    return connection.url.scheme in ("https", "wss") or connection.headers.get("origin", "").startswith("https://")


def address(connection: HTTPConnection, settings: Settings) -> str:
    """Who to make wait: the caller, or, when the caller is a proxy that the settings name, whom it asks for."""
    told = [part.strip() for line in connection.headers.getlist("x-forwarded-for") for part in line.split(",")]
    caller = connection.client.host if connection.client else ""
    if caller in told:
        caller = BELIEVED
    for before in reversed(told):
        if not trusted(caller, settings.trusted_proxy):
            break
        caller = before
    return caller


def trusted(caller: str, proxies: tuple[str, ...]) -> bool:
    """Whether one of the proxies, given as addresses or networks, is the caller."""
    try:
        return any(ip_address(caller) in ip_network(proxy, strict=False) for proxy in proxies)
    except ValueError:
        return False


def inside(wanted: str) -> str:
    """The wanted address when it is one of ours, else the first page."""
    ours = len(wanted) < 4000 and PLACE.fullmatch(wanted) and not wanted.startswith(("/sign-", "/auth/", "/oauth2callback"))
    return wanted if ours else "/"
