"""Two links beside each other: what differs by few is refused, because who has both could subtract."""

from datetime import date, timedelta

import pytest

import queries
from data.derived import facts
from data.store import Store
from pages import menu
from pages.access.reader import Reader
from pages.context import Context
from pages.document.report import NothingToShare
from pages.report import gather, previous_period
from pages.screen.sharing.share_dialog import Wish
from pages.sharing import create, link_index
from queries import Filters, selection_overlap
from tests.pages.world import TICKETS

FEW = "update tickets set team = 'Tiny', channel = 'email' where id in ('2900', '2901', '2902')"
BUT_TINY = ("Billing", "Technical", "Onboarding")
PAGES = gather.printable(menu.entries())[:1]


@pytest.fixture
def store(tmp_path) -> Store:
    """Three thousand tickets; three of them belong to a team of their own."""
    opened = Store.open(tmp_path / "desk.duckdb")
    with opened.writing() as cursor:
        cursor.execute(TICKETS)
        cursor.execute(FEW)
        facts.rebuild(cursor)
    return opened


def share(store: Store, kind: str = "live", pages=PAGES, **filters) -> str:
    wish = Wish("A view", "", pages, 30, "", False, None, kind == "live")
    now = Context(Reader("manager"), Filters(**filters), store, queries.as_of(store))
    return create.newest(wish, now) if kind == "live" else create.frozen(wish, now)


def test_rows_of_one_selection_only_are_counted(store):
    found = {one.rows: one for one in selection_overlap.apart(Filters(), Filters(team=BUT_TINY), store)}
    assert (found["tickets"].both, found["tickets"].first, found["tickets"].second) == (2997, 3, 0)
    assert found["tickets"].tells(5)
    assert not found["tickets"].tells(3)
    assert found["accounts"].first == found["accounts"].second == 0


@pytest.mark.parametrize("kinds", [("live", "live"), ("frozen", "live"), ("live", "frozen"), ("frozen", "frozen")])
def test_a_link_that_differs_by_few_is_refused(store, kinds):
    share(store, kinds[0])
    with pytest.raises(NothingToShare, match=r"“A view” is shared already, .* fewer than 5 tickets"):
        share(store, kinds[1], team=BUT_TINY)
    assert len(link_index.of(store).working()) == 1


def test_it_is_refused_the_other_way_round_too(store):
    share(store, team=BUT_TINY)
    with pytest.raises(NothingToShare, match="subtract"):
        share(store)


def test_the_same_selection_and_one_that_differs_by_many_are_fine(store):
    share(store)
    assert share(store)
    assert share(store, team=("Billing",))
    assert share(store, range="last-90d")


def test_selections_without_a_row_in_common_are_fine(store):
    share(store, team=("Tiny",))
    assert share(store, team=BUT_TINY)


def test_links_that_have_ended_or_show_other_pages_do_not_stand_in_the_way(store, monkeypatch):
    share(store, pages=gather.printable(menu.entries())[1:2])
    assert share(store, team=BUT_TINY)
    index = link_index.of(store)
    for one in index.working():
        index.revoke(one)
    share(store)
    now = index.clock()
    monkeypatch.setattr(index, "clock", lambda: now + timedelta(days=31))
    assert share(store, team=BUT_TINY)


def test_days_apart_by_few_are_refused(store):
    share(store, range="custom", start=date(2025, 1, 1), end=date(2025, 3, 31))
    store.set("smallest_cell", "12")
    with pytest.raises(NothingToShare, match="fewer than 12"):
        share(store, range="custom", start=date(2025, 1, 1), end=date(2025, 4, 1))


def sentences(store: Store) -> str:
    """The newest page as its readers get it."""
    index = link_index.of(store)
    newest = max(index.working(), key=lambda one: one.created)
    return link_index.unpacked(index.page(newest) or b"").decode("utf-8")


JANUARY = {"range": "custom", "start": date(2025, 1, 1), "end": date(2025, 1, 31)}
# The first of December is missing.
BEFORE_BUT_A_DAY = {"range": "custom", "start": date(2024, 12, 2), "end": date(2024, 12, 31), "compare": "none"}


def test_a_period_that_almost_is_what_another_link_compares_with_is_refused(store):
    store.set("smallest_cell", "12")
    share(store, "frozen", **JANUARY)  # compared with 1 to 31 December
    with pytest.raises(NothingToShare, match="fewer than 12 tickets"):
        share(store, "frozen", **BEFORE_BUT_A_DAY)


def test_what_almost_is_another_link_is_not_compared_with_and_says_so(store):
    store.set("smallest_cell", "12")
    share(store, "frozen", **BEFORE_BUT_A_DAY)
    share(store, "frozen", **JANUARY)
    said = sentences(store)
    assert previous_period.UNCOMPARED in said
    assert "days before" not in said
    assert "compared with 1 Dec" not in said


def test_a_comparison_that_tells_about_few_by_itself_is_left_out(store):
    """Two periods on one page that are a day apart."""
    store.set("smallest_cell", "12")
    share(store, "frozen", **JANUARY, compare="custom", before=date(2025, 1, 2))
    assert previous_period.UNCOMPARED in sentences(store)


def test_months_that_follow_each_other_are_compared_as_ever(store):
    share(store, "frozen", range="custom", start=date(2025, 2, 1), end=date(2025, 2, 28), compare="none")
    share(store, "frozen", range="custom", start=date(2025, 3, 1), end=date(2025, 3, 28))
    said = sentences(store)
    assert previous_period.UNCOMPARED not in said
    assert "compared with 1 Feb" in said
