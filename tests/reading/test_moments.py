"""A date and a time of day in two columns are one moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries
from data.importing import import_file
from data.store import Store

CALLS = """Call Id,Agent,Date,Time,Topic,Speed of answer in seconds,Satisfaction rating
ID1,Diane,2021-01-01,09:12:58,Contract,109,3
ID2,Becky,2021-01-01,14:47:31,Support,70,5
ID3,Greg,2021-01-02,,Support,10,4
"""


@pytest.fixture
def store(tmp_path: Path):
    opened = Store.open(tmp_path / "m.duckdb")
    yield opened
    opened.close()


def brought(store: Store, folder: Path, text: str, name: str = "calls.csv"):
    (folder / name).write_text(text)
    return import_file.import_file(store, folder / name)


def created(store: Store) -> list[datetime]:
    with store.cursor() as cursor:
        return [row[0] for row in cursor.execute("select created_at from tickets order by id").fetchall()]


def test_the_time_of_day_goes_with_its_date_and_the_receipt_says_so(store: Store, tmp_path: Path) -> None:
    receipt = brought(store, tmp_path, CALLS)
    assert created(store) == [datetime(2021, 1, 1, 9, 12, 58), datetime(2021, 1, 1, 14, 47, 31), datetime(2021, 1, 2)]
    assert "'Date' and 'Time' are read together as one moment." in receipt.notes
    assert queries.answer("tickets_created", by="hour", store=store)["slice"].tolist() == ["00", "09", "14"]


@pytest.mark.parametrize(
    ("date", "time", "day", "clock"),
    [
        ("Created Date", "Created Time", "03/14/2024", "2:05 PM"),
        ("Date", "Time", "03/14/2024", "2:05\u202fPM"),
        ("Datum", "Uhrzeit", "14.03.2024", "14:05"),
        ("Fecha", "Hora", "14/03/2024", "14:05:00"),
        ("created_date", "created_time", "2024-03-14 00:00:00", "14:05"),
    ],
)
def test_in_other_words_and_ways_of_writing(store: Store, tmp_path: Path, date: str, time: str, day: str, clock: str) -> None:
    brought(store, tmp_path, f"Ticket ID;{date};{time};Status\n1;{day};{clock};open\n2;{day};{clock};open\n")
    assert created(store) == [datetime(2024, 3, 14, 14, 5)] * 2


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Call date,Call time", "2024-03-14,00:04:02"),  # how long the call was
        ("Date,Resolution time", "2024-03-14,09:00"),
        ("Date,Time", "2024-03-14 10:00,11:00"),  # the date has a time of its own
        ("Date,Time", "2024-03-14,38:00:00"),
    ],
)
def test_a_duration_or_another_column_is_no_time_of_day(store: Store, tmp_path: Path, header: str, row: str) -> None:
    receipt = brought(store, tmp_path, f"Ticket ID,{header},Status\n1,{row},open\n2,{row},open\n")
    assert not [note for note in receipt.notes if "one moment" in note]


def test_a_sign_for_no_time_leaves_the_date(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"{at},2024-03-14,14:05,open\n" for at in range(30))
    receipt = brought(store, tmp_path, f"Ticket ID,Date,Time,Status\n{rows}30,2024-03-15,-,open\n")
    assert [note for note in receipt.notes if "one moment" in note]
    assert set(created(store)) == {datetime(2024, 3, 14, 14, 5), datetime(2024, 3, 15)}


def test_rows_set_aside_keep_the_line_they_had(store: Store, tmp_path: Path) -> None:
    receipt = brought(store, tmp_path, CALLS + "ID4,Ann,not a date,10:00:00,Support,5,4\n")
    assert receipt.rows_read == 4
    with store.cursor() as cursor:
        assert cursor.execute("select line, value from problems where reason like '%date%' or reason like '%time%'").fetchone() == (
            5,
            "not a date",
        )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).filter(lambda at: at.hour >= 3), min_size=1, max_size=20))
def test_any_moment_comes_back(tmp_path_factory: pytest.TempPathFactory, moments: list[datetime]) -> None:
    folder = tmp_path_factory.mktemp("any")
    opened = Store.open(folder / "m.duckdb")
    rows = "".join(f"{at:03},{one:%Y-%m-%d},{one:%H:%M:%S},open\n" for at, one in enumerate(moments))
    brought(opened, folder, "Ticket ID,Date,Time,Status\n" + rows)
    assert created(opened) == [one.replace(microsecond=0) for one in moments]
    opened.close()
