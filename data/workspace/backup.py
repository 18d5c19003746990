"""Everything the workspace keeps in one file, and back: the database, the pages that were shared, the formats made here.

What stays outside, because it belongs to the machine and not to the data: passwords and keys (secrets.toml, the environment),
uploads that are still to be read, and what another import has left behind.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data import database_file
from data import store as stores
from data.literals import literal
from data.open_errors import OtherDatabase, StoreBusy
from data.store import PATIENCE, Store
from data.workspace import command_socket, data_subjects, forgotten, shares
from data.workspace.archive import DATABASE, FORM, FORMATS, MANIFEST, SHARED, CannotRestore, Manifest, packed, unpacked
from data.workspace.forgotten import Known


def backup(database: Path, path: Path) -> Manifest:
    """Writes the archive wholly or not at all. Raises Refused, StoreBusy and OSError."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        half.touch(0o600, exist_ok=False)  # customers are in it
        with _held(database) as version:
            found = _archived(database, version, half)
        _settled(half)
        half.replace(path)  # not before it is certain that nobody wrote meanwhile
    finally:
        half.unlink(missing_ok=True)
    return found


@contextmanager
def _held(database: Path) -> Iterator[str]:
    """The version of a store that nobody writes to meanwhile: the running server holds still, or we hold the database.

    The file is read here and not in the server: closing it there would let go of the server's lock on it.
    """
    with command_socket.asked(database, "hold") as held:
        if held is not None:
            yield str(held["version"])
            return
    store = Store.open(database, patience=PATIENCE)
    try:
        with store.still():
            yield store.version()
    finally:
        store.close()


@contextmanager
def holding(store: Store) -> Iterator[command_socket.Said]:
    """What the server does for a backup. Raises Refused."""
    try:
        with store.still():
            yield {"version": store.version()}
    except StoreBusy as error:
        raise command_socket.Refused(str(error)) from error


def _archived(database: Path, version: str, path: Path) -> Manifest:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        sums = {name: packed(archive, name, file) for name, file in _files(database)}
        found = Manifest(FORM, _utc().isoformat(timespec="seconds"), int(version), sums)
        archive.writestr(MANIFEST, json.dumps(asdict(found), indent=1))
    return found


def _files(database: Path) -> Iterator[tuple[str, Path]]:
    yield DATABASE, database
    folder = shares.folder_of(database)
    for file in sorted(folder.rglob("*.gz")) if folder.exists() else ():
        if not file.name.startswith("."):
            yield f"{SHARED}/{file.relative_to(folder).as_posix()}", file
    for file in sorted(stores.FORMATS.glob("*.toml")):
        yield f"{FORMATS}/{file.name}", file


@dataclass(frozen=True)
class Stays:
    """What the present store has taken back, and a restored one must not bring back: links, and people who were forgotten."""

    withdrawn: dict[str, datetime] = field(default_factory=dict)
    forgotten: Known = field(default_factory=Known)


@dataclass(frozen=True)
class Restored:
    """What an archive was, how many links stay withdrawn in it, and how many rows belong to nobody again."""

    was: Manifest
    withdrawn: int
    nameless: int


def restore(path: Path, database: Path, force: bool = False) -> Restored:
    """Puts an archive in the place of a store.

    Everything is unpacked and checked beside the store first. Pages come before the database that names them, and the database
    comes last and in one step: whenever this is stopped, the store is wholly the old one or wholly the new one.
    """
    database = database.absolute()
    database_file.make_folder(database.parent)
    stage = database.parent / f".{database.stem}.restore-{secrets.token_hex(4)}"
    try:
        found = unpacked(path, stage)
        stays = _older(database, found, force)
        nameless = _taken_back(stage / DATABASE, stays)
        _placed(stage / SHARED, shares.folder_of(database))
        _placed(stage / FORMATS, stores.FORMATS)
        os.replace(stage / DATABASE, database)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    _swept(database)
    return Restored(found, len(stays.withdrawn), nameless)


def _older(database: Path, found: Manifest, force: bool) -> Stays:
    """Refuses to lose what came after the backup. Returns what the present store has taken back: that stays so."""
    if not database.exists():
        return Stays()
    store = Store.open(database, patience=PATIENCE)  # raises StoreBusy while the app runs on it
    try:
        if not force and (int(store.version()) > found.version or _changed(store) > datetime.fromisoformat(found.made)):
            raise CannotRestore(f"{database} has changed since this backup of {found.made} UTC. With --force that is lost.")
        with store.cursor() as cursor:
            known = forgotten.known(cursor)
        return Stays({share.id: share.revoked for share in shares.every(store) if share.revoked}, known)
    finally:
        store.close()


def _changed(store: Store) -> datetime:
    """When something last came in that a version does not count: links are given out without changing any number."""
    return max(
        (moment for share in shares.every(store) for moment in (share.created, share.revoked) if moment), default=datetime.min
    )


def _taken_back(database: Path, stays: Stays) -> int:
    """A link that was withdrawn does not come to life again, nor does a person. Opening it proves the database too."""
    try:
        store = Store.open(database)
    except OtherDatabase as error:
        raise CannotRestore(f"The database in the backup {error.why}") from error
    except duckdb.Error as error:
        raise CannotRestore("The database in the backup does not open.") from error
    try:
        with store.noting() as cursor:
            for name, moment in stays.withdrawn.items():
                cursor.execute(f"update shares set revoked = {literal(moment)} where id = {literal(name)} and revoked is null")
        nameless = data_subjects.forget_again(store, stays.forgotten)
        with store.cursor() as cursor:
            cursor.execute("force checkpoint")
        return nameless
    finally:
        store.close()


def _placed(source: Path, target: Path) -> None:
    """Beside what is there: names of pages and scripts are never used twice for different things."""
    for file in sorted(source.rglob("*")) if source.exists() else ():
        if file.is_file():
            place = target / file.relative_to(source)
            database_file.make_folder(place.parent)
            half = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
            shutil.copyfile(file, half)  # the other folder may be on another disk
            half.chmod(0o600)
            os.replace(half, place)


def _swept(database: Path) -> None:
    """Pages that no link of the store that is now in place leads to are gone, those of withdrawn links as well."""
    store = Store.open(database)
    try:
        kept = {share.id for share in shares.every(store) if share.revoked is None}
        for file in shares.folder(store).glob("*.gz"):
            if file.name.partition(".")[0] not in kept:
                file.unlink()
    finally:
        store.close()


def _settled(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _utc() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
