"""Backup and digest while the server runs: it holds the database, and they ask it by a socket that only its owner can reach."""

import json
import os
import socket
import stat
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.__main__ import main
from data.open_errors import StoreBusy
from data.store import Store
from data.workspace import backup, command_socket
from pages.__main__ import main as pages_main
from tests.doors import wire
from tests.pages import world
from tests.reports.test_backup import answered


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A database with a server on it."""
    path = world.build(tmp_path_factory.mktemp("served") / "world.duckdb")
    with wire.served(path) as port:
        wire.ask(port, "GET", "/s/none")  # from now on it holds the database
        yield path


def test_a_backup_is_taken_from_under_the_running_server(served, tmp_path, capsys):
    started = time.monotonic()
    assert main(["backup", str(tmp_path / "all.zip"), "--database", str(served)]) == 0
    assert time.monotonic() - started < 30  # nobody waited for the server to end
    fresh = tmp_path / "fresh.duckdb"
    assert main(["restore", str(tmp_path / "all.zip"), "--database", str(fresh)]) == 0
    assert answered(fresh)[0] > 2000
    with pytest.raises(StoreBusy):  # the server's lock still holds
        Store.open(served)


def test_the_digest_is_the_same_with_and_without_the_server(served, tmp_path):
    words = ["digest", "--range", "all", "--report", "overview", "--out"]
    assert pages_main([*words, str(tmp_path / "with.html"), "--database", str(served)]) == 0
    assert main(["backup", str(tmp_path / "all.zip"), "--database", str(served)]) == 0
    assert main(["restore", str(tmp_path / "all.zip"), "--database", str(tmp_path / "fresh.duckdb")]) == 0
    assert pages_main([*words, str(tmp_path / "without.html"), "--database", str(tmp_path / "fresh.duckdb")]) == 0
    assert (tmp_path / "with.html").read_text() == (tmp_path / "without.html").read_text()


def test_only_its_owner_can_ask_and_what_it_does_not_know_it_does_not_do(served):
    path = command_socket.socket_of(served)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(command_socket.Refused, match="log"), command_socket.asked(served, "everything"):
        pass
    for noise in (b"\n", b"[]\n", b'{"want": 3}\n', b"\xff" * 5000):
        with socket.socket(socket.AF_UNIX) as call:
            call.connect(str(path))
            call.sendall(noise)
            call.shutdown(socket.SHUT_WR)
            call.settimeout(10)
            assert b"version" not in call.recv(1000)
    with command_socket.asked(served, "hold") as answer:
        assert answer is not None


@contextmanager
def ringing(store: Store):
    with command_socket.answering(store.path, {"hold": lambda _: backup.holding(store)}):
        yield


def test_nothing_is_written_during_a_backup_and_everything_after_it(tmp_path):
    store = Store.open(world.build(tmp_path / "world.duckdb"))
    done = threading.Event()
    with ringing(store):
        with command_socket.asked(store.path, "hold") as answer, store.cursor() as reader:
            assert answer == {"version": store.version()}
            threading.Thread(target=lambda: (store.set("timezone", "UTC"), done.set()), daemon=True).start()
            assert not done.wait(0.3)
            assert reader.execute("select count(*) from tickets").fetchone() == (3000,)
            wal = store.path.with_name("world.duckdb.wal")
            assert not wal.exists() or not wal.stat().st_size
        assert done.wait(10)
    assert not command_socket.socket_of(store.path).exists()
    store.close()


def test_a_backup_waits_for_a_question_from_before_the_last_change_and_says_so_when_it_takes_too_long(tmp_path, monkeypatch):
    store = Store.open(world.build(tmp_path / "world.duckdb"))
    with ringing(store), store.cursor() as reader:
        reader.execute("begin")
        reader.execute("select count(*) from tickets").fetchone()
        with store.writing() as cursor:
            cursor.execute("update tickets set team = 'Moved'")
        monkeypatch.setattr("data.store.PATIENCE", 0.2)
        with pytest.raises(command_socket.Refused, match="very long"):
            backup.backup(store.path, tmp_path / "all.zip")
        assert not (tmp_path / "all.zip").exists()
        monkeypatch.setattr("data.store.PATIENCE", 20.0)
        threading.Timer(0.3, reader.execute, ["commit"]).start()
        assert backup.backup(store.path, tmp_path / "all.zip").files
        store.set("timezone", "Europe/Berlin")  # whoever was refused holds nothing back
    store.close()


def test_a_backup_under_which_the_server_was_stopped_is_not_kept(tmp_path):
    path, kept = world.build(tmp_path / "world.duckdb"), tmp_path / "all.zip"
    kept.write_bytes(b"the one before")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(command_socket.socket_of(path)))
        server.listen()

        def stopped():
            call, _ = server.accept()
            with call:
                call.recv(1000)
                call.sendall(b'{"version": "1"}\n')

        threading.Thread(target=stopped, daemon=True).start()
        with pytest.raises(command_socket.Refused, match="stopped"):
            backup.backup(path, kept)
    assert kept.read_bytes() == b"the one before"
    assert not list(tmp_path.glob(".all.zip*"))


def test_a_socket_of_a_server_that_was_killed_is_no_obstacle(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    for folder in (tmp_path, deep):  # the second path is longer than an address may be
        path = world.build(folder / "world.duckdb")
        here = os.getcwd()
        try:
            os.chdir(folder)
            left = socket.socket(socket.AF_UNIX)
            left.bind("world.sock")
            left.close()
        finally:
            os.chdir(here)
        assert main(["backup", str(folder / "all.zip"), "--database", str(path), "--json"]) == 0
        store = Store.open(path)
        with ringing(store), command_socket.asked(path, "hold") as answer:
            assert json.dumps(answer)
            assert Path(command_socket.socket_of(path)).is_socket()
        store.close()
