"""A backup holds all of a workspace, comes back whole or not at all, and brings no withdrawn link to life."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import queries
from data import store as stores
from data.__main__ import main
from data.importing import import_file
from data.store import Store
from data.workspace import backup, shares
from data.workspace.archive import CannotRestore
from pages.exports.registry import FORMS
from pages.sharing import create, link_index
from tests.pages import reporting, world
from tests.reports import taking

NUMBERS = ("first_reply_time", "csat", "tickets_created")


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    return world.build(tmp_path_factory.mktemp("backup") / "world.duckdb")


@pytest.fixture
def place(built, tmp_path, monkeypatch) -> Path:
    """A workspace of its own: a database, and a folder for saved formats."""
    monkeypatch.setattr(stores, "FORMATS", tmp_path / "formats")
    shutil.copy(built, tmp_path / "desk.duckdb")
    return tmp_path / "desk.duckdb"


def shared(path: Path) -> str:
    """Gives out a link and returns its token."""
    store = Store.open(path)
    token = create.frozen(reporting_wish(), reporting.visit(store, range="all"))
    store.close()
    return token


def reporting_wish():
    from pages.screen.sharing.share_dialog import Wish

    return Wish("Board", "", taking.EVERYTHING[:1], 30, "", False)


def answered(path: Path) -> list[float]:
    store = Store.open(path)
    try:
        return [float(queries.answer(name, store=store)["n"].iloc[0]) for name in NUMBERS]
    finally:
        store.close()


def opened(path: Path, token: str) -> bytes | None:
    store = Store.open(path)
    try:
        index = link_index.Live(store)
        share = index.find(token)
        return index.page(share) if share else None
    finally:
        store.close()


def more(path: Path, folder: Path) -> None:
    """Something comes in after the backup."""
    file = folder / "more.csv"
    file.write_text("Ticket ID,Subject,Created,Status\nlater-1,Late,2026-03-01 10:00,open\n")
    store = Store.open(path)
    import_file.import_file(store, file)
    store.close()


def backed_up(path: Path, file: Path) -> Path:
    assert main(["backup", str(file), "--database", str(path)]) == 0
    return file


def test_numbers_links_and_formats_come_back(place, tmp_path, capsys):
    token = shared(place)
    before, page = answered(place), opened(place, token)
    stores.FORMATS.mkdir()
    (stores.FORMATS / "ours.toml").write_text("title = 'Ours'\n")
    file = backed_up(place, tmp_path / "all.zip")
    shutil.rmtree(stores.FORMATS)
    fresh = tmp_path / "elsewhere" / "new.duckdb"
    assert main(["restore", str(file), "--database", str(fresh), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["withdrawn"] == 0
    assert answered(fresh) == before
    assert opened(fresh, token) == page
    assert page
    assert (stores.FORMATS / "ours.toml").read_text() == "title = 'Ours'\n"
    store = Store.open(fresh)
    assert create.again(store, shares.every(store)[0], FORMS["pdf"])
    assert shares.asset(store, next(iter(file_names(store))))
    store.close()


def file_names(store: Store) -> list[str]:
    return [path.name.removesuffix(".gz") for path in (shares.folder(store) / "static").iterdir()]


def test_it_is_for_the_owners_eyes_and_holds_no_passwords(place, tmp_path):
    file = backed_up(place, tmp_path / "all.zip")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    names = zipfile.ZipFile(file).namelist()
    assert not [name for name in names if "secret" in name]


def test_what_came_after_is_not_lost_without_being_told_to(place, tmp_path, capsys):
    file = backed_up(place, tmp_path / "all.zip")
    before = answered(place)
    more(place, tmp_path)
    assert main(["restore", str(file), "--database", str(place)]) == 1
    assert "has changed since this backup" in capsys.readouterr().err
    assert answered(place) != before
    assert main(["restore", str(file), "--database", str(place), "--force"]) == 0
    assert answered(place) == before


def test_a_link_given_out_since_counts_as_a_change_and_its_page_goes(place, tmp_path, capsys):
    file = backed_up(place, tmp_path / "all.zip")
    token = shared(place)
    backdate(file)
    assert main(["restore", str(file), "--database", str(place)]) == 1
    assert "has changed since" in capsys.readouterr().err
    assert main(["restore", str(file), "--database", str(place), "--force"]) == 0
    assert opened(place, token) is None
    assert not list((place.parent / "desk.shares").glob("*.html.gz"))


def backdate(file: Path) -> None:
    """Within a second of each other, before and after could not be told apart."""
    _changed(file, lambda found: found | {"made": "2020-01-01T00:00:00"})


def test_a_withdrawn_link_stays_withdrawn(place, tmp_path, capsys):
    token = shared(place)
    file = backed_up(place, tmp_path / "all.zip")
    store = Store.open(place)
    link_index.Live(store).revoke(shares.every(store)[0])
    store.close()
    assert main(["restore", str(file), "--database", str(place), "--force"]) == 0
    assert "stay withdrawn: 1" in capsys.readouterr().out
    assert opened(place, token) is None
    assert not list((place.parent / "desk.shares").glob("*.gz"))


def _changed(file: Path, change, damage: str = "") -> None:
    """The same archive with another manifest, or with a file that is not what it was."""
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents["manifest.json"] = json.dumps(change(json.loads(contents["manifest.json"]))).encode()
    if damage:
        contents[damage] = contents[damage][:-10] + b"0123456789"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_bytes(b"not a backup"), "is no backup"),
        (lambda file: file.write_bytes(file.read_bytes()[:-4000]), "is no backup"),
        (lambda file: file.unlink(), "There is no file"),
        (lambda file: _changed(file, lambda found: found, "database.duckdb"), "damaged"),
        (lambda file: _changed(file, lambda found: found | {"form": 99}), "later version"),
        (lambda file: _changed(file, lambda found: found | {"files": {}}), "no database"),
        (lambda file: _changed(file, lambda found: found | {"files": {"../escaped": "0"} | found["files"]}), "damaged"),
        (lambda file: _changed(file, lambda found: found | {"files": {"shared/../../x": "0"} | found["files"]}), "damaged"),
        (lambda file: _changed(file, lambda found: found | {"files": {"/etc/x": "0"} | found["files"]}), "damaged"),
        (lambda file: _changed(file, lambda found: found | {"files": {"shared/missing.gz": "0"} | found["files"]}), "no backup"),
    ],
)
def test_a_file_that_is_no_whole_backup_changes_nothing(place, tmp_path, capsys, spoil, said):
    file = backed_up(place, tmp_path / "all.zip")
    before = answered(place)
    spoil(file)
    assert main(["restore", str(file), "--database", str(place), "--force"]) == 1
    assert said in capsys.readouterr().err
    assert answered(place) == before
    assert not list(tmp_path.rglob("*restore-*"))
    assert not (tmp_path.parent / "escaped").exists()


def test_a_restore_that_is_stopped_leaves_the_old_store(place, tmp_path, monkeypatch):
    file = backed_up(place, tmp_path / "all.zip")
    more(place, tmp_path)
    before = answered(place)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_placed", full)
    with pytest.raises(OSError, match="No space"):
        backup.restore(file, place, force=True)
    assert answered(place) == before


def test_a_backup_that_fails_leaves_the_last_one(place, tmp_path, monkeypatch):
    file = backed_up(place, tmp_path / "all.zip")
    good = file.read_bytes()
    monkeypatch.setattr(backup, "packed", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert main(["backup", str(file), "--database", str(place)]) == 1
    assert file.read_bytes() == good
    assert [path.name for path in tmp_path.iterdir() if "all.zip" in path.name] == ["all.zip"]


def test_nothing_is_made_where_there_is_no_database(tmp_path, capsys):
    assert main(["backup", str(tmp_path / "all.zip"), "--database", str(tmp_path / "none.duckdb")]) == 1
    assert "There is no database" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_store_in_use_is_left_alone(place, tmp_path):
    file = backed_up(place, tmp_path / "all.zip")
    holder = subprocess.Popen(
        [sys.executable, "-c", f"import duckdb,time; c=duckdb.connect({str(place)!r}); print('held', flush=True); time.sleep(60)"],
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.MonkeyPatch.context() as quick:
            quick.setattr(backup, "PATIENCE", 0.1)
            assert main(["restore", str(file), "--database", str(place), "--force"]) == 1
    finally:
        holder.kill()
        holder.wait(10)
    assert os.path.exists(place)


def test_an_unreadable_archive_says_so():
    with pytest.raises(CannotRestore):
        backup.restore(Path("nowhere.zip"), Path("nowhere.duckdb"))


def text_of(path: Path) -> str:
    """Everything a store says, in one text."""
    store = Store.open(path)
    try:
        with store.cursor() as cursor:
            names = [row[0] for row in cursor.execute("select table_name from duckdb_tables() where not temporary").fetchall()]
            return str([cursor.execute(f"from {name}").fetchall() for name in names])
    finally:
        store.close()


PERSON = """Ticket ID,Subject,Created,Status,Requester,Requester email,Requester ID
p-1,Please call Anna Berg,2026-01-03 10:00,solved,Anna Berg,anna@berg.test,cust-4711
p-2,Anna Berg has not answered me,2026-01-04 10:00,solved,Olaf Holm,olaf@holm.test,cust-4712
"""


def with_a_person(path: Path, folder: Path) -> None:
    file = folder / "people.csv"
    file.write_text(PERSON)
    store = Store.open(path)
    assert import_file.import_file(store, file).rows_read == 2
    store.close()


def test_a_restored_backup_brings_no_forgotten_person_back(place, tmp_path, capsys):
    with_a_person(place, tmp_path)
    file = backed_up(place, tmp_path / "all.zip")
    assert main(["forget", "anna@berg.test", "--database", str(place)]) == 0
    assert main(["restore", str(file), "--force", "--database", str(place)]) == 0
    assert "People forgotten since then stay forgotten (rows: 1)" in capsys.readouterr().out
    told = text_of(place)
    for trace in ("anna@berg.test", "Anna Berg", "cust-4711"):
        assert trace not in told
    assert "olaf@holm.test" in told
    with_a_person(place, tmp_path)  # the same export once more
    assert "anna@berg.test" not in text_of(place)


def test_lists_of_two_workspaces_are_both_kept(place, built, tmp_path):
    """The backup has a list of its own with another salt: who is on either stays nameless, in later imports too."""
    with_a_person(place, tmp_path)
    assert main(["forget", "olaf@holm.test", "--database", str(place)]) == 0
    file = backed_up(place, tmp_path / "all.zip")
    other = tmp_path / "other.duckdb"
    shutil.copy(built, other)
    with_a_person(other, tmp_path)
    assert main(["forget", "anna@berg.test", "--database", str(other)]) == 0
    assert main(["restore", str(file), "--force", "--database", str(other)]) == 0
    for _ in range(2):
        told = text_of(other)
        assert "anna@berg.test" not in told
        assert "olaf@holm.test" not in told
        with_a_person(other, tmp_path)


def test_on_an_empty_machine_nobody_knows_who_was_forgotten_later(place, tmp_path):
    with_a_person(place, tmp_path)
    file = backed_up(place, tmp_path / "all.zip")
    assert main(["forget", "anna@berg.test", "--database", str(place)]) == 0
    fresh = tmp_path / "elsewhere" / "new.duckdb"
    assert main(["restore", str(file), "--database", str(fresh)]) == 0
    assert "anna@berg.test" in text_of(fresh)
    assert main(["forget", "anna@berg.test", "--database", str(fresh)]) == 0  # so they are named once more, as docs/privacy.md says
    assert "anna@berg.test" not in text_of(fresh)
