"""An import that is killed at any moment leaves the store as it was; the same file then comes in whole."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from data.store import Store
from tests.bench import exports

ROOT = Path(__file__).parents[2]
ROWS, EARLIER = 30_000, 500
QUICK, LONG = 6, 60
TABLES = ("tickets", "imports", "problems", "settings")


def start(export: Path, database: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "data", "import", str(export), "--database", str(database), "--source", "one", "--json"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def state(database: Path) -> dict[str, Any]:
    """Everything that is stored, as far as an import can change it."""
    store = Store.open(database)
    with store.cursor() as cursor:
        found = {
            table: cursor.execute(f"select count(*), bit_xor(hash({table})), sum(hash({table})::hugeint) from {table}").fetchone()
            for table in TABLES
        }
        found["replaced"] = cursor.execute(
            "select count(*) from information_schema.tables where table_name like '%replaced'"
        ).fetchone()
    store.close()
    return found


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float]:
    """A store with earlier versions of some of the tickets; the file that updates them and brings more; how long it takes."""
    folder = tmp_path_factory.mktemp("kill")
    whole = exports.tickets(ROWS, folder)
    first = folder / "first.csv"
    lines = whole.read_text().splitlines(keepends=True)
    first.write_text("".join([lines[0], *(line.replace("closed", "open", 1) for line in lines[1 : EARLIER + 1])]))
    database = folder / "before.duckdb"
    assert start(first, database).wait(60) == 0
    trial = folder / "trial.duckdb"
    shutil.copy(database, trial)
    began = time.monotonic()
    assert start(whole, trial).wait(120) == 0
    return database, whole, time.monotonic() - began


def beside(database: Path) -> set[str]:
    """What lies beside the database that is neither it nor its log."""
    return {path.name for path in database.parent.iterdir() if path.suffix not in (".duckdb", ".wal", ".csv")}


def _until_it_writes(process: subprocess.Popen[str], database: Path, longer: float) -> None:
    """The commit is the moment that counts: from then on the log grows."""
    log, began = database.with_suffix(".duckdb.wal"), time.monotonic()
    while process.poll() is None and not log.exists() and time.monotonic() - began < 60:
        time.sleep(0.001)
    time.sleep(longer)


def _for_a_while(process: subprocess.Popen[str], seconds: float) -> float:
    """How long an import takes, if it was done before; a machine that was busy at first may be idle later."""
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < seconds:
        time.sleep(0.005)
    return time.monotonic() - began if process.poll() is not None else float("inf")


def killed_many_times(ready: tuple[Path, Path, float], folder: Path, times: int) -> None:
    original, whole, lasting = ready
    database = folder / "store.duckdb"
    shutil.copy(original, database)
    before, dice, in_time = state(database), random.Random(times), 0
    for number in range(times):
        process = start(whole, database)
        if number % 2:
            lasting = min(lasting, _for_a_while(process, dice.uniform(0.15, 1.05) * lasting))
        else:
            _until_it_writes(process, database, dice.uniform(0, 0.05))
        ended = process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if state(database) == before:
            in_time += not ended
            continue
        # too late: it was already done, and then wholly
        assert state(database)["tickets"][0] == ROWS
        shutil.copy(original, database)
    assert in_time >= times // 4
    assert beside(database) == set(), "what killed imports have left is cleared away at the next opening"
    done = start(whole, database)
    (receipt,) = json.loads(done.communicate()[0])
    assert (receipt["rows_read"], receipt["kept"], receipt["set_aside"]) == (ROWS, ROWS - EARLIER, 0)
    assert receipt["updated"] + receipt["unchanged"] == EARLIER
    assert state(database)["tickets"][0] == ROWS
    assert beside(database) == set()


def test_an_import_killed_at_any_moment_leaves_the_store_as_it_was(ready, tmp_path):
    killed_many_times(ready, tmp_path, QUICK)


@pytest.mark.slow
def test_an_import_killed_dozens_of_times_leaves_the_store_as_it_was(ready, tmp_path):
    killed_many_times(ready, tmp_path, LONG)


def test_folders_of_a_killed_import_are_cleared_away_but_those_of_others_are_not(tmp_path):
    for name in ("store.import-left", "store.spill", "other.import-busy"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.csv").write_text("a,b\n")
    store = Store.open(tmp_path / "store.duckdb")
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"other.import-busy"}
    (tmp_path / "store.import-running").mkdir()
    Store.open(tmp_path / "store.duckdb")  # in the same process: its own imports may be running
    assert (tmp_path / "store.import-running").exists()
    store.close()
