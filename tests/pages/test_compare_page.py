"""Two slices beside each other on a page."""

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
