"""The same tickets, however the columns are named, ordered and written; and files that are no tickets."""

import csv
import io
import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data.cells.value_shapes import of
from data.files.read_table import Unreadable
from data.headers.names import without_unit
from data.importing import import_file
from data.importing.recognise import Unrecognised

ZENDESK = """Id,Requester,Requester id,Status,Priority,Via,Created at,Solved at,Satisfaction Score,Group stations,Assignee stations,Reopens,Replies,First reply time in minutes,Full resolution time in minutes
101,Ann,7,Solved,High,Mail,2024-01-13 10:00:00,2024-01-13 12:00:00,Good,1,1,0,1,30,120
102,Ben,8,Open,Low,Web form,2024-01-14 10:00:00,,Offered,1,2,0,0,0,
103,Cy,9,Closed,Urgent,Chat,2024-01-15 10:00:00,2024-01-16 10:00:00,4,2,2,1,3,15,1440
104,Di,7,Solved,Normal,Mail,2024-01-16 10:00:00,2024-01-16 11:00:00,Bad with comment,1,1,0,2,0,60
"""  # noqa: E501
KNOWN = "select id, status, priority, channel, created_at, solved_at, csat_score, csat_scale, csat_offered, first_reply_minutes, " \
        "resolution_minutes, reopens from tickets order by id"  # fmt: skip


def table(text):
    return list(csv.reader(io.StringIO(text)))


def written(table, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(table)
    return out.getvalue()


def test_words_and_numbers_of_satisfaction_in_one_column(bring, rows):
    receipt = bring(ZENDESK)
    assert receipt.format == "zendesk"
    assert rows("select id, csat_score, csat_scale, csat_offered from tickets order by id") == [
        ("101", 1, 1, True), ("102", None, None, True), ("103", 4, 5, True), ("104", 0, 1, True)
    ]  # fmt: skip


def test_a_zero_without_any_reply_is_never_answered(bring, rows):
    bring(ZENDESK)
    assert rows("select first_reply_minutes from tickets order by id") == [(30,), (None,), (15,), (0,)]


@pytest.mark.parametrize("change", ["shuffled", "upper case", "underscores", "semicolons", "quoted"])
def test_the_same_numbers_come_out_of_a_rearranged_file(change, bring, rows):
    bring(ZENDESK, source="a")
    wanted = rows(KNOWN)
    cells = table(ZENDESK)
    if change == "shuffled":
        order = random.Random(3).sample(range(len(cells[0])), len(cells[0]))
        cells = [[row[place] for place in order] for row in cells]
    if change == "upper case":
        cells[0] = [name.upper() for name in cells[0]]
    if change == "underscores":
        cells[0] = [name.lower().replace(" ", "_") for name in cells[0]]
    text = written(cells, ";" if change == "semicolons" else ",")
    if change == "quoted":
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in cells) + "\n"
    bring(text, name="other.csv", source="b")
    assert rows(KNOWN.replace("from tickets", "from tickets where source = 'b'")) == wanted


def test_fewer_columns_give_the_same_numbers_for_the_rest(bring, rows):
    cells = table(ZENDESK)
    kept = [place for place, name in enumerate(cells[0]) if name in ("Id", "Created at", "First reply time in minutes", "Status")]
    receipt = bring(written([[row[place] for place in kept] for row in cells]))
    assert receipt.table == "tickets"
    assert rows("select id, first_reply_minutes, status from tickets where id = '101'") == [("101", 30, "solved")]


def test_a_missing_created_date_is_said(bring):
    cells = table(ZENDESK)
    place = cells[0].index("Created at")
    receipt = bring(written([row[:place] + row[place + 1 :] for row in cells]))
    assert "This looks like a Zendesk ticket export, but 'Created at' is missing." in receipt.notes


def test_columns_that_became_nothing_are_listed(bring):
    receipt = bring("Ticket ID,Created at,Shoe size\n1,2024-01-01,43\n")
    assert {one["column"]: one["used_as"] for one in receipt.columns}["Shoe size"] is None


@pytest.mark.parametrize(
    ("name", "stem", "unit"),
    [
        ("First response time (in hrs)", "firstresponsetime", "hours"),
        ("first_response_time_minutes", "firstresponsetime", "minutes"),
        ("firstResponseMinutes", "firstresponse", "minutes"),
        ("Time to first agent email reply (HH:mm:ss)", "timetofirstagentemailreply", None),
        ("First response time (s)", "firstresponsetime", "seconds"),
        ("First reply time in minutes within business hours", "firstreplytimebusiness", "minutes"),
        ("Resolution Time in Business Hours", "resolutiontimebusiness", None),
        ("Status", "status", None),
    ],
)
def test_a_name_says_its_unit(name, stem, unit):
    assert without_unit(name) == (stem, unit)


def test_a_number_without_a_unit_is_not_guessed(bring, rows):
    receipt = bring("Ticket ID,Created at,Resolution time\n1,2024-01-01,90\n2,2024-01-02,30\n")
    assert rows("select count(resolution_minutes) from tickets") == [(0,)]
    assert any("'Resolution time' holds numbers without a unit" in note for note in receipt.notes)


def test_an_unknown_file_is_told_apart_by_its_columns(bring):
    with pytest.raises(Unrecognised, match="It has: Shoe, Size, Colour"):
        bring("Shoe,Size,Colour\na,43,red\nb,44,blue\n")


def test_a_report_of_averages_is_refused(bring):
    with pytest.raises(Unrecognised, match="averages"):
        bring(
            "Agent name,Assigned conversations,Avg first response time,Avg resolution time,Resolution Count\n"
            "Ann,5,1 hour,2 days,4\n"
        )
    with pytest.raises(Unrecognised, match="summary report"):
        bring("Team,Tickets,Average handle time,Median reply time\nA,5,10,12\n")


def test_an_empty_file_is_refused(bring):
    with pytest.raises(Unreadable, match="empty"):
        bring("")


def test_an_unknown_format_name_lists_the_known(bring):
    with pytest.raises(Unrecognised, match="zendesk"):
        bring(ZENDESK, format="nonsense")


def test_doubtful_dates_are_said_and_can_be_set(bring, rows):
    text = "Ticket ID,Created at,Status\n1,03/04/2024 10:00,open\n2,05/06/2024 11:00,open\n"
    receipt = bring(text, source="a")
    assert receipt.date_order == "assumed day first"
    bring(text, source="b", date_order="mdy")
    assert rows("select source, month(created_at) from tickets where id = '1' order by 1") == [("a", 4), ("b", 3)]


def test_one_proved_column_settles_its_neighbours(bring, rows):
    receipt = bring("Ticket ID,Created at,Solved at,Status\n1,03/04/2024 10:00,03/05/2024 10:00,solved\n"
                    "2,03/06/2024 11:00,03/25/2024 10:00,solved\n")  # fmt: skip
    assert receipt.date_order == "month first"
    assert rows("select month(created_at) from tickets") == [(3,), (3,)]


def test_a_proof_far_down_counts_for_the_whole_file(bring, rows):
    lines = [f"{id},0{1 + id % 9}/0{1 + id % 7}/2024,open" for id in range(21_000)] + ["99999,25/12/2024,open"]
    receipt = bring("Ticket ID,Created at,Status\n" + "\n".join(lines) + "\n")
    assert receipt.date_order == "day first"
    assert receipt.problems == []


def test_a_late_change_of_writing_is_read_too(bring, rows):
    lines = [f"{id},2024-01-01 10:00:00,5" for id in range(21_000)] + ["99999,2024-01-02T10:00:00Z,NA", "99998,soon,6"]
    receipt = bring("Ticket ID,Created at,CSAT\n" + "\n".join(lines) + "\n")
    assert rows("select created_at::varchar from tickets where id = '99999'") == [("2024-01-02 10:00:00",)]
    assert [(one.reason, one.column, one.count, one.first_line) for one in receipt.problems] == [
        ("not a date that can be read", "Created at", 1, 21_003),
        ("outside the scale of 1 to 5", "CSAT", 1, 21_003),
    ]


def test_ids_that_a_spreadsheet_has_cut_are_warned_about(bring):
    receipt = bring("Ticket ID,Created at,Status\n1.25E+17,2024-01-01,open\n1.26E+17,2024-01-01,open\n")
    assert any("1.25E+17" in note for note in receipt.notes)


def test_stamps_without_a_zone_are_the_named_zones(bring, rows):
    bring("Ticket ID,Created at,Status\n1,2024-07-01 10:00:00,open\n", timezone="Europe/Berlin")
    assert rows("select created_at::varchar from tickets") == [("2024-07-01 08:00:00",)]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])
def test_every_hour_of_a_year_is_on_the_zones_clock(zone, bring, rows):
    start = datetime(2024, 1, 1)
    stamps = [start + timedelta(minutes=30 * step) for step in range(2 * 24 * 366)]
    bring("Ticket ID,Created at,Status\n" + "".join(f"{id},{stamp},open\n" for id, stamp in enumerate(stamps)), timezone=zone)
    there = ZoneInfo(zone)
    wanted = [stamp.replace(tzinfo=there).astimezone(UTC).replace(tzinfo=None) for stamp in stamps]
    assert rows("select created_at from tickets order by id::integer") == [(stamp,) for stamp in wanted]


def test_a_look_sees_what_a_column_holds():
    assert of(["2024-01-01 10:00", "NA", None]).stamps == 1
    assert of(["26:15:00", "0:30"]).clocks == 1
    assert of(["1,234.5", "$12", "-3"]).numbers == 1
    assert of(["2 days 3 hours", "5 min"]).words == 1
    assert of(["", "NA", None]).empty


def test_every_receipt_adds_up(bring):
    receipt = bring("Ticket ID,Created at,Status\n1,2024-01-01,open\n1,2024-01-01,open\n2,2024-01-01\n,,\n3,2024-01-01,open,x,y\n")
    assert receipt.rows_read == receipt.kept + receipt.updated + receipt.unchanged + receipt.set_aside
    assert import_file.NothingKept(receipt).receipt is receipt


@pytest.mark.parametrize(("written", "column"), [("2024-02-01 10:00:00", "solved_at"), ("26:00:00", "resolution_minutes")])
def test_a_column_that_fills_late_is_still_read_by_its_values(written, column, bring, rows):
    lines = [f"{id},2024-01-01 10:00:00," for id in range(12_000)] + [f"99999,2024-01-02 10:00:00,{written}"]
    receipt = bring("Ticket ID,Created at,Resolution time\n" + "\n".join(lines) + "\n")
    assert rows(f"select count({column}) from tickets") == [(1,)]
    assert receipt.problems == []
