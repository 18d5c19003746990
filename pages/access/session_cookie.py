"""The cookie of somebody who came in by password: role, end and a number of its own, signed. Nothing is kept for it."""

import hmac
import logging
import os
import re
import secrets
import threading
import time
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from data import database_file, store
from pages.access.reader import Reader, Role
from pages.access.settings import Settings

COOKIE = "deskpulse_session"
ROLES: Mapping[str, Role] = {"manager": "manager", "viewer": "viewer"}


def made(role: Role, settings: Settings, now: float | None = None) -> str:
    """A cookie for this role, good for as long as the settings say."""
    ends = int((time.time() if now is None else now) + settings.session_hours * 3600)
    said = f"{role}.{ends}.{secrets.token_hex(16)}"
    return f"{said}.{_signature(said, role, settings)}"


def reader(cookies: Mapping[str, str], settings: Settings, now: float | None = None) -> Reader | None:
    """Who the cookie speaks for; None when it has ended, was signed out, or is not of our making."""
    cookie = cookies.get(COOKIE, "")
    said, _, signature = cookie.rpartition(".")
    word, _, rest = said.partition(".")
    role = ROLES.get(word)
    if role is None or not cookie.isascii() or not kept(role, settings):
        return None
    if not hmac.compare_digest(signature, _signature(said, role, settings)) or ended(cookie):
        return None
    return Reader(role, door="password") if (time.time() if now is None else now) < int(rest.partition(".")[0]) else None


def kept(role: Role, settings: Settings) -> str:
    """The hash behind a role's password; empty when nobody comes in that way."""
    return {"manager": settings.password, "viewer": settings.viewer_password}.get(role, "") if settings.by_password else ""


def _signature(said: str, role: Role, settings: Settings) -> str:
    """The password's hash is part of the key: another password ends every session of the old one."""
    own = hmac.digest(key(settings), f"session\0{kept(role, settings)}".encode(), "sha256")
    return hmac.digest(own, said.encode(), "sha256").hex()


def key(settings: Settings) -> bytes:
    """What signs: the secret of the settings, or one in a file beside the database that only its owner can read."""
    return settings.secret.encode() if settings.secret else _of_file(store.location().absolute().with_suffix(".key"))


@cache
def _of_file(path: Path) -> bytes:
    database_file.make_folder(path.parent)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        path.chmod(0o600)
    found = path.read_bytes().strip()
    if len(found) < 32:
        raise RuntimeError(f"{path} should hold the key that signs sessions, but is too short. Delete it to get a new one.")
    return found


# Cookies that were signed out before their end, as hashes; they are few. A file beside the database keeps them over a restart.
_ended: dict[Path, dict[bytes, float]] = {}
_ending = threading.Lock()
REMEMBERED = 31 * 86400
LINE = re.compile(r"^([0-9a-f]{64}) (\d+)$", re.MULTILINE)
log = logging.getLogger(__name__)


def end(cookie: str) -> None:
    """From now on this cookie is nobody's, whoever has kept a copy."""
    now, path = time.time(), _kept_at()
    with _ending:
        known = {name: until for name, until in _known(path).items() if until >= now}
        known[sha256(cookie.encode()).digest()] = now + REMEMBERED
        _ended[path] = known
        try:
            _write(path, "".join(f"{name.hex()} {until:.0f}\n" for name, until in known.items()))
        except OSError:
            log.exception("Who has signed out is known until the server ends: %s cannot be written", path)


def _write(path: Path, text: str) -> None:
    database_file.make_folder(path.parent)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    half.touch(0o600)
    half.write_text(text)
    half.replace(path)


def ended(cookie: str) -> bool:
    known = _ended.get(path := _kept_at())
    if known is None:
        with _ending:
            known = _known(path)
    return bool(known) and sha256(cookie.encode()).digest() in known


def _kept_at() -> Path:
    return store.location().absolute().with_suffix(".signed-out")


def _known(path: Path) -> dict[bytes, float]:
    """Read once; a line that is not ours is no cookie's."""
    if path not in _ended:
        text = path.read_text("utf-8", "replace") if path.exists() else ""
        _ended[path] = {bytes.fromhex(name): float(until) for name, until in LINE.findall(text)}
    return _ended[path]
