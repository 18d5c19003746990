"""What a file left open is a question on its receipt, with what each answer would make of the numbers; a click answers it."""

from __future__ import annotations

import queries
from pages.jobs import import_jobs
from queries import import_history
from tests.pages import whole
from tests.pages.test_import_page import brought, until

OPEN = (
    "Ticket ID,Created at,Status,Solved at\n1,03/04/2025 08:00,Solved,03/04/2025 09:00\n"
    "2,03/04/2025 08:00,Solved,05/04/2025 08:00\n3,05/04/2025 08:00,Sorted <img src=x>,\n"
)


def pressed(app, key: str) -> None:
    next(button for button in app.button if button.key.startswith(key)).click()
    app.run()


def test_a_question_shows_its_readings_and_what_they_would_make_of_the_numbers(monkeypatch, empty, queue, tmp_path):
    brought(empty, queue, tmp_path, OPEN)
    app = whole.opened(monkeypatch, empty, "import")
    assert not app.exception
    said = whole.said(app)
    assert "2 open questions" in said
    assert "Does the day or the month come first in the dates of this file?" in said
    assert "03/04 is 4 March" in said
    assert "30 d" in said  # half of an hour and sixty-one days
    assert "<img" not in said
    labels = [one.label for one in app.button if (one.key or "").startswith(("day", "month"))]
    assert labels == ["Day first, as assumed", "Month first"]


def test_a_click_reads_the_file_anew_and_the_question_is_answered(monkeypatch, empty, queue, tmp_path):
    brought(empty, queue, tmp_path, OPEN)
    pressed(whole.opened(monkeypatch, empty, "import"), "solved-")
    until(lambda: not queue.busy)
    assert queries.answer("backlog", store=empty)["value"].iloc[0] == 0
    said = whole.said(whole.opened(monkeypatch, empty, "import"))
    assert "1 open question" in said
    assert [one.doubt.answer for one in import_history.doubts(import_history.history(empty)[0].id, empty)] == [None, "solved"]


def test_an_answer_can_be_changed_on_the_receipt(monkeypatch, empty, queue, tmp_path):
    brought(empty, queue, tmp_path, OPEN)
    for key, left in (("solved-", 0), ("open-", 1)):
        app = whole.opened(monkeypatch, empty, "import")
        pressed(app, key)
        until(lambda: not queue.busy)
        assert queries.answer("backlog", store=empty)["value"].iloc[0] == left
    assert "1 question answered" in whole.said(whole.opened(monkeypatch, empty, "import"))


def test_to_confirm_what_was_assumed_keeps_the_file_for_other_corrections(monkeypatch, empty, queue, tmp_path):
    _, path = brought(empty, queue, tmp_path, OPEN)
    pressed(whole.opened(monkeypatch, empty, "import"), "day-first-")
    until(lambda: not queue.busy)
    (one,) = import_history.history(empty)
    job = import_jobs.of_import(one.id, queue)
    assert path.exists()
    assert [doubt.id for doubt in job.receipt.open] == ["state:Sorted <img src=x>"]


def test_without_the_file_the_card_says_that_consequences_cannot_be_shown(monkeypatch, empty, queue, tmp_path):
    _, path = brought(empty, queue, tmp_path, OPEN)
    path.unlink()
    app = whole.opened(monkeypatch, empty, "import")
    assert "What each answer would make of the numbers cannot be shown." in whole.said(app)
    pressed(app, "month-first-")
    until(lambda: not queue.busy)
    said = whole.said(whole.opened(monkeypatch, empty, "import"))
    assert "holds for the next file of this kind" in said
    assert "2 open questions" in said


def test_a_file_that_leaves_nothing_open_asks_nothing(monkeypatch, empty, queue, tmp_path):
    brought(empty, queue, tmp_path, OPEN.replace("05/04", "25/04").replace("Sorted <img src=x>", "Open"))
    said = whole.said(whole.opened(monkeypatch, empty, "import"))
    assert "open question" not in said
    assert "answered" not in said
