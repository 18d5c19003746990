"""One damaged record costs itself: every other row is read, and the damaged one is named by its line."""

import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.files import read_table
from tests.reading.material import cells, imported, table, written

CALM = [
    "", "plain", "two words", 'said "hi" to me', "a, b", "line one\nline two", "Hello, world\nhow are you", "12.50", "2024-01-31",
]  # fmt: skip


def shorten(text: str) -> str:
    return text[: text.rindex(",")] + "\n"


def lengthen(text: str) -> str:
    return text[:-1] + ",surplus\n"


def leave_open(text: str) -> str:
    place = text.rindex('"')
    return text[:place] + text[place + 1 :]


def stray_quote(text: str) -> str:
    place = text.index('"tidy') + 3
    return text[:place] + '" and "' + text[place:]


@given(
    st.integers(3, 6).flatmap(
        lambda width: st.lists(st.lists(st.sampled_from(CALM), min_size=width, max_size=width), min_size=3, max_size=60)
    ),
    st.sampled_from([shorten, lengthen, leave_open, stray_quote]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_to_one_record_leaves_all_others_intact(bodies, damage, chance):
    rows = [[str(1000 + place), *body] for place, body in enumerate(bodies)]
    place = chance.randrange(len(rows))
    rows[place] = [rows[place][0], "tidy, quoted", *rows[place][2:-1], "end"]
    header = ["id", "subject", "comment", "agent", "team", "score", "plan"][: len(rows[0])]
    texts = [written([row]) for row in rows]
    line = 2 + sum(text.count("\n") for text in texts[:place])
    texts[place] = damage(texts[place])
    with tempfile.TemporaryDirectory() as folder:
        found, read = imported(table(Path(folder), written([header]) + "".join(texts)), Path(folder))
    if damage is stray_quote:
        assume(len(read) == len(rows))
        assert [row for row in read if row[0] != rows[place][0]] == rows[:place] + rows[place + 1 :]
    else:
        assert read == rows[:place] + rows[place + 1 :]
    assert [problem.line for problem in found.problems] == [line]
    assert found.problems[0].record == texts[place].removesuffix("\n")


def problems(found: read_table.Table) -> list[tuple[int, str, bool]]:
    return [(problem.line, problem.reason, problem.set_aside) for problem in found.problems]


def test_a_short_row_is_set_aside_and_says_what_it_lacks(tmp_path):
    found, read = imported(table(tmp_path, "id,subject,agent\n1,a,b\n2,c\n3,d,e\n"), tmp_path)
    assert read == [["1", "a", "b"], ["3", "d", "e"]]
    assert problems(found) == [(3, "2 fields, 3 expected", True)]


def test_a_line_of_spaces_is_no_row(tmp_path):
    found, read = imported(table(tmp_path, "id,subject,agent\n1,a,b\n   \n3,d,e\n"), tmp_path)
    assert [row[0] for row in read] == ["1", "3"]
    assert found.problems == ()


def test_a_row_with_surplus_separators_at_its_end_is_kept(tmp_path):
    found, read = imported(table(tmp_path, "id,subject,agent\n1,a,b,,\n2,c,d\n3,e,f,,x\n"), tmp_path)
    assert read == [["1", "a", "b"], ["2", "c", "d"]]
    assert problems(found) == [(4, "5 fields, 3 expected", True)]


def test_rows_that_lack_only_columns_nobody_filled_are_completed(tmp_path):
    found, read = imported(table(tmp_path, "id,subject,agent,note\n1,a,b,\n2,c,d\n3,e,f,\n4,g\n"), tmp_path)
    assert read == [["1", "a", "b", ""], ["2", "c", "d", ""], ["3", "e", "f", ""]]
    assert problems(found) == [(5, "2 fields, 4 expected", True)]


def test_a_quote_left_open_costs_one_record(tmp_path):
    body = "".join(f'{place},"subject {place}",b\n' for place in range(3, 60))
    found, read = imported(table(tmp_path, f'id,subject,agent\n1,"open,b\n2,"fine",b\n{body}'), tmp_path)
    assert [row[0] for row in read] == [str(place) for place in range(2, 60)]
    assert problems(found) == [(2, "a quote is opened and never closed", True)]


def test_a_quote_left_open_in_the_last_record_costs_one_record(tmp_path):
    found, read = imported(table(tmp_path, 'id,subject,agent\n1,a,b\n2,c,d\n3,"open,b\n'), tmp_path)
    assert [row[0] for row in read] == ["1", "2"]
    assert problems(found) == [(4, "a quote is opened and never closed", True)]


def test_quotes_that_are_not_doubled_are_kept_as_written(tmp_path):
    found, read = imported(table(tmp_path, 'id,subject,agent\n1,"he said "hi" to me",b\n2,c,d\n'), tmp_path)
    assert read == [["1", 'he said "hi" to me', "b"], ["2", "c", "d"]]
    assert problems(found) == [(2, "quotes inside a cell are not doubled; kept as written", False)]


def test_line_numbers_are_those_an_editor_shows(tmp_path):
    content = b'Weekly report\r\n\r\nid,subject,agent\r\n1,"a\r\nb\r\nc",d\r\n\r\n2,short\r\n3,"x\r\ny"z,w\r\n4,e,f\r\n'
    found, read = imported(table(tmp_path, content), tmp_path)
    assert read == [["1", "a\nb\nc", "d"], ["4", "e", "f"]]
    assert [problem.line for problem in found.problems] == [8, 9]


@pytest.mark.parametrize("damaged", [False, True])
def test_a_row_of_the_scan_is_found_again_in_the_file(tmp_path, damaged):
    content = 'Report\n\nid,subject,agent\n1,"a\nb",c\n,,\n2,d,e\n' + ("3,short\n" if damaged else "") + "4,f,g\n5,h,i\n"
    found, read = imported(table(tmp_path, content), tmp_path)
    assert [row[0] for row in read] == ["1", "2", "4", "5"]
    later = 1 if damaged else 0
    assert found.locate([0, 2]) == {0: (4, '1,"a\nb",c'), 2: (8 + later, "4,f,g")}
    assert cells(found) == read


def test_an_open_quote_near_the_end_of_a_small_file_costs_only_its_own_record(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text(
        "Ticket ID,Created at,Status,First response time (min)\n"
        "1,2025-01-01 10:00:00,open,\n"
        "2,2025-01-01 11:00:00,solved,5\n"
        '3,2025-01-02,"solved,7\n'
        "4,2025-01-03 09:00:00,solved,9\n"
        "5,2025-01-03 09:00:00\n"
    )
    table = read_table.repair(read_table.read(path, tmp_path), tmp_path)
    assert [(problem.line, problem.set_aside) for problem in table.problems] == [(4, True), (6, True)]
    with duckdb.connect() as connection:
        assert [row[0] for row in connection.execute(f"select c0 from {table.scan()}").fetchall()] == ["1", "2", "4"]
