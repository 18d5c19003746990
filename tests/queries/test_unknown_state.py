"""A file with neither a status nor a solved time cannot tell open tickets from closed ones: no number is made up."""

import queries
from data.importing import import_file
from data.store import Store
from queries.filters import Filters


def test_open_tickets_are_unknown_not_all(tmp_path):
    store = Store.open(tmp_path / "s.duckdb")
    (tmp_path / "t.csv").write_text("Ticket ID,Created at,Subject\n1,2025-03-01 09:00,a\n2,2025-03-02 09:00,b\n")
    import_file.import_file(store, tmp_path / "t.csv")
    assert queries.answer("backlog", store=store)["value"].isna().all()
    assert queries.excluded("backlog", Filters(), store=store) == {"neither a status nor a solved time in the file": 2}
    (tmp_path / "u.csv").write_text("Ticket ID,Created at,Status\n3,2025-03-01 09:00,open\n")
    import_file.import_file(store, tmp_path / "u.csv", source="other")
    assert queries.answer("backlog", store=store)["value"].iloc[0] == 1
    store.close()


def test_a_column_of_american_states_is_no_status(tmp_path):
    store = Store.open(tmp_path / "s.duckdb")
    rows = "3211475,04/13/19,Credit card,CA,Web\n3229299,05/21/19,Mortgage,NY,Phone\n"
    (tmp_path / "c.csv").write_text("Complaint ID,Date received,Product,State,Submitted via\n" + rows)
    receipt = import_file.import_file(store, tmp_path / "c.csv")
    assert "'State' holds no word for open or solved, so it was not used as status." in receipt.notes
    assert queries.answer("backlog", store=store)["value"].isna().all()
    assert queries.options("channel", store) == ["phone", "web"]
    store.close()
