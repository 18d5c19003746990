"""Definitions: every metric can be found, read, and linked to."""

from html import escape

import pytest

import queries
from pages.screen import definitions
from tests.pages import whole


def test_it_reads_without_any_data(monkeypatch, empty):
    app = whole.opened(monkeypatch, empty, "definitions")
    assert not app.exception
    assert "How long until the first answer from a person?" in whole.said(app)


def test_the_address_names_the_metric(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "definitions", metric="nps")
    assert not app.exception
    assert queries.metric("nps").question in whole.said(app)


def test_the_list_has_every_metric_in_its_band(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "definitions")
    titles = [button.label for button in app.button]
    assert {metric.title for metric in queries.METRICS.values()} <= set(titles)
    app.text_input(key="search-definitions").set_value("kaplan")
    found = [button.label for button in app.run().button]
    assert 0 < len(found) < len(titles)


@pytest.mark.parametrize("metric", queries.METRICS.values(), ids=lambda metric: metric.id)
def test_a_definition_holds_all_its_header_says(metric):
    shown = definitions.text(metric)
    for line in (metric.question, *metric.caveat):
        assert escape(line) in shown
    assert definitions.fits(metric, metric.title.lower())
    assert not definitions.fits(metric, "no such words")
