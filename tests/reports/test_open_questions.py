"""A number that rests on an open question says so on its tile, in its evidence and in every form that a report takes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import queries
from data.importing import answer_doubt, import_file
from data.store import Store
from pages.content import explanations
from pages.document.blocks import Tiles
from pages.exports.html import report_page
from queries import Filters
from tests.pages import whole
from tests.reports import taking

LINE = "rests on an open question"
OPEN = "Ticket ID,Created at,Status,Solved at\n" + "".join(
    f"{n},2025-03-{n:02} 08:00,{'Sorted' if n % 3 else 'Open'},{f'2025-03-{n:02} 11:00' if n % 2 else ''}\n" for n in range(1, 29)
)


@pytest.fixture
def store(tmp_path: Path):
    opened = Store.open(tmp_path / "open.duckdb")
    (tmp_path / "tickets.csv").write_text(OPEN)
    opened.last = import_file.import_file(opened, tmp_path / "tickets.csv").import_id
    yield opened
    opened.close()


def read(file: bytes, ending: str) -> str:
    """Every word of a file, however it is packed."""
    if ending == "pdf":
        return " ".join(taking.pages(file))
    if zipfile.is_zipfile(BytesIO(file)):
        with zipfile.ZipFile(BytesIO(file)) as packed:
            return " ".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist() if name.endswith(".xml"))
    return file.decode("utf-8", "ignore")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text)).replace("&#x27;", "'").replace("&apos;", "'")


def tiles_of(report) -> dict[str, tuple[str, ...]]:
    return {tile.name: tile.small for block in taking.blocks(report, Tiles) for tile in block.tiles}


def test_a_tile_says_that_it_rests_on_an_open_question_until_that_is_answered(store) -> None:
    assert LINE in tiles_of(taking.gathered_from(store, range="all"))["Open tickets"]
    answer_doubt.answer(store, store.last, "state:Sorted", "solved")
    assert not [small for small in tiles_of(taking.gathered_from(store, range="all")).values() if LINE in small]


@pytest.mark.parametrize("ending", ["html", "pptx", "pdf", "xlsx"])
def test_whatever_form_it_takes_a_report_says_it(ending: str, store) -> None:
    report = taking.gathered_from(store, range="all")
    made = report_page.Html().write(report) if ending == "html" else taking.printed(report, ending)
    said = plain(read(made, ending))
    assert "open question" in said
    assert "Assumed for now: unknown." in said


def test_the_evidence_names_the_question_and_what_is_assumed(store) -> None:
    (said,) = explanations.open_questions(queries.metric("backlog"), Filters(), store)
    assert said == "What does 'Sorted' in 'Status' say of a ticket? Assumed for now: unknown."
    assert explanations.open_questions(queries.metric("csat"), Filters(), store) == []


def test_the_overview_says_it(monkeypatch, store) -> None:
    assert LINE in whole.said(whole.opened(monkeypatch, store, "", range="all"))
