"""Links that people copy or make lead to the very page they were made on, whatever the addresses of other pages end with."""

from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

import pytest
from streamlit import config
from streamlit.runtime import context
from streamlit.testing.v1 import AppTest

from data.store import Store
from pages import menu
from pages.menu import Entry
from pages.report import gather
from pages.screen.sharing import share_dialog
from pages.sharing import link_index
from tests.pages import reporting, whole, world

HOME = "https://desk.example:8443"
EVERY = menu.entries()
SHARED = gather.printable(EVERY)
named = {"ids": lambda entry: entry.path}
Opened = Callable[..., AppTest]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(world.build(tmp_path_factory.mktemp("addresses") / "world.duckdb"))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, store: Store) -> Opened:
    """A page as a browser opens it, which says its own address with every wish."""

    def opened(entry: Entry, below: str = "", **address: str) -> AppTest:
        said = {"url": f"{HOME}{below}{entry.address}"}
        monkeypatch.setattr(context, "_context_info_field", said.get)
        return whole.opened(monkeypatch, store, "" if entry == EVERY[0] else entry.path, **address)

    return opened


def words(app: AppTest) -> str:
    return unescape(" ".join(one.proto.body for one in app.get("html")))


def copied(app: AppTest) -> str:
    """The address under "Copy link"."""
    return next(code.value for code in app.code if "data=" in code.value)


def made(app: AppTest, kind: str) -> str:
    """The link out of the window; here every step draws the whole page, so the window is opened anew with each."""
    app.button(key="share-open").click().run()
    app.button(key="share-open").click()
    app.radio(key="share-kind").set_value(kind)
    app.button(key="share-create").click().run()
    return next(code.value for code in app.code if "/s/" in code.value)


@pytest.mark.parametrize("entry", EVERY, **named)
def test_a_copied_link_is_the_pages_own_address(seen: Opened, entry: Entry) -> None:
    assert copied(seen(entry)).partition("?")[0] == f"{HOME}{entry.address}"


@pytest.mark.parametrize("entry", SHARED, **named)
def test_a_link_that_stays_opens_the_very_page(seen: Opened, entry: Entry) -> None:
    link = made(seen(entry, range="all"), share_dialog.FROZEN)
    assert link.startswith(f"{HOME}/s/")
    answer = reporting.ask(urlsplit(link).path)
    assert answer.status == 200
    assert entry.question in unescape(answer.body.decode())


@pytest.mark.parametrize("entry", SHARED, **named)
def test_a_link_that_moves_on_opens_the_very_page(seen: Opened, store: Store, entry: Entry) -> None:
    link = made(seen(entry, range="all"), share_dialog.LIVE)
    assert link.startswith(f"{HOME}/s/")
    share = link_index.of(store).find(link.rpartition("/")[2])
    assert share is not None
    assert share.pages == (entry.path,)
    readers = seen(EVERY[0], live=share.id)
    assert entry.question in words(readers)


@pytest.mark.parametrize("entry", EVERY, **named)
def test_below_a_path_of_any_name_every_link_keeps_it(seen: Opened, monkeypatch: pytest.MonkeyPatch, entry: Entry) -> None:
    for base in ("loyalty", "desk/why"):
        config.set_option("server.baseUrlPath", base)
        try:
            assert copied(seen(entry, f"/{base}")).partition("?")[0] == f"{HOME}/{base}{entry.address}"
        finally:
            config.set_option("server.baseUrlPath", "")
