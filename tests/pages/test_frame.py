"""Who may come in, what stands in the menu, and links that keep their meaning."""

from datetime import date
from pathlib import Path

import pytest

from pages import menu
from pages.access.reader import Reader
from pages.content import addresses, filter_choices
from pages.server import authenticate
from queries import Filters, dimensions
from queries.filters import ATTRIBUTIONS, COMPARES, HOURS, RANGES
from tests.pages import whole


@pytest.mark.parametrize(
    ("headers", "bound", "client", "local"),
    [
        ({"Host": "localhost:8501"}, "127.0.0.1", None, True),
        ({"Host": "[::1]:8501"}, "::1", "::1", True),
        ({}, "localhost", None, True),
        ({"Host": "127.0.0.1"}, "127.0.0.1", "127.0.0.1", True),
        ({"Host": "localhost"}, None, None, False),
        ({"Host": "localhost"}, "", None, False),
        ({"Host": "localhost"}, "0.0.0.0", None, False),  # noqa: S104
        ({"Host": "desk.example"}, "127.0.0.1", None, False),
        ({"Host": "localhost.desk.example"}, "127.0.0.1", None, False),
        ({"Host": "localhost"}, "127.0.0.1", "10.0.0.7", False),
        ({"Host": "localhost", "X-Forwarded-For": "10.0.0.7"}, "127.0.0.1", None, False),
        ({"host": "localhost", "forwarded": "for=10.0.0.7"}, "127.0.0.1", None, False),
        ({"Host": "localhost", "X-Real-IP": ""}, "127.0.0.1", None, False),
    ],
)
def test_only_the_person_at_the_machine_needs_no_door(headers, bound, client, local):
    reader = authenticate.reader(headers, bound, client)
    assert (reader == Reader("manager")) is local
    assert (reader is None) is not local


@pytest.mark.parametrize("entry", menu.entries(), ids=lambda entry: entry.path)
def test_every_page_says_its_name_and_question(entry):
    assert entry.question.endswith("?")
    assert entry.path.replace("-", "").isalnum()
    assert menu.GROUPS[10] == menu.entries()[0].group


def test_addresses_are_unique():
    paths = [entry.path for entry in menu.entries()]
    assert len(set(paths)) == len(paths)


def test_a_page_without_a_question_is_an_error_that_names_it(tmp_path: Path):
    (tmp_path / "15_new.py").write_text('"""A page."""\n')
    with pytest.raises(ValueError, match=r"15_new\.py.*Name: \"Question\?\""):
        menu.entries(tmp_path)


def test_a_page_is_one_new_file(tmp_path: Path):
    (tmp_path / "60_new_page.py").write_text('"""New page: "What is new?"\n\nShared: whole\nFor: all\nAbout: numbers\n"""\n')
    (entry,) = menu.entries(tmp_path)
    assert (entry.name, entry.question, entry.path, entry.group) == ("New page", "What is new?", "new-page", "Proof")


def test_only_managers_manage_and_everybody_may_look_at_what_was_promised():
    assert [entry.path for entry in menu.visible("viewer") if entry.group == "Manage"] == ["targets"]
    assert menu.visible("manager") == menu.entries()


def test_the_filter_bar_offers_exactly_what_filters_accept():
    assert set(filter_choices.PERIOD.words) == set(RANGES)
    assert set(filter_choices.COMPARE.words) == set(COMPARES)
    assert set(filter_choices.HOURS.words) == set(HOURS)
    assert set(filter_choices.ATTRIBUTION.words) == set(ATTRIBUTIONS)
    assert set(filter_choices.slices()) <= set(dimensions.filters())


NEWEST = date(2025, 11, 19)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, (None, None)),
        (date(2025, 11, 1), None, (date(2025, 11, 1), NEWEST)),
        (None, date(2025, 11, 1), (None, date(2025, 11, 1))),
        (date(2025, 11, 9), date(2025, 11, 1), (date(2025, 11, 1), date(2025, 11, 9))),
        (date(2026, 1, 1), None, (date(2026, 1, 1), date(2026, 1, 1))),
    ],
)
def test_dates_that_are_missing_or_turned_make_a_period(start, end, expected):
    assert filter_choices.ordered(start, end, NEWEST) == expected


def test_a_link_spells_out_every_filter():
    filters = Filters(range="last-7d", channel=("chat", "e mail&x"), hours="business")
    address = addresses.explicit("http://127.0.0.1:8501/response-times?old=1#x", filters.resolved(NEWEST), "7")
    assert address == (
        "http://127.0.0.1:8501/response-times?range=custom&from=2025-11-13&to=2025-11-19&compare=previous&hours=business"
        "&attribution=created&channel=chat&channel=e+mail%26x&data=7"
    )


def test_a_day_of_ones_own_to_compare_with_lives_in_the_address(monkeypatch, store):
    app = whole.opened(monkeypatch, store, "response-times", compare="custom", before="2026-01-05")
    assert "compared with 5 Jan" in whole.said(app)
    assert not app.exception


def test_a_copied_link_keeps_what_the_page_is_about():
    pairs = [("why", "csat"), ("split", "team"), ("channel", "email"), ("range", "all"), ("data", "7"), ("before", "2026-01-01")]
    assert addresses.others(pairs) == [("why", "csat"), ("split", "team")]
    address = addresses.explicit("http://desk/why?why=csat", Filters(range="all"), "8", addresses.others(pairs))
    assert "why=csat" in address
    assert address.endswith("split=team&data=8")
