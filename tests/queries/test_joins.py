"""Tables join by id or e-mail, and the receipt says how many rows found their counterpart."""

import pytest

from data.importing import import_file
from queries import import_history, join_coverage
from queries.join_coverage import Joined

TICKETS = "Ticket ID,Created at,Status,Customer ID,Customer email\n" + "".join(
    f"{i},2025-03-0{i} 09:00,closed,{i if i < 4 else ''},{'' if i < 4 else f'C{i}@Example.com'}\n" for i in range(1, 8)
)


@pytest.fixture
def bring(store, tmp_path):
    def brought(text: str, name: str):
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
        return import_file.import_file(store, tmp_path / name)

    return brought


def test_tickets_find_customers_by_id_or_e_mail_and_messages_their_tickets(store, bring):
    bring(TICKETS, "tickets.csv")
    assert join_coverage.of("tickets", "tickets", store) == []
    bring(
        "Customer ID,Customer since,Email,MRR\n1,2024-01-01,a@b.c,5\n2,2024-01-01,,5\n9,2024-01-01,c5@example.com,5\n",
        "customers.csv",
    )
    assert join_coverage.of("tickets", "tickets", store) == [Joined("customers", 7, 3)]
    bring("Message ID,Ticket ID,Author role,Sent at\n1,1,agent,2025-03-01 10:00\n2,99,agent,2025-03-01 10:00\n", "messages.csv")
    assert join_coverage.of("messages", "messages", store) == [Joined("tickets", 2, 1)]


def test_rows_set_aside_are_corrected_and_brought_again(store, bring):
    good = "Ticket ID;Created at;Subject;Status\n" + "".join(f"{i};2025-03-01 09:00;Question {i};open\n" for i in range(1, 9))
    first = bring(good + "9;2025-03-01 09:00;a surplus; cell;open;;x\n;2025-03-02 09:00;no id;open\n", "tickets.csv")
    assert (first.kept, first.set_aside) == (8, 2)
    (one,) = import_history.history(store)
    text = import_history.to_correct(one, store)
    assert text.splitlines()[0] == "Ticket ID;Created at;Subject;Status"
    assert text.splitlines()[1:] == ["9;2025-03-01 09:00;a surplus; cell;open;;x", ";2025-03-02 09:00;no id;open"]
    corrected = text.replace("a surplus; cell;open;;x", "a surplus, cell;open").replace("\n;2025-03-02", "\n10;2025-03-02")
    second = bring(corrected, "corrected.csv")
    assert (second.kept, second.set_aside, second.source) == (2, 0, first.source)
    with store.cursor() as cursor:
        assert cursor.execute("select count(*), count(distinct id) from tickets").fetchone() == (10, 10)
