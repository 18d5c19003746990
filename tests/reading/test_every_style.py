"""Whatever program wrote the file, the cells that come out are the cells that went in."""

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.material import cells, encoded, imported, table, written

HEADER = ["ticket id", "created at", "subject", "comment", "agent", "score"]
NASTY = [
    "", " ", "  two spaces first", "trailing space ", 'said "hi", then left', '"', '""', ",", ";", "\t", "|", "a,b;c|d\te",
    "line one\nline two", "\nfirst line empty", "last line empty\n", "\n\n", "1,5", "12.50", "2024-01-31 10:00", "NA", "null",
    "'quoted'", "back\\slash", 'back\\"quote', "#comment", "=1+1", "<p>html</p>", '{"json": "yes"}', "x" * 5000, "\x0b\x0c",
    "Total", "5\" screen", "2,3\n4,5\n6,7", "sep=;",
]  # fmt: skip
UNICODE = ["Zoë", "naïve café", "日本語", "🙂 ok", "\u2028", "\x85", "\ufeff", "Ελλάδα", "Œuvre", "ﬁ", "\xa0"]
WESTERN = [
    "Très déçu",
    "Äpfel für Jürgen",
    "mañana será",
    "à bientôt",
    "ça va être",
    "l'été",
    "Noël",
    "dépêchez-vous",
    "où",
    "Århus",
]
TURKISH = ["değil", "şimdi", "İstanbul", "ağaç", "yanlış", "çok kötü", "kışın", "Işık"]
ENCODINGS = {
    "utf-8": UNICODE, "utf-8-sig": UNICODE, "utf-16-le+": UNICODE, "utf-16-be+": UNICODE, "utf-16-le": WESTERN,
    "utf-16-be": WESTERN, "utf-32-le+": UNICODE, "utf-32-le": WESTERN, "utf-32-be": WESTERN, "cp1252": WESTERN,
    "latin-1": WESTERN, "cp850": WESTERN, "iso8859-9": TURKISH, "cp1254": TURKISH,
}  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> tuple[list[list[str]], str, str, int, str]:
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    width = draw(st.integers(2, len(HEADER)))
    cell = st.sampled_from(NASTY) | st.sampled_from(ENCODINGS[encoding])
    if encoding.startswith("utf"):
        cell |= st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=20)
    rows = draw(st.lists(st.lists(cell, min_size=width - 1, max_size=width - 1), min_size=3, max_size=25))
    body = [[str(1000 + place), *row] for place, row in enumerate(rows)]
    body += [[str(2000 + place), *["ordinary"] * (width - 1)] for place in range(len(rows) + 1)]
    # Words by which an encoding can be told: bytes alone, without any, could be anything.
    body += [[str(3000 + place), *[word] * (width - 1)] for place, word in enumerate(ENCODINGS[encoding])]
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    return [HEADER[:width], *body], encoding, draw(st.sampled_from(",;\t|")), quoting, newline


@given(files())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_cell_comes_back_exactly(file):
    rows, encoding, delimiter, quoting, newline = file
    text = written(rows, delimiter, quoting).replace("\n", newline)
    with tempfile.TemporaryDirectory() as folder:
        found = table(Path(folder), encoded(text, encoding))
        assert found.delimiter == delimiter
        assert list(found.header) == rows[0]
        assert cells(found) == rows[1:]
        assert found.problems == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "newline"])
def test_the_last_line_may_lack_its_end(tmp_path, newline, last):
    content = newline.join(["id,subject", "1,one", "2,two"]) + (newline if last else "")
    assert cells(table(tmp_path, content)) == [["1", "one"], ["2", "two"]]


def test_line_ends_may_change_from_row_to_row(tmp_path):
    found = table(tmp_path, b'id,subject\r\n1,"a\rb"\n2,"a\r\nb"\r3,c\r\n\r\n4,d\n')
    assert cells(found) == [["1", "a\nb"], ["2", "a\nb"], ["3", "c"], ["4", "d"]]


def test_zero_bytes_are_left_out_and_named(tmp_path):
    found = table(tmp_path, b"id,subject\n1,o\0n\0e\n2,two\n")
    assert cells(found) == [["1", "one"], ["2", "two"]]
    assert found.notes == ("2 zero bytes were left out",)


def test_a_cell_may_hold_ten_megabytes(tmp_path):
    long = "word " * 2_000_000
    assert cells(table(tmp_path, f"id,text\n1,{long}\n2,short\n"))[0][1] == long
    many_lines = "line\n" * 2_000_000
    _, rows = imported(table(tmp_path, f'id,text\n1,"{many_lines}"\n2,short\n'), tmp_path)
    assert [row[0] for row in rows] == ["1", "2"]
    assert rows[0][1] == many_lines


def test_rows_of_separators_alone_are_not_rows(tmp_path):
    found = table(tmp_path, 'id,subject,agent\n1,a,b\n,,\n"","",""\n\n2,c,d\n')
    assert cells(found) == [["1", "a", "b"], ["2", "c", "d"]]


def test_a_clean_file_is_read_where_it_stands(tmp_path):
    found = table(tmp_path, "id,subject\n1,one\n")
    assert (found.path, found.skip, found.first_line) == (tmp_path / "export.csv", 1, 2)


def test_a_big_file_with_line_breaks_in_its_cells_is_read_exactly(tmp_path):
    breaks = "5,6,7\n" * 40
    rows = [[str(place), "plain", "x" * 60] for place in range(30_000)]
    rows += [[str(place), breaks, "y"] for place in range(30_000, 60_000)]
    found = table(tmp_path, written([["id", "subject", "comment"], *rows]))
    _, read = imported(found, tmp_path)
    assert read == rows
