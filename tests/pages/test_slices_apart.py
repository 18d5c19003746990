"""Slices of two links beside each other: what the newer one shows cannot be subtracted from the older one to tell about few."""

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries
from data.derived import facts
from data.store import Store
from pages import menu
from pages.access.reader import Reader
from pages.context import Context
from pages.document import cell_suppression
from pages.report import block_counts, gather, overlap
from pages.screen.sharing.share_dialog import Wish
from pages.sharing import create, link_index
from queries import Filters
from tests.pages.world import TICKETS

K = 5
MOVED = """
update tickets set team = 'Extra',
  channel = case when id in ('2900', '2901') then 'email' else 'chat' end where id::int between 2900 and 2929
"""
BUT_EXTRA = ("Billing", "Onboarding", "Technical")
PAGES = tuple(entry for entry in gather.printable(menu.entries()) if entry.path in ("response-times", "satisfaction"))
ROWS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["first", "second", "both"])), max_size=60)


def counted(rows: list[tuple[str, str]], *within: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, side in rows:
        if side in within:
            found[name] = found.get(name, 0) + 1
    return found


def hidden(counts: dict[str, float]) -> set[str]:
    names = list(counts)
    return {names[at] for at in cell_suppression.hidden(list(counts.values()), K)}


@settings(max_examples=400)
@given(ROWS)
def test_nothing_that_two_lists_and_their_totals_tell_is_about_few(rows: list[tuple[str, str]]) -> None:
    older, newer, both = counted(rows, "first", "both"), counted(rows, "second", "both"), counted(rows, "both")
    apart = {name: older.get(name, 0) + newer.get(name, 0) - 2 * both.get(name, 0) for name in "abcd"}
    total = sum(apart.values())
    if not both or 0 < total < K or any(sum(one.values()) < K for one in (older, newer)):  # totals that are not shown
        return
    hidden_there, hidden_here = hidden(older), hidden(newer) | block_counts.told(newer, older, both, K)
    learnt = [{name} for name in "abcd" if name not in hidden_there | hidden_here]
    learnt += [hidden_there | hidden_here] if hidden_there & hidden_here else [hidden_there, hidden_here]
    for places in learnt:
        told = sum(apart[name] for name in places)
        assert told == 0 or told >= K, (places, apart)


@settings(max_examples=400)
@given(ROWS)
def test_lists_that_are_far_apart_tell_nothing_whatever_they_have_in_common(rows: list[tuple[str, str]]) -> None:
    older, newer, both = counted(rows, "first", "both"), counted(rows, "second", "both"), counted(rows, "both")
    if block_counts.far(newer, older, K):
        assert block_counts.told(newer, older, both, K) == set()


def test_what_two_links_have_in_common_is_counted_only_where_it_can_matter() -> None:
    asked: list[str] = []

    def common() -> block_counts.Tallies:
        asked.append("asked")
        return {("chart",): {"a": 40.0, "b": 40.0}}

    pair = block_counts.Pair({("chart",): {"a": 60.0, "b": 90.0}}, common)
    assert pair.told(("chart",), {"a": 80.0, "b": 70.0}, K) == set()
    assert not asked
    assert pair.told(("another",), {"a": 61.0}, K) == set(), "what the other link does not show"
    assert not asked
    assert pair.told(("chart",), {"a": 61.0, "b": 40.0}, K) == set()
    assert asked


def test_slices_that_one_list_folds_are_compared_as_one() -> None:
    mine = {"a": 50.0, "b": 40.0, "other": 20.0}
    assert block_counts.told(mine, {"a": 60.0, "b": 48.0, "c": 9.0, "d": 14.0}, mine, K) == {
        "b",
        "other",
    }  # 3 in all that is folded
    assert block_counts.told(mine, {"a": 60.0, "b": 48.0, "c": 9.0, "d": 19.0}, mine, K) == set()
    assert "b" in block_counts.told(mine, {"a": 60.0, "b": 48.0, "other": 30.0}, {"a": 50.0, "other": 60.0}, K)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    """Three thousand tickets; thirty belong to a team of their own, two of them came by e-mail."""
    opened = Store.open(tmp_path_factory.mktemp("apart") / "desk.duckdb")
    with opened.writing() as cursor:
        cursor.execute(TICKETS)
        cursor.execute(MOVED)
        facts.rebuild(cursor)
    return opened


def shared(store: Store, **filters) -> str:
    wish = Wish("A view", "", PAGES, 30, "", False)
    share = link_index.of(store).find(
        create.frozen(wish, Context(Reader("manager"), Filters(**filters), store, queries.as_of(store)))
    )
    return link_index.unpacked(link_index.of(store).page(share)).decode()


def lines(page: str, title: str) -> dict[str, list[str]]:
    """The numbers below a chart, by slice."""
    table = re.search(rf'<table aria-label="{re.escape(title)}">(.*?)</table>', page, re.DOTALL)
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table[1], re.DOTALL)
    return {unescape(name): re.findall(r"<td>(.*?)</td>", cells) for name, cells in found}


def test_a_slice_that_differs_by_two_is_hidden_in_the_newer_link(store: Store) -> None:
    everybody = lines(shared(store), "By channel")
    assert "hidden" not in str(everybody)
    without = lines(shared(store, team=BUT_EXTRA), "By channel")
    assert without["email"][0] == "hidden"
    assert sum(cells[0] == "hidden" for cells in without.values()) >= 2  # or the total would tell it
    assert without["phone"] == everybody["phone"]  # what is the same tells nothing
    weeks = lines(shared(store, team=BUT_EXTRA, range="last-90d"), "Half wait at most")
    assert any("hidden" in cells for cells in weeks.values())
    for share in link_index.of(store).working():
        link_index.of(store).revoke(share)
    assert "hidden" not in str(lines(shared(store, team=BUT_EXTRA), "By channel"))


def test_selections_know_what_they_have_in_common() -> None:
    here = Filters(range="custom", start=date(2026, 1, 1), end=date(2026, 3, 31), channel=("chat", "email"))
    later = Filters(range="custom", start=date(2026, 2, 1), end=date(2026, 4, 30), channel=("email", "phone"), team=("A",))
    both = overlap.common(here, later)
    assert both == Filters(range="custom", start=date(2026, 2, 1), end=date(2026, 3, 31), channel=("email",), team=("A",))
    assert not overlap.disjoint(here, later)
    assert overlap.disjoint(here, Filters(range="custom", start=date(2026, 4, 1), end=date(2026, 4, 30)))
    assert overlap.disjoint(here, Filters(channel=("phone",)))
    assert overlap.common(Filters(tag=("a", "b")), Filters(tag=("b", "c"))) is None  # a ticket may have a and c
    assert overlap.common(Filters(tag=("a", "b")), Filters(tag=("b",))) == Filters(tag=("b",))
    assert overlap.common(Filters(attribution="event"), Filters()) is None
