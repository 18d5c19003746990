"""A metric is one file: a header that says what is estimated from which measure, and no SQL under it."""

from __future__ import annotations

from pathlib import Path

import pytest

import queries
from data.store import Store
from queries import Filters, decomposition
from queries.catalogue import read
from tests.queries.worlds import fill

WEEKEND = """-- title: Created at a weekend
-- question: How much comes in at weekends?
-- unit: percent
-- better: neither
-- band: service
-- rows: tickets
-- estimate: share
-- measure: isodow(created_at) >= 6
-- clock: the moment the ticket was created
-- formula: tickets created on a Saturday or a Sunday / tickets with a created time
-- needs: created time
"""
# The 2nd of March 2024 is a Saturday. Three tickets count, one of a weekend; four others do not, whatever their day.
TICKETS = [
    ("a", "solved", "2024-03-02 10:00", "email"),
    ("b", "open", "2024-03-04 10:00", "email"),
    ("c", "closed", "2024-03-05 10:00", "chat"),
    ("junk", "spam", "2024-03-02 11:00", "email"),
    ("twin", "merged", "2024-03-03 11:00", "chat"),
    ("gone", "deleted", "2024-03-02 12:00", "chat"),
    ("undated", "open", None, "chat"),
]


@pytest.fixture
def week(store: Store) -> Store:
    rows = [dict(zip(("id", "status", "created_at", "channel"), row, strict=True)) | {"source": "desk"} for row in TICKETS]
    return fill(store, tickets=rows)


@pytest.fixture
def weekend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file in a folder of its own, known like those of the catalogue."""
    return made(WEEKEND, tmp_path, monkeypatch)


def made(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = folder / "weekend_share.sql"
    path.write_text(text)
    monkeypatch.setattr(queries, "METRICS", {**queries.METRICS, path.stem: read(path)})
    return path.stem


def test_a_header_is_a_metric_and_spam_merged_and_deleted_tickets_are_not_in_it(week: Store, weekend: str) -> None:
    row = queries.answer(weekend, store=week).iloc[0]
    assert row["value"] == pytest.approx(100 / 3)
    assert row["n"] == 3
    assert row["low"] < row["value"] < row["high"]
    assert queries.rows(weekend, store=week)["id"].tolist() == ["c", "b", "a"]


def test_its_rows_are_counted_or_left_out_with_a_reason_that_nobody_had_to_state(week: Store, weekend: str) -> None:
    assert queries.excluded(weekend, store=week) == {"deleted": 1, "merged": 1, "not known": 1, "spam": 1}
    left_out = queries.rows(weekend, left_out=True, store=week)
    assert set(left_out["id"]) == {"junk", "twin", "gone", "undated"}


def test_it_is_sliced_filtered_and_split_like_any_other(week: Store, weekend: str) -> None:
    by_channel = queries.answer(weekend, by="channel", store=week).set_index("slice")
    assert by_channel["value"].to_dict() == {"email": 50, "chat": 0}
    assert queries.answer(weekend, Filters(channel=("chat",)), store=week).iloc[0]["n"] == 1
    assert decomposition.splits(queries.metric(weekend))


def test_a_metric_that_wants_dropped_tickets_has_to_say_so(week: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanting = made(WEEKEND + "-- wants: dropped\n", tmp_path, monkeypatch)
    assert queries.answer(wanting, store=week).iloc[0]["n"] == 6
    assert queries.excluded(wanting, store=week) == {"not known": 1}


@pytest.mark.parametrize(
    "body", ["select slice, isodow(created_at) >= 6 as hit from tickets", "from (select slice, true as hit from returns)"]
)
def test_sql_of_ones_own_cannot_count_them_either(body: str, week: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = WEEKEND.replace("-- measure: isodow(created_at) >= 6\n", "") + body
    assert queries.answer(made(text, tmp_path, monkeypatch), Filters(), store=week).iloc[0]["n"] <= 4
