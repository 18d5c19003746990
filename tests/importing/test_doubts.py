"""What a file leaves open is a question: asked with the import, read anew as answered, not asked again for files of its kind."""

from __future__ import annotations

import contextlib
import os

import pytest

import queries
from data.importing import answer_doubt, import_file
from data.importing.answer_doubt import FileNeeded, NotAsked
from data.importing.recognise import Unrecognised
from data.store import Store

WORDS = (
    "Ticket ID,Created at,Status,Closed at\n"
    "1,2025-03-01 08:00,Sorted,2025-03-01 09:00\n2,2025-03-01 08:00,Sorted,\n3,2025-03-02 08:00,Open,\n"
)
DATES = (
    "Ticket ID,Created at,Status,Solved at\n1,03/04/2025 08:00,Solved,03/04/2025 09:00\n"
    "2,03/04/2025 08:00,Solved,05/04/2025 08:00\n3,05/04/2025 08:00,Open,\n"
)


def asked(receipt) -> dict[str, tuple[str, int]]:
    return {one.id: (one.assumed, one.rows) for one in receipt.doubts if one.answer is None}


@pytest.fixture
def number(store):
    return lambda name: queries.answer(name, store=store)["value"].iloc[0]


def test_a_file_that_proves_everything_asks_nothing(bring, rows) -> None:
    assert bring(DATES.replace("03/04", "03/14").replace("05/04", "05/14").replace("Open", "New")).doubts == []
    assert rows("from doubts") == []


def test_dates_that_fit_both_orders_are_one_question_about_all_columns(bring) -> None:
    receipt = bring(DATES)
    (doubt,) = receipt.doubts
    assert asked(receipt) == {"date_order": ("day first", 3)}
    assert doubt.touches == ("created_at", "solved_at")
    assert [one.answer for one in doubt.alternatives] == ["day first", "month first"]


def test_an_answer_reads_the_file_anew_under_the_same_id(bring, store, number, rows) -> None:
    receipt = bring(DATES)
    assert number("resolution_time_mean") == pytest.approx((60 + 2 * 1440) / 2)
    done = answer_doubt.answer(store, receipt.import_id, "date_order", "Month-First")
    assert [one.import_id for one in done.receipts] == [receipt.import_id]
    assert number("resolution_time_mean") == pytest.approx((60 + 61 * 1440) / 2)
    assert rows("select id, date_order from imports") == [(receipt.import_id, "month first")]
    assert rows("select state, answer from doubts") == [("answered", "month first")]


def test_an_answer_can_be_changed(bring, store, number) -> None:
    import_id = bring(DATES).import_id
    for said in ("month first", "day first"):
        answer_doubt.answer(store, import_id, "date_order", said)
    assert number("resolution_time_mean") == pytest.approx((60 + 2 * 1440) / 2)


def test_to_confirm_what_was_assumed_reads_nothing_anew(bring, store, rows) -> None:
    receipt = bring(DATES)
    assert answer_doubt.answer(store, receipt.import_id, "date_order", "day first").receipts == ()
    assert rows("select state from doubts") == [("answered",)]


def test_the_next_file_of_the_kind_is_read_so_without_asking(bring, store, rows) -> None:
    answer_doubt.answer(store, bring(DATES).import_id, "date_order", "month first")
    later = bring(DATES.replace("\n3,05/04", "\n4,06/04"), "next.csv")
    assert asked(later) == {}
    assert rows("select created_at::date::varchar from tickets where id = '4'") == [("2025-06-04",)]
    assert rows(f"select state from doubts where import_id = '{later.import_id}'") == [("remembered",)]


def test_a_proof_in_a_later_file_is_stronger_than_what_was_said(bring, store, rows) -> None:
    answer_doubt.answer(store, bring(DATES).import_id, "date_order", "month first")
    bring(DATES.replace("\n3,05/04", "\n4,25/04"), "next.csv")
    assert rows("select created_at::date::varchar from tickets where id = '4'") == [("2025-04-25",)]


def test_another_kind_of_file_is_asked_anew(bring, store) -> None:
    answer_doubt.answer(store, bring(DATES).import_id, "date_order", "month first")
    other = bring(DATES.replace("Ticket ID", "Case number").replace("Solved at", "Resolved at"), "other.csv")
    assert asked(other) == {"date_order": ("day first", 3)}


def test_later_imports_that_build_on_it_are_read_anew_with_it(bring, store, rows) -> None:
    first = bring(DATES)
    second = bring(DATES + "4,06/04/2025 08:00,Open,\n", "second.csv")
    done = answer_doubt.answer(store, first.import_id, "date_order", "month first")
    assert [one.import_id for one in done.receipts] == [first.import_id, second.import_id]
    assert rows("select month(created_at) from tickets order by id") == [(3,), (3,), (5,), (6,)]
    assert rows("select distinct state, answer from doubts") == [("answered", "month first")]
    import_file.undo(store, second.import_id)
    import_file.undo(store, first.import_id)
    assert rows("select count(*) from tickets") == [(0,)]


def test_a_word_for_a_state_is_asked_with_the_rows_it_stands_in(bring, store, number, rows) -> None:
    receipt = bring(WORDS)
    assert asked(receipt) == {"state:Sorted": ("unknown", 2)}
    answer_doubt.answer(store, receipt.import_id, "state:Sorted", "solved")
    assert number("backlog") == 1
    assert rows("select status, status_raw from tickets order by id") == [*[("solved", "Sorted")] * 2, ("open", "Open")]


def test_a_word_far_down_the_file_is_asked_too(bring, rows) -> None:
    above = "".join(f"{n},2025-03-01 08:00,Open\n" for n in range(5_000))
    receipt = bring(f"Ticket ID,Created at,Status\n{above}x,2025-03-01 08:00,Sorted\n")
    assert asked(receipt) == {"state:Sorted": ("unknown", 1)}
    assert rows("select distinct unread from tickets") == [(0,)]
    assert receipt.problems == []


def test_a_state_is_told_anew_where_the_file_is_gone(bring, store, number, rows, tmp_path) -> None:
    receipt = bring(WORDS)
    (tmp_path / "export.csv").unlink()
    assert number("backlog") == 2
    assert answer_doubt.answer(store, receipt.import_id, "state:sorted", "solved").changed == 2
    assert number("backlog") == 1
    assert rows("select state, answer from doubts") == [("answered", "solved")]


def test_where_only_the_file_could_tell_the_answer_is_kept_for_it(bring, store, number, tmp_path) -> None:
    receipt = bring(DATES)
    before = number("resolution_time_mean")
    (tmp_path / "export.csv").unlink()
    with pytest.raises(FileNeeded, match=r"export\.csv.*no longer here.*bring the file again"):
        answer_doubt.answer(store, receipt.import_id, "date_order", "month first")
    assert number("resolution_time_mean") == before
    import_file.undo(store, receipt.import_id)
    assert bring(DATES).date_order == "month first"


def test_a_file_that_was_written_over_is_not_taken_for_the_one_imported(bring, store, tmp_path) -> None:
    receipt = bring(DATES)
    (tmp_path / "export.csv").write_text(DATES.replace("2,03/04", "9,03/04"))
    os.utime(tmp_path / "export.csv", (1, 1))
    with pytest.raises(FileNeeded):
        answer_doubt.answer(store, receipt.import_id, "date_order", "month first")


@pytest.mark.parametrize("within", [True, False])
def test_a_store_that_may_read_one_folder_only_reads_files_anew_too(within: bool, tmp_path) -> None:
    uploads, elsewhere = tmp_path / "uploads", tmp_path / "elsewhere"
    for folder in (uploads, elsewhere):
        folder.mkdir()
    path = (uploads if within else elsewhere) / "export.csv"
    path.write_text(DATES)
    with contextlib.closing(Store.open(tmp_path / "own.duckdb")) as opened:
        import_id = import_file.import_file(opened, path).import_id
    with contextlib.closing(Store.open(tmp_path / "own.duckdb", reads=[uploads])) as server:
        (receipt,) = answer_doubt.answer(server, import_id, "date_order", "month first").receipts
    assert receipt.date_order == "month first"
    assert sorted(one.name for one in uploads.iterdir()) == ["export.csv"] * within


def test_an_undo_takes_the_questions_along_and_keeps_the_answers(bring, store, rows) -> None:
    receipt = bring(DATES)
    answer_doubt.answer(store, receipt.import_id, "date_order", "month first")
    import_file.undo(store, receipt.import_id)
    assert rows("from doubts") == []
    assert rows("from import_files") == []
    assert rows("select doubt, answer from doubt_answers") == [("date_order", "month first")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("7", "date_order", "day first"), "There is no import 7."),
        ((None, "scale:csat", "1-5"), "has no question scale:csat. It has: date_order."),
        ((None, "date_order", "sideways"), "'sideways' is no answer to date_order. Answers are: 'day first', 'month first'."),
    ],
)
def test_what_was_not_asked_is_not_answered(words, sentence, bring, store, rows) -> None:
    receipt = bring(DATES)
    with pytest.raises(NotAsked) as error:
        answer_doubt.answer(store, words[0] or receipt.import_id, *words[1:])
    assert sentence in str(error.value)
    assert rows("from doubt_answers") == []


@pytest.mark.parametrize(("said", "minutes"), [("decimals", 1.234 * 60), ("thousands", 1234 * 60)])
def test_a_sign_that_may_part_both_is_asked(said: str, minutes: float, bring, store, rows) -> None:
    receipt = bring("Ticket ID;Created at;Resolution time (hours)\n" + "".join(f"{n};2025-03-01 08:00;1.234\n" for n in range(3)))
    assert asked(receipt) == {"decimal_sign:resolution_minutes": ("decimals", 3)}
    answer_doubt.answer(store, receipt.import_id, "decimal_sign:resolution_minutes", said)
    assert rows("select distinct resolution_minutes from tickets") == [(pytest.approx(minutes),)]


def test_a_duration_without_a_unit_is_left_out_until_somebody_says_which(bring, store, rows) -> None:
    receipt = bring("Ticket ID,Created at,Status,Resolution time\n1,2025-03-01 08:00,Solved,90\n2,2025-03-01 08:00,Solved,30\n")
    assert asked(receipt) == {"unit:resolution_minutes": ("unknown", 2)}
    answer_doubt.answer(store, receipt.import_id, "unit:resolution_minutes", "hours")
    assert rows("select resolution_minutes from tickets order by id") == [(5400,), (1800,)]


def test_a_tenure_without_a_unit_is_asked(bring, store, rows) -> None:
    receipt = bring("CustomerId,Tenure,Exited\n1,3,0\n2,5,1\n")
    assert asked(receipt) == {"unit:tenure_months": ("months", 2)}
    answer_doubt.answer(store, receipt.import_id, "unit:tenure_months", "years")
    assert rows("select tenure_months from customers order by id") == [(36,), (60,)]


@pytest.mark.parametrize(("scores", "assumed"), [("123", "1-5"), ("4442", "1-5"), ("6651", "1-7"), ("96314", "1-10")])
def test_scores_that_stop_short_of_a_scale_are_asked(scores: str, assumed: str, bring, rows) -> None:
    receipt = bring("Ticket ID,Created at,CSAT\n" + "".join(f"{n},2025-03-01 08:00,{score}\n" for n, score in enumerate(scores)))
    assert asked(receipt) == {"scale:csat": (assumed, len(scores))}


def test_scores_that_reach_five_are_on_the_scale_that_everybody_uses(bring) -> None:
    assert asked(bring("Ticket ID,Created at,CSAT\n1,2025-03-01,5\n2,2025-03-01,1\n")) == {}


def test_the_scale_that_is_said_decides_who_is_satisfied(bring, store, number) -> None:
    receipt = bring("Ticket ID,Created at,CSAT\n" + "".join(f"{n},2025-03-01,{1 + n % 3}\n" for n in range(60)))
    assert asked(receipt) == {"scale:csat": ("1-3", 60)}
    assert number("csat") == pytest.approx(100 / 3)
    answer_doubt.answer(store, receipt.import_id, "scale:csat", "1-5")
    assert number("csat") == 0


def test_an_answer_in_a_word_that_nobody_knows_is_asked(bring, store, number) -> None:
    receipt = bring("Ticket ID,Created at,Satisfaction\n1,2025-03-01,Good\n2,2025-03-01,Bad\n3,2025-03-01,Groovy\n")
    assert asked(receipt) == {"answer:csat:Groovy": ("unknown", 1)}
    assert number("csat") == 50
    answer_doubt.answer(store, receipt.import_id, "answer:csat:Groovy", "satisfied")
    assert number("csat") == pytest.approx(200 / 3)


ALIKE = "Ticket ID,Created at,Status\n" + "".join(f"{n},2025-03-{n:02} 08:00,Open\n" for n in range(1, 10))


def test_ids_that_stand_for_other_tickets_make_it_a_question_whose_they_are(bring, store, rows) -> None:
    bring(ALIKE)
    receipt = bring(ALIKE.replace("08:00", "19:30"), "second.csv")
    assert asked(receipt) == {"stream:tickets": ("other", 9)}
    assert rows("select count(*) from tickets") == [(18,)]
    done = answer_doubt.answer(store, receipt.import_id, "stream:tickets", "same")
    assert (done.receipts[0].source, done.receipts[0].updated) == ("tickets", 9)
    assert rows("select count(*) from tickets") == [(9,)]


def test_a_reading_that_fails_changes_nothing(bring, store, rows, tmp_path) -> None:
    receipt = bring(DATES)
    path = tmp_path / "export.csv"
    written = path.stat().st_mtime_ns
    path.write_text(DATES.replace("Ticket ID", "Shoe size").replace("Created at", "Laces how").replace("Solved at", "Colour of!"))
    os.utime(path, ns=(written, written))
    with pytest.raises(Unrecognised):
        answer_doubt.answer(store, receipt.import_id, "date_order", "month first")
    assert rows("select count(*) from tickets") == [(3,)]
    assert rows("select state from doubts") == [("open",)]
    assert rows("from doubt_answers") == []
