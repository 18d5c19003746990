"""The cookie of who came by a live link: which link, until when, signed. The link itself is asked again every time."""

import hmac
import time
from collections.abc import Mapping

from data.workspace.shares import Share
from pages.access import session_cookie
from pages.access.reader import Reader
from pages.access.settings import Settings
from pages.sharing import link_index

COOKIE = "deskpulse_live"
HOURS = 12
KEPT = 30 * 86400  # seconds that a browser keeps it: an ended one still says that its owner is no stranger


def made(share: Share, settings: Settings, now: float | None = None) -> str:
    """A cookie for this link and no other; another key ends it."""
    said = f"{share.id}.{int((time.time() if now is None else now) + HOURS * 3600)}"
    return f"{said}.{_signature(said, settings)}"


def reader(cookies: Mapping[str, str], settings: Settings, now: float | None = None) -> Reader | None:
    """A guest, while the cookie holds and the link works."""
    share = shown(cookies, settings, now)
    return Reader("guest", share=share.id) if share else None


def shown(cookies: Mapping[str, str], settings: Settings, now: float | None = None) -> Share | None:
    """The link that the cookie speaks for. Withdrawn or expired this very moment, it speaks for none."""
    said = _said(cookies, settings)
    if said is None or (time.time() if now is None else now) >= said[1]:
        return None
    share = (link_index.at_hand() or link_index.server()).known(said[0])
    return share if share is not None and share.kind == "live" else None


def over(cookies: Mapping[str, str], settings: Settings) -> bool:
    """Whether somebody was here by a live link and is no longer: they are told so instead of being asked to sign in."""
    return _said(cookies, settings) is not None and shown(cookies, settings) is None


def _said(cookies: Mapping[str, str], settings: Settings) -> tuple[str, int] | None:
    """Id and end, if the cookie is of our making; nothing in it is looked at before that."""
    said, _, signature = cookies.get(COOKIE, "").rpartition(".")
    if not said or not hmac.compare_digest(signature.encode(), _signature(said, settings).encode()):
        return None
    name, _, until = said.partition(".")
    return name, int(until)


def _signature(said: str, settings: Settings) -> str:
    own = hmac.digest(session_cookie.key(settings), b"live link", "sha256")
    return hmac.digest(own, said.encode("utf-8", "surrogatepass"), "sha256").hex()
