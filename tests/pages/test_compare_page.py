"""Two slices beside each other on a page."""

import pytest
from playwright.sync_api import Page, expect

from pages import context
from pages.access.reader import Reader
from pages.content import comparison_blocks
from pages.document.blocks import Chart, Findings, Table
from queries import Filters, as_of
from tests.pages import whole


def test_the_two_largest_are_compared_first_and_others_by_address(monkeypatch, sample):
    assert "email against chat" in whole.said(whole.opened(monkeypatch, sample, "compare"))
    app = whole.opened(monkeypatch, sample, "compare", slices="team", left="Billing", right="Technical")
    assert "Billing against Technical" in whole.said(app)
    assert not app.exception


def test_what_no_data_has_is_passed_over(monkeypatch, sample):
    app = whole.opened(monkeypatch, sample, "compare", slices="team", left="email", right="nobody")
    assert not app.exception
    assert "against" in whole.said(app)


def test_another_dimension_brings_its_own_values(monkeypatch, sample):
    app = whole.opened(monkeypatch, sample, "compare", slices="team", left="Billing", right="Technical")
    app.selectbox(key="slices-shown").select("priority").run()
    left, right = (app.selectbox(key=key) for key in ("left", "right"))
    assert sorted([*right.options, left.value]) == sorted(left.options) == ["High", "Low", "Normal", "Urgent"]
    assert f"{left.value} against {right.value}" in whole.said(app)
    first, second = left.value, right.value
    app.selectbox(key="left").select(second).run()
    assert [app.selectbox(key=key).value for key in ("left", "right")] == [second, first]
    assert not app.exception


@pytest.mark.browser
def test_the_boxes_show_what_is_compared(server: str, window: Page) -> None:
    """A browser keeps what a box had, unless it is told otherwise."""

    def choose(key: str, word: str) -> None:
        window.locator(f".st-key-{key} input").click()
        window.get_by_role("option", name=word, exact=True).click()

    def compared(left: str, right: str) -> None:
        expect(window.get_by_role("heading", name=f"{left} against {right}")).to_be_visible()
        expect(window.locator(".st-key-left input")).to_have_value(left)
        expect(window.locator(".st-key-right input")).to_have_value(right)

    window.goto(f"{server}/compare?range=all&left=chat&right=email")
    compared("chat", "email")
    choose("slices-shown", "Team")
    compared("Billing", "Onboarding")
    choose("left", "Onboarding")
    compared("Onboarding", "Billing")
    choose("slices-shown", "Priority")
    compared("high", "urgent")


def test_sentences_table_and_courses_speak_of_both(sample):
    with context.of(context.Context(Reader("manager"), Filters(range="last-90d"), sample, as_of(sample))):
        said, table, *charts = comparison_blocks.compared("channel", "email", "chat")
    assert isinstance(said, Findings)
    assert said.findings[0].sentence.startswith("First reply")
    assert isinstance(table, Table)
    assert set(table.frame["verdict"]) <= {"yes", "no", "not judged", "too few to say"}
    for chart in (one for block in charts for one in getattr(block, "blocks", (block,))):
        assert isinstance(chart, Chart)
        assert [series.name for series in chart.series] == ["email", "chat"]
