"""Forgetting a person, and handing out what is known about one: in every table, and in files that come later."""

import json
import re
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from data import __main__ as command
from data.derived import facts
from data.importing import import_file
from data.samples import generate
from data.store import Store
from data.workspace import data_subjects, shares
from data.workspace.shares import Offer


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled sample, imported once, with its files."""
    folder = tmp_path_factory.mktemp("sample")
    files = generate(folder)
    store = Store.open(folder / "desk.duckdb")
    for path in files:
        import_file.import_file(store, path, source="sample")
    store.close()
    return folder


@pytest.fixture(scope="module")
def forgotten(sample: Path):
    """One of its customers, who is then forgotten, and what the database said before and after."""
    store = Store.open(sample / "desk.duckdb")
    with store.cursor() as cursor:
        who = cursor.execute(
            "select c.id, c.email, c.name from customers c join tickets t on t.customer_id = c.id "
            "join responses r on r.customer_id = c.id where c.email is not null group by all order by count(*) desc, 1 limit 1"
        ).fetchone()
    shares.add(store, Offer("Before"), b"page", datetime(2026, 1, 1))
    facts.up_to_date(store)
    before = counted(store)
    done = data_subjects.forget(store, str(who[1]))
    yield store, who, before, done
    store.close()


def counted(store: Store) -> dict[str, int]:
    names = ("tickets", "responses", "customers", "subscriptions", "messages", "facts", "answers", "accounts")
    with store.cursor() as cursor:
        return {name: cursor.execute(f"select count(*) from {name}").fetchone()[0] for name in names}


def walked(store: Store, *texts: str, ids: tuple[str, ...] = ()) -> list[str]:
    """Every place of every table where one of the texts stands, or a cell that is one of the ids."""
    found = []
    with store.cursor() as cursor:
        columns = cursor.execute(
            "select table_name, column_name from information_schema.columns where table_catalog = current_database()"
        ).fetchall()
        for table, column in columns:
            cell = f'lower("{column}"::varchar)'
            tests = [f"contains({cell}, '{text.lower()}')" for text in texts] + [f"{cell} = '{one.lower()}'" for one in ids]
            count = cursor.execute(f'select count(*) from "{table}" where {" or ".join(tests)}').fetchone()[0]
            found += [f"{table}.{column}: {count}"] if count else []
    return found


def test_the_walk_finds_what_is_there(sample, forgotten):
    store, *_ = forgotten
    with store.cursor() as cursor:
        other = cursor.execute("select email, id from customers where email is not null limit 1").fetchone()
    assert walked(store, other[0], ids=(other[1],))


def test_nobody_finds_them_in_any_table(forgotten):
    store, (ident, email, name), _, done = forgotten
    assert done.rows > 3
    assert walked(store, email, *([name] if " " in (name or "") else []), ids=(ident,)) == []


def test_their_rows_keep_counting(forgotten):
    store, _, before, _ = forgotten
    assert counted(store) == before


def test_reports_made_before_are_listed(forgotten):
    assert [share.title for share in forgotten[3].reports] == ["Before"]
    assert "Before" in data_subjects.told(forgotten[3])


def test_asking_again_finds_nobody(forgotten):
    store, (ident, email, _), *_ = forgotten
    for who in (email, ident):
        with pytest.raises(data_subjects.Unknown, match="Nobody here"):
            data_subjects.forget(store, who)


def test_the_same_files_again_do_not_bring_them_back(sample, forgotten):
    store, (ident, email, _), before, _ = forgotten
    notes = []
    (sample / "again").mkdir()
    for path in generate(sample / "again"):
        notes += import_file.import_file(store, path, source="sample").notes
    assert any("asked to be forgotten" in note for note in notes)
    assert walked(store, email, ids=(ident,)) == []
    assert counted(store)["customers"] == before["customers"]
    assert counted(store)["tickets"] == before["tickets"]


TICKETS = "Ticket ID,Subject,Status,Created,Requester,Requester email,Description\n"


def small(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text(TICKETS + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "desk.duckdb")
    yield opened
    opened.close()


ONE = "1,Where is it,solved,2026-01-05 09:00,Ada Quill,ada@quux.example,Call me"
TWO = "2,About Ada Quill,solved,2026-01-06 09:00,Bo Lind,bo@quux.example,ada@quux.example is right"
BAD = ",No number,solved,never,Ada Quill,Ada@Quux.example,help"


def test_replaced_versions_and_set_aside_records_are_emptied_too(store, tmp_path):
    import_file.import_file(store, small(tmp_path, "a.csv", ONE, TWO, BAD), source="s")
    import_file.import_file(store, small(tmp_path, "b.csv", ONE.replace("Where is it", "Lost"), TWO), source="s")
    assert len(walked(store, "ada@quux.example", "ada quill")) >= 4
    data_subjects.forget(store, "ADA@quux.example")
    assert walked(store, "ada@quux.example", "ada quill") == []
    with store.cursor() as cursor:
        assert cursor.execute("select count(*) from tickets").fetchone() == (2,)
        assert cursor.execute("select subject, customer_email from tickets where id = '2'").fetchone() == (
            "About [forgotten]",
            "bo@quux.example",
        )


def test_a_record_set_aside_in_a_later_file_does_not_name_them(store, tmp_path):
    import_file.import_file(store, small(tmp_path, "a.csv", ONE, TWO), source="s")
    data_subjects.forget(store, "ada@quux.example")
    receipt = import_file.import_file(store, small(tmp_path, "b.csv", ONE, TWO, BAD, BAD), source="s")
    assert walked(store, "ada@quux.example") == []
    assert [note for note in receipt.notes if re.match(r"\d+ rows are about people who asked to be forgotten", note)]


def test_an_undo_does_not_bring_them_back(store, tmp_path):
    import_file.import_file(store, small(tmp_path, "a.csv", ONE, TWO), source="s")
    second = import_file.import_file(store, small(tmp_path, "b.csv", ONE.replace("it", "she"), TWO), source="s")
    data_subjects.forget(store, "ada@quux.example")
    import_file.undo(store, second.import_id)
    assert walked(store, "ada@quux.example", "ada quill") == []


def test_a_companys_number_stays_when_one_of_its_people_goes(store, tmp_path):
    header = "Ticket ID,Subject,Status,Created,Customer ID,Requester email\n"
    path = tmp_path / "c.csv"
    rows = (f"{n},a,solved,2026-01-05 09:00,firm-7,{name}@quux.example\n" for n, name in ((1, "ada"), (2, "bo")))
    path.write_text(header + "".join(rows))
    import_file.import_file(store, path, source="s")
    data_subjects.forget(store, "ada@quux.example")
    with store.cursor() as cursor:
        assert cursor.execute("select customer_id, customer_email from tickets where id = '2'").fetchone() == (
            "firm-7",
            "bo@quux.example",
        )
        assert cursor.execute("select customer_id from tickets where id = '1'").fetchone()[0].startswith("forgotten-")


def test_only_hashes_are_kept_of_them(store, tmp_path):
    import_file.import_file(store, small(tmp_path, "a.csv", ONE, TWO), source="s")
    data_subjects.forget(store, "ada@quux.example")
    with store.cursor() as cursor:
        kept = cursor.execute("select kind, hash from forgotten").fetchall()
    assert kept
    assert all(re.fullmatch("[0-9a-f]{64}", one) for _, one in kept)
    store.close()
    assert b"ada@quux" not in (tmp_path / "desk.duckdb").read_bytes().lower()
    duckdb.connect(str(tmp_path / "desk.duckdb")).close()


def test_everything_about_one_person_goes_into_a_file_that_only_its_owner_reads(tmp_path, capsys):
    database = str(tmp_path / "desk.duckdb")
    store = Store.open(database)
    import_file.import_file(store, small(tmp_path, "a.csv", ONE, TWO, BAD), source="s")
    store.close()
    out = tmp_path / "ada.json"
    assert command.main(["person", "ada@quux.example", "--out", str(out), "--database", database]) == 0
    assert out.stat().st_mode & 0o077 == 0
    found = json.loads(out.read_text())
    assert [row["id"] for row in found["tickets"]] == ["1"]
    assert "bo@quux.example" not in json.dumps(found["tickets"])
    assert found["problems"]
    assert command.main(["person", "ada@quux.example", "--out", str(out), "--database", database]) == 1
    assert command.main(["forget", "nobody@quux.example", "--database", database]) == 1
    assert "Nobody here has the address" in capsys.readouterr().err
    assert command.main(["forget", "ada@quux.example", "--database", database]) == 0
    assert "keep counting" in capsys.readouterr().out
