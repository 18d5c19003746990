"""What customers wrote is for the user who runs the server, and for nobody else on the machine."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data import store as stores
from data.importing import import_file, saved_formats
from data.open_errors import OtherDatabase
from data.store import Store
from data.workspace import shares
from data.workspace.shares import Offer
from tests.doors import wire

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of files are told otherwise here")
ROOT = Path(__file__).parents[2]
TICKETS = "Ticket ID,Created at,Status\n" + "".join(f"{i},2025-03-{i + 1:02} 09:00,open\n" for i in range(20))


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """As most machines have it: others may read what somebody makes."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def everything(folder: Path) -> dict[str, int]:
    """Rights of all that lies in a folder."""
    return {path.name: rights(path) for path in folder.rglob("*")}


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def test_database_log_and_folders_are_made_for_their_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store" / "desk.duckdb"
    store = Store.open(path)
    for word in ("Europe/Berlin", "UTC"):
        store.set("timezone", word)
        assert rights(log_of(path)) == rights(path) == 0o600
        with store.still():  # all is in the file, and the next word begins a new log
            pass
    assert rights(path.parent) == rights(path.parent.parent) == 0o700
    store.close()
    assert not [name for name, found in everything(tmp_path).items() if found & 0o077]


def test_nothing_that_an_import_or_a_share_leaves_can_be_read_by_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "FORMATS", tmp_path / "store" / "formats")
    export = tmp_path / "tickets.csv"
    export.write_text(TICKETS)
    store = Store.open(tmp_path / "store" / "desk.duckdb")
    while_running: dict[str, int] = {}
    import_file.import_file(store, export, progress=lambda *_: while_running.update(everything(tmp_path / "store")))
    shares.add(store, Offer("A page"), shares.pack("page"), datetime(2025, 4, 1), shares.pack("numbers"))
    saved_formats.save("own", (ROOT / "data" / "formats" / "tickets.toml").read_text("utf-8"))
    store.close()
    assert len(while_running) > 2
    for name, found in (while_running | everything(tmp_path / "store")).items():
        assert not found & 0o077, name
    assert rights(export) == 0o644


def test_wider_rights_are_taken_back_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "desk.duckdb"
    Store.open(path).close()
    log_of(path).touch()
    for file in (path, log_of(path)):
        file.chmod(0o664)
    tmp_path.chmod(0o755)
    store = Store.open(path)
    store.set("timezone", "UTC")
    assert rights(path) == rights(log_of(path)) == 0o600
    assert rights(tmp_path) == 0o755  # not made by us
    store.close()


def test_what_else_a_process_makes_keeps_the_rights_it_asks_for(tmp_path: Path) -> None:
    first, second = (Store.open(tmp_path / name) for name in ("a.duckdb", "b.duckdb"))
    first.close()
    first.close()
    (tmp_path / "meanwhile").touch()
    second.close()
    (tmp_path / "folder").mkdir()
    with pytest.raises(OtherDatabase):
        Store.open(tmp_path / "folder")
    assert rights(tmp_path / "folder") == 0o755
    (tmp_path / "afterwards").touch()
    assert (rights(tmp_path / "meanwhile"), rights(tmp_path / "afterwards")) == (0o600, 0o644)


def test_a_server_that_starts_takes_wider_rights_back(tmp_path: Path) -> None:
    path = tmp_path / "desk.duckdb"
    Store.open(path).close()
    path.chmod(0o644)
    with wire.served(path) as port:
        wire.page(port, "overview")
        assert rights(path) == 0o600
        found = everything(tmp_path)
    assert not [name for name, mode in found.items() if mode & 0o077 and name != "server.log"]
