"""JSON becomes a table without losing a record or a digit: lists, lines, and lists in wrapping."""

import itertools
import json
from pathlib import Path

import pytest

from data.files import json_records, json_text, unpack
from data.files.json_text import Scanner
from data.files.plain_table import Room
from data.files.read_table import Unreadable
from tests.reading.material import cells, imported, table

RECORDS = [
    {"id": 12345678901234567890, "subject": "two\nlines, a \"quote\"", "via": {"channel": "email"},
     "tags": ["a b", "c"], "ok": True},
    {"id": 2, "subject": None, "via": {"channel": "chat", "source": {"rel": None}}, "tags": [], "score": 4.50},
    {"id": 3, "ok": False, "comments": [{"id": 9, "body": "x"}], "late": "é日🙂"},
]  # fmt: skip
HEADER = ("id", "subject", "via.channel", "tags", "ok", "via.source.rel", "score", "late")
ROWS = [
    ["12345678901234567890", "two\nlines, a \"quote\"", "email", "a b;c", "true", "", "", ""],
    ["2", "", "chat", "", "", "", "4.5", ""],
    ["3", "", "", "", "false", "", "", "é日🙂"],
]  # fmt: skip


def lines(records: list[dict]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize(
    "text",
    [
        lines(RECORDS),
        lines(RECORDS).replace("\n", "\r\n"),
        lines(RECORDS).rstrip("\n"),
        "\ufeff" + lines(RECORDS),
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2, ensure_ascii=False),
        "\n\n".join(json.dumps(record, indent=2) for record in RECORDS),
        json.dumps({"tickets": RECORDS, "count": 3, "next_page": None, "end_time": 1700000000}),
        json.dumps({"took": 4, "hits": {"total": {"value": 3}, "hits": RECORDS}}),
        "".join(json.dumps({"next": 1, "tickets": [record], "none": [], "words": ["a"]}) + "\n" for record in RECORDS),
    ],
)
def test_however_the_records_are_packed_they_are_the_same_rows(tmp_path, text):
    found = table(tmp_path, text, "export.json")
    assert found.header == HEADER
    assert cells(found) == ROWS
    assert found.notes == ("Lists of records inside the records were left out: 'comments' (in 1).",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_the_encoding_is_told_by_the_bytes(tmp_path, encoding):
    found = table(tmp_path, json.dumps(RECORDS, ensure_ascii=False).encode(encoding))
    assert cells(found)[2][-1] == "é日🙂"


def test_a_line_that_is_no_json_costs_itself_and_is_named_by_its_line(tmp_path):
    text = '{"id": 1, "subject": "a\\nb"}\n\n{"id": 2, "subject"\n[1]\n{"id": 3, "subject": "c", "new": 1}\n'
    found, rows = imported(table(tmp_path, text), tmp_path)
    assert rows == [["1", "a\nb", ""], ["3", "c", "1"]]
    assert [(problem.line, problem.reason, problem.record, problem.set_aside) for problem in found.problems] == [
        (3, "not a JSON record", '{"id": 2, "subject"', True),
        (4, "not a JSON record", "[1]", True),
    ]
    assert found.locate([0, 1]) == {0: (1, '1,a\nb,'), 1: (5, "3,c,1")}  # fmt: skip


def test_a_last_record_that_looks_like_a_total_is_a_record(tmp_path):
    found = table(tmp_path, lines([{"id": "1", "a": "x", "b": "y"}, {"id": "Total", "a": "", "b": "2"}]))
    assert len(cells(found)) == 2


def test_a_record_with_a_list_of_objects_is_not_taken_for_wrapping(tmp_path):
    record = {"id": 1, "created_at": "2024-01-01", "custom_fields": [{"id": 7, "value": "x"}]}
    assert cells(table(tmp_path, json.dumps(record))) == [["1", "2024-01-01"]]


def test_several_lists_are_several_tables(tmp_path):
    path = tmp_path / "dump.json"
    path.write_text(json.dumps({"tickets": [{"id": 1}], "users": [{"id": 5, "name": "A"}], "groups": []}))
    count = itertools.count()
    found = list(unpack.tables(path, "dump.json", lambda: tmp_path / f"p{next(count)}", Room(tmp_path)))
    assert [part.name for part in found] == ["dump.json: tickets", "dump.json: users"]
    with pytest.raises(Unreadable, match=r"holds 2 tables \(tickets, users\)"):
        table(tmp_path, path.read_text(), "dump.json")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (json.dumps(RECORDS)[:-40], "damaged or breaks off after 2 records"),
        ('[{"id": 1}, {"id": 2} {"id": 3}]', "damaged or breaks off"),
        ('[{"id": 1}, 7]', "damaged or breaks off"),
        ("[]", "without records"),
        ("{}", "without records"),
        ('[["id"], [1]]', "damaged"),
        ('{"a":' * 3000 + "1" + "}" * 3000, "damaged"),
        (json.dumps([{f"n{i}": 1 for i in range(3000)}]), "more than 2,000 different names"),
        ('{"id": 1}\n' + "no\n" * 1500, "more than 1,000 of its lines are not"),
    ],
)
def test_what_is_no_list_of_records_is_refused_with_its_reason(tmp_path, text, sentence):
    with pytest.raises(Unreadable, match=sentence):
        table(tmp_path, text, "export.json")


@pytest.mark.parametrize("piece", [1, 2, 7, 64])
def test_where_a_piece_ends_changes_nothing(tmp_path, monkeypatch, piece):
    monkeypatch.setattr(json_text, "PIECE", piece)
    assert cells(table(tmp_path, json.dumps({"n": 12.5, "tickets": RECORDS}))) == ROWS


def test_a_long_list_is_read_piece_by_piece(tmp_path, monkeypatch):
    most = 0
    plain = Scanner._more

    def watched(self):
        nonlocal most
        going = plain(self)
        most = max(most, len(self._text))
        return going

    monkeypatch.setattr(Scanner, "_more", watched)
    path = tmp_path / "long.json"
    with path.open("w") as stream:
        stream.write('{"tickets": [')
        for number in range(300_000):
            stream.write(("," if number else "") + json.dumps({"id": number, "subject": "x" * 60}))
        stream.write("]}")
    found = table(tmp_path, path.read_bytes(), "copy.json")
    assert len(cells(found)) == 300_000
    assert most <= 2 * json_records.FIRST
    assert path.stat().st_size > 3 * most


def test_rows_grow_wider_without_moving_a_cell(tmp_path):
    records = [{"id": number, **{f"f{place}": f"{number}\n{place}" for place in range(number % 50)}} for number in range(300)]
    found = table(tmp_path, lines(records))
    assert len(found.header) == 50
    for number, row in enumerate(cells(found)):
        assert row == [str(number), *(f"{number}\n{place}" if place < number % 50 else "" for place in range(49))]


def test_room_is_kept(tmp_path):
    path = Path(tmp_path, "a.json")
    path.write_text(lines([{f"n{place}": 1 for place in range(1500)}] + [{"n1": 1}] * 5000))
    count = itertools.count()
    with pytest.raises(Unreadable, match="more than 5 MB once unpacked"):
        list(unpack.tables(path, "a.json", lambda: tmp_path / f"p{next(count)}", Room(tmp_path, 5 << 20)))
    assert [left.name for left in tmp_path.iterdir()] == ["a.json"]
