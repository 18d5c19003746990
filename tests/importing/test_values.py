"""Dates, durations and numbers against an independent reading of the same values."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.cells import profile, value_shapes
from data.cells.column_kind import Setting
from data.cells.sql_forms import prepared
from data.formats import Column
from data.formats.match import Use

connection = duckdb.connect()
connection.execute("set timezone = 'UTC'")


def read(kind, values, unit=None, zone="UTC", order=None, header="X", **column):
    """The values through the same steps as a column of a file."""
    connection.execute("create or replace temp table cells (place integer, c0 varchar)")
    connection.executemany("insert into cells values (?, ?)", list(enumerate(values)))
    use = Use(Column("found", (header,), kind, **column), 0, header, unit)
    setting = Setting(looks=[value_shapes.of(values)], timezone=zone, date_order=order, types={"found": "DOUBLE"})
    readings, setting = profile.readings(connection, [use], "cells", "cells", setting)
    sql = next(iter(profile.KINDS[kind].convert(0, use, readings[use], setting).outputs.values()))
    relation = prepared("cells", f"{sql} c0").replace("select ", "select place, ", 1)
    return [row[0] for row in connection.execute(f"select {sql} from {relation} order by place").fetchall()], readings[use]


stamps = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(lambda stamp: stamp.replace(microsecond=0))

WRITTEN = {
    "iso": "%Y-%m-%d %H:%M:%S",
    "iso with T": "%Y-%m-%dT%H:%M:%S",
    "utc": "%Y-%m-%dT%H:%M:%SZ",
    "day first": "%d/%m/%Y %H:%M:%S",
    "day first dots": "%d.%m.%Y %H:%M:%S",
    "month first": "%m/%d/%Y %I:%M:%S %p",
    "month name": "%d/%b/%y %I:%M:%S %p",
    "spelled": "%b %d, %Y %H:%M:%S",
    "year first slashes": "%Y/%m/%d %H:%M:%S",
    "with a zone's name": "%Y-%m-%d %H:%M:%S UTC",
}


@pytest.mark.parametrize("pattern", WRITTEN.values(), ids=WRITTEN)
@settings(max_examples=15, deadline=None)
@given(st.lists(stamps, min_size=1, max_size=30))
def test_a_stamp_comes_back_however_it_was_written(pattern, wanted):
    order = "month first" if pattern.startswith("%m") else "day first" if pattern.startswith(("%d/%m", "%d.%m")) else None
    found, _ = read("when", [stamp.strftime(pattern) for stamp in wanted], order=order)
    assert found == wanted


@settings(max_examples=25, deadline=None)
@given(st.lists(stamps, min_size=5, max_size=40), st.sampled_from(["%d-%m-%Y %H:%M", "%m-%d-%Y %H:%M"]))
def test_one_part_above_twelve_proves_the_order_for_the_whole_column(wanted, pattern):
    found, reading = read("when", [stamp.strftime(pattern) for stamp in wanted])
    if any(stamp.day > 12 for stamp in wanted):
        assert found == [stamp.replace(second=0) for stamp in wanted]
        assert not reading.assumed
    else:
        assert reading.assumed


@settings(max_examples=15, deadline=None)
@given(st.lists(stamps, min_size=1, max_size=20), st.integers(-12 * 4, 14 * 4))
def test_an_offset_is_exact(wanted, quarters):
    ahead = timedelta(minutes=15 * quarters)
    sign, minutes = ("-" if quarters < 0 else "+"), abs(15 * quarters)
    offset = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    found, _ = read("when", [f"{stamp + ahead:%Y-%m-%d %H:%M:%S}{offset}" for stamp in wanted], zone="Asia/Tokyo")
    assert found == wanted


def test_wall_clock_stamps_follow_daylight_saving():
    found, _ = read("when", ["2024-01-15 12:00:00", "2024-07-15 12:00:00"], zone="Europe/Berlin")
    assert found == [datetime(2024, 1, 15, 11), datetime(2024, 7, 15, 10)]
    for stamp, utc in zip(("2024-01-15 12:00", "2024-07-15 12:00"), found, strict=True):
        local = datetime.fromisoformat(stamp).replace(tzinfo=ZoneInfo("Europe/Berlin"))
        assert local.astimezone(UTC).replace(tzinfo=None) == utc


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("1709650020", datetime(2024, 3, 5, 14, 47)),
        ("1709650020000", datetime(2024, 3, 5, 14, 47)),
        ("45356.5", datetime(2024, 3, 5, 12)),
        ("20240305", datetime(2024, 3, 5)),
        ("05/Mar/24 3:07 PM", datetime(2024, 3, 5, 15, 7)),
        ("Mar 5, 2024 at 3:07 PM", datetime(2024, 3, 5, 15, 7)),
        ("Tue, 05 Mar 2024 15:07:00 +0100", datetime(2024, 3, 5, 14, 7)),
        ("2024-03-05 10:11 CDT", datetime(2024, 3, 5, 15, 11)),
        ("2024-03-05 12:34:56 -0500", datetime(2024, 3, 5, 17, 34, 56)),
        ("2024-03-05T12:34:56.789Z", datetime(2024, 3, 5, 12, 34, 56, 789000)),
        ("  2024-03-05 12:34 ", datetime(2024, 3, 5, 12, 34)),
        ("1900-01-01 00:00:00", None),
        ("0000-00-00 00:00:00", None),
        ("-", None),
        ("2024-02-30", None),
    ],
)
def test_a_stamp_is_read(written, wanted):
    assert read("when", [written])[0] == [wanted]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("12. März 2024 15:07", (3, 12, 15, 7)),
        ("3. Dez. 2024", (12, 3, 0, 0)),
        ("1er février 2024 09:30", (2, 1, 9, 30)),
        ("25 août 2024", (8, 25, 0, 0)),
        ("3 de marzo de 2024", (3, 3, 0, 0)),
        ("07-ene-24 10:00", (1, 7, 10, 0)),
        ("30/set/2024 18:45:00", (9, 30, 18, 45)),
        ("9 maggio 2024", (5, 9, 0, 0)),
        ("14 mei 2024, 08:05", (5, 14, 8, 5)),
        ("2 grudnia 2024", (12, 2, 0, 0)),
        ("5 Sept 2024", (9, 5, 0, 0)),
        ("5 Sept. 2024", (9, 5, 0, 0)),
        ("12 Jan. 2024 at 3:07 PM", (1, 12, 15, 7)),
    ],
)
def test_months_are_read_in_the_languages_exports_come_in(written, wanted):
    month, day, hour, minute = wanted
    assert read("when", [written])[0] == [datetime(2024, month, day, hour, minute)]
    assert value_shapes.of([written]).stamps == 1


def test_every_month_of_a_language_comes_back():
    names = ["januari", "februari", "maart", "april", "mei", "juni"]
    names += ["juli", "augustus", "september", "oktober", "november", "december"]
    written = [f"{day} {name} 2025" for name in names for day in (1, 28)]
    assert read("when", written)[0] == [datetime(2025, month, day) for month in range(1, 13) for day in (1, 28)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 400 * 3600), min_size=1, max_size=20))
def test_clocks_may_run_past_a_day(seconds):
    clocks = [f"{total // 3600:02}:{total % 3600 // 60:02}:{total % 60:02}" for total in seconds]
    assert read("duration", clocks)[0] == pytest.approx([total / 60 for total in seconds])


UNITS = {"week": 10080, "day": 1440, "hour": 60, "minute": 1, "second": 1 / 60}
span = st.tuples(st.integers(0, 59), st.sampled_from(list(UNITS)))
spans = st.lists(st.lists(span, min_size=1, max_size=4, unique_by=lambda pair: pair[1]), min_size=1, max_size=10)


@settings(max_examples=40, deadline=None)
@given(spans, st.sampled_from([" ", ", ", " and "]))
def test_spelled_durations_add_up(spans, joint):
    texts = [joint.join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in pairs) for pairs in spans]
    wanted = [sum(count * UNITS[unit] for count, unit in pairs) for pairs in spans]
    assert read("duration", texts)[0] == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("written", "unit", "minutes"),
    [
        ("90", "seconds", 1.5), ("1.5", "hours", 90), ("108960000", "milliseconds", 1816), ("2", "days", 2880),
        ("1h 30m", None, 90), ("1h30m", None, 90), ("0 days 00:02 hrs", None, 2), ("2 days 3 hours", None, 3060),
        ("5 minutes 12 seconds", None, 5.2), ("26:15:00", None, 1575), ("0:30", None, 30), ("--", "minutes", None),
        ("-12:30", None, None), ("-5", "minutes", None), ("soon", "minutes", None), ("1970-01-01 08:00:00", None, 480),
        ("1,234.5", "minutes", 1234.5), ("1 month", None, 43200),
    ],
)  # fmt: skip
def test_a_duration_is_read(written, unit, minutes):
    found = read("duration", [written], unit=unit)[0][0]
    assert found == (None if minutes is None else pytest.approx(minutes))


numbers = st.integers(-(10**9), 10**9).map(lambda cents: cents / 100)


@settings(max_examples=40, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=20), st.sampled_from(["", "€", "$", " %"]))
def test_numbers_of_both_worlds(wanted, sign):
    english = [f"{number:,.2f}{sign}" for number in wanted]
    assert read("number", english)[0] == pytest.approx(wanted)
    german = [text.translate(str.maketrans(",.", ".,")) for text in english]
    assert read("number", german)[0] == pytest.approx(wanted)


def test_words_for_nothing_are_nothing():
    assert read("number", ["NA", "n/a", "", " ", "?", "-2147483648", "nan", "1"])[0] == [None] * 7 + [1]


def test_a_thousands_comma_alone_is_no_decimal_comma():
    assert read("number", ["1,200", "12,500"])[0] == [1200, 12500]


def test_browsers_write_a_narrow_blank_before_am_and_pm():
    found, _ = read("when", ["Mar 1, 2026, 2:05\u202fPM", "Mar 21, 2026, 12:05\u202fAM", "3/21/2026, 9:00\u00a0AM"])
    assert found == [datetime(2026, 3, 1, 14, 5), datetime(2026, 3, 21, 0, 5), datetime(2026, 3, 21, 9)]


def test_durations_as_programs_write_them():
    found, _ = read("duration", ["PT2H5M", "P1DT2H", "PT90S", "P1W", "PT1.5H", "2h 5m", "pending"])
    assert found == [125, 1560, 1.5, 10_080, 90, 125, None]


def test_a_clock_of_two_parts_is_minutes_and_seconds_of_a_call_and_where_the_name_says_so():
    assert read("duration", ["5:30", "0:45", "75:00"], header="Talk time")[0] == [5.5, 0.75, 75]
    assert read("duration", ["5:30", "0:45", "1:02:03"], header="Talk time")[0] == [330, 45, 62.05]  # hours are written here too
    assert read("duration", ["5:30", "0:06:15"], header="Wait (mm:ss)", unit="m:ss")[0] == [5.5, 6.25]
    assert read("duration", ["5:30", "0:45"], header="First reply time")[0] == [330, 45]


def test_a_duration_of_a_hundred_years_is_none():
    assert read("duration", ["1772000000000", "99999999", "30"], unit="minutes")[0] == [None, None, 30]


def test_a_zone_in_the_columns_name_counts_for_the_column():
    found, _ = read("when", ["2026-01-15 12:00", "2026-07-15 12:00"], zone="Asia/Tokyo", header="Created at (America/New_York)")
    assert found == [datetime(2026, 1, 15, 17), datetime(2026, 7, 15, 16)]


def test_a_raised_comma_parts_thousands_whichever_sign_it_is():
    assert read("duration", ["1\u2019200", "2'301.5", "12"], unit="minutes")[0] == [1200, 2301.5, 12]


@pytest.mark.parametrize(
    ("values", "header", "scores", "scale"),
    [
        (["★★★★☆", "★☆☆☆☆", "★★★☆☆"], "Rating", [4, 1, 3], 5),
        (["⭐⭐⭐", "⭐", "⭐️⭐️"], "Rating", [3, 1, 2], 5),
        (["3/3", "", "2/3", "1/3"], "Rating", [3, None, 2, 1], 3),
        (["3 out of 10", "4 out of 10"], "Rating", [3, 4], 10),
        (["1", "2", "5"], "CSAT (1-10)", [1, 2, 5], 10),
        (["1", "2", "3"], "CSAT (out of 3)", [1, 2, 3], 3),
        (["1", "2", "5"], "How satisfied were you? (1 = not at all, 7 = very)", [1, 2, 5], 7),
        (["4", "5", "1772000000000"], "CSAT", [4, 5, None], 5),  # a slip is no reason to take 5 for the worst of a hundred
        (["1", "7", "9"], "CSAT (1-5)", [1, 7, 9], 10),  # the values know better
        (["1", "2", "3"] * 10, "CSAT", [1, 2, 3] * 10, 3),
        (["1", "2", "3"] * 9, "CSAT", [1, 2, 3] * 9, 5),  # too few to say that nobody could have answered 4
    ],
)
def test_the_scale_is_what_the_name_or_the_cells_state(values, header, scores, scale):
    found, reading = read("score", values, header=header)
    assert (found, reading.scale) == (scores, scale)


def test_an_amount_that_no_sum_could_hold_is_none():
    assert read("number", ["1e300", "-1e300", "12", "1,234.5"])[0] == [None, None, 12, 1234.5]
    assert read("number", ["1e300", "12"])[0] == [None, 12]
