"""Workbooks: every sheet with a table is one, and a cell is what its reader sees, without a digit made up."""

import itertools
from pathlib import Path

import pytest

from data.files import number_text, unpack, workbooks
from data.files.plain_table import Part, Room
from data.files.read_table import Unreadable
from tests.reading import containers
from tests.reading.containers import binary_workbook, compound, old_workbook, opendocument, sheet, workbook, zipped
from tests.reading.material import cells, table

ROWS = [["Ticket ID", "Subject"], [1.0, "a"], [2.0, "b"]]
NOON = 45304.5  # 13 January 2024, 12:00


def parts(folder: Path, content: bytes, room: Room | None = None) -> list[Part]:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    count = itertools.count()
    return list(unpack.tables(path, "book.xlsx", lambda: folder / f"p{next(count)}", room or Room(folder)))


@pytest.mark.parametrize("name", ["book.xlsx", "book.xls", "book.csv", "book"])
@pytest.mark.parametrize("content", [workbook({"S": sheet(ROWS)}), old_workbook(ROWS), binary_workbook(ROWS), opendocument(ROWS)])
def test_a_workbook_is_read_whatever_it_is_called(tmp_path, name, content):
    found = table(tmp_path, content, name)
    assert (found.name, found.header) == (name, ("Ticket ID", "Subject"))
    assert cells(found) == [["1", "a"], ["2", "b"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5.0, "5"),
        (-3.0, "-3"),
        (12.5, "12.5"),
        (0.1, "0.1"),
        (1234567890123456.0, "1234567890123456"),
        (1.25e17, "1.25e+17"),
        (("stamp", NOON), "2024-01-13 12:00:00"),
        (("stamp", 45304.43755787037), "2024-01-13 10:30:05"),
        (("stamp", NOON + 0.25 / 86400), "2024-01-13 12:00:00.250"),
        (("date", 45304.0), "2024-01-13"),
        (("clock", 0.03125), "0:45:00"),
        (("span", 0.03125), "0:45:00"),
        (("span", 1.09375), "26:15:00"),
        (("clock", 1.09375), "26:15:00"),
        (("clock", 70.5), "1692:00:00"),
        (("span", -0.5), "-12:00:00"),
        (True, "true"),
        (False, "false"),
        ("#N/A", ""),
        (None, ""),
        ("0012", "0012"),
        (" two  spaces ", " two  spaces "),
        ("two\nlines", "two\nlines"),
        ('said "hi", then', 'said "hi", then'),
        ("Zoë 日本 🙂", "Zoë 日本 🙂"),
    ],
)
def test_a_cell_is_written_as_an_export_would(tmp_path, cell, text):
    found = table(tmp_path, workbook({"S": sheet([["id", "value", "note"], [1.0, cell, "x"], [2.0, "y", "z"]])}))
    assert cells(found)[0] == ["1", text, "x"]


def test_numbers_beyond_what_a_workbook_keeps_are_told(tmp_path):
    rows = [["Ticket ID", "Subject"], [123456789012345678.0, "a"], [99.0, "b"], [223456789012345678.0, "c"]]
    (note,) = table(tmp_path, workbook({"S": sheet(rows)})).notes
    assert note.startswith("'Ticket ID' holds 2 numbers with more digits than a workbook keeps")
    assert table(tmp_path, workbook({"S": sheet([["id", "x"], [2.0**53, "a"]])})).notes == ()


def test_long_ids_that_a_program_wrote_whole_come_back_whole(tmp_path):
    ids = [123456789012345678 + place for place in range(3000)]
    rows = [[None, "note", "Ticket ID", "sum"], *([None, "x" * (one % 7), one, float(one % 10)] for one in ids)]
    other = sheet([["id", "x"], [987654321098765432, "y"]])
    found = parts(tmp_path, workbook({"A & B": other, "Hidden": other, "C": sheet(rows, first=3)}, hidden=["Hidden"]))
    whole = table(tmp_path, found[1].path.read_bytes())
    assert [int(row[1]) for row in cells(whole)] == ids
    assert not any("digits" in note for note in whole.notes)
    assert cells(table(tmp_path, found[0].path.read_bytes())) == [["987654321098765432", "y"]]


@pytest.mark.parametrize("piece", [1, 50, 5000])
def test_where_a_piece_ends_costs_no_digit(tmp_path, monkeypatch, piece):
    monkeypatch.setattr(number_text, "PIECE", piece)
    path = tmp_path / "b.xlsx"
    path.write_bytes(workbook({"S": sheet([[10**17 + place] for place in range(60)])}))
    assert number_text.digits(path, 0) == {(place, 0): str(10**17 + place) for place in range(60)}
    assert [number_text.column(name) for name in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16383]


def test_every_sheet_with_a_table_is_one_and_the_others_are_named(tmp_path):
    book = {
        "Cover": sheet([["Our report"], ["of today"]]),
        "Tickets": sheet(ROWS),
        "Nothing": "",
        "Users": sheet([["id", "name"], [1.0, "A"]]),
        "Secret": sheet(ROWS),
    }
    found = parts(tmp_path, workbook(book, hidden=["Secret"]))
    assert [part.name for part in found] == ["book.xlsx: Tickets", "book.xlsx: Users"]
    assert table(tmp_path, found[0].path.read_bytes()).notes == (
        "Left out, because they hold no table: 'Cover'.",
        "Left out, because they are hidden: 'Secret'.",
    )
    assert {part.path for part in found} == {path for path in tmp_path.iterdir() if path.name[0] == "p"}


def test_one_table_among_empty_sheets_goes_by_the_name_of_the_file(tmp_path):
    assert [part.name for part in parts(tmp_path, workbook({"A": "", "B": sheet(ROWS), "C": ""}))] == ["book.xlsx"]


def test_a_line_is_the_row_the_spreadsheet_shows(tmp_path):
    rows = [["Weekly report"], [], ["id", "subject", "agent"], [1.0, "a\nb\nc", "d"], [], [2.0, "e\nf", "g"], ["Total", None, 2.0]]
    found = table(tmp_path, workbook({"S": sheet(rows, first=4)}))
    assert cells(found) == [["1", "a\nb\nc", "d"], ["2", "e\nf", "g"]]
    assert {place: line for place, (line, _) in found.locate([0, 1]).items()} == {0: 7, 1: 9}
    assert found.locate([0])[0][1] == "1,a\nb\nc,d"
    assert [(problem.line, problem.reason) for problem in found.problems] == [(10, "totals row")]
    assert found.notes == ("1 title row above the header was skipped",)


def test_a_header_may_hold_line_breaks(tmp_path):
    assert table(tmp_path, workbook({"S": sheet([["id", "How\nlikely?"], [1.0, 9.0]])})).header == ("id", "How likely?")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (workbook({"S": ""}), "is an empty workbook"),
        (workbook({"S": sheet(ROWS)}, hidden=["S"]), "is an empty workbook"),
        (workbook({"S": sheet([["id", "subject"]])}), "holds column names but no rows"),
        (workbook({"S": sheet([["Agent", *(f"2024-0{month}" for month in range(1, 6))], ["Ann", *[4.0] * 5]])}), "pivot table"),
        (zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), "is a damaged workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "is a damaged workbook, or another office document"),
        (compound(bytes(5000), "WordDocument"), "is a damaged workbook, or another office document"),
        (compound(bytes(5000), "EncryptedPackage"), "is encrypted: the workbook has a password"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "is an office document"),
        (zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}), "is an office document"),
        (workbook({f"S{number}": "" for number in range(201)}), "more than 200 sheets"),
    ],
)
def test_a_workbook_without_a_table_says_what_it_lacks(tmp_path, content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        table(tmp_path, content, "book.xlsx")


def test_a_sheet_of_absurd_size_costs_itself_and_not_the_server(tmp_path):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(Unreadable, match="a sheet too large to be read, perhaps because of a stray cell"):
        parts(tmp_path, workbook({"S": far}))
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_workbook_that_unpacks_to_more_than_there_is_room_for_leaves_nothing(tmp_path):
    rows = [["id", "text"], *([float(place), "x" * 1000] for place in range(3000))]
    with pytest.raises(Unreadable, match="more than 2 MB once unpacked"):
        parts(tmp_path, workbook({"A": sheet(ROWS), "B": sheet(rows)}), Room(tmp_path, 2 << 20))
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_reader_that_hangs_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "PATIENCE", 0.001)
    with pytest.raises(Unreadable, match="too large to be read"):
        parts(tmp_path, workbook({"S": sheet(ROWS)}))


def test_the_columns_of_a_workbook_have_the_letters_a_spreadsheet_gives_them():
    assert [containers.column(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
