"""What is not a table says so: what it is, what was expected, what to do."""

import gzip
import random

import pytest

from data.files.read_table import Unreadable
from tests.reading.containers import sheet, workbook, zipped
from tests.reading.material import cells, table


def archive(*names: str) -> bytes:
    return zipped(dict.fromkeys(names, "x"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\r\n  \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\0" * 4000, "is empty"),
        (b",,,\n,,,\n", "is empty"),
        (b"id,subject,agent\n", "holds column names but no rows"),
        (b"id,subject,agent", "holds column names but no rows"),
        (b"id,subject,agent\n\n,,\n", "holds column names but no rows"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
        (b"\xef\xbb\xbf\n <html>\n<table>", "is a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "is an XML document"),
        (b'{"tickets": [{"id": 1}, {"id"', "is a JSON file that is damaged or breaks off after 1 record"),
        (b"[]", "is a JSON file without records"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "is a damaged workbook"),
        (archive("tickets.csv", "users.csv"), "holds 2 tables .tickets.csv, users.csv."),
        (archive("logo.png", "report.pdf"), "is an archive without any table in it .it holds logo.png, report.pdf."),
        (archive("word/document.xml"), "is an office document"),
        (b"PK\x03\x04 damaged", "is a damaged zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "is a damaged workbook, or another office document"),
        (gzip.compress(b"id,subject\n1,a\n" * 9, mtime=0)[:-9], "is a damaged archive"),
        (gzip.compress(b"%PDF-1.7", mtime=0), "is a PDF document"),
        (b"BZh91AY", "is a bzip2-compressed file"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF document"),
        (b"PAR1" + b"\0" * 30, "is a Parquet file"),
        (random.Random(1).randbytes(5000), "is not a text file"),
    ],
)
def test_other_files_are_refused_with_advice(tmp_path, content, sentence):
    with pytest.raises(Unreadable, match=f"^export.csv {sentence}") as refusal:
        table(tmp_path, content)
    assert str(refusal.value).endswith(".")
    assert len(str(refusal.value)) > 60


@pytest.mark.parametrize(
    "content",
    [
        b'{"tickets": [{"id": 1, "subject": "a"}]}',
        b'[{"id": 1, "subject": "a"}]',
        workbook({"Tickets": sheet([["id", "subject"], [1.0, "a"]])}),
        gzip.compress(b"id,subject\n1,a\n", mtime=0),
        zipped({"tickets.csv": "id,subject\n1,a\n"}),
    ],
)
def test_what_holds_one_table_is_read_though_it_is_no_csv(tmp_path, content):
    found = table(tmp_path, content)
    assert (found.header, cells(found)) == (("id", "subject"), [["1", "a"]])
