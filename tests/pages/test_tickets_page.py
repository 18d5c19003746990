"""Tickets: the rows of a number, under the filters of the address, as much of them as the reader may see."""

import pandas as pd
import pytest

import queries
from pages.access.reader import Reader
from pages.content import rows_question
from pages.document import notices
from pages.screen import data_table, rows_table
from queries import Filters, row_search
from queries.row_search import Selection
from tests.pages import whole


def frame(app) -> pd.DataFrame:
    return app.dataframe[0].value


def test_without_data_it_says_what_to_do(monkeypatch, empty):
    app = whole.opened(monkeypatch, empty, "tickets")
    assert not app.exception
    assert not app.dataframe
    assert notices.first_start().sentence in whole.said(app)


def test_the_address_names_the_number_and_the_filters(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "tickets", behind="csat", channel="chat", range="all")
    assert not app.exception
    expected = queries.answer("csat", Filters(channel=("chat",)), store=store)["n"].iloc[0]
    assert app.tabs[0].label == f"{expected:,} answers counted"
    assert set(frame(app)["channel"]) == {"chat"}


def test_an_unknown_number_falls_back_to_the_first(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "tickets", behind="nonsense")
    assert not app.exception
    assert app.selectbox(key="behind").value == "first_reply_time"


def test_what_made_the_number_stands_beside_the_row(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "tickets", range="all")
    assert list(frame(app))[:3] == ["id", "reply_wait", "subject"]
    assert len(frame(app)) == rows_table.PAGE


def test_a_viewer_sees_no_personal_data_and_cannot_search_it(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "tickets", role="viewer", range="all")
    assert not app.exception
    assert not {"subject", "customer"} & set(frame(app))
    asked = rows_question.question(queries.metric("first_reply_time"), Filters(), Reader("viewer"), search="customer-371")
    assert row_search.count(asked, store) == 0
    assert (
        row_search.count(
            rows_question.question(queries.metric("first_reply_time"), Filters(), Reader("manager"), "customer-371"), store
        )
        > 0
    )


@pytest.mark.parametrize("metric", queries.METRICS)
def test_rows_agree_with_the_number(store, metric):
    asked = Selection(metric, Filters())
    pieces = list(row_search.pieces(asked, store))
    assert sum(map(len, pieces)) == row_search.count(asked, store)
    aside = row_search.count(Selection(metric, Filters(), left_out=True), store)
    assert aside == sum(queries.excluded(metric, store=store).values())


def test_search_is_text_and_sorting_is_a_closed_set(store):
    everything = row_search.count(Selection("first_reply_time", Filters()), store)
    assert row_search.count(Selection("first_reply_time", Filters(), search="' or 1=1 --"), store) == 0
    assert 0 < row_search.count(Selection("first_reply_time", Filters(), search="bILLing"), store) < everything
    with pytest.raises(ValueError, match="there is no column"):
        row_search.page(Selection("first_reply_time", Filters()), sort='id"; drop table tickets; --', store=store)


def test_sorted_pages_follow_each_other_without_gaps(store):
    asked = Selection("first_reply_time", Filters())
    pages = [row_search.page(asked, "reply_wait", True, 40, start, store) for start in (0, 40)]
    both = pd.concat(pages)
    assert both["id"].is_unique
    assert both["reply_wait"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://desk.example/1", True),
        ("HTTP://desk.example/1", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" https://desk.example", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(address, kept):
    linked = data_table.with_links(pd.DataFrame({"url": [address]}), "url")["url"].iloc[0]
    assert (linked == address) if kept else pd.isna(linked)
