"""Sharing in a real browser: three clicks to a link, a page that asks nobody for anything, and nothing in it that runs."""

import re
import subprocess
import sys
from collections.abc import Iterator
from os import environ
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.screen.sharing.share_dialog import Wish
from pages.sharing import create
from tests.pages import reporting
from tests.pages.conftest import ROOT, free_port, wait_for
from tests.pages.reporting import EVERYTHING, HIT

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)


def hostile_themes(folder: Path) -> dict[str, str]:
    """What a server needs to have themes whose names are scripts: Python reads `sitecustomize` before anything else."""
    (folder / "sitecustomize.py").write_text(
        "from data.themes import taxonomy\nours = taxonomy.titles\n"
        f"taxonomy.titles = lambda: {{name: f'{{title}}{HIT}' for name, title in ours().items()}}\n"
    )
    return {"DESKPULSE_DATABASE": str(folder / "attacked.duckdb"), "PYTHONPATH": f"{folder}:{ROOT}"}


@pytest.fixture(scope="module")
def live(attacked: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a live link to all of that, with its agents named."""
    folder = next(tmp_path_factory.getbasetemp().glob("attacked*/live"))
    return f"{attacked}/s/{folder.read_text()}"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The product's server over files in which every cell tries to be a script."""
    folder = tmp_path_factory.mktemp("attacked")
    store = reporting.attacked(folder)
    (folder / "live").write_text(create.newest(Wish(HIT, HIT, EVERYTHING, 30, "", True, None, True), reporting.visit(store)))
    store.close()
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ | hostile_themes(folder), stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def shared(window: Page, address: str, whole: bool = False, path: str = "", live: bool = False) -> str:
    """The link that a manager gets: share, create, copy."""
    window.goto(f"{address}/{path}?range=all")
    expect(window.locator("h1.dp-question")).to_be_visible()
    expect(window.locator('[data-testid="stStatusWidget"]')).to_have_count(0)
    window.get_by_role("button", name="Share", exact=True).click()
    if whole:
        window.get_by_text("The whole report").click()
        expect(window.get_by_role("radio", name="The whole report")).to_be_checked()
        window.get_by_label("Title").fill(f"Our report {HIT}")
        window.get_by_label("Note").fill(HIT * 20)
        window.get_by_text("Name our agents").click()
        window.wait_for_timeout(500)
    if live:
        window.get_by_text("Shows the newest data").click()
    window.get_by_role("button", name="Create link").click()
    link = window.get_by_role("dialog").locator("code")
    expect(link).to_contain_text("/s/")
    return link.inner_text()


def watched(window: Page, link: str) -> list[str]:
    """Opens a link to its end; returns every address that was asked for, and fails on any error of a script."""
    asked: list[str] = []
    errors: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.on("pageerror", lambda error: errors.append(str(error)))
    window.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    window.goto(link)
    window.wait_for_load_state("networkidle")
    for place in window.locator(".plot").all()[:6]:
        place.scroll_into_view_if_needed()
        expect(place.locator(".main-svg").first).to_be_visible()
    assert not errors
    return asked


def test_nothing_runs_in_a_shared_report_and_nothing_is_asked_of_others(attacked: str, window: Page, tmp_path: Path) -> None:
    link = shared(window, attacked, whole=True)
    guest = window.context.browser.new_context(viewport={"width": 400, "height": 900})  # type: ignore[union-attr]
    page = guest.new_page()
    asked = watched(page, link)
    assert len(asked) >= 3
    assert all(address.startswith((f"{attacked}/s/", "blob:", "data:")) for address in asked)
    assert page.evaluate("window.hit") is None
    assert page.locator("img[src='x']").count() == 0
    assert "onerror" in page.locator("h1").inner_text()  # said, not done
    told = page.locator("main, body").first.inner_text()
    assert re.search(r"Refund\w*</script><img", told), "a theme's name"
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    file = tmp_path / "report.html"
    file.write_bytes(page.request.get(f"{link}/download").body())
    alone = guest.new_page()
    asked = watched(alone, file.as_uri())
    assert [address for address in asked if not address.startswith(("file:", "data:", "blob:"))] == []
    assert alone.evaluate("window.hit") is None
    guest.close()


def test_nothing_runs_on_a_live_link_and_nothing_is_asked_of_others(attacked: str, live: str, window: Page) -> None:
    """Here the one who looks is the local manager, who sees what readers see."""
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(live)
    expect(window.get_by_text("You see what readers of this link see")).to_be_visible()
    said, query = "", window.url.partition("?")[2]
    for entry in EVERYTHING:
        window.goto(f"{attacked}/{entry.path}?{query}")
        expect(window.locator("h1.dp-question")).to_have_text(entry.question)
        expect(window.locator('[data-testid="stStatusWidget"]')).to_have_count(0)
        window.wait_for_timeout(300)
        said += window.locator("body").inner_text()
        assert window.evaluate("window.hit") is None, entry.path
        assert window.locator("img[src='x']").count() == 0, entry.path
    assert "onerror" in said  # said, not done: the title, themes and agents
    assert re.search(r"Refund\w*</script><img", said), "a theme's name"
    assert all(address.startswith((attacked, f"ws{attacked[4:]}", "blob:", "data:")) for address in asked)


@pytest.mark.parametrize("live", [False, True])
def test_a_page_whose_address_ends_as_anothers_is_what_its_links_open(server: str, window: Page, live: bool) -> None:
    link = shared(window, server, path="service-and-loyalty", live=live)
    assert re.fullmatch(rf"{server}/s/[\w-]+", link)
    window.goto(link)
    expect(window.get_by_role("heading", name="Does our service decide who stays?")).to_be_visible()


def test_a_report_reads_without_scripts_and_follows_the_readers_theme(server: str, window: Page) -> None:
    link = shared(window, server)
    browser = window.context.browser
    plain = browser.new_context(java_script_enabled=False).new_page()  # type: ignore[union-attr]
    plain.goto(link)
    expect(plain.locator("figure table").first).to_be_visible()
    expect(plain.locator(".plot").first).to_be_hidden()
    dark = browser.new_context(color_scheme="dark").new_page()  # type: ignore[union-attr]
    watched(dark, link)
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
    colours = "[...document.querySelectorAll('.plot text')].map(text => getComputedStyle(text).fill)"
    assert "rgb(154, 161, 171)" in dark.evaluate(colours)
    dark.emulate_media(color_scheme="light")
    for _ in range(50):  # the page forbids the browser's own way of waiting, which is to run text as a script
        if "rgb(100, 107, 117)" in dark.evaluate(colours):
            break
        dark.wait_for_timeout(100)
    assert "rgb(100, 107, 117)" in dark.evaluate(colours)
    plain.context.close()
    dark.context.close()


def test_definitions_are_folded_on_a_phone_and_printed_in_full_without_scripts(server: str, window: Page) -> None:
    link = shared(window, server)
    plain = window.context.browser.new_context(java_script_enabled=False).new_page()  # type: ignore[union-attr]
    plain.goto(link)
    text = plain.locator("#counted-csat dd").first
    expect(text).to_be_visible()
    plain.set_viewport_size({"width": 400, "height": 900})
    expect(text).to_be_hidden()
    plain.emulate_media(media="print")
    expect(text).to_be_visible()
    plain.emulate_media(media="screen")
    expect(text).to_be_hidden()
    plain.locator('a[href="#counted-csat"]').first.click()
    expect(text).to_be_in_viewport()
    plain.context.close()


def test_a_manager_sees_who_has_looked_and_ends_it(server: str, window: Page) -> None:
    link = shared(window, server)
    guest = window.context.browser.new_context().new_page()  # type: ignore[union-attr]
    assert guest.goto(link).status == 200  # type: ignore[union-attr]
    window.goto(f"{server}/share")
    card = window.locator('[class*="st-key-card-share"]').first
    expect(card).to_contain_text(re.compile("Opened once, last today"))
    expect(card).to_contain_text("works for 30 more days")
    card.get_by_role("button", name="Withdraw").click()
    window.get_by_role("button", name="Withdraw it").click()
    expect(window.get_by_text("Links that no longer work")).to_be_visible()
    assert guest.goto(link).status == 404  # type: ignore[union-attr]
    expect(guest.locator("h1")).to_have_text("This link does not lead to a report")
    guest.context.close()


def test_the_share_window_leaves_the_page_behind_it_as_it_was(server: str, window: Page) -> None:
    """What keeps a choice in the address stays out of sight, whichever styles came first."""
    window.goto(f"{server}/why")
    kept = window.locator('[class*="st-key-filters-address-"]')
    expect(kept.first).to_be_hidden()
    expect(kept).not_to_have_count(0)
    window.get_by_role("button", name="Share", exact=True).click()
    expect(window.get_by_role("button", name="Create link")).to_be_visible()
    for one in kept.all():
        expect(one).to_be_hidden()
