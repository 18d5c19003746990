"""A live link in a real browser: nothing to change on it, nothing asked of others, and over within seconds when it ends."""

import pytest
from playwright.sync_api import Page, expect

from tests.doors.test_live_links import house as house
from tests.doors.test_live_links import manager_withdraws

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)


def test_a_reader_changes_nothing_and_is_told_when_the_link_ends(house: dict[str, str], window: Page) -> None:
    home = f"http://127.0.0.1:{house['port']}"
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(f"{home}/s/{house['withdrawn']}")
    sentence = window.locator(".dp-sentence")
    expect(sentence).to_contain_text("Email; 22 Aug to 19 Nov 2025")
    assert house["withdrawn"] not in window.url
    for name in ("Share", "Copy link", "Evidence", "CSV", "Period"):
        expect(window.get_by_text(name, exact=True)).to_have_count(0)
    window.goto(f"{home}/loyalty?range=all&channel=chat")
    expect(window.locator("h1")).to_have_text("Would customers recommend us?")
    window.reload()
    expect(window.locator("h1")).to_have_text("Would customers recommend us?")
    expect(sentence).to_contain_text("Email; 22 Aug to 19 Nov 2025")
    window.goto(f"{home}/tickets?behind=csat&search=Wilhelmina")
    expect(sentence).to_contain_text("Email; 22 Aug to 19 Nov 2025")
    assert "Wilhelmina" not in window.content()
    assert all(address.startswith((home, f"ws{home[4:]}", "data:", "blob:")) for address in asked)
    manager_withdraws(int(house["port"]), house["withdrawn_id"])
    expect(window.get_by_text("This link has ended")).to_be_visible()  # nobody has touched the page
    expect(sentence).to_have_count(0)
    window.reload()
    expect(window.locator("h1")).to_have_text("This link has ended")
