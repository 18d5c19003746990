"""Import: one piece of work at a time, every row accounted for, and nothing in a file's name or cells can act."""

import gzip
import time
from datetime import datetime
from threading import Event, Thread

import pytest

from data.importing.receipt import Receipt
from data.importing.recognise import Unrecognised
from pages.jobs import import_jobs, upload_files
from pages.jobs import queue as jobs
from pages.screen.importing import first_start, receipt_card
from pages.server import upload_route
from queries import import_history
from queries.import_history import Imported
from tests.pages import whole
from tests.reading.containers import sheet, workbook, zipped

HOSTILE = '<img src=x onerror="window.hit=1">'
TICKETS = "Ticket ID,Subject,Created at,Solved at\n" + "".join(
    f"{i},Question {i},2025-03-{i:02} 09:00,2025-03-{i:02} 11:00\n" for i in range(1, 21)
)


def until(condition, seconds: float = 20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def brought(store, queue, tmp_path, text: str, name: str = "tickets.csv"):
    path = tmp_path / "upload"
    path.write_text(text)
    number = import_jobs.bring(store, path, name, queue).id
    until(lambda: not queue.busy)
    return next(job for job in queue.jobs() if job.id == number), path


def test_the_first_start_offers_files_and_the_sample(monkeypatch, empty, queue):
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    assert first_start.SENTENCE in whole.said(app)
    assert app.button(key="sample").label == "Explore with sample data"


def test_the_overview_of_an_empty_workspace_takes_files_too(monkeypatch, empty, queue):
    app = whole.opened(monkeypatch, empty, "")
    assert first_start.SENTENCE in whole.said(app)
    assert first_start.SENTENCE not in whole.said(whole.opened(monkeypatch, empty, "", role="viewer"))


def test_viewers_find_no_import_page(monkeypatch, empty, queue):
    app = whole.opened(monkeypatch, empty, "import", role="viewer")
    assert first_start.SENTENCE not in whole.said(app)
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
    assert [job.error for job in queue.jobs()] == ["This is no export.", jobs.BROKEN, ""]
    queue.dismiss(1)
    assert [job.name for job in queue.jobs()] == ["broken", "good"]


def test_a_running_import_can_be_called_off_and_changes_nothing(empty, queue, tmp_path):
    path = tmp_path / "upload"
    count = 300_000
    path.write_text("Ticket ID,Subject,Created at\n" + "".join(f"{i},Question {i},2025-03-01 09:00\n" for i in range(count)))
    job = import_jobs.bring(empty, path, "large.csv", queue)
    waiting = import_jobs.bring(empty, path, "next.csv", queue)
    until(lambda: queue.jobs()[0].stage == "Converting")
    queue.cancel(waiting.id, empty)
    queue.cancel(job.id, empty)
    until(lambda: not queue.busy)
    assert queue.jobs() == []
    assert import_history.history(empty) == []
    with empty.cursor() as cursor:
        assert cursor.execute("select count(*) from tickets").fetchone() == (0,)
    assert not path.exists()


def test_an_import_called_off_while_its_facts_are_worked_out_is_taken_back(empty, queue, tmp_path, monkeypatch):
    def settle(store, progress):
        queue.cancel(1, store)
        progress("Working out")

    monkeypatch.setattr(import_jobs.queries, "settle", settle)
    path = tmp_path / "upload"
    path.write_text(TICKETS)
    import_jobs.bring(empty, path, "tickets.csv", queue)
    until(lambda: not queue.busy)
    assert import_history.history(empty) == []


def test_an_undo_or_a_second_reading_cannot_be_called_off_half_way(empty, queue, tmp_path):
    job, _ = brought(empty, queue, tmp_path, TICKETS)
    assert job.stoppable
    assert not import_jobs.read_again(empty, job, format="tickets", queue=queue).stoppable
    until(lambda: not queue.busy)
    assert not import_jobs.take_back(empty, [import_history.history(empty)[0].id], "Undoing", queue).stoppable
    until(lambda: not queue.busy)
    assert import_history.history(empty) == []


def test_calling_work_off_leaves_the_writing_of_others_alone(empty):
    with empty.writing() as cursor:
        cursor.execute("create temp table large as select i::varchar as word from range(3_000_000) r(i)")
        stop = Thread(target=lambda: [empty.stop_writing(0) or time.sleep(0.01) for _ in range(30)])
        stop.start()
        assert cursor.execute("select count(distinct md5(word)) from large").fetchone() == (3_000_000,)
        stop.join()


def test_the_store_tells_how_much_of_a_statement_is_done(empty):
    seen = []
    with empty.writing() as cursor:
        cursor.execute("create temp table large as select i::varchar as word from range(4_000_000) r(i)")
        thread = Thread(target=lambda: [seen.append(empty.written()) or time.sleep(0.05) for _ in range(60)])
        thread.start()
        cursor.execute("create temp table t as select md5(word) as a, md5(word || 'b') as b from large")
        thread.join()
    assert any(share and 0 < share < 1 for share in seen)
    assert empty.written() is None


def test_a_good_file_leaves_a_receipt_and_stays_only_while_its_columns_can_be_corrected(monkeypatch, empty, queue, tmp_path):
    job, path = brought(empty, queue, tmp_path, TICKETS)
    assert (job.state, job.receipt.kept, path.exists()) == ("done", 20, True)
    queue.dismiss(job.id)
    assert not path.exists()
    monkeypatch.setattr(import_jobs, "KEPT", 10)
    assert not brought(empty, queue, tmp_path, TICKETS)[1].exists()
    one = import_history.history(empty)[-1]
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


def packed(queue, empty, tmp_path, name: str, content: bytes) -> dict[str, jobs.Job]:
    (tmp_path / "upload").write_bytes(content)
    import_jobs.bring(empty, tmp_path / "upload", name, queue)
    until(lambda: not queue.busy)
    assert not (tmp_path / "upload").exists()
    return {job.name: job for job in queue.jobs() if job.name != name}


def test_every_table_of_an_archive_is_a_job_with_a_receipt_of_its_own(monkeypatch, empty, queue, tmp_path):
    book = workbook(
        {"Tickets": sheet([line.split(",") for line in TICKETS.splitlines()]), "Shoes": sheet([["a", "b"], ["1", "2"]])}
    )
    content = zipped({"one.csv": TICKETS, "book.xlsx": book, "page.csv": "<html>", "cut.gz": gzip.compress(b"x" * 999)[:-9]})
    jobs = packed(queue, empty, tmp_path, "export.zip", content)
    assert {name: job.state for name, job in jobs.items()} == {
        "export.zip: one.csv": "done",
        "export.zip: book.xlsx: Tickets": "done",
        "export.zip: book.xlsx: Shoes": "failed",
        "export.zip: page.csv": "failed",
        "export.zip: cut.gz": "failed",
    }
    assert jobs["export.zip: one.csv"].receipt.kept == jobs["export.zip: book.xlsx: Tickets"].receipt.unchanged == 20
    assert "is a web page" in jobs["export.zip: page.csv"].error
    assert "is a damaged archive" in jobs["export.zip: cut.gz"].error
    assert jobs["export.zip: book.xlsx: Shoes"].file.exists(), "it may still be told what it is"
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    assert "export.zip: book.xlsx: Shoes was not imported" in whole.said(app)
    for job in queue.jobs():
        queue.dismiss(job.id)
    assert list(import_jobs.upload_files.UPLOADS.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("tickets.csv.gz", gzip.compress(TICKETS.encode()), "tickets.csv.gz"),
        ("tickets.xlsx", workbook({"T": sheet([line.split(",") for line in TICKETS.splitlines()])}), "tickets.xlsx"),
        ("export.zip", zipped({"tickets.csv": TICKETS}), "export.zip: tickets.csv"),
    ],
)
def test_an_archive_of_one_table_behaves_like_the_table(monkeypatch, empty, queue, tmp_path, name, content, shown):
    (tmp_path / "upload").write_bytes(content)
    import_jobs.bring(empty, tmp_path / "upload", name, queue)
    until(lambda: not queue.busy)
    (one,) = import_history.history(empty)
    assert (one.file, one.kept) == (shown, 20)
    assert all(job.state == "done" for job in queue.jobs())


def test_an_archive_that_unpacks_beyond_the_limit_is_refused_by_the_setting(monkeypatch, empty, queue, tmp_path):
    monkeypatch.setattr(upload_files, "limit", lambda: 1 << 20)
    (tmp_path / "upload").write_bytes(zipped({"tickets.csv": TICKETS * 3000}))
    job = import_jobs.bring(empty, tmp_path / "upload", "export.zip", queue)
    until(lambda: not queue.busy)
    (job,) = queue.jobs()
    assert job.error.startswith("export.zip holds more than 1 MB once unpacked, the limit set in .streamlit/config.toml")
    assert import_history.history(empty) == []


def test_an_undo_takes_everything_away_again(empty, queue, tmp_path):
    _, path = brought(empty, queue, tmp_path, TICKETS)
    import_jobs.take_back(empty, [import_history.history(empty)[0].id], "Undoing", queue)
    until(lambda: not queue.busy)
    assert import_history.history(empty) == []
    with empty.cursor() as cursor:
        assert cursor.execute("select count(*) from tickets").fetchone() == (0,)
    assert not path.exists()


def test_dates_that_prove_nothing_are_asked_about(monkeypatch, empty, queue, tmp_path):
    rows = "".join(f"{i},Question,0{i}/04/2025 09:00,0{i}/04/2025 11:00\n" for i in range(1, 9))
    _, path = brought(empty, queue, tmp_path, "Ticket ID,Subject,Created at,Solved at\n" + rows)
    assert path.exists()
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    before = import_history.history(empty)[0]
    next(button for button in app.button if button.key.startswith("month-")).click()
    app.run()
    until(lambda: not queue.busy)
    (after,) = import_history.history(empty)
    assert (before.date_order, after.date_order) == ("assumed day first", "month first")
    assert after.kept == 8
    assert not import_jobs.doubtful(import_jobs.of_import(after.id, queue).receipt)


def test_a_sample_that_fails_halfway_leaves_nothing(monkeypatch, empty, queue):
    def files(folder):
        folder.mkdir()
        for name, text in (("tickets.csv", TICKETS), ("other.csv", "a,b\n1,2\n")):
            (folder / name).write_text(text)
        return [folder / "tickets.csv", folder / "other.csv"]

    monkeypatch.setattr(import_jobs.samples, "generate", files)
    import_jobs.bring_sample(empty, queue)
    until(lambda: not queue.busy)
    assert queue.jobs()[0].state == "failed"
    assert import_history.history(empty) == []


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
    assert upload_files.plain_name(given) == shown


def test_a_receipt_shows_hostile_text_as_text():
    told = {"problems": [{"reason": HOSTILE, "column": HOSTILE, "count": 1, "first_line": 2, "set_aside": True}]}
    one = Imported("1", HOSTILE, "x", HOSTILE, HOSTILE, datetime(2025, 1, 1), 1, 0, 0, 0, 1, None, HOSTILE, HOSTILE, told)
    shown = (
        receipt_card.counts(one)
        + receipt_card.facts(one)
        + receipt_card.trouble_table(told["problems"])
        + receipt_card.listed(HOSTILE, [HOSTILE])
    )
    shown += receipt_card.became([{"column": HOSTILE, "used_as": HOSTILE}, {"column": HOSTILE, "used_as": None}])
    assert "<img" not in shown


def test_more_kinds_of_problems_than_fit_are_folded_not_lost():
    troubles = [{"reason": f"reason {i}", "column": None, "count": i, "first_line": None, "set_aside": False} for i in range(30)]
    shown = receipt_card.trouble_table(troubles)
    assert all(f"reason {i}<" in shown for i in range(30))
    assert "20 more kinds" in shown


def test_the_very_first_request_to_a_new_server_may_be_an_upload(tmp_path, monkeypatch):
    monkeypatch.setattr(upload_files, "UPLOADS", tmp_path / "store" / "uploads")
    upload_route.check_size(1 << 20)
    assert upload_files.place().parent.exists()
    monkeypatch.setattr(upload_files, "limit", lambda: 1 << 62)
    with pytest.raises(upload_route.Refused, match="not enough room"):
        upload_route.check_size(1 << 61)
