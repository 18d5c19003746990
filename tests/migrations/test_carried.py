"""What earlier versions wrote opens today, loses nothing and answers the same; what was shared and described then still works."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import queries
from data import schema
from data import store as stores
from data.importing import import_file, saved_formats
from data.store import Store
from data.workspace import shares
from pages.exports.registry import FORMS
from pages.report import serialise, share_filters
from pages.sharing import create, link_index
from queries import import_history
from tests.migrations import record
from tests.migrations.conftest import CARRIED

# Those of versions that could share a report and describe a file.
SHARING = [folder for folder in CARRIED if (folder / "desk.shares").exists()]
shared = pytest.mark.parametrize("carried", SHARING, indirect=True, ids=lambda path: path.name)


def tables(store: Store) -> dict[str, dict[str, str]]:
    with store.cursor() as cursor:
        return {name: dict(columns) for name, columns in schema.held(cursor).items()}


def test_its_columns_and_types_are_those_of_a_new_database(desk: Store) -> None:
    found = tables(desk)
    for table, columns in schema.described().items():
        assert found[table] == columns, table
        if f"{table}_replaced" in found:
            assert found[f"{table}_replaced"] == {**columns, "replaced_by": "VARCHAR"}, table


def test_nothing_that_anybody_brought_or_said_is_lost(desk: Store, said: dict[str, Any]) -> None:
    found = record.rows(desk)
    assert {name: found[name] for name in said["rows"]} == said["rows"]


def test_every_number_is_what_it_was(desk: Store, said: dict[str, Any]) -> None:
    assert said["answers"]
    for asked, wanted in said["answers"].items():
        name, by = asked.split(" ")
        found = record.answer(desk, name, None if by == "all" else by)
        assert rounded(found) == rounded(wanted), asked


def rounded(rows: list[list[Any]]) -> list[list[Any]]:
    """The order in which a sum is taken may show in the last digits."""
    return [[float(f"{cell:.9g}") if isinstance(cell, float) else cell for cell in row] for row in rows]


def test_every_number_can_be_asked_for(desk: Store) -> None:
    for name in queries.METRICS:
        assert record.answer(desk, name, None), name


def test_its_receipts_can_be_read_and_its_last_import_undone(desk: Store) -> None:
    history = import_history.history(desk)
    assert len(history) == record.rows(desk)["imports"]
    last = next(one for one in history if one.file == "tickets-again.csv")
    import_file.undo(desk, last.id)
    with desk.cursor() as cursor:
        states = dict(cursor.execute("select status, count(*) from tickets where source = 'helpdesk' group by 1").fetchall())
    assert states == {"solved": 440, "open": 100}


def test_a_file_brought_again_is_known(desk: Store, tmp_path: Path) -> None:
    receipt = import_file.import_file(desk, record.ticket_file(tmp_path / "tickets-again.csv", True), source="helpdesk")
    forgotten = bool(record.rows(desk)["forgotten"])  # one of them is about somebody whose address is gone here
    assert (receipt.rows_read, receipt.unchanged, receipt.updated) == (100, 100 - forgotten, forgotten)


def test_opened_a_second_time_it_stays_as_it_is(old: Path) -> None:
    Store.open(old).close()
    before = old.read_bytes()
    Store.open(old).close()
    assert old.read_bytes() == before


@shared
def test_a_frozen_report_is_the_page_it_was(desk: Store, said: dict[str, Any], carried: Path) -> None:
    index = link_index.Live(desk)
    share = index.find(said["frozen"])
    assert share
    assert share.pages == tuple(said["pages"])
    assert index.page(share) == (carried / "desk.shares" / f"{share.id}.html.gz").read_bytes()


@shared
def test_a_frozen_report_comes_back_in_every_form(desk: Store, said: dict[str, Any]) -> None:
    share = link_index.Live(desk).find(said["frozen"])
    assert share
    text = link_index.unpacked(shares.numbers_file(desk, share.id).read_bytes()).decode("utf-8")
    report = serialise.report(text)
    assert [section.path for section in report.sections] == said["pages"]
    lost = Counter(leaves(json.loads(text))) - Counter(leaves(json.loads(serialise.text(report))))
    assert not lost
    for form in FORMS.values():
        assert create.again(desk, share, form)


def leaves(value: Any) -> Iterator[str]:
    """Every text and every number in it, whatever the names they stand under; a number that is none is a gap."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part) if name != "$class" else ()
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif value is not None:
        yield f"{float(value):g}" if isinstance(value, int | float) else str(value)


@shared
def test_a_live_link_keeps_its_filters(desk: Store, said: dict[str, Any]) -> None:
    share = link_index.Live(desk).find(said["live"])
    assert share
    filters = share_filters.filters(share)
    assert (filters.range, filters.channel) == ("last-90d", ("chat",))


@shared
def test_a_saved_format_recognises_its_files(desk: Store, carried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "FORMATS", tmp_path / "formats")
    saved_formats.save("odd", (carried / "odd.toml").read_text(encoding="utf-8"))
    receipt = import_file.import_file(desk, carried / "odd.csv")
    assert (receipt.format, receipt.kept, receipt.set_aside) == ("odd", 2, 0)
    with desk.cursor() as cursor:
        found = cursor.execute("select id, created_at::varchar, status from tickets where source = 'odd' order by id").fetchall()
    assert found == [("V1", "2025-03-02 08:00:00", "solved"), ("V2", "2025-03-15 08:00:00", "pending")]


def test_the_workspace_of_today_can_be_carried_along(tmp_path: Path) -> None:
    record.write(tmp_path / "today")
    assert {path.name for path in (tmp_path / "today").iterdir()} == {
        "desk.duckdb.gz", "desk.shares", "odd.csv", "odd.toml", "said.json"}  # fmt: skip
