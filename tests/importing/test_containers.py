"""A table is the same table however it is packed, and every table of an archive has a receipt of its own."""

import csv
import gzip
import io
import json
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importing import import_file
from data.store import Store
from tests.reading.containers import Cell, sheet, workbook, zipped

ROOT = Path(__file__).parents[2]
HEADER = ["Ticket ID", "Created at", "Solved at", "First response time (in minutes)", "Status", "Subject", "Tags", "Reopens"]
SUBJECTS = [
    "",
    "plain",
    "a, b; c",
    'said "hi"',
    "two\nlines",
    'two\n\n, "lines"',
    "Zoë 日本 🙂",
    "=1+1",
    "0012",
    " spaces ",
    "NULL",
    "{}",
    "true",
    "Total",
]
START = datetime(1899, 12, 30)

ticket = st.tuples(
    st.integers(1, 10**15),
    st.datetimes(datetime(2023, 1, 1), datetime(2025, 1, 1)).map(lambda one: one.replace(microsecond=0)),
    st.none() | st.integers(0, 10**7),
    st.none() | st.integers(0, 9999) | st.sampled_from([0.5, 12.25]),
    st.sampled_from(["open", "solved", "pending", "Closed"]),
    st.sampled_from(SUBJECTS) | st.text(st.characters(categories=["L", "N", "P"]), max_size=12),
    st.lists(st.sampled_from(["vip", "late", "refund"]), max_size=3, unique=True),
    st.integers(0, 3),
)


def texts(rows: list[tuple]) -> list[list[str]]:
    found = []
    for number, made, wait, reply, status, subject, tags, reopens in rows:
        solved = "" if wait is None else str(made + timedelta(seconds=wait))
        found.append(
            [str(number), str(made), solved, "" if reply is None else str(reply), status, subject, ";".join(tags), str(reopens)]
        )
    return found


def as_csv(rows: list[tuple]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *texts(rows)])
    return text.getvalue().encode()


def as_workbook(rows: list[tuple]) -> bytes:
    """Stamps as a workbook keeps them: days since 1899, shown as dates."""

    def stamp(one: datetime) -> tuple[str, float]:
        return "stamp", (one - START) / timedelta(days=1)

    cells: list[list[Cell]] = [list(HEADER)]
    for number, made, wait, reply, status, subject, tags, reopens in rows:
        solved = None if wait is None else stamp(made + timedelta(seconds=wait))
        first = None if reply is None else float(reply)
        cells.append([float(number), stamp(made), solved, first, status, subject or None, ";".join(tags) or None, float(reopens)])
    return workbook({"About": sheet([["Tickets of the week"]]), "Tickets": sheet(cells)})


def as_records(rows: list[tuple]) -> list[dict]:
    found = []
    for row, (number, _, solved, *_) in zip(rows, texts(rows), strict=True):
        values = [int(number), row[1].isoformat() + "Z", solved or None, *row[3:]]
        found.append({name: value for name, value in zip(HEADER, values, strict=True) if value is not None or name != "Solved at"})
    return found


def lines(rows: list[tuple]) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in as_records(rows)).encode()


PACKED = {
    "tickets.csv": as_csv,
    "tickets.csv.gz": lambda rows: gzip.compress(as_csv(rows)),
    "export.zip": lambda rows: zipped({"__MACOSX/._x": "y", "tickets.csv": as_csv(rows)}),
    "tickets.xlsx": as_workbook,
    "tickets.jsonl": lines,
    "tickets.json": lambda rows: json.dumps({"count": len(rows), "tickets": as_records(rows)}, indent=1).encode(),
    "all.zip": lambda rows: zipped({"tickets.xlsx": as_workbook(rows)}),
}


def imported(folder: Path, name: str, content: bytes) -> list[tuple]:
    path = folder / name
    path.write_bytes(content)
    store = Store.open(folder / f"{name}.duckdb")
    try:
        receipt = import_file.import_file(store, path, source="s")
        assert (receipt.set_aside, receipt.rows_read) == (0, receipt.kept)
        with store.cursor() as cursor:
            return cursor.execute("select * exclude (import_id) from tickets order by id").fetchall()
    finally:
        store.close()


@given(st.lists(ticket, min_size=3, max_size=12, unique_by=lambda row: row[0]))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_table_gives_the_same_rows_however_it_is_packed(rows):
    rows.append((7, datetime(2024, 5, 17, 9, 30), 3600, 5, "solved", "an ordinary one", ["vip", "late"], 1))
    with tempfile.TemporaryDirectory() as folder:
        found = {name: imported(Path(folder), name, pack(rows)) for name, pack in PACKED.items()}
    assert len(found["tickets.csv"]) == len({row[0] for row in rows})
    for name, one in found.items():
        assert one == found["tickets.csv"], name


ROWS = [(number, datetime(2024, 5, number, 9, 30), 3600, 5, "solved", f"subject {number}", ["vip"], 0) for number in range(1, 4)]


def test_every_table_has_its_receipt_and_one_bad_member_does_not_hold_up_the_others(run, tmp_path):
    path = tmp_path / "export.zip"
    bad = {"shoes.csv": "Shoe,Size\nred,43\n", "page.csv": "<html>", "broken.csv.gz": gzip.compress(as_csv(ROWS))[:-20]}
    path.write_bytes(zipped(bad | {"a.csv": as_csv(ROWS), "b/t.xlsx": as_workbook(ROWS), "c.jsonl": lines(ROWS)}))
    done = run("import", path, "--json")
    receipts = json.loads(done.stdout)
    assert [(one["file"], one["rows_read"], one["kept"], one["unchanged"]) for one in receipts] == [
        ("export.zip: a.csv", 3, 3, 0),
        ("export.zip: b/t.xlsx", 3, 0, 3),
        ("export.zip: c.jsonl", 3, 0, 3),
    ]
    assert done.returncode == 1
    assert [line.split(": ")[1].split(" ")[0] for line in done.stderr.strip().splitlines()] == [
        "shoes.csv",
        "page.csv",
        "broken.csv.gz",
    ]
    assert "Shoe, Size" in done.stderr
    assert len(json.loads(run("imports", "--json").stdout)) == 3


def test_an_archive_without_fault_ends_well(run, tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({"a.csv": as_csv(ROWS)}))
    done = run("import", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("export.zip: a.csv: tickets, into tickets")


def test_a_line_of_a_workbook_or_json_is_its_row_or_record(run, tmp_path):
    rows = [*ROWS, (9, datetime(2024, 5, 9), 5, "soon", "open", "two\nlines", [], 0)]
    (tmp_path / "t.xlsx").write_bytes(workbook({"S": sheet([HEADER, *([*texts(rows)[place][:5], "x\ny"] for place in range(4))])}))
    (tmp_path / "t.jsonl").write_bytes(lines(rows))
    found = json.loads(run("import", tmp_path / "t.xlsx", tmp_path / "t.jsonl", "--json").stdout)
    assert [one["problems"][0]["first_line"] for one in found] == [5, 4]


ZENDESK = {
    "url": "https://acme.example/api/v2/tickets/35436.json",
    "id": 35436,
    "external_id": None,
    "created_at": "2024-03-05T09:00:00Z",
    "via": {"channel": "email", "source": {"from": {"address": "ann@example.com"}, "to": {}, "rel": None}},
    "updated_at": "2024-03-09T10:00:00Z",
    "type": "incident",
    "subject": "Printer on fire",
    "raw_subject": "Printer on fire",
    "description": "It burns.\n\nPlease help.",
    "priority": "high",
    "status": "closed",
    "recipient": None,
    "requester_id": 9007199254740993,
    "submitter_id": 7001,
    "assignee_id": 61,
    "organization_id": 5,
    "group_id": 4,
    "collaborator_ids": [7, 8],
    "follower_ids": [],
    "forum_topic_id": None,
    "problem_id": None,
    "has_incidents": False,
    "is_public": True,
    "due_at": None,
    "tags": ["hardware", "urgent_fix"],
    "custom_fields": [{"id": 1, "value": "x"}],
    "satisfaction_rating": {"score": "good", "comment": "Quick"},
    "brand_id": 3,
    "allow_channelback": False,
    "metric_set": {
        "id": 1,
        "ticket_id": 35436,
        "created_at": "2024-03-05T09:00:00Z",
        "updated_at": "2024-03-09T10:00:00Z",
        "group_stations": 1,
        "assignee_stations": 2,
        "reopens": 1,
        "replies": 3,
        "initially_assigned_at": "2024-03-05T09:10:00Z",
        "solved_at": "2024-03-06T09:00:00Z",
        "reply_time_in_minutes": {"calendar": 45, "business": 30},
        "first_resolution_time_in_minutes": {"calendar": 1440, "business": 480},
        "full_resolution_time_in_minutes": {"calendar": 1441, "business": 481},
        "agent_wait_time_in_minutes": {"calendar": 60, "business": 20},
        "requester_wait_time_in_minutes": {"calendar": 300, "business": 100},
        "on_hold_time_in_minutes": {"calendar": 0, "business": 0},
    },
    "comments": [{"id": 1, "body": "hello"}],
}
WAITING = ZENDESK | {
    "id": 35437,
    "status": "open",
    "satisfaction_rating": {"score": "unoffered"},
    "tags": [],
    "group_id": None,
    "metric_set": {"replies": 0, "reply_time_in_minutes": {"calendar": None, "business": None}, "solved_at": None},
}


def test_zendesks_json_export_is_recognised_and_right(store, rows, tmp_path):
    path = tmp_path / "tickets.json"
    path.write_text("".join(json.dumps(one) + "\n" for one in (ZENDESK, WAITING)))
    receipt = import_file.import_file(store, path)
    assert (receipt.format, receipt.kept, receipt.set_aside, receipt.problems) == ("zendesk", 2, 0, [])
    columns = (
        "id, subject, description, status, channel, priority, type, replace(tags, chr(31), ' '), team, agent, customer_id, "
        "organization, created_at::varchar, assigned_at::varchar, solved_at::varchar, first_reply_minutes, "
        "first_reply_business_minutes, first_resolution_minutes, first_resolution_business_minutes, resolution_minutes, "
        "resolution_business_minutes, requester_wait_minutes, requester_wait_business_minutes, agent_wait_minutes, "
        "on_hold_minutes, replies, reopens, assignees, groups, csat_score, csat_scale, csat_offered, unread"
    )
    first, second = rows(f"select {columns} from tickets order by id")
    assert first == (
        "35436",
        "Printer on fire",
        "It burns.\n\nPlease help.",
        "closed",
        "email",
        "high",
        "incident",
        "hardware urgent_fix",
        "4",
        "61",
        "9007199254740993",
        "5",
        "2024-03-05 09:00:00",
        "2024-03-05 09:10:00",
        "2024-03-06 09:00:00",
        45,
        30,
        1440,
        480,
        1441,
        481,
        300,
        100,
        60,
        0,
        3,
        1,
        2,
        1,
        1,
        1,
        True,
        0,
    )
    assert second[:4] == ("35437", "Printer on fire", "It burns.\n\nPlease help.", "open")
    assert second[7:9] == (None, None)
    assert second[14:17] == (None, None, None)
    assert second[-4:] == (None, None, False, 0)
    assert any("'custom_fields' (in 2), 'comments' (in 2)" in note for note in receipt.notes)
