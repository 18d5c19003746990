"""Targets: a promise is made with one click, judged at once, changed and ended with its past kept; viewers only look."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import queries
from data.store import Store
from data.workspace import targets
from data.workspace.targets import Promise
from pages import context
from pages.access.reader import Reader
from pages.content import target_blocks
from pages.content.page import FAILED, collect
from pages.document.blocks import Findings
from queries import Filters, target_verdicts
from queries.target_verdicts import Judged
from tests.pages import whole, world
from tests.pages.test_verdicts import OVERVIEW

WITHIN_4H = Promise("first_reply_time", 90.0, 240.0)


@pytest.fixture
def store(tmp_path):
    """A world of its own: promises are written into it."""
    opened = Store.open(world.build(tmp_path / "world.duckdb"))
    yield opened
    opened.close()


def page(monkeypatch, store, role="manager", **address):
    app = whole.opened(monkeypatch, store, "targets", role=role, **address)
    assert not app.exception
    assert FAILED.sentence not in whole.said(app)
    return app


def test_where_nothing_is_promised_three_typical_promises_are_one_click_away(monkeypatch, store):
    app = page(monkeypatch, store)
    offered = [button.label for button in app.button if str(button.key).startswith("promise-start")]
    assert offered == [
        "Nine in ten tickets get a first reply within 4 hours",
        "Half of tickets are solved within a day",
        "CSAT at least 85 %",
    ]
    app.button(key="promise-start-0").click().run()
    assert not app.exception
    assert [one.newest.promise for one in targets.every(store)] == [WITHIN_4H]
    assert "Nine in ten tickets get a first reply within 4 hours" in whole.said(app)


def test_what_was_offered_and_not_taken_is_still_offered(monkeypatch, store):
    targets.add(store, replace(WITHIN_4H, channel="chat"))
    targets.add(store, Promise("csat", 90.0))
    app = page(monkeypatch, store)
    offered = [button.label for button in app.button if str(button.key).startswith("promise-start")]
    assert offered == ["Nine in ten tickets get a first reply within 4 hours", "Half of tickets are solved within a day"]
    app.button(key="promise-start-1").click().run()
    assert not app.exception
    assert Promise("resolution_time", 50.0, 1440.0) in [one.newest.promise for one in targets.every(store)]
    assert [button.key for button in app.button if str(button.key).startswith("promise-start")] == ["promise-start-0"]


def test_months_without_a_survey_are_not_called_the_last_months():
    target = targets.Target("x", (targets.Version(Promise("nps", 30.0)),))
    course = pd.DataFrame({"slice": ["2026-02", "2026-03", "2026-05"], "verdict": ["missed", "none", "met"]})
    judged = Judged(target, target.newest, Filters(), "met", 31.0, 25.0, 37.0, 900.0, "month", course)
    assert target_blocks.breach(judged) == "Clearly missed once in the 2 months with answers: February 2026."
    every = replace(judged, course=course[course["verdict"] != "none"])
    assert target_blocks.breach(every) == "Clearly missed once in the last 2 months: February 2026."


def test_a_promise_is_made_of_the_boxes_and_read_back_as_a_sentence(monkeypatch, store):
    app = page(monkeypatch, store)
    app.number_input(key="promise-share").set_value(75.0)
    app.number_input(key="promise-first_reply_time-length").set_value(5.0)
    app.selectbox(key="promise-first_reply_time-unit").set_value("minutes")
    app.selectbox(key="promise-channel").set_value("chat").run()
    assert "Three in four chat tickets get a first reply within 5 minutes." in whole.said(app)
    app.button(key="promise-add").click().run()
    assert not app.exception
    assert targets.every(store)[0].newest.promise == Promise("first_reply_time", 75.0, 5.0, channel="chat")


def test_every_number_that_can_be_promised_has_a_form_and_a_sentence(monkeypatch, store):
    app = page(monkeypatch, store)
    for metric in target_verdicts.promisable():
        app.selectbox(key="promise-metric").set_value(metric.id).run()
        assert not app.exception
        app.button(key="promise-add").click().run()
        assert not app.exception
    assert len(targets.every(store)) == len(target_verdicts.promisable())
    assert FAILED.sentence not in whole.said(app)


def test_a_change_counts_from_its_day_and_the_past_stays(monkeypatch, store):
    targets.add(store, WITHIN_4H)
    name = targets.every(store)[0].id
    app = page(monkeypatch, store)
    app.number_input(key=f"promise-{name}-share").set_value(80.0)
    app.date_input(key=f"promise-{name}-since").set_value(date(2025, 9, 1)).run()
    app.button(key=f"promise-{name}-change").click().run()
    assert not app.exception
    before, after = targets.every(store)[0].versions
    assert (before.promise.goal, before.until) == (90.0, date(2025, 8, 31))
    assert (after.promise.goal, after.since) == (80.0, date(2025, 9, 1))
    assert "Nine in ten tickets get a first reply within 4 hours: from the beginning to 31 Aug 2025." in whole.said(app)


@pytest.mark.parametrize("hours", [0.12, 0.24, 6.1])
def test_a_limit_that_minutes_round_is_not_a_change(hours, monkeypatch, store):
    targets.add(store, Promise("first_reply_time", 90.0, round(hours * 60, 6)))
    name = targets.every(store)[0].id
    assert page(monkeypatch, store).button(key=f"promise-{name}-change").disabled


def test_an_ended_promise_is_history_and_can_be_forgotten(monkeypatch, store):
    targets.add(store, WITHIN_4H)
    name = targets.every(store)[0].id
    app = page(monkeypatch, store)
    app.date_input(key=f"last-{name}").set_value(date(2025, 6, 30)).run()
    app.button(key=f"ended-{name}").click().run()
    assert targets.every(store)[0].newest.until == date(2025, 6, 30)
    assert "to 30 Jun 2025" in whole.said(app)
    app.button(key=f"forget-{name}").click().run()
    assert not app.exception
    assert targets.every(store) == []


def test_viewers_look_and_change_nothing(monkeypatch, store):
    app = page(monkeypatch, store, role="viewer")
    assert "A manager can say here" in whole.said(app)
    targets.add(store, WITHIN_4H)
    app = page(monkeypatch, store, role="viewer")
    assert "Nine in ten tickets" in whole.said(app)
    assert not [button for button in app.button if "promise" in str(button.key) or "end" in str(button.key)]
    assert not app.number_input


@pytest.mark.parametrize(("role", "sees"), [("manager", True), ("viewer", False)])
def test_what_broke_it_is_masked_for_viewers(role, sees, monkeypatch, store):
    targets.add(store, WITHIN_4H)
    name = targets.every(store)[0].id
    app = page(monkeypatch, store, role, range="all")
    app.session_state[f"broke-{name}"] = True
    app.run()
    (table,) = app.dataframe
    assert ("customer" in table.value.columns) is sees
    assert ("subject" in table.value.columns) is sees
    assert len(table.value) == 200


def test_a_promise_opens_how_it_is_counted(monkeypatch, store):
    targets.add(store, Promise("csat", 85.0))
    app = page(monkeypatch, store, role="viewer")
    app.button(key=f"why-target-{targets.every(store)[0].id}").click().run()
    assert not app.exception
    assert "positive answers / all answers" in " ".join(one.value for one in app.markdown)


def test_the_page_asks_within_the_filters(monkeypatch, store):
    targets.add(store, Promise("first_reply_time", 90.0, 240.0, channel="chat"))
    assert "Not about anything in this selection" in whole.said(page(monkeypatch, store, channel="email"))
    assert "within 4 hours (" in whole.said(page(monkeypatch, store, channel="chat", range="all"))


def blocks(store, **chosen):
    look = context.Context(Reader("viewer"), Filters(**chosen), store, queries.as_of(store))
    return collect(OVERVIEW, look)


def test_the_overview_says_what_was_kept_and_nothing_where_nothing_was_promised(store):
    assert not [one for one in blocks(store) if isinstance(one, Findings) and one.title == "Targets"]
    targets.add(store, WITHIN_4H)
    targets.add(store, Promise("csat", 99.0))
    (found,) = (one for one in blocks(store) if isinstance(one, Findings) and one.title == "Targets")
    assert found.findings[0].mark == "Not met"
    assert {one.sentence.partition(":")[0] for one in found.findings} == {
        "CSAT at least 99 %",
        "Nine in ten tickets get a first reply within 4 hours",
    }
    assert all(one.n >= 10 for one in found.findings), "a shared report leaves out what rests on few"


def test_a_bound_that_reads_like_the_goal_says_on_which_side_it_lies(store):
    targets.add(store, Promise("csat", 85.0))
    (judged,) = target_verdicts.judge_all(Filters(), store)
    for low, high, said in (
        (80.2, 84.96, "80 % to just under 85 %"),
        (84.9, 90.1, "just under 85 % to 90 %"),
        (80.2, 85.0, "80 to 85 %"),
    ):
        assert f"({said})" in target_blocks.found(replace(judged, low=low, high=high, n=900))


def test_charts_and_tiles_carry_the_target_of_each_time(store):
    targets.add(store, Promise("csat", 85.0))
    targets.change(store, targets.every(store)[0], Promise("csat", 90.0), date(2025, 10, 6))
    (row, *_) = blocks(store, range="last-90d")
    csat = next(tile for tile in row.tiles if tile.name == "CSAT")
    assert set(csat.promised) == {85.0, 90.0}
    assert len(csat.promised) == len(csat.course)
