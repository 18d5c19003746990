"""Importing again, importing newer versions, taking imports out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importing import import_file, merge
from data.store import Store

HEAD = "Ticket ID,Created at,Status,Subject,Updated at\n"
FIRST = HEAD + (
    "1,2024-01-01 10:00:00,open,printer,2024-01-01 10:00:00\n"
    "2,2024-01-02 10:00:00,open,login,2024-01-02 10:00:00\n"
    "3,2024-01-03 10:00:00,solved,invoice,2024-01-03 12:00:00\n"
)
SECOND = HEAD + (
    "2,2024-01-02 10:00:00,solved,login,2024-01-05 10:00:00\n"
    "3,2024-01-03 10:00:00,solved,invoice,2024-01-03 12:00:00\n"
    "4,2024-01-04 10:00:00,new,refund,2024-01-04 10:00:00\n"
)
EVERYTHING = "select * exclude (import_id) from tickets order by source, id"


def counts(receipt):
    return receipt.rows_read, receipt.kept, receipt.updated, receipt.unchanged, receipt.set_aside


def test_the_same_file_twice_changes_nothing(bring, rows):
    assert counts(bring(FIRST)) == (3, 3, 0, 0, 0)
    before = rows("select * from tickets order by id")
    assert counts(bring(FIRST)) == (3, 0, 0, 3, 0)
    assert rows("select * from tickets order by id") == before


def test_a_newer_file_adds_updates_and_leaves_alone(bring, rows):
    bring(FIRST)
    assert counts(bring(SECOND)) == (3, 1, 1, 1, 0)
    assert rows("select id, status from tickets order by id") == [("1", "open"), ("2", "solved"), ("3", "solved"), ("4", "new")]


def test_an_older_file_does_not_overwrite_newer_versions(bring, rows):
    bring(SECOND)
    receipt = bring(FIRST)
    assert counts(receipt) == (3, 1, 0, 2, 0)
    assert rows("select status from tickets where id = '2'") == [("solved",)]
    assert any("older than what is already there" in note for note in receipt.notes)


def test_within_one_file_the_last_version_counts(bring, rows):
    receipt = bring(FIRST + "1,2024-01-01 10:00:00,closed,printer,2024-01-09 10:00:00\n3,2024-01-03 10:00:00,solved,invoice,"
                            "2024-01-03 12:00:00\n")  # fmt: skip
    assert counts(receipt) == (5, 3, 1, 1, 0)
    assert rows("select status from tickets where id = '1'") == [("closed",)]


def test_a_column_the_new_file_lacks_keeps_what_was_known(bring, rows):
    bring(FIRST)
    bring("Ticket ID,Created at,Status\n1,2024-01-01 10:00:00,solved\n")
    assert rows("select status, subject from tickets where id = '1'") == [("solved", "printer")]


def test_rows_without_an_id_and_totals_are_set_aside_with_their_line(bring, rows):
    receipt = bring(HEAD + "1,2024-01-01 10:00:00,open,printer,\n,2024-01-01 10:00:00,open,lost,\nGrand Total,,,2,\n")
    assert receipt.rows_read == receipt.kept + receipt.set_aside == 3
    assert receipt.kept == 1
    assert sum(one.count for one in receipt.problems if one.set_aside) == 2
    assert sorted(rows("select line, set_aside from problems")) == [(3, True), (4, True)]


def test_a_file_without_ids_can_be_imported_again(bring, rows):
    text = "Subject,Created at,Status\nprinter,2024-01-01,open\nprinter,2024-01-01,open\nlogin,2024-01-02,solved\n"
    assert counts(bring(text)) == (3, 3, 0, 0, 0)
    assert counts(bring(text)) == (3, 0, 0, 3, 0)


def test_undo_brings_back_exactly_what_was_there(bring, rows, store):
    bring(FIRST)
    before = [rows(f"select * from {table}") for table in ("tickets", "imports", "problems")]
    receipt = bring(SECOND)
    assert import_file.undo(store, receipt.import_id) == "export.csv"
    after = [rows(f"select * from {table}") for table in ("tickets", "imports", "problems")]
    assert [sorted(map(str, one)) for one in before] == [sorted(map(str, one)) for one in after]


def test_an_import_that_others_build_on_is_not_undone_alone(bring, store):
    first, second = bring(FIRST), bring(SECOND)
    with pytest.raises(merge.CannotUndo, match=second.import_id):
        import_file.undo(store, first.import_id)
    import_file.undo(store, second.import_id)
    import_file.undo(store, first.import_id)


def test_an_unknown_import_cannot_be_undone(store):
    with pytest.raises(merge.CannotUndo, match="There is no import 7"):
        import_file.undo(store, "7")


def test_a_dry_run_leaves_no_trace(bring, rows):
    receipt = bring(FIRST, dry_run=True)
    assert (receipt.kept, receipt.dry_run) == (3, True)
    assert rows("select count(*) from tickets") == rows("select count(*) from imports") == [(0,)]


def test_a_file_of_which_nothing_is_usable_changes_nothing(bring, rows):
    with pytest.raises(import_file.NothingKept, match="none of its 2 rows"):
        bring(HEAD + ",2024-01-01 10:00:00,open,a,\n,2024-01-01 10:00:00,open,b,\n")
    assert rows("select count(*) from imports") == [(0,)]


def test_a_failure_half_way_changes_nothing(bring, rows, monkeypatch):
    bring(FIRST)
    before = rows("select * from tickets order by id")

    def broken(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(import_file, "_record", broken)
    with pytest.raises(OSError, match="disk"):
        bring(SECOND)
    assert rows("select * from tickets order by id") == before


versions = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["open", "solved"]), st.integers(1, 28)), min_size=1, max_size=8)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(versions, min_size=1, max_size=3))
def test_any_sequence_of_imports_unwinds(tmp_path_factory, files):
    folder = tmp_path_factory.mktemp("unwind")
    store = Store.open(folder / "u.duckdb")
    path = folder / "export.csv"
    seen = []
    for file in files:
        lines = [f"{id},2024-01-{id:02} 10:00:00,{status},s,2024-02-{day:02} 10:00:00" for id, status, day in file]
        path.write_text(HEAD + "\n".join(lines) + "\n")
        with store.cursor() as cursor:
            before = cursor.execute("select * from tickets order by all").fetchall()
        receipt = import_file.import_file(store, path, source="one")
        assert receipt.rows_read == len(lines) == receipt.kept + receipt.updated + receipt.unchanged + receipt.set_aside
        seen.append((receipt.import_id, before))
    for import_id, before in reversed(seen):
        import_file.undo(store, import_id)
        with store.cursor() as cursor:
            assert cursor.execute("select * from tickets order by all").fetchall() == before
    store.close()
