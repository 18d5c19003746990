"""In a real browser: filters stay through links, reloads, Back and menu clicks; addresses cannot do anything else."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from queries import Filters

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

NEWEST = date(2025, 11, 19)
FILTERED = "/response-times?channel=chat&range=last-28d"


def settled(window: Page) -> None:
    """The page's question is there and the script has run to its end."""
    expect(window.locator("h1.dp-question")).to_be_visible()
    expect(window.locator('[data-testid="stStatusWidget"]')).to_have_count(0)


def shows(window: Page, period: str, *channels: str) -> None:
    """What the widgets say, as soon as they have come to rest."""
    expect(window.locator(".st-key-range-shown input")).to_have_value(period)
    expect(window.locator(".st-key-channel [data-tag]")).to_have_text(list(channels))


def open_(window: Page, address: str) -> None:
    window.goto(address)
    settled(window)


def test_a_cold_link_opens_its_page_with_its_filters(server, window):
    open_(window, server + FILTERED)
    assert window.locator("h1.dp-question").inner_text() == "How long do customers wait for us?"
    shows(window, "Last 28 days", "chat")
    said = Filters(range="last-28d", channel=("chat",)).sentence(NEWEST)
    assert window.locator(".dp-sentence").inner_text().startswith(said)


def test_filters_survive_reload_menu_and_back(server, window):
    open_(window, server + FILTERED)
    window.reload()
    settled(window)
    shows(window, "Last 28 days", "chat")
    window.get_by_role("link", name="Resolution").click()
    expect(window).to_have_url(re.compile("/resolution"))
    expect(window.locator("h1.dp-question")).to_have_text("When is it really solved?")
    settled(window)
    shows(window, "Last 28 days", "chat")
    assert "channel=chat" in window.url
    assert "range=last-28d" in window.url
    window.go_back()
    expect(window.locator("h1.dp-question")).to_have_text("How long do customers wait for us?")
    settled(window)
    shows(window, "Last 28 days", "chat")


def test_choosing_a_period_writes_its_short_word_into_the_address(server, window):
    open_(window, server + "/response-times")
    window.locator(".st-key-range-shown input").click()
    window.get_by_role("option", name="Last 7 days").click()
    expect(window).to_have_url(re.compile("range=last-7d"))
    settled(window)
    shows(window, "Last 7 days")
    window.get_by_role("button", name="Clear filters").click()
    expect(window).not_to_have_url(re.compile("range="))


def test_a_second_reader_has_filters_of_their_own(server, window, chromium):
    open_(window, server + FILTERED)
    other = chromium.new_context()
    second = other.new_page()
    open_(second, server + "/resolution")
    shows(second, "Last 90 days")
    shows(window, "Last 28 days", "chat")
    other.close()


def test_the_copied_link_shows_the_same_to_somebody_else(server, window, chromium):
    open_(window, server + FILTERED)
    window.get_by_role("button", name="Copy link").click()
    link = window.locator('[data-testid="stPopoverBody"] code').inner_text().strip()
    assert "from=2025-10-23" in link
    assert "to=2025-11-19" in link
    other = chromium.new_context()
    second = other.new_page()
    open_(second, link)
    assert second.locator(".dp-sentence").inner_text() == window.locator(".dp-sentence").inner_text()
    other.close()


@pytest.mark.parametrize(
    "query",
    [
        "range=evil",
        "range=<script>document.title='hit'</script>",
        "channel='; drop table tickets; --",
        "hours=0&compare=%00",
        "from=2025-13-99",
        "range=custom&from=2025-11-01&to=2025-01-01",
        "range=custom&from=2025-11-01",
        "range=custom&to=2025-11-01",
        "range=custom",
        "range-shown=last-7d",
        "unknown=1&page=../../etc/passwd&_=%F0%9F%92%A9",
    ],
)
def test_addresses_can_only_choose_what_there_is(server, window, query):
    open_(window, f"{server}/response-times?{query}")
    assert window.title() != "hit"
    shows(window, "From … to …" if "range=custom" in query else "Last 90 days")
    assert window.get_by_text("This page could not be shown").count() == 0


def test_dates_the_wrong_way_round_are_turned(server, window):
    open_(window, server + "/response-times?range=custom&from=2025-11-10&to=2025-11-01")
    said = Filters(range="custom", start=date(2025, 11, 1), end=date(2025, 11, 10)).sentence(NEWEST)
    assert window.locator(".dp-sentence").inner_text().startswith(said)


def test_the_first_page_answers_to_its_name_too(server, window):
    open_(window, server + "/overview?channel=chat")
    assert window.locator("h1.dp-question").inner_text() == "How are we doing?"
    shows(window, "Last 90 days", "chat")


def test_nothing_is_asked_of_the_outside(server, window):
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    open_(window, server + "/response-times")
    window.wait_for_timeout(1500)
    outside = [url for url in asked if not url.startswith((server, server.replace("http", "ws"), "data:", "blob:"))]
    assert outside == []


def test_a_tile_opens_its_evidence(server, window):
    open_(window, server + "/response-times")
    window.get_by_role("button", name="Where does this come from: First reply", exact=True).click()
    expect(window.get_by_role("dialog")).to_contain_text("How long until the first answer from a person?")
    expect(window.get_by_role("dialog")).to_contain_text("Kaplan-Meier")


def test_nothing_runs_wider_than_a_phone(server, chromium):
    context = chromium.new_context(viewport={"width": 400, "height": 800})
    page = context.new_page()
    open_(page, server + "/response-times")
    width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 400
    context.close()
