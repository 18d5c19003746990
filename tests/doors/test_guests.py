"""Who a live link's cookie speaks for: for one link, for some hours, and for nobody once the link has ended."""

from datetime import date, timedelta

import pytest

from data import store as stores
from data.store import Store
from data.workspace.shares import Offer
from pages.access import passwords, settings
from pages.access.reader import Reader
from pages.report import share_filters
from pages.server import authenticate
from pages.sharing import guest_cookie, link_index
from queries import Filters


@pytest.fixture
def index(tmp_path, monkeypatch) -> link_index.Live:
    monkeypatch.setenv("DESKPULSE_PASSWORD", passwords.hashed("correct horse battery"))
    monkeypatch.setenv("DESKPULSE_SECRET", "s" * 40)
    store = Store.open(tmp_path / "desk.duckdb")
    monkeypatch.setattr(stores, "default", lambda: store)
    monkeypatch.setattr(link_index, "_at_hand", [])
    return link_index.server()


def offered(index: link_index.Live, kind: str = "live", **filters):
    return index.add(Offer("A view", kind=kind, pages=("overview",), question=share_filters.text(Filters(**filters))))[0]


def known(cookie: str) -> Reader | None:
    return authenticate.known({}, {guest_cookie.COOKIE: cookie}, "192.0.2.1")


def test_a_cookie_speaks_for_its_link(index):
    share = offered(index)
    assert known(guest_cookie.made(share, settings.read())) == Reader("guest", share=share.id)


def test_a_guest_manages_nothing_and_sees_nobody(index):
    reader = known(guest_cookie.made(offered(index), settings.read()))
    assert reader is not None
    assert not reader.manages
    assert not reader.sees_personal_data


def test_withdrawn_is_over_at_once(index):
    share = offered(index)
    cookie = guest_cookie.made(share, settings.read())
    index.revoke(share)
    assert known(cookie) is None
    assert guest_cookie.over({guest_cookie.COOKIE: cookie}, settings.read())


def test_expired_is_over_at_once_and_extended_is_on_again(index, monkeypatch):
    share = offered(index)
    cookie, now = guest_cookie.made(share, settings.read()), index.clock()
    monkeypatch.setattr(index, "clock", lambda: now + timedelta(days=31))
    assert known(cookie) is None
    assert guest_cookie.over({guest_cookie.COOKIE: cookie}, settings.read())
    index.extend(share)
    assert known(cookie) is not None


def test_a_cookie_ends_though_the_link_goes_on(index):
    share = offered(index)
    found = settings.read()
    cookie = guest_cookie.made(share, found, now=0)
    assert guest_cookie.reader({guest_cookie.COOKIE: cookie}, found, now=guest_cookie.HOURS * 3600 - 1) is not None
    assert guest_cookie.reader({guest_cookie.COOKIE: cookie}, found, now=guest_cookie.HOURS * 3600) is None


def test_a_frozen_link_makes_nobody_a_guest(index):
    assert known(guest_cookie.made(offered(index, kind="frozen"), settings.read())) is None


def test_another_key_ends_every_cookie(index, monkeypatch):
    cookie = guest_cookie.made(offered(index), settings.read())
    monkeypatch.setenv("DESKPULSE_SECRET", "t" * 40)
    assert known(cookie) is None
    assert not guest_cookie.over({guest_cookie.COOKIE: cookie}, settings.read())


def test_a_live_link_lets_nobody_in_where_there_is_no_door(index, monkeypatch):
    cookie = guest_cookie.made(offered(index), settings.read())
    monkeypatch.delenv("DESKPULSE_PASSWORD")
    assert known(cookie) is None


def test_filters_are_kept_as_they_are_and_periods_go_on_moving(index):
    held = Filters(range="last-28d", channel=("chat", "ümlaut's"), hours="business")
    kept = share_filters.filters(index.add(Offer("A view", kind="live", question=share_filters.text(held)))[0])
    assert kept == held
    assert kept.period(date(2026, 1, 31))[1] == date(2026, 1, 31)
    assert kept.period(date(2026, 2, 28))[1] == date(2026, 2, 28)
    dated = Filters(range="custom", start=date(2026, 1, 1), end=date(2026, 1, 31))
    assert share_filters.filters(index.add(Offer("A view", question=share_filters.text(dated)))[0]) == dated


@pytest.mark.parametrize(("said", "k"), [("", 5), ("3", 5), ("0", 5), ("12", 12), ("many", 5)])
def test_the_smallest_cell_can_be_raised_and_not_lowered(index, said, k):
    index.store.set("smallest_cell", said)
    assert share_filters.smallest(index.store) == k


def test_numbers_of_agents_tell_nothing_of_their_names_and_stay(index):
    share, other = offered(index), offered(index)
    names = [f"Agent {letter}" for letter in "ABCDEFGHIJKL"]
    first = share_filters.rules(share, index.store, names).aliases
    assert first == share_filters.rules(share, index.store, names[::-1]).aliases
    assert first != share_filters.rules(other, index.store, names).aliases
    assert [first[name] for name in names] != sorted(first.values(), key=lambda one: int(one.split()[1]))
