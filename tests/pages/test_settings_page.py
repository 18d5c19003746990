"""Settings: the workspace's clock and promises, and the numbers that follow them at once."""

import pytest

import queries
from data import importer
from data.store import Store
from tests.pages import whole

ROWS = "Ticket ID,Created at,First response at\n1,2025-03-01 23:30,2025-03-02 01:30\n2,2025-03-02 09:00,2025-03-02 15:00\n"


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "s.duckdb")
    (tmp_path / "t.csv").write_text(ROWS)
    importer.import_file(opened, tmp_path / "t.csv")
    yield opened
    opened.close()


def days(store) -> list[str]:
    return [str(day)[:10] for day in queries.answer("tickets_created", by="day", store=store)["slice"]]


def test_the_day_a_ticket_belongs_to_follows_the_time_zone(monkeypatch, store):
    assert days(store) == ["2025-03-01", "2025-03-02"]
    app = whole.opened(monkeypatch, store, "settings")
    app.selectbox[0].set_value("Europe/Berlin")
    app.run()
    assert not app.exception
    assert store.setting("timezone", "UTC") == "Europe/Berlin"
    assert days(store) == ["2025-03-02"]


def test_the_share_of_promises_kept_follows_the_promise(monkeypatch, store):
    assert queries.answer("first_reply_within_target", store=store)["value"].iloc[0] == 50.0
    app = whole.opened(monkeypatch, store, "settings")
    app.number_input(key="promise-first_reply_minutes").set_value(6.0)
    app.run()
    assert not app.exception
    assert queries.answer("first_reply_within_target", store=store)["value"].iloc[0] == 100.0


def test_viewers_find_no_settings(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "settings", role="viewer")
    assert not app.number_input
