"""Every page, for everybody: who is not in gets no page, a viewer gets no personal data and no page that manages."""

import pytest

from pages import menu
from tests.doors import people, wire
from tests.pages import whole

ENTRIES = menu.entries()
OPEN = [entry for entry in ENTRIES if not entry.managed]
KEPT = [entry for entry in ENTRIES if entry not in OPEN]


def named(entry: menu.Entry) -> str:
    return entry.path


@pytest.mark.parametrize("who", ["nobody", "forger"])
@pytest.mark.parametrize("entry", ENTRIES, ids=named)
def test_who_is_not_in_sees_no_page(locked, signed_in, entry, who):
    said = wire.page(locked, entry.path, cookie=signed_in[who])
    assert "Sign in to go on" in said
    assert entry.question not in said
    assert "navigation" not in said
    assert not people.PERSONAL.search(said)


@pytest.mark.parametrize("entry", OPEN, ids=named)
def test_a_viewer_sees_the_page_without_personal_data(locked, signed_in, entry):
    said = wire.page(locked, entry.path, cookie=signed_in["viewer"])
    assert entry.question in said
    assert not (found := people.PERSONAL.search(said)), said[max(found.start() - 200, 0) : found.end() + 100]


@pytest.mark.parametrize("entry", KEPT, ids=named)
def test_a_viewer_does_not_get_a_page_that_manages_by_its_address(locked, signed_in, entry):
    said = wire.page(locked, entry.path, cookie=signed_in["viewer"])
    assert entry.question not in said
    assert ENTRIES[0].question in said


@pytest.mark.parametrize("entry", ENTRIES, ids=named)
def test_a_guest_has_no_page(entry):
    assert entry not in menu.visible("guest")


def test_what_is_hidden_from_viewers_is_there_for_managers(locked, signed_in):
    assert "Quuxworks" in wire.page(locked, "churn", cookie=signed_in["manager"])
    assert people.PERSONAL.search(wire.page(locked, "tickets", cookie=signed_in["manager"]))


@pytest.mark.parametrize("entry", KEPT, ids=named)
def test_a_manager_gets_the_pages_that_manage(locked, signed_in, entry):
    assert entry.question in wire.page(locked, entry.path, cookie=signed_in["manager"])


def test_a_viewer_cannot_look_for_a_customer(locked, signed_in):
    found = wire.page(locked, "tickets", "range=all&search=customer-7&behind=tickets_created", cookie=signed_in["viewer"])
    assert "0 tickets counted" in found or "No rows" in found


def test_half_a_door_opens_for_nobody_at_the_machine_either(monkeypatch, empty):
    monkeypatch.setenv("DESKPULSE_PASSWORD", "plain text")
    app = whole.opened(monkeypatch, empty, "overview")
    assert "something in it is not right yet" in app.markdown[0].value
    assert "python -m pages password" in app.markdown[0].value
    assert len(app.markdown) == 1


def test_a_viewer_may_take_pages_along_and_give_out_no_link(locked, signed_in):
    said = {who: wire.page(locked, "overview", cookie=signed_in[who]) for who in ("viewer", "manager")}
    assert "Download" in said["viewer"]
    assert "ios_share" not in said["viewer"]
    assert "ios_share" in said["manager"]
