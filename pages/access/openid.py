"""Who somebody is who signed in at the company's provider: Streamlit's own cookie, read again for every page and route."""

import json
import re
import time
from collections.abc import Mapping
from typing import Any

from pages.access import session_cookie
from pages.access.reader import Reader, Role
from pages.access.settings import Settings
from pages.streamlit_server import (
    USER_COOKIE_NAME,
    decode_signed_value,
    get_cookie_secret,
    get_cookie_with_chunks,
    get_origin_from_redirect_uri,
)


def reader(cookies: Mapping[str, str], settings: Settings, now: float | None = None) -> Reader | None:
    """The reader, when the sign-in still holds and a list names them."""
    said = claims(cookies, settings)
    if said is None or expired(said, time.time() if now is None else now):
        return None
    role = role_of(said, settings)
    return Reader(role, name(said), "openid") if role else None


def claims(cookies: Mapping[str, str], settings: Settings) -> dict[str, Any] | None:
    """What the provider said about them; None unless this server signed the cookie, for itself and for a provider it has."""
    if not settings.by_openid or session_cookie.ended(cookies.get(USER_COOKIE_NAME, "")):
        return None
    found = get_cookie_with_chunks(lambda part: _signed(part, cookies.get(part)), USER_COOKIE_NAME)
    try:
        said = json.loads(found) if found else None
    except ValueError:
        return None
    if not isinstance(said, dict) or said.get("is_logged_in") is not True or said.get("provider") not in settings.providers:
        return None
    return said if said.get("origin") == get_origin_from_redirect_uri() else None


def _signed(part: str, value: str | None) -> bytes | None:
    return decode_signed_value(get_cookie_secret(), part, value) if value else None


def expired(said: Mapping[str, Any], now: float) -> bool:
    """Streamlit keeps its cookie for thirty days; the provider's word ends much earlier, and counts."""
    end = said.get("exp")
    return isinstance(end, bool) or not isinstance(end, (int, float)) or not end > now


def role_of(said: Mapping[str, Any], settings: Settings) -> Role | None:
    """The highest role that a list gives."""
    lists: tuple[tuple[Role, tuple[str, ...]], ...] = (("manager", settings.managers), ("viewer", settings.viewers))
    return next((role for role, entries in lists if any(names(entry, said, settings) for entry in entries)), None)


def names(entry: str, said: Mapping[str, Any], settings: Settings) -> bool:
    """`anna@firm.example`, `@firm.example`, or `groups:support-leads`: a claim that is the value, or lists it."""
    if ":" in entry:  # names of claims may be addresses of the web, with a colon in them
        colons = (at for at, letter in enumerate(entry) if letter == ":")
        return any(entry[at + 1 :] in values(said, entry[:at]) for at in colons)
    address = email(said, settings)
    return bool(address) and entry.lower() in (address, f"@{address.rpartition('@')[2]}")


def values(said: Mapping[str, Any], claim: str) -> list[str]:
    """What a claim says, as text. Addresses are no claim: they count only when they are verified."""
    found = said.get(claim) if not claim.startswith("email") else None
    return [str(value) for value in (found if isinstance(found, list) else [found]) if isinstance(value, str | int)]


def email(said: Mapping[str, Any], settings: Settings) -> str:
    """The address, when the provider says that it is theirs; addresses anybody may type in open nothing."""
    address, verified = said.get("email"), said.get("email_verified", settings.emails_are_verified)
    fine = (
        isinstance(address, str) and address.isascii() and re.fullmatch(r"[^@\s]+@[^@\s]+", address) and verified in (True, "true")
    )
    return str(address).lower() if fine else ""


def name(said: Mapping[str, Any]) -> str:
    """What to call them; not a proof of anything."""
    return str(said.get("email") or said.get("preferred_username") or said.get("name") or said.get("sub") or "somebody")[:200]
