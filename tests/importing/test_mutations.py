"""However a good file is spoiled, nothing is lost without a word: each row is stored as it was, or named in the receipt."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from data import formats
from data.files import read_table
from data.files.normalise import Unreadable
from data.importing import import_file
from data.importing.receipt import Receipt
from data.importing.recognise import Unrecognised
from data.store import Store
from tests.importing import mutations
from tests.importing.drafts import FORMATS, Draft, Good, golden

NAMES = [form.name for form in formats.bundled() if not form.refuse and (FORMATS / form.name).exists()]
QUICK, LONG = 2, 20  # spoiled files of each format
SOME = NAMES[::3]
# the scale of an answer that nobody gave means nothing, and follows what the other rows show
SCALE = {"responses": f"replace ({', '.join(f'if(score is null, null, {name}) as {name}' for name in ('scale_min', 'scale_max'))})"}
DAMAGE = {"open_quote", "stray_quote", "long_row", "short_row"}


@dataclass(frozen=True)
class Outcome:
    receipt: Receipt
    stored: Counter[tuple[Any, ...]]
    aside: list[tuple[int, str | None]]  # line and text of the rows that are in no table


class Bench:
    """One store for all files; each leaves it as it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(folder / "mutations.duckdb")

    def outcome(self, content: bytes, good: Good) -> Outcome:
        path = self.folder / "export.csv"
        path.write_bytes(content)
        receipt = import_file.import_file(self.store, path, source="one")
        hidden = "import_id" if good.ids is not None else "import_id, id"
        with self.store.cursor() as cursor:
            aside = cursor.execute("select line, record from problems where set_aside order by line").fetchall()
        stored = self._stored(receipt.table, hidden)
        self._clear()
        return Outcome(receipt, stored, aside)

    def twice(self, content: bytes) -> None:
        """The same file again changes nothing, and taking both out leaves nothing."""
        path = self.folder / "export.csv"
        path.write_bytes(content)
        first = import_file.import_file(self.store, path, source="one")
        before = self._stored(first.table, "import_id")
        second = import_file.import_file(self.store, path, source="one")
        assert (second.kept, second.rows_read, second.set_aside) == (0, first.rows_read, first.set_aside), f"{first}\n{second}"
        assert self._stored(first.table, "import_id") == before
        import_file.undo(self.store, second.import_id)
        assert self._stored(first.table, "import_id") == before
        import_file.undo(self.store, first.import_id)
        for table in (first.table, "imports", "problems"):
            assert not self._stored(table)

    def _stored(self, table: str, hidden: str = "") -> Counter[tuple[Any, ...]]:
        with self.store.cursor() as cursor:
            found = cursor.execute(
                f"select * {f'exclude ({hidden})' if hidden else ''} {SCALE.get(table, '')} from {table}"
            ).fetchall()
        return Counter(map(_comparable, found))

    def _clear(self) -> None:
        with self.store.writing() as cursor:
            for (table,) in cursor.execute("select table_name from duckdb_tables() where not temporary").fetchall():
                if table != "settings":
                    cursor.execute(f"delete from {table}")

    @cache  # noqa: B019
    def good(self, name: str) -> Good:
        return golden(name, self._columns)

    @cache  # noqa: B019
    def expected(self, name: str, kept: frozenset[int]) -> Outcome:
        good = self.good(name)
        return self.outcome(good.draft(kept).bytes(), good)

    def _columns(self, path: Path) -> tuple[int | None, dict[str, str]]:
        table = read_table.read(path, self.folder)
        with self.store.cursor() as cursor:
            match = import_file.plan_of(cursor, table, import_file.Choices(source="one")).match
        ids = match.use("id")
        return (ids.place if ids else None), {use.header: use.column.kind for use in match.uses}


def _comparable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(map(str, row))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(tmp_path_factory.mktemp("mutations"))
    yield made
    made.store.close()


def hold(bench: Bench, name: str, seed: str) -> None:
    """Every promise, for one spoiled file."""
    good = bench.good(name)
    draft = mutations.spoiled(good, seed)
    try:
        found = bench.outcome(draft.bytes(), good)
    except (Unrecognised, Unreadable, import_file.NothingKept):
        if draft.lost_columns:  # what is left may be too little to be known by
            return
        raise
    receipt = found.receipt
    told = f"{name} {seed} {draft.done} {receipt}"
    assert receipt.rows_read == receipt.kept + receipt.updated + receipt.unchanged + receipt.set_aside, told
    assert receipt.set_aside == sum(one.count for one in receipt.problems if one.set_aside) == len(found.aside), told
    # two rows damaged side by side may be named together, in one piece of text
    together = draft.records() - receipt.rows_read
    assert 0 <= together <= (1 if len(DAMAGE.intersection(draft.done)) > 1 else 0), told
    _named_by_line(draft, found, told)
    if draft.lost_columns or receipt.format != name:
        return
    untouched = draft.untouched(good)
    before = bench.expected(name, untouched) if untouched else found
    if before.receipt.date_order != receipt.date_order:  # the row that proves the order is among the spoiled, or the only good one
        return
    missing = before.stored - found.stored
    assert not missing, f"{told}\n{missing}"
    for column in draft.spoiled:
        used = any(one["column"] == column and one["used_as"] for one in receipt.columns)
        assert not used or any(one.column == column for one in receipt.problems) or receipt.set_aside, told


def _named_by_line(draft: Draft, found: Outcome, told: str) -> None:
    """Whoever opens the file at the line of the receipt sees the row that was set aside."""
    content = draft.bytes()
    text = content.decode(draft.encoding, "replace").lstrip("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for line, record in found.aside:
        shown = (record or "").split("\n")[0]
        if draft.stray:  # read in some other encoding than the test does
            shown, there = shown[:3], lines[line - 1][:3]
        else:
            there = lines[line - 1]
        assert shown == there, f"{told}\nline {line}: {shown!r} is not {there!r}"


@pytest.mark.parametrize("name", NAMES)
def test_a_spoiled_file_loses_nothing_without_a_word(name: str, bench: Bench) -> None:
    for number in range(QUICK):
        hold(bench, name, f"{zlib.crc32(name.encode())}-{number}")


@pytest.mark.parametrize("name", [*SOME, *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES if name not in SOME)])
def test_a_spoiled_file_brought_twice_changes_nothing_and_unwinds(name: str, bench: Bench) -> None:
    drafts = (mutations.spoiled(bench.good(name), f"{name}-{number}") for number in range(50))
    bench.twice(next(draft for draft in drafts if not draft.lost_columns).bytes())


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_files_spoiled_in_hundreds_of_ways_lose_nothing_without_a_word(name: str, bench: Bench) -> None:
    for number in range(QUICK, LONG):
        hold(bench, name, f"{zlib.crc32(name.encode())}-{number}")
