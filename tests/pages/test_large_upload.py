"""A file of a gigabyte goes through the server to disk, not into its memory."""

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import UPLOADS
from tests.pages.conftest import ROOT, free_port, wait_for

GIGABYTE = 1 << 30
PIECE = b"%PDF-1.7 " + b"x" * ((1 << 20) - 9)  # refused at its first bytes: what is measured is the way in, not an import
RISE = 400  # MB


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """A server of its own: its port and its process."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    environment = os.environ | {"DESKPULSE_DATABASE": str(tmp_path / "large.duckdb")}
    with open(tmp_path / "server.log", "wb") as log:
        process = subprocess.Popen([*command, "--server.maxUploadSize", "2048"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    before = set(UPLOADS.iterdir()) if UPLOADS.exists() else set()
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)
        for left in set(UPLOADS.iterdir()) - before:
            if left.is_file() and left.stat().st_size == GIGABYTE:
                left.unlink()


def resident(pid: int) -> int:
    """MB of memory that a process and those it has started hold."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="resident memory is read from /proc")
def test_a_gigabyte_comes_in_without_being_held_in_memory(served):
    port, pid = served
    put(port, 1 << 20)  # whatever the first request loads is no matter of size
    time.sleep(2)
    before, seen, done = resident(pid), [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            seen.append(resident(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = put(port, GIGABYTE)
    time.sleep(1)
    done.set()
    watcher.join()
    assert status == 202
    assert max(seen) - before < RISE, f"{max(seen) - before} MB more for a file of {GIGABYTE >> 20} MB"


def put(port: int, size: int) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {"Sec-Fetch-Site": "same-origin", "X-File-Name": "large.csv", "Content-Length": str(size)}
    link.request("PUT", "/upload", (PIECE for _ in range(size // len(PIECE))), headers)
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status
