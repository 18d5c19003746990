"""Settings: the workspace's clock and hours, and the numbers that follow them at once."""

import pytest

import queries
from data.derived import calendars
from data.importing import import_file
from data.store import Store
from tests.pages import whole

ROWS = "Ticket ID,Created at,First response at\n1,2025-03-01 23:30,2025-03-02 01:30\n2,2025-03-02 09:00,2025-03-02 15:00\n"


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "s.duckdb")
    (tmp_path / "t.csv").write_text(ROWS)
    import_file.import_file(opened, tmp_path / "t.csv")
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


def test_settings_lead_to_the_promises(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "settings")
    assert not [one for one in app.number_input if "promise" in str(one.key)]
    assert "targets" in whole.said(app)


def wait(store) -> float:
    return queries.answer("first_reply_time_mean", queries.Filters(hours="business"), store=store)["value"].iloc[0]


def field(app, label):
    return next(element for element in (*app.text_input, *app.selectbox, *app.text_area) if element.label == label)


def test_business_hours_are_set_changed_and_removed_and_count_at_once(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "settings")
    assert "None are set" in whole.said(app)
    app.button(key="hours-set").click().run()
    assert wait(store) == 0, "1 and 2 March 2025 are a weekend"
    field(app, "Sunday").set_value("8-12, 13:00-14:00").run()
    assert calendars.every(store)[0].hours[7] == ((480, 720), (780, 840))
    assert wait(store) == 120, "9:00 to 15:00: three hours and one; a reply at night: none"
    field(app, "Own free days").set_value("03-02").run()
    assert wait(store) == 0
    field(app, "Own free days").set_value("").run()
    field(app, "On the clock of").set_value("America/New_York").run()
    assert wait(store) == 60, "15:00 in London is 10:00 in New York"
    field(app, "Public holidays of").set_value("DE").run()
    field(app, "Part of the country").set_value("BE").run()
    assert not app.exception
    assert (calendars.every(store)[0].country, calendars.every(store)[0].subdivision) == ("DE", "BE")
    assert "Next free days" in whole.said(app)
    app.button(key="hours-remove-").click().run()
    assert calendars.every(store) == []


def test_hours_that_cannot_be_read_are_said_and_change_nothing(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "settings")
    app.button(key="hours-set").click().run()
    before = calendars.every(store)
    field(app, "Monday").set_value("nine to five").run()
    assert "Monday: “nine to five” is not like" in app.error[0].value
    field(app, "Monday").set_value("9-17").run()
    field(app, "Own free days").set_value("Christmas").run()
    assert "“Christmas” is not like" in app.error[0].value
    field(app, "Own free days").set_value("").run()
    assert not app.error
    assert calendars.every(store) == before


def test_a_team_gets_hours_of_its_own(monkeypatch, tmp_path, store):
    (tmp_path / "more.csv").write_text(
        ROWS.replace("Ticket ID", "Ticket ID,Group").replace("\n1,", "\n11,Night,").replace("\n2,", "\n12,Night,")
    )
    import_file.import_file(store, tmp_path / "more.csv")
    app = whole.opened(monkeypatch, store, "settings")
    app.button(key="hours-set").click().run()
    app.button(key="hours-team-add").click().run()
    app.text_input(key="hours-7-Night").set_value("9-15").run()
    assert not app.exception
    by_team = queries.answer("first_reply_time_mean", queries.Filters(hours="business"), by="team", store=store).set_index("slice")
    assert by_team.loc["Night", "value"] == 180
    assert by_team.loc["not set", "value"] == 0


def test_business_hours_can_be_chosen_only_where_they_are_known(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "response-times")
    choice = app.selectbox(key="hours-shown")
    assert choice.disabled
    assert any("Business hours are not known" in caption.value for caption in app.caption)
    app = whole.opened(monkeypatch, store, "response-times", hours="business")
    assert not app.selectbox(key="hours-shown").disabled, "a link that asks for them can be turned back"
    calendars.keep(store, calendars.Calendar())
    app = whole.opened(monkeypatch, store, "response-times")
    assert not app.selectbox(key="hours-shown").disabled


def test_viewers_find_no_settings(monkeypatch, store):
    assert "How do we count?" in whole.said(whole.opened(monkeypatch, store, "settings"))
    assert "How do we count?" not in whole.said(whole.opened(monkeypatch, store, "settings", role="viewer"))


def test_the_smallest_shared_number_can_be_raised_and_not_lowered(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "settings")
    smallest = app.number_input(key="smallest-cell")
    assert (smallest.value, smallest.min) == (5, 5)
    smallest.set_value(12).run()
    assert not app.exception
    assert store.setting("smallest_cell", "") == "12"


def test_a_customer_is_forgotten_only_after_a_second_yes(monkeypatch, store, tmp_path):
    (tmp_path / "p.csv").write_text("Ticket ID,Created at,Requester email\n7,2025-03-01 23:30,ada@quux.example\n")
    import_file.import_file(store, tmp_path / "p.csv", source="other")
    app = whole.opened(monkeypatch, store, "settings")
    app.text_input(key="forget-who").set_value("ada@quux.example")
    app.button(key="forget-yes").click().run()
    assert "tick the box first" in app.warning[0].value
    addresses = "select count(*) from tickets where customer_email is not null"
    with store.cursor() as cursor:
        assert cursor.execute(addresses).fetchone() == (1,)
    app.checkbox(key="forget-sure").set_value(True)
    app.button(key="forget-yes").click().run()
    assert not app.exception
    with store.cursor() as cursor:
        assert cursor.execute(addresses).fetchone() == (0,)


def test_who_counts_as_satisfied_is_chosen_scale_by_scale_and_said_in_the_title(monkeypatch, store, tmp_path):
    (tmp_path / "c.csv").write_text("Ticket ID,CSAT score,Answered at\n" + "".join(f"{n},{n},2025-03-02\n" for n in range(1, 11)))
    import_file.import_file(store, tmp_path / "c.csv")
    app = whole.opened(monkeypatch, store, "settings")
    app.number_input(key="satisfied-10").set_value(9).run()
    assert not app.exception
    assert queries.answer("csat", store=store)["value"].tolist() == [20]
    satisfaction = whole.opened(monkeypatch, store, "satisfaction")
    assert "CSAT (9 to 10 of 10)" in whole.said(satisfaction)
