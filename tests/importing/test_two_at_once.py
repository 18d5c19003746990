"""Two imports at once: one waits for the other, neither is lost, and readers see the old state until the commit."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import data.__main__ as command
from data.importing import import_file
from data.open_errors import StoreBusy
from data.store import Store
from pages.jobs import import_jobs
from tests.bench import exports

ROOT = Path(__file__).parents[2]
HEAD = "Ticket ID,Created at,Status,Subject\n"
HOLD = "import sys, time; from data.store import Store; s = Store.open(sys.argv[1]); print('held', flush=True); time.sleep(60)"


def tickets(path: Path, first: int, count: int, word: str = "printer") -> Path:
    rows = (f"{number},2025-03-{number % 28 + 1:02} 10:00:00,open,{word} {number}\n" for number in range(first, first + count))
    path.write_text(HEAD + "".join(rows))
    return path


def stored(store: Store) -> int:
    with store.cursor() as cursor:
        return int((cursor.execute("select count(*) from tickets").fetchone() or (0,))[0])


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A database that another process has open."""
    path = tmp_path / "held.duckdb"
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process, path
    process.kill()
    process.communicate()


def test_two_processes_bring_both_files_in(tmp_path):
    database = tmp_path / "both.duckdb"
    files = [tickets(tmp_path / f"{name}.csv", first, 20_000) for name, first in (("one", 0), ("two", 15_000))]
    line = [sys.executable, "-m", "data", "import", "--source", "one", "--database", str(database)]
    running = [subprocess.Popen([*line, str(file)], cwd=ROOT, stderr=subprocess.PIPE, text=True) for file in files]
    said = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    store = Store.open(database)
    assert stored(store) == 35_000
    with store.cursor() as cursor:
        assert cursor.execute("select count(*) from imports").fetchone() == (2,)
    store.close()


def test_a_command_waits_for_the_other_process_and_says_so(held, tmp_path, capsys):
    process, database = held
    threading.Timer(1.0, process.kill).start()
    assert command.main(["import", str(tickets(tmp_path / "t.csv", 0, 3)), "--database", str(database)]) == 0
    shown = capsys.readouterr()
    assert f"{database} is in use by another process: waiting up to 60 seconds" in shown.err
    assert "3 new" in shown.out


def test_a_command_that_has_waited_long_enough_refuses(held, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "PATIENCE", 0.5)
    began = time.monotonic()
    assert command.main(["import", str(tickets(tmp_path / "t.csv", 0, 3)), "--database", str(held[1])]) == 1
    assert time.monotonic() - began >= 0.5
    assert "Stop that one first, or name another database with --database." in capsys.readouterr().err


def test_the_server_does_not_wait_for_another_process(held):
    began = time.monotonic()
    with pytest.raises(StoreBusy, match="Stop that one first"):
        Store.open(held[1])
    assert time.monotonic() - began < 5


def test_threads_of_one_process_take_turns(store, tmp_path):
    files = [tickets(tmp_path / f"{number}.csv", number * 1000, 1500) for number in range(4)]
    receipts, threads = [], []
    for file in files:
        threads.append(
            threading.Thread(target=lambda file=file: receipts.append(import_file.import_file(store, file, source="one")))
        )
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(receipts) == 4
    assert sum(one.kept for one in receipts) == stored(store) == 4500
    assert len({one.import_id for one in receipts}) == 4


def test_unrelated_files_that_arrive_together_do_not_become_versions_of_each_other(store, tmp_path):
    """Which stream a file continues is settled only once the imports before it are done."""
    one = tmp_path / "one.csv"
    two = tmp_path / "two.csv"
    one.write_text(HEAD + "".join(f"{number},2025-01-01 10:00:00,open,printer {number}\n" for number in range(1, 400)))
    two.write_text(
        "Ticket number,Created,State,Title,Team\n"
        + "".join(f"{number},2023-06-05 08:00:00,solved,login {number},Care\n" for number in range(1, 400))
    )
    threads = [threading.Thread(target=import_file.import_file, args=(store, file)) for file in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert stored(store) == 798


def test_two_uploads_are_taken_one_after_the_other(store, tmp_path):
    queue = import_jobs.Intake()
    for number in range(3):
        import_jobs.bring(store, tickets(tmp_path / f"{number}.csv", number * 100, 150), f"{number}.csv", queue)
    deadline = time.monotonic() + 60
    while queue.busy and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [job.state for job in queue.jobs()] == ["done"] * 3, queue.jobs()
    assert stored(store) == 350


def test_readers_keep_answering_during_an_import_and_see_the_old_state(store, tmp_path):
    import_file.import_file(store, tickets(tmp_path / "first.csv", 0, 1000), source="one")
    version, whole = store.version(), exports.tickets(40_000, tmp_path)
    seen: list[tuple[int, str]] = []
    done = threading.Event()
    failures: list[BaseException] = []

    def read() -> None:
        try:
            while not done.is_set():
                before = store.version()
                count = stored(store)
                seen.append((count, before if before == store.version() else "between"))
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    import_file.import_file(store, whole, source="two")
    time.sleep(0.05)
    done.set()
    for reader in readers:
        reader.join(30)
    assert failures == []
    assert {count for count, _ in seen} <= {1000, 41_000}, "nobody saw half an import"
    assert sum(count == 1000 for count, _ in seen) > 10, "readers went on while it ran"
    assert all(count == 41_000 for count, of in seen if of not in (version, "between"))
    assert stored(store) == 41_000
