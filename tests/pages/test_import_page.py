"""Import: one piece of work at a time, every row accounted for, and nothing in a file's name or cells can act."""

import time
from datetime import datetime
from threading import Event

import pytest

from data.receipt import Receipt
from data.recognise import Unrecognised
from data.store import Store
from pages import intake, uploaded
from pages.elements import receipt, start
from queries import imports
from queries.imports import Imported
from tests.pages import whole

HOSTILE = '<img src=x onerror="window.hit=1">'
TICKETS = "Ticket ID,Subject,Created at,Solved at\n" + "".join(
    f"{i},Question {i},2025-03-{i:02} 09:00,2025-03-{i:02} 11:00\n" for i in range(1, 21)
)


@pytest.fixture
def empty(tmp_path):
    store = Store.open(tmp_path / "empty.duckdb")
    yield store
    store.close()


@pytest.fixture
def queue(monkeypatch):
    fresh = intake.Intake()
    monkeypatch.setattr(intake, "server", fresh)
    return fresh


def until(condition, seconds: float = 20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def brought(store, queue, tmp_path, text: str, name: str = "tickets.csv"):
    path = tmp_path / "upload"
    path.write_text(text)
    number = intake.bring(store, path, name, queue).id
    until(lambda: not queue.busy)
    return next(job for job in queue.jobs() if job.id == number), path


def test_the_first_start_offers_files_and_the_sample(monkeypatch, empty, queue):
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    assert start.SENTENCE in whole.said(app)
    assert app.button(key="sample").label == "Explore with sample data"


def test_the_overview_of_an_empty_workspace_takes_files_too(monkeypatch, empty, queue):
    app = whole.opened(monkeypatch, empty, "")
    assert start.SENTENCE in whole.said(app)
    assert start.SENTENCE not in whole.said(whole.opened(monkeypatch, empty, "", role="viewer"))


def test_viewers_find_no_import_page(monkeypatch, empty, queue):
    app = whole.opened(monkeypatch, empty, "import", role="viewer")
    assert start.SENTENCE not in whole.said(app)
    assert "Trouble uploading?" not in whole.said(app)


def test_a_second_file_waits_for_the_first(queue):
    go, order = Event(), []
    queue.add("first", lambda progress: (go.wait(10), order.append(1))[0] and None)
    second = queue.add("second", lambda progress: order.append(2))
    until(lambda: queue.jobs()[0].state == "running")
    assert [job.state for job in queue.jobs()] == ["running", "waiting"]
    go.set()
    until(lambda: not queue.busy)
    assert order == [1, 2]
    assert queue.jobs()[1].id == second.id


def test_work_goes_on_after_a_failure_and_each_says_what_happened(queue):
    def unknown(progress):
        raise Unrecognised("This is no export.")

    queue.add("unknown", unknown)
    queue.add("broken", lambda progress: 1 / 0)
    queue.add("good", lambda progress: Receipt("good", "f", "t", "s"))
    until(lambda: not queue.busy)
    assert [job.state for job in queue.jobs()] == ["failed", "failed", "done"]
    assert [job.error for job in queue.jobs()] == ["This is no export.", intake.BROKEN, ""]
    queue.dismiss(1)
    assert [job.name for job in queue.jobs()] == ["broken", "good"]


def test_a_good_file_leaves_a_receipt_and_stays_only_while_its_columns_can_be_corrected(monkeypatch, empty, queue, tmp_path):
    job, path = brought(empty, queue, tmp_path, TICKETS)
    assert (job.state, job.receipt.kept, path.exists()) == ("done", 20, True)
    queue.dismiss(job.id)
    assert not path.exists()
    monkeypatch.setattr(intake, "KEPT", 10)
    assert not brought(empty, queue, tmp_path, TICKETS)[1].exists()
    one = imports.history(empty)[-1]
    assert one.rows_read == one.kept + one.updated + one.unchanged + one.set_aside == 20
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    assert "20 rows" in whole.said(app).replace("<b>", "").replace("</b>", "")


def test_a_file_nobody_knows_stays_for_another_try(monkeypatch, empty, queue, tmp_path):
    job, path = brought(empty, queue, tmp_path, "a,b\n1,2\n", f"{HOSTILE}.csv")
    assert (job.state, path.exists()) == ("failed", True)
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    assert "was not imported" in whole.said(app)
    assert "<img" not in "".join(element.body for element in app.main if hasattr(element, "body"))
    queue.dismiss(job.id)
    assert not path.exists()


def test_an_undo_takes_everything_away_again(empty, queue, tmp_path):
    _, path = brought(empty, queue, tmp_path, TICKETS)
    intake.take_back(empty, [imports.history(empty)[0].id], "Undoing", queue)
    until(lambda: not queue.busy)
    assert imports.history(empty) == []
    with empty.cursor() as cursor:
        assert cursor.execute("select count(*) from tickets").fetchone() == (0,)
    assert not path.exists()


def test_dates_that_prove_nothing_are_asked_about(monkeypatch, empty, queue, tmp_path):
    rows = "".join(f"{i},Question,0{i}/04/2025 09:00,0{i}/04/2025 11:00\n" for i in range(1, 9))
    _, path = brought(empty, queue, tmp_path, "Ticket ID,Subject,Created at,Solved at\n" + rows)
    assert path.exists()
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    before = imports.history(empty)[0]
    next(button for button in app.button if button.key.startswith("month-")).click()
    app.run()
    until(lambda: not queue.busy)
    (after,) = imports.history(empty)
    assert (before.date_order, after.date_order) == ("assumed day first", "month first")
    assert after.kept == 8
    assert not intake.doubtful(intake.of_import(after.id, queue).receipt)


def test_a_sample_that_fails_halfway_leaves_nothing(monkeypatch, empty, queue):
    def files(folder):
        folder.mkdir()
        for name, text in (("tickets.csv", TICKETS), ("other.csv", "a,b\n1,2\n")):
            (folder / name).write_text(text)
        return [folder / "tickets.csv", folder / "other.csv"]

    monkeypatch.setattr(intake.samples, "generate", files)
    intake.bring_sample(empty, queue)
    until(lambda: not queue.busy)
    assert queue.jobs()[0].state == "failed"
    assert imports.history(empty) == []


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\me\tickets.csv", "tickets.csv"),
        ("a\nb\0c\u202e.csv", "abc.csv"),
        ("  ", "file.csv"),
        ("/", "file.csv"),
        ("x" * 500 + ".csv", "x" * 146 + ".csv"),
    ],
)
def test_a_name_is_only_ever_a_name(given, shown):
    assert uploaded.plain_name(given) == shown


def test_a_receipt_shows_hostile_text_as_text():
    told = {"problems": [{"reason": HOSTILE, "column": HOSTILE, "count": 1, "first_line": 2, "set_aside": True}]}
    one = Imported("1", HOSTILE, "x", HOSTILE, HOSTILE, datetime(2025, 1, 1), 1, 0, 0, 0, 1, None, HOSTILE, HOSTILE, told)
    shown = receipt.counts(one) + receipt.facts(one) + receipt.trouble_table(told["problems"]) + receipt.listed(HOSTILE, [HOSTILE])
    shown += receipt.became([{"column": HOSTILE, "used_as": HOSTILE}, {"column": HOSTILE, "used_as": None}])
    assert "<img" not in shown


def test_more_kinds_of_problems_than_fit_are_folded_not_lost():
    troubles = [{"reason": f"reason {i}", "column": None, "count": i, "first_line": None, "set_aside": False} for i in range(30)]
    shown = receipt.trouble_table(troubles)
    assert all(f"reason {i}<" in shown for i in range(30))
    assert "20 more kinds" in shown
