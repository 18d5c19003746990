"""Pages about a choice are shared as they were: the number, the two that are compared, the helpdesk; and sums only."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from data.store import Store
from data.workspace import targets
from data.workspace.targets import Promise
from pages import menu
from pages.content import decomposition_shared
from pages.document import report
from pages.exports.registry import FORMS
from pages.report import gather, serialise, share_filters
from pages.screen.sharing.share_dialog import Wish
from pages.sharing import create, link_index
from queries import decomposition
from tests.pages import reporting, whole, world

CHOICES = {
    "why": {"why": "csat", "split": "team"},
    "compare": {"slices": "channel", "left": "chat", "right": "phone"},
    "match": {"helpdesk": "zendesk", "number": "first_reply"},
    "targets": {},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = Store.open(world.build(tmp_path_factory.mktemp("chosen") / "world.duckdb"))
    targets.add(opened, Promise("first_reply_time", 90.0, 240.0))
    yield opened
    opened.close()


def entry(path: str) -> menu.Entry:
    return next(one for one in gather.printable(menu.entries()) if one.path == path)


def looked(store: Store, chosen: dict[str, str], **filters):
    return replace(reporting.visit(store, **(filters or {"range": "last-90d"})), chosen=chosen)


def shared(store: Store, path: str, chosen: dict[str, str], kind=create.frozen):
    token = kind(Wish("A page", "", (entry(path),), 30, "", False), looked(store, chosen))
    return link_index.of(store).find(token)


def words(store: Store, share) -> str:
    page = link_index.unpacked(link_index.of(store).page(share)).decode()
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_page_that_says_why_is_about_the_chosen_number_and_dimension(store):
    said = words(store, shared(store, "why", CHOICES["why"]))
    for text in ("CSAT, by team", "What moved CSAT", "All parts", "Billing", "The parts add up to the change exactly"):
        assert text in said
    assert "By how much" in said  # the waterfall's steps, readable without scripts
    assert "tickets now" not in said.lower().replace("of tickets now", "")  # no way to rows


def test_two_that_are_compared_stay_the_two(store):
    said = words(store, shared(store, "compare", CHOICES["compare"]))
    assert "chat against phone" in said
    assert "All numbers" in said
    agents = {"slices": "agent", "left": "Agent A", "right": "Agent B"}
    hidden = words(store, shared(store, "compare", agents))
    assert "Two agents beside each other are left out" in hidden
    assert "Agent A" not in hidden


def test_a_helpdesks_number_is_shared_without_its_tickets(store):
    said = words(store, shared(store, "match", CHOICES["match"]))
    assert "Zendesk" in said
    assert "Rule by rule" in said
    for text in ("Question ", "Show what makes", "customer-"):
        assert text not in said


def test_promises_are_shared_with_verdict_and_course(store):
    said = words(store, shared(store, "targets", {}))
    assert "Nine in ten tickets get a first reply within 4 h" in said
    assert re.search(r"Not met|Met|Cannot tell", said)
    assert "What did not keep it" not in said


@pytest.mark.parametrize("path", CHOICES)
@pytest.mark.parametrize("form", FORMS)
def test_they_are_taken_along_in_every_form(store, path, form):
    assert create.taken(Wish("A page", "", (entry(path),), 30, "", False), FORMS[form], looked(store, CHOICES[path]))


@pytest.mark.parametrize("path", CHOICES)
def test_a_live_link_keeps_the_choice_and_offers_no_other(monkeypatch, store, path):
    share = shared(store, path, CHOICES[path], create.newest)
    assert share_filters.chosen(share) == CHOICES[path]
    monkeypatch.setattr(link_index, "server", lambda: link_index.of(store))
    app = whole.opened(monkeypatch, store, path, live=share.id, why="nps", helpdesk="intercom", left="email")
    assert not app.exception
    assert [box.key for box in app.selectbox] == ["live"]
    assert {"why": "CSAT, by team", "compare": "chat against phone", "match": "Zendesk", "targets": "Nine in ten"}[
        path
    ] in whole.said(app)


def test_parts_of_few_are_joined_and_still_add_up(store):
    split = decomposition.split("csat", "channel", reporting.visit(store, range="last-90d").filters, store)
    parts = split.parts.copy()
    parts.loc[0, "n"] = 3.0
    parts.loc[1, "n_before"] = 2.0
    made = decomposition_shared.joined(parts, 5)
    assert len(made) < len(parts)
    assert decomposition_shared.REST in set(made["slice"])
    assert made[["mix", "rate", "n"]].sum().sum() == pytest.approx(parts[["mix", "rate", "n"]].sum().sum())
    assert made[["n", "n_before"]].min().min() >= 5
    assert len(decomposition_shared.joined(split.parts, 5)) == len(split.parts)


def test_a_whole_report_is_about_everything(store):
    paths = [one.path for one in gather.usual(menu.entries())]
    assert not set(paths) & set(CHOICES)
    assert set(CHOICES) <= {one.path for one in gather.printable(menu.entries())}
    text = serialise.text(
        gather.report(report.Plan("T", "", (entry("why"),), link_index.utc().date()), looked(store, CHOICES["why"]))
    )
    assert json.loads(text)


@pytest.mark.parametrize("path", CHOICES)
def test_each_of_them_has_the_way_to_share_it(monkeypatch, store, path):
    app = whole.opened(monkeypatch, store, path)
    assert "share-open" in [button.key for button in app.button]
