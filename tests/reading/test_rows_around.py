"""Titles above, further header rows and totals below are told from the table itself."""

import pytest

from data.files.reading import Unreadable
from tests.reading.material import cells, table

ROWS = "".join(f"{place},subject {place},2024-01-{place:02d},open,{place * 2}\n" for place in range(1, 29))
HEADER = "id,subject,created at,status,minutes\n"


@pytest.mark.parametrize(
    ("above", "note"),
    [
        ("Reporting period 2024-01-01 to 2024-01-31\n\n", "1 title row above the header was skipped"),
        ("Ticket report\nAcme\n\n\n", "2 title rows above the header were skipped"),
        ('"Report: all tickets, January",,,,\n,,,,\n', "1 title row above the header was skipped"),
        ("From,2024-01-01,To,2024-01-31,\n", "1 title row above the header was skipped"),
        ('5" screens\n', "1 title row above the header was skipped"),
        ("sep=,\n", "the first line names the separator"),
    ],
)
def test_titles_above_the_header_are_skipped(tmp_path, above, note):
    found = table(tmp_path, above + HEADER + ROWS)
    assert found.header == ("id", "subject", "created at", "status", "minutes")
    assert len(cells(found)) == 28
    assert found.notes == (note,)
    assert found.first_line == above.count("\n") + 2


@pytest.mark.parametrize(
    ("below", "reasons"),
    [
        ("Grand Total,,,,812\n", ["totals row"]),
        ("Total\n", ["totals row"]),
        (",,,Total:,812\n", ["totals row"]),
        ("\nReporting period 2024-01-01 to 2024-01-31\n", ["footer row"]),
        (
            "\n\nConfidential Information - Do Not Distribute\nCopyright 2000-2024 a company. All rights reserved.\n",
            ["footer row"] * 2,
        ),
        ("Grand Total,,,,812\n\nGenerated on 2024-02-01\n", ["totals row", "footer row"]),
        ('"Grand Total","","","","812"\n,,,,\n', ["totals row"]),
        ("Exported by the helpdesk,,,,\n", ["footer row"]),
    ],
)
def test_rows_below_the_table_are_set_aside(tmp_path, below, reasons):
    found = table(tmp_path, HEADER + ROWS + below)
    assert [row[0] for row in cells(found)] == [str(place) for place in range(1, 29)]
    assert [problem.reason for problem in found.problems] == reasons
    assert all(problem.set_aside for problem in found.problems)
    lines = (HEADER + ROWS + below).split("\n")
    assert all(lines[problem.line - 1] == problem.record for problem in found.problems)


@pytest.mark.parametrize(
    "last",
    ["29,Total,2024-01-29,open,58", "Total,a customer of that name,2024-01-29,open,58", "29,Copyright question,2024-01-29,open,",
     "29,,,,", "29,Page 3 is broken,,,", "Summary of the call,,2024-01-29,open,3"],
)  # fmt: skip
def test_an_ordinary_last_row_is_no_footer(tmp_path, last):
    found = table(tmp_path, HEADER + ROWS + last + "\n")
    assert len(cells(found)) == 29
    assert found.problems == ()


def test_a_footer_is_found_below_a_large_table(tmp_path):
    body = "".join(f'{place},"two\nlines, and more",2024-01-01,open,5\n' for place in range(20_000))
    found = table(tmp_path, HEADER + body + "Grand Total,,,,100000\n")
    assert len(cells(found)) == 20_000
    assert [(problem.line, problem.reason) for problem in found.problems] == [(40_002, "totals row")]


def test_repeated_and_empty_names_are_told_apart(tmp_path):
    found = table(tmp_path, "ticket_id,,ticket_id,Comment,ticket_id 2,\n" + "1,2,3,four,5,6\n" * 3)
    assert found.header == ("ticket_id", "column 2", "ticket_id 3", "Comment", "ticket_id 2", "column 6")


def test_row_numbers_without_a_name_shift_nothing(tmp_path):
    found = table(tmp_path, '"id","score"\n"1",2368,10\n"2",2482,7\n"3",2638,9\n')
    assert found.header == ("column 1", "id", "score")


def test_a_header_may_hold_line_breaks(tmp_path):
    found = table(tmp_path, 'id,"How likely are you\nto recommend us?",comment\n1,9,"fine\nreally"\n2,3,no\n')
    assert found.header == ("id", "How likely are you to recommend us?", "comment")
    assert cells(found) == [["1", "9", "fine\nreally"], ["2", "3", "no"]]
    assert found.first_line == 3


def test_three_header_rows_of_a_qualtrics_export(tmp_path):
    content = (
        "StartDate,ResponseId,Q1_NPS_GROUP,Q1,Q2\n"
        'Start Date,Response ID,"How likely are you, on a scale of 0 to 10?","How likely - Group","Why?"\n'
        '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1_NPS_GROUP""}",'
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"\n'
        "2024-01-01 10:00:00,R_1,3,10,great\n2024-01-02 10:00:00,R_2,1,2,slow\n"
    )
    found = table(tmp_path, content)
    assert found.header == ("StartDate", "ResponseId", "Q1_NPS_GROUP", "Q1", "Q2")
    assert found.labels[4] == "Why?"
    assert [row[1] for row in cells(found)] == ["R_1", "R_2"]
    assert found.notes == ("the header has 3 rows",)


def test_two_header_rows_of_a_surveymonkey_export(tmp_path):
    content = (
        "Respondent ID,Collector ID,Start Date,How likely is it that you would recommend us?,Which do you use?,,Anything else?\n"
        ",,,Response,Chat,Phone,Open-Ended Response\n"
        "114,551,01/02/2024 10:00:00 AM,9,Chat,,fine\n115,551,01/03/2024 10:00:00 AM,3,,Phone,slow\n"
    )
    found = table(tmp_path, content)
    assert found.header == (
        "Respondent ID", "Collector ID", "Start Date", "How likely is it that you would recommend us?",
        "Which do you use?: Chat", "Which do you use?: Phone", "Anything else?",
    )  # fmt: skip
    assert [row[0] for row in cells(found)] == ["114", "115"]


def test_decimal_commas_do_not_pass_for_separators(tmp_path):
    found = table(tmp_path, "id;created;hours;score\n1;2024-01-01;1,5;4,0\n2;2024-01-02;2,25;3,5\n3;2024-01-03;0,5;5,0\n")
    assert found.delimiter == ";"
    assert cells(found)[1] == ["2", "2024-01-02", "2,25", "3,5"]


def test_a_declared_separator_is_believed(tmp_path):
    found = table(tmp_path, "sep=;\nid;a,b,c\n1;x,y,z\n2;u,v,w\n")
    assert (found.delimiter, found.header) == (";", ("id", "a,b,c"))


def test_a_file_without_names_gets_numbered_ones(tmp_path):
    found = table(tmp_path, "1,2024-01-01,9\n2,2024-01-02,3\n3,2024-01-03,5\n")
    assert found.header == ("column 1", "column 2", "column 3")
    assert len(cells(found)) == 3


@pytest.mark.parametrize(
    "content",
    ["Row Labels,Count of Id,Sum of minutes\nEmail,4,80\nChat,5,20\nGrand Total,9,100\n",
     "Agent,2024-01,2024-02,2024-03,2024-04\nAnn,4,8,9,1\nBob,5,2,7,3\n",
     "Team,Agent,Jan 2024,Feb 2024,Mar 2024,Total\nA,Ann,4,8,9,21\nA,Bob,5,2,7,14\n"],
)  # fmt: skip
def test_a_pivot_report_is_refused_by_name(tmp_path, content):
    with pytest.raises(Unreadable, match="pivot table, not a list"):
        table(tmp_path, content)
