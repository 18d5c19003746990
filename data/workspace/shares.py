"""Shared reports: a row each in the database, and the page itself as a file beside it that nothing ever renders again."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

from data import database_file
from data.literals import literal
from data.store import Store

LASTS = timedelta(days=30)
COLUMNS = (
    "id, kind, title, note, pages, filters, created, creator, expires, revoked, token_hash, passcode_hash, opened, last_opened, "
    "data_version, question"
)


@dataclass(frozen=True)
class Share:
    """One link. Who has it may look, until it expires or is revoked; times are UTC."""

    id: str
    kind: str
    title: str
    note: str
    pages: tuple[str, ...]
    filters: str
    created: datetime
    creator: str
    expires: datetime
    revoked: datetime | None
    token_hash: str
    passcode_hash: str | None
    opened: int
    last_opened: datetime | None
    data_version: str
    question: str = ""

    def works(self, now: datetime) -> bool:
        return self.revoked is None and now < self.expires


@dataclass(frozen=True)
class Offer:
    """What a manager decides about a link."""

    title: str
    note: str = ""
    pages: tuple[str, ...] = ()
    filters: str = ""
    creator: str = ""
    lasts: timedelta = LASTS
    passcode_hash: str | None = None
    kind: str = "frozen"
    question: str = ""


def fingerprint(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def add(store: Store, offer: Offer, page: bytes | None, now: datetime, numbers: bytes = b"") -> tuple[Share, str]:
    """Keeps the page (gzip; a live link has none), its numbers for other forms of it, and its row; the token is handed out once."""
    token, name = secrets.token_urlsafe(24), secrets.token_hex(8)
    share = Share(
        name,
        offer.kind,
        offer.title,
        offer.note,
        offer.pages,
        offer.filters,
        now,
        offer.creator,
        now + offer.lasts,
        None,
        fingerprint(token),
        offer.passcode_hash,
        0,
        None,
        store.version(),
        offer.question,
    )
    if page is not None:  # first: a row without its page would be a broken promise
        _written(page_file(store, name), page)
    if numbers:
        _written(numbers_file(store, name), numbers)
    values = (*_texts(share), share.opened, share.last_opened, share.data_version, share.question)
    with store.noting() as cursor:
        cursor.execute(f"insert into shares ({COLUMNS}) values ({', '.join(map(literal, values))})")
    return share, token


def _texts(share: Share) -> tuple[str | datetime | None, ...]:
    return (
        share.id,
        share.kind,
        share.title,
        share.note,
        json.dumps(share.pages),
        share.filters,
        share.created,
        share.creator,
        share.expires,
        share.revoked,
        share.token_hash,
        share.passcode_hash,
    )


def every(store: Store) -> list[Share]:
    """All that was ever shared, the newest first."""
    with store.cursor() as cursor:
        found = cursor.execute(f"select {COLUMNS} from shares order by created desc, id").fetchall()
    names = [field.name for field in fields(Share)]  # in the order of COLUMNS
    rows = [dict(zip(names, row, strict=True)) for row in found]
    return [Share(**row | {"pages": tuple(json.loads(row["pages"])), "question": row["question"] or ""}) for row in rows]


def revoke(store: Store, share: Share, now: datetime) -> Share:
    """The link leads nowhere from now on, and the page is gone."""
    _change(store, share.id, f"revoked = {literal(now)}")
    page_file(store, share.id).unlink(missing_ok=True)
    numbers_file(store, share.id).unlink(missing_ok=True)
    return replace(share, revoked=now)


def extend(store: Store, share: Share, until: datetime) -> Share:
    """The same link for longer."""
    _change(store, share.id, f"expires = {literal(until)}")
    return replace(share, expires=until)


def seen(store: Store, counts: Mapping[str, tuple[int, datetime]]) -> None:
    """How often each was opened since this was last told, and when last."""
    with store.noting() as cursor:
        for name, (times, last) in counts.items():
            cursor.execute(
                f"update shares set opened = opened + {times:d}, last_opened = {literal(last)} where id = {literal(name)}"
            )


def _change(store: Store, name: str, what: str) -> None:
    with store.noting() as cursor:
        cursor.execute(f"update shares set {what} where id = {literal(name)}")


def page_file(store: Store, name: str) -> Path:
    """Named by the share and not by its token: who can list the folder has no link yet."""
    return folder(store) / f"{name}.html.gz"


def numbers_file(store: Store, name: str) -> Path:
    """What was on the page, as text: slides, spreadsheets and PDFs of it are printed from this."""
    return folder(store) / f"{name}.json.gz"


def folder(store: Store) -> Path:
    """Beside the database and not in it: a page is served without asking the database, and survives whatever happens in there."""
    return folder_of(store.path)


def folder_of(database: Path) -> Path:
    return database.parent / f"{database.stem}.shares"


def keep_asset(store: Store, name: str, content: bytes) -> None:
    """A script or font that pages refer to by a name with its hash. It stays as long as they do, whatever we bring later."""
    path = folder(store) / "static" / f"{name}.gz"
    if not path.exists():
        _written(path, _packed(content))


def asset(store: Store, name: str) -> bytes:
    """Packed, as it is kept; nothing where there is none. Names come from outside: the caller has checked their form."""
    path = folder(store) / "static" / f"{name}.gz"
    return _read(path) if path.exists() else b""


@lru_cache(maxsize=32)
def _read(path: Path) -> bytes:
    """Kept at hand: what a name stands for never changes."""
    return path.read_bytes()


@cache
def _packed(content: bytes) -> bytes:
    """Packed once a process: the chart script takes a while."""
    return gzip.compress(content, 9, mtime=0)


def pack(text: str) -> bytes:
    """A page as it is kept."""
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def _written(path: Path, content: bytes) -> None:
    """Wholly or not at all, also when the machine stops half way."""
    database_file.make_folder(path.parent)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(half, "xb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
