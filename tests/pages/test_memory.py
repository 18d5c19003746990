"""A server that runs for weeks keeps no more in memory than one of an hour, without looking through all of it after every step."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

from tests.doors import wire
from tests.pages import world
from tests.pages.conftest import ROOT, free_port, wait_for

STATUS = Path("/proc/self/status")
PAGES = ("overview", "response-times", "satisfaction", "why")
STAYS = 10  # steps of one reader before another comes

pytestmark = pytest.mark.skipif(not STATUS.exists(), reason="only Linux says in a file how much memory a process has")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Process and port of a server with the settings that are shipped."""
    database, port = world.build(tmp_path / "world.duckdb"), free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (tmp_path / "server.log").open("wb") as log:
        environment = os.environ | {"DESKPULSE_DATABASE": str(database)}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(20)


def memory(process: int) -> float:
    """Megabytes that it holds."""
    lines = (STATUS.parent.parent / str(process) / "status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def looked(port: int, steps: int) -> None:
    """Readers come one after the other, and go from page to page."""
    for begun in range(0, steps, STAYS):
        with wire.opened(port) as link:
            for step in range(begun, min(begun + STAYS, steps)):
                assert "FINISHED_SUCCESSFULLY" in wire.run(link, PAGES[step % len(PAGES)])


def test_no_step_of_a_page_ends_with_a_look_through_all_memory() -> None:
    assert config.get_option("runner.postScriptGC") is False


@pytest.mark.parametrize("steps", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_memory_stays_bounded_however_many_steps(served: tuple[int, int], steps: int) -> None:
    process, port = served
    looked(port, 40)  # imports, answers that are kept, threads
    before = memory(process)
    looked(port, steps)
    assert memory(process) < before + 40
