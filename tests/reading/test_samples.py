"""Real exports, byte for byte as they were found, read completely."""

import csv
import re
from pathlib import Path

import pytest

from data.files import read_table
from tests.reading.material import cells

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
COUNTS = {
    "tickets/kaggle_customer_support_tickets_8469.csv": 8469,
    "tickets/queue_wait_hhmmss_dupheaders_5000.csv": 5000,
    "tickets/ravenstack_support_tickets.csv": 2000,
    "surveys/nps_fr_gardenstore_cp1252_13954.csv": 13954,
    "customers/ravenstack_accounts.csv": 500,
    "customers/ravenstack_churn_events.csv": 600,
    "customers/ravenstack_subscriptions.csv": 5000,
    "customers/telco_customer_churn_7043.csv": 7043,
    "texts/banking77_train.csv": 10003,
    "texts/banking77_test.csv": 3080,
}
CONNECTORS = sorted(path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("connectors/*.csv"))
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not part of the repository")


def by_the_book(path: Path) -> list[list[str]]:
    text = path.read_text("utf-8-sig").replace("\r\n", "\n")
    return [row for row in csv.reader(text.splitlines(keepends=True)) if any(row)]


@pytest.mark.parametrize("name", COUNTS)
def test_a_real_export_has_all_its_rows(tmp_path, name):
    found = read_table.read(SAMPLES / name, tmp_path)
    assert len(cells(found)) == COUNTS[name]
    assert found.problems == ()


@pytest.mark.parametrize("name", [*CONNECTORS, *(name for name in COUNTS if "cp1252" not in name)])
def test_a_real_export_has_the_cells_any_csv_reader_finds(tmp_path, name):
    found = read_table.read(SAMPLES / name, tmp_path)
    header, *rows = by_the_book(SAMPLES / name)
    assert len(found.header) == len(header)
    assert cells(found) == rows


def test_every_comment_of_the_garden_store_is_french(tmp_path):
    found = read_table.read(SAMPLES / "surveys/nps_fr_gardenstore_cp1252_13954.csv", tmp_path)
    text = "\n".join(row[5] for row in cells(found))
    assert not re.findall("[\ufffd\x80-\x9f]", text)
    assert not re.findall(r"\w[‚ƒ„…†‡ˆ‰‹“”•™›¤¦¨¬¯²³´¶·¸¹º¼½¾¿¡¢£¥§±×÷]\w", text)
    assert not re.findall(r"[a-zà-ÿ][ŠŒŽÀ-ÞŸ]", text)
    assert not re.findall(r"\w[‚ˆƒ]|[‚ˆƒ‡†Š]\w", text)
    assert text.count("très") > 500
    # As many as the bytes hold in either encoding, and in both within one word.
    raw = (SAMPLES / "surveys/nps_fr_gardenstore_cp1252_13954.csv").read_bytes()
    assert text.count("régulièrement") == len(re.findall(rb"r[\x82\xe9]guli[\x8a\xe8]rement", raw)) == 19
    assert found.header[:2] == ("column 1", "id")
