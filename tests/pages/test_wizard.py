"""The mapping wizard: from a file nobody knows to its rows, without leaving the Import page."""

import pytest

from data import store as stores
from data.importing import saved_formats
from pages.screen.importing import mapping_wizard
from queries import import_history
from tests.importing.test_mapping import MEANT, ODD
from tests.pages import whole
from tests.pages.test_import_page import TICKETS, brought, until


def box(app, label: str):
    return next(one for one in app.selectbox if one.label == label)


@pytest.fixture
def opened(monkeypatch, empty, queue, tmp_path):
    """The wizard over a German table of tickets."""
    brought(empty, queue, tmp_path, ODD, "odd.csv")
    app = whole.opened(monkeypatch, empty, "import")
    next(button for button in app.button if button.label == "Say what its columns are").click()
    return app.run()


def test_an_unknown_file_is_told_and_imported(opened, empty, queue):
    app = opened
    titles = {"id": "Id of the row", "first_reply_minutes": "First reply, duration", "csat": "CSAT score"}
    for header, column in MEANT.items():
        assert box(app, f"What {header} is").value is None or box(app, f"What {header} is").value == column
        box(app, f"What {header} is").set_value(column)
        app.run()
    assert {titles["id"], titles["first_reply_minutes"], titles["csat"]} <= set(box(app, "What Note is").options)
    box(app, "Its numbers count").set_value("hours")
    box(app, "What fertig means").set_value("solved")
    app.run()
    assert not app.exception
    assert "2 h 30 min" in whole.said(app)
    next(button for button in app.button if button.key == "columns-import").click()
    app.run()
    until(lambda: not queue.busy)
    (one,) = import_history.history(empty)
    assert (one.kept, one.format) == (4, "odd")
    with empty.cursor() as cursor:
        found = cursor.execute("select id, status, first_reply_minutes, csat_score from tickets order by id limit 1").fetchall()
    assert found == [("V1", "solved", 150.0, 5.0)]
    assert mapping_wizard.OPEN not in app.session_state


def test_a_description_changed_to_nonsense_is_named_on_the_page(monkeypatch, empty, queue, tmp_path):
    stores.FORMATS.mkdir()
    text = 'title = "Odd"\ntable = "tickets"\n[columns]\n"<b>id</b>" = { from = ["Id"], kind = "id" }\n'
    (stores.FORMATS / "odd.toml").write_text(text)
    for bring in (False, True):
        if bring:
            brought(empty, queue, tmp_path, TICKETS)
        app = whole.opened(monkeypatch, empty, "import")
        assert not app.exception
        assert "odd.toml, line 4: tickets has no column '&lt;b&gt;id&lt;/b&gt;'" in whole.said(app).replace("&#x27;", "'")


def test_nothing_is_stored_before_the_manager_says_so(opened, empty, queue):
    next(button for button in opened.button if button.key == "columns-cancel").click()
    opened.run()
    assert import_history.history(empty) == []
    assert saved_formats.own() == ()
    assert "was not imported" in whole.said(opened)


def test_a_known_file_read_wrongly_is_corrected_in_its_place(monkeypatch, empty, queue, tmp_path):
    brought(empty, queue, tmp_path, TICKETS)
    app = whole.opened(monkeypatch, empty, "import")
    next(button for button in app.button if button.label == "A column is not right").click()
    app.run()
    box(app, "What Solved at is").set_value("updated_at")
    app.run()
    next(button for button in app.button if button.key == "columns-import").click()
    app.run()
    until(lambda: not queue.busy)
    (one,) = import_history.history(empty)
    assert (one.format, one.kept, one.source) == ("tickets_2", 20, "tickets")
    with empty.cursor() as cursor:
        assert cursor.execute("select count(solved_at), count(updated_at) from tickets").fetchone() == (0, 20)


def test_a_described_export_can_be_forgotten(opened, monkeypatch, empty, queue, tmp_path):
    next(button for button in opened.button if button.key == "columns-import").click()
    opened.run()
    until(lambda: not queue.busy)
    app = whole.opened(monkeypatch, empty, "import")
    next(button for button in app.button if button.key == "forget-odd").click()
    app.run()
    assert not app.exception
    assert saved_formats.own() == ()
    next(button for button in app.button if button.label == "A column is not right").click()
    app.run()
    assert not app.exception
    assert box(app, "What Vorgang is").value == "id"


def test_two_files_of_one_name_keep_a_description_each(opened, monkeypatch, empty, queue, tmp_path):
    next(button for button in opened.button if button.key == "columns-import").click()
    opened.run()
    until(lambda: not queue.busy)
    brought(empty, queue, tmp_path, "Nummer;Begonnen;Inhalt\n1;02.03.2025 09:00;Ein langer Text, der etwas beschreibt\n", "odd.csv")
    app = whole.opened(monkeypatch, empty, "import")
    next(button for button in app.button if button.label == "Say what its columns are").click()
    app.run()
    next(button for button in app.button if button.key == "columns-import").click()
    app.run()
    until(lambda: not queue.busy)
    assert [form.name for form in saved_formats.own()] == ["odd", "odd_2"]


@pytest.mark.parametrize(("choice", "sources"), [(None, {"tickets", "odd"}), ("tickets", {"tickets"})])
def test_two_sources_are_kept_apart_or_merged(choice, sources, monkeypatch, empty, queue, tmp_path):
    brought(empty, queue, tmp_path, TICKETS)
    brought(empty, queue, tmp_path, ODD, "odd.csv")
    app = whole.opened(monkeypatch, empty, "import")
    next(button for button in app.button if button.label == "Say what its columns are").click()
    app.run()
    box(app, "Its rows continue").set_value(choice)
    app.run()
    next(button for button in app.button if button.key == "columns-import").click()
    app.run()
    until(lambda: not queue.busy)
    with empty.cursor() as cursor:
        assert {row[0] for row in cursor.execute("select distinct source from tickets").fetchall()} == sources
