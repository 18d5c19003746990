"""A separator at the end of every row, and one row with a cell too many, shift nothing."""

from tests.reading.material import cells, table


def test_one_row_with_a_cell_too_many_does_not_shift_the_names(tmp_path):
    rows = "".join(f"{7000 + i * 3},Ann,a{i}@example.com,\n" for i in range(20)) + "9999,Ben,b@example.com,x\n"
    found = table(tmp_path, f"Customer ID,Name,Email\n{rows}")
    assert found.header[:3] == ("Customer ID", "Name", "Email")
    assert cells(found)[0][:3] == ["7000", "Ann", "a0@example.com"]


def test_row_numbers_without_a_name_still_shift_the_names(tmp_path):
    rows = "".join(f"{i},{100 + i},{'x' if i == 2 else ''}\n" for i in range(1, 9))
    assert table(tmp_path, f"Customer ID,Note\n{rows}").header == ("column 1", "Customer ID", "Note")
