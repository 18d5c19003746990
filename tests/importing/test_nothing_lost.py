"""Small files that once lost a row, or kept a false one: each costs itself, is named, and leaves its neighbours alone."""

import pytest

from tests.importing.drafts import FORMATS

HEAD = "Ticket ID,Created at,Status,Subject\n"


def lines(count, changed=None):
    rows = [f"{number},2024-01-01 10:00,open,word {number}\n" for number in range(count)]
    return "".join((changed or {}).get(number, row) for number, row in enumerate(rows))


def aside(receipt):
    return [(one.reason, one.count, one.first_line) for one in receipt.problems if one.set_aside]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [("4000,short\n", "2 fields, 4 expected"), ('4000,"open,2024-01-01,x,y\n', "a quote is opened and never closed")],
)
def test_damage_far_below_the_first_rows_costs_one_row(damage, reason, bring, rows):
    receipt = bring(HEAD + lines(5000, {4000: damage}))
    assert (receipt.rows_read, receipt.kept) == (5000, 4999)
    assert aside(receipt) == [(reason, 1, 4002)]
    assert rows("select current_setting('preserve_insertion_order')") == [(True,)]


def test_the_column_names_between_the_rows_are_no_ticket(bring, rows):
    receipt = bring(HEAD + lines(50) + HEAD + lines(90).split("49\n", 1)[1])
    assert (receipt.rows_read, receipt.kept) == (91, 90)
    assert aside(receipt) == [("the column names once more", 1, 52)]
    assert rows("select count(*) from tickets where id = 'Ticket ID'") == [(0,)]
    assert rows("select record from problems") == [(HEAD.strip(),)]


def test_the_column_names_between_the_rows_do_not_fill_an_empty_column(bring, rows):
    head = "Ticket ID,Created at,Group,Team\n"
    whole = bring(head + "1,2024-01-01,,Care\n2,2024-01-02,,Care\n", dry_run=True)
    again = bring(head + "1,2024-01-01,,Care\n" + head + "2,2024-01-02,,Care\n")
    assert again.columns == whole.columns
    assert rows("select distinct team from tickets") == [("Care",)]


def test_a_record_of_several_lines_with_too_many_fields_is_set_aside_whole(bring, rows):
    text = HEAD + lines(5) + '77,2024-01-01 10:00,"Dear team,\nit fails",open,x,y\n' + lines(9).split("4\n", 1)[1]
    receipt = bring(text)
    assert aside(receipt) == [("6 fields, 4 expected", 1, 7)]
    assert rows("select record from problems") == [('77,2024-01-01 10:00,"Dear team,\nit fails",open,x,y',)]
    assert rows("select count(*) from tickets") == [(9,)]


def test_two_damaged_rows_in_a_row_are_two(bring):
    receipt = bring(HEAD + lines(5) + '80,2024-01-01 10:00,open,"he said "hi" to me"\n81,short\n')
    assert (receipt.rows_read, receipt.kept, receipt.set_aside) == (7, 6, 1)
    assert [(one.reason, one.first_line) for one in receipt.problems] == [
        ("quotes inside a cell are not doubled; kept as written", 7),
        ("2 fields, 4 expected", 8),
    ]


def test_a_survey_without_its_score_column_keeps_what_was_said(bring, rows):
    text = "Ticket ID,Subject,Agent,Group,Survey,Comment,Created time\n"
    receipt = bring(text + "1,a,Kim,b,After,Quick,2024-03-05 10:00\n2,a,Lou,b,After,,2024-03-06 10:00\n", format="freshdesk_survey")
    assert (receipt.rows_read, receipt.kept) == (2, 1)
    assert aside(receipt) == [("no answer and no comment", 1, 3)]
    assert any("'Rating' is missing" in note for note in receipt.notes)
    assert rows("select comment from responses") == [("Quick",)]


def test_separators_at_the_end_of_a_qualtrics_export_leave_its_three_header_rows(bring):
    text = (FORMATS / "qualtrics" / "export.csv").read_text(encoding="utf-8")
    plain = bring(text, name="plain.csv", source="plain")
    ended = bring("".join(f"{line},\n" for line in text.splitlines()), name="ended.csv", source="ended")
    assert (ended.format, ended.rows_read, ended.kept) == (plain.format, plain.rows_read, plain.kept)


def test_a_semicolon_in_one_cell_of_tags_does_not_part_all_others(bring, rows):
    cells = "".join(f'{number},2024-01-01 10:00,"billing,refund"\n' for number in range(20))
    bring("Ticket ID,Created at,Tags\n" + cells + '99,2024-01-01 10:00,"sorry; mistake"\n')
    assert rows("select distinct replace(tags, chr(31), ' | ') from tickets where id <> '99'") == [("billing | refund",)]
