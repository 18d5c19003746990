"""What is unusual is marked on charts by a shape, and said in one sentence only when the newest is."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

import queries
from data.store import Store
from pages import context
from pages.access.reader import Reader
from pages.content.page import collect
from pages.document import figures, palette
from pages.document.blocks import Chart, Side
from queries import Filters
from tests.queries.worlds import fill

RESPONSE = Path(__file__).parents[2] / "pages" / "11_response_times.py"
MONDAY = datetime(2024, 1, 1, 9)


def filled(store: Store, waits: list[int]) -> Store:
    """Twenty tickets a week that wait about so long, and one at the very end."""
    made = [
        {
            "source": "desk",
            "id": f"{week}-{at}",
            "status": "open",
            "created_at": MONDAY + timedelta(weeks=week, hours=at),
            "first_reply_at": MONDAY + timedelta(weeks=week, hours=at, minutes=wait + at % 3),
        }
        for week, wait in enumerate(waits)
        for at in range(20)
    ]
    end = MONDAY + timedelta(weeks=len(waits), hours=30)
    return fill(store, tickets=[*made, {"source": "desk", "id": "end", "status": "open", "created_at": end}])


def chart(store: Store) -> Chart:
    look = context.Context(Reader("manager"), Filters(range="last-90d"), store, queries.as_of(store))
    found = [part for block in collect(RESPONSE, look) for part in (block.blocks if isinstance(block, Side) else (block,))]
    return next(one for one in found if isinstance(one, Chart) and one.title == "Half wait at most")


QUIET = [60, 64, 58, 66, 61, 57, 65, 60, 63, 59] * 3


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "s.duckdb")
    yield opened
    opened.close()


def test_a_quiet_course_says_nothing_and_knows_what_is_usual(store):
    found = chart(filled(store, QUIET))
    assert (found.finding, found.unusual) == ("", frozenset())
    assert found.usual
    assert set(found.usual) <= set(found.series[0].frame["slice"])
    assert found.note == ""


def test_a_last_week_outside_is_marked_and_said(store):
    found = chart(filled(store, [*QUIET, 200]))
    assert found.unusual == {"2024-07-29"}
    assert found.note == "◇ outside the usual ups and downs, judged by 30 weeks."
    assert found.finding.startswith("The week of 29 Jul 2024 was slower than usual (")
    assert found.finding.endswith("judged by the 30 weeks before).")
    drawn = figures.figure(found, palette.LIGHT)
    assert [list(trace.x) for trace in drawn.data if trace.marker.symbol == "diamond-open"]
    assert any("Not usual: that is" in str(text) for trace in drawn.data if trace.text is not None for text in trace.text)


def test_a_week_outside_that_is_over_is_marked_and_not_said(store):
    found = chart(filled(store, [*QUIET, 200, 60, 61]))
    assert "2024-07-29" in found.unusual
    assert found.finding == ""


def test_a_lasting_change_is_said_as_one(store):
    found = chart(filled(store, [*QUIET, *[67] * 8]))
    assert found.finding.startswith("8 weeks in a row slower than the usual")


def test_a_short_history_says_nothing(store):
    found = chart(filled(store, [60] * 8 + [300]))
    assert (found.finding, found.unusual, dict(found.usual)) == ("", frozenset(), {})
