"""The version that is kept in a database: steps are taken in order and wholly, and what is not ours to change stays as it is."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import queries
from data import migrations, schema
from data.migrations import bring_up
from data.open_errors import OtherDatabase
from data.store import Store
from data.workspace import archive, backup
from queries import Filters
from tests.doors import wire
from tests.migrations.conftest import CARRIED, unpacked

ROOT = Path(__file__).parents[2]
NEWEST = migrations.steps()[-1].number
LATER = f"was written by a later version of Deskpulse: its tables are of version 99, and this one knows them up to {NEWEST}."
COMMANDS = (
    ["data", "imports"],
    ["data", "import", "tickets.csv", "--json"],
    ["data", "undo", "1"],
    ["data", "sample"],
    ["data", "person", "7", "--out", "seven.zip"],
    ["data", "forget", "7"],
    ["data", "backup", "all.zip"],
    ["queries", "csat"],
    ["pages", "digest", "--out", "brief.html"],
)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(*words: str, limit: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, preexec_fn=limit, env=os.environ
    )


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A database that a version to come has written, which was killed before all of it stood in the file."""
    path = tmp_path / "later" / "desk.duckdb"
    store = Store.open(path)
    with store.writing() as cursor:
        cursor.execute(f"update settings set value = '99' where key = '{migrations.SETTING}'")
    store.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("insert into settings values ('timezone', 'Asia/Tokyo')")
    assert (path.parent / "desk.duckdb.wal").exists()
    return path


def version(path: Path) -> str:
    with duckdb.connect(str(path)) as connection:
        found = connection.execute(f"select value from settings where key = '{migrations.SETTING}'").fetchone()
    return str(found[0]) if found else ""


def test_the_steps_are_numbered_from_one_without_a_gap() -> None:
    steps = migrations.steps()
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    for step in steps:
        assert re.fullmatch(r"\d{4}_[a-z]+(_[a-z]+)*\.(sql|py)", step.path.name)


def test_a_new_database_is_of_the_newest_version_and_has_what_is_described(tmp_path: Path) -> None:
    Store.open(tmp_path / "new.duckdb").close()
    assert version(tmp_path / "new.duckdb") == str(NEWEST)
    with duckdb.connect(str(tmp_path / "new.duckdb")) as connection:
        assert schema.held(connection) == schema.described()


def test_a_database_of_a_later_version_is_refused_and_stays_as_it_is(later: Path) -> None:
    before = files(later.parent)
    for _ in range(2):
        with pytest.raises(OtherDatabase, match=LATER) as error:
            Store.open(later)
        assert str(error.value).startswith(str(later))
        assert files(later.parent) == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_every_command_says_so_in_one_line_and_ends_with_two(later: Path, tmp_path: Path, command: list[str]) -> None:
    before = files(later.parent)
    words = [str(tmp_path / word) if word.endswith((".zip", ".html")) else word for word in command]
    done = run(*words, "--database", str(later))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert LATER in done.stderr
    assert files(later.parent) == before
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_page_says_so(later: Path) -> None:
    database = later.read_bytes()
    with wire.served(later) as port:
        assert LATER in wire.page(port, "overview")
    assert later.read_bytes() == database


def test_a_backup_of_a_later_version_is_not_put_in_place(later: Path, tmp_path: Path) -> None:
    place = tmp_path / "desk.duckdb"
    Store.open(place).close()
    backup.backup(place, tmp_path / "all.zip")
    packed = tmp_path / "later.zip"
    packed_as_later(tmp_path / "all.zip", packed, later)
    before = place.read_bytes()
    with pytest.raises(archive.CannotRestore, match=f"The database in the backup {LATER}"):
        backup.restore(packed, place, force=True)
    assert place.read_bytes() == before


def packed_as_later(made: Path, packed: Path, database: Path) -> None:
    """The same archive around another database."""
    import hashlib
    import json
    import zipfile

    with duckdb.connect(str(database)) as connection:
        connection.execute("checkpoint")
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w") as new:
        manifest = json.loads(old.read(archive.MANIFEST))
        manifest["files"] = {archive.DATABASE: hashlib.sha256(database.read_bytes()).hexdigest()}
        new.writestr(archive.DATABASE, database.read_bytes())
        new.writestr(archive.MANIFEST, json.dumps(manifest))


def test_a_database_of_something_else_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "chairs.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table chairs as select 4 as legs")
    before = files(tmp_path)
    with pytest.raises(OtherDatabase, match=r"chairs\.duckdb is no database of Deskpulse: it has no table tickets"):
        Store.open(path)
    assert files(tmp_path) == before


@pytest.mark.parametrize(("name", "why"), [("tickets.csv", "is a table and no database"), ("tickets.db", "cannot be opened")])
def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path, name: str, why: str) -> None:
    path = tmp_path / name
    path.write_text("Ticket ID,Subject\n" * 500)
    done = run("data", "imports", "--database", str(path))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert why in done.stderr
    assert path.read_text() == "Ticket ID,Subject\n" * 500


def test_what_a_killed_process_left_of_an_old_database_is_migrated_with_it(tmp_path: Path) -> None:
    path = unpacked(CARRIED[0], tmp_path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("pragma disable_checkpoint_on_shutdown")
        connection.execute("insert into settings values ('margin', '70')")
    store = Store.open(path)
    assert store.setting("margin", "") == "70"
    store.close()
    assert version(path) == str(NEWEST)


def stepped(folder: Path, **steps: str) -> Path:
    """Steps besides ours, by their names."""
    folder.mkdir()
    for step in migrations.steps():
        (folder / step.path.name).write_text(step.path.read_text())
    for name, text in steps.items():
        (folder / name.removeprefix("n").replace("_sql", ".sql").replace("_py", ".py")).write_text(text)
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Store.open(tmp_path / "desk.duckdb").close()
    return tmp_path / "desk.duckdb"


def brought(place: Path, steps: Path) -> None:
    with duckdb.connect(str(place)) as connection, connection.cursor() as cursor:
        bring_up(cursor, place, steps)


def test_steps_are_taken_in_order_once_each(place: Path, tmp_path: Path) -> None:
    first, second = f"n{NEWEST + 1:04}_chairs_sql", f"n{NEWEST + 2:04}_legs_py"
    steps = stepped(
        tmp_path / "steps",
        **{
            first: "create table chairs (legs integer); insert into chairs values (3);",
            second: "def migrate(cursor):\n    cursor.execute('update chairs set legs = legs + 1')\n",
        },
    )
    for _ in range(2):
        brought(place, steps)
        assert version(place) == str(NEWEST + 2)
        with duckdb.connect(str(place)) as connection:
            assert connection.execute("from chairs").fetchall() == [(4,)]
    with pytest.raises(OtherDatabase, match=f"of version {NEWEST + 2}, and this one knows them up to {NEWEST}"):
        Store.open(place)


def test_a_step_that_fails_leaves_what_the_one_before_it_made(place: Path, tmp_path: Path) -> None:
    first, second = f"n{NEWEST + 1:04}_chairs_sql", f"n{NEWEST + 2:04}_legs_sql"
    broken = {first: "create table chairs (legs integer);", second: "insert into chairs values (4); insert into stools values (3);"}
    with pytest.raises(OtherDatabase, match=f"cannot be brought up .*step {NEWEST + 2:04}_legs.*stools does not exist"):
        brought(place, stepped(tmp_path / "broken", **broken))
    assert version(place) == str(NEWEST + 1)
    with duckdb.connect(str(place)) as connection:
        assert connection.execute("from chairs").fetchall() == []
    brought(place, stepped(tmp_path / "mended", **(broken | {second: "insert into chairs values (4);"})))
    assert version(place) == str(NEWEST + 2)


def test_a_step_that_does_not_lead_to_what_is_described_is_taken_back(place: Path, tmp_path: Path) -> None:
    wrong = {f"n{NEWEST + 1:04}_wrong_sql": "alter table customers drop column trial;"}
    with pytest.raises(OtherDatabase, match="customers has no column trial"):
        brought(place, stepped(tmp_path / "steps", **wrong))
    assert version(place) == str(NEWEST)
    Store.open(place).close()


def test_replaced_versions_have_the_same_columns(place: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(place)) as connection:
        connection.execute("create table orders_replaced as select * exclude (price), '' as replaced_by from orders")
    with pytest.raises(OtherDatabase, match="orders_replaced has no column price"):
        brought(place, stepped(tmp_path / "steps", **{f"n{NEWEST + 1:04}_none_sql": "select 1;"}))


def test_asking_an_opened_database_writes_nothing(tmp_path: Path) -> None:
    path = unpacked(CARRIED[0], tmp_path)
    store = Store.open(path)
    queries.answer("csat", Filters(range="all"), None, store)
    store.close()
    before = files(tmp_path)
    store = Store.open(path)
    answer = queries.answer("csat", Filters(range="all"), None, store)
    assert answer["n"].iloc[0] > 0
    assert files(tmp_path) == before, "while it is open"
    store.close()
    assert files(tmp_path) == before, "and after"
    full = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # noqa: E731 - no file may grow: the disk is full
    done = run("queries", "csat", "--database", str(path), limit=full)
    assert (done.returncode, done.stderr) == (0, "")
    assert "n=" in done.stdout


def test_macros_that_an_earlier_version_left_in_the_file_do_not_come_before_ours(place: Path) -> None:
    with duckdb.connect(str(place)) as connection:
        connection.execute("create macro wilson_low(k, n) as -1; create macro share_of(votes) as table select -1 as value")
    store = Store.open(place)
    queries.answer("csat", store=store)
    with store.cursor() as cursor:
        assert cursor.execute("select round(wilson_low(5, 10), 2)").fetchone() == (23.66,)
        assert cursor.execute("with v as (select 'a' as slice, true as hit) select value from share_of('v')").fetchone() == (100,)
    store.close()
    with duckdb.connect(str(place)) as connection:
        assert connection.execute("select count(*) from duckdb_functions() where not internal").fetchone() == (0,)


@pytest.mark.parametrize("name", ["it's my-desk", "select", 'a "quoted" desk', "büro 2"])
def test_a_database_may_have_any_name(tmp_path: Path, name: str) -> None:
    store = Store.open(tmp_path / f"{name}.duckdb")
    assert queries.answer("csat", store=store)["n"].iloc[0] == 0
    store.set("timezone", "Asia/Tokyo")
    assert store.setting("timezone", "") == "Asia/Tokyo"
    store.close()
