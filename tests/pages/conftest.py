"""A small world in a database of its own, and a server and a browser for the tests that need to look."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import store as stores
from data.store import Store
from pages.jobs import import_jobs, upload_files
from tests.pages import world

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def database(tmp_path_factory) -> Path:
    return world.build(tmp_path_factory.mktemp("world") / "world.duckdb")


@pytest.fixture
def store(database) -> Iterator[Store]:
    opened = Store.open(database)
    yield opened
    opened.close()


@pytest.fixture
def queue(monkeypatch, tmp_path) -> import_jobs.Intake:
    """The server's queue, its uploads and the workspace's formats, all of their own."""
    monkeypatch.setattr(upload_files, "UPLOADS", tmp_path / "uploads")
    monkeypatch.setattr(stores, "FORMATS", tmp_path / "formats")
    fresh = import_jobs.Intake()
    monkeypatch.setattr(import_jobs, "server", fresh)
    return fresh


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[str]:
    """The product's own server over a small world; yields its address."""
    path = world.build(tmp_path_factory.mktemp("served") / "world.duckdb")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with open(path.parent / "server.log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"DESKPULSE_DATABASE": str(path)}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, seconds: float = 40) -> None:
    for _ in range(int(seconds / 0.25)):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"no answer from {address}")
