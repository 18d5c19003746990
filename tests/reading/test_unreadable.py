"""What is not a table says so: what it is, what was expected, what to do."""

import gzip
import io
import random
import zipfile

import pytest

from data.files.reading import Unreadable
from tests.reading.material import table


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as one:
        for name in names:
            one.writestr(name, "x")
    return content.getvalue()


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
        (b'{"tickets": [{"id": 1}]}', "is a JSON file"),
        (b'[{"id": 1}]', "is a JSON file"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "is an Excel workbook"),
        (archive("tickets.csv", "users.csv"), "is a zip archive .it holds tickets.csv, users.csv."),
        (archive("word/document.xml"), "is an office document"),
        (b"PK\x03\x04 damaged", "is a damaged zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "is an old Excel workbook"),
        (gzip.compress(b"id,subject\n1,a\n"), "is a gzip-compressed file"),
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
