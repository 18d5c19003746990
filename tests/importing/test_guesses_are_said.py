"""What a file leaves open is read the likeliest way, and the receipt says how; or it is refused with a reason."""

from __future__ import annotations

import pytest

import queries
from data.importing.recognise import Unrecognised

OWN = (
    "Ticket ID,Created at,Status,Closed at\n"
    "1,2025-03-01 08:00,Sorted,2025-03-01 09:00\n2,2025-03-01 08:00,Sorted,\n3,2025-03-02 08:00,Open,\n"
)


def test_a_state_nobody_knows_is_told_by_the_solved_date_and_said(bring, rows, store) -> None:
    receipt = bring(OWN)
    assert rows("select id, status from tickets order by id") == [("1", "solved"), ("2", "open"), ("3", "open")]
    assert queries.answer("backlog", store=store)["value"].iloc[0] == 2
    assert [note for note in receipt.notes if "'Sorted' counts as open, in a row with a solved date as solved" in note]
    assert not [trouble for trouble in receipt.problems if "still open" in trouble.reason]


def test_states_that_are_known_need_no_word(bring) -> None:
    assert not [note for note in bring(OWN.replace("Sorted", "Solved")).notes if "words of its own" in note]


@pytest.mark.parametrize("said", ["Incomplete", "Not yet complete: not closed"])
def test_what_is_not_done_is_open(said: str, bring, rows) -> None:
    bring(f"Ticket ID,Created at,Status\n1,2025-03-01,{said}\n2,2025-03-01,Open\n")
    assert rows("select distinct status from tickets") == [("open",)]


def test_points_that_part_thousands_are_no_decimals(bring, rows) -> None:
    lines = "".join(f"{n};01.03.2025 08:00;{one}\n" for n, one in enumerate(["45", "812", "1.234", "17.000"]))
    receipt = bring("Ticket ID;Created at;Resolution time (min)\n" + lines)
    assert rows("select resolution_minutes from tickets order by id") == [(45,), (812,), (1234,), (17000,)]
    assert "'Resolution time (min)': 1.234 is read as 1,234, because what is below a thousand has no point." in receipt.notes


@pytest.mark.parametrize("cells", [["0.450", "1.234", "17.250"], ["5", "1500", "1.234"], ["5", "1.25", "1.234"]])
def test_points_of_decimals_stay_what_they_are(cells: list[str], bring, rows) -> None:
    bring("Ticket ID,Created at,Resolution time (min)\n" + "".join(f"{n},2025-03-01 08:00,{one}\n" for n, one in enumerate(cells)))
    assert [row[0] for row in rows("select resolution_minutes from tickets order by id")] == [float(one) for one in cells]


def test_three_decimals_behind_a_comma_are_no_thousands(bring, rows) -> None:
    lines = "".join(f"{n};01.03.2025 08:00;{n + 1},517\n" for n in range(25))
    receipt = bring("Ticket ID;Created at;Resolution time (hours)\n" + lines)
    assert rows("select resolution_minutes from tickets where id = '1'") == [(pytest.approx(2.517 * 60),)]
    assert [note for note in receipt.notes if "decimals were assumed" in note]


def test_an_id_with_separators_of_thousands_is_the_id_without(bring, rows) -> None:
    receipt = bring('Ticket ID,Created at,Status\n"1,234",2025-03-01,Open\n999,2025-03-01,Open\n')
    assert rows("select id from tickets order by id") == [("1234",), ("999",)]
    assert "'Ticket ID' has separators of thousands, as in 1,234: it is read as 1234." in receipt.notes


def test_an_id_with_a_comma_of_its_own_keeps_it(bring, rows) -> None:
    bring('Ticket ID,Created at,Status\n"1,234",2025-03-01,Open\n"A,1",2025-03-01,Open\n')
    assert rows("select id from tickets order by id") == [("1,234",), ("A,1",)]


def test_months_as_a_customer_that_say_no_unit_are_said(bring) -> None:
    said = "'Tenure' does not say what it counts: it is read as months."
    assert said in bring("CustomerId,Tenure,Exited\n1,3,0\n2,5,1\n").notes
    assert said not in bring("CustomerId,Tenure months,Exited\n1,3,0\n2,5,1\n", "b.csv").notes


MONTHLY = (
    "Month,Tickets created,Tickets solved,CSAT,First response time (hours)\n2025-01,120,110,92%,3.2\n2025-02,130,125,90%,2.9\n"
)


def test_a_row_for_each_month_is_no_ticket(bring) -> None:
    with pytest.raises(Unrecognised, match="summary report: it has neither a ticket's id nor when it was created"):
        bring(MONTHLY)


def test_a_list_of_subscriptions_is_not_taken_for_tickets(bring) -> None:
    head = "id,customer_id,user_email,product_name,status,created_at,renews_at,ends_at\n"
    receipt = bring(
        head + "1,10,a@example.com,Pro,active,2025-01-01,2025-02-01,\n2,11,b@example.com,Pro,cancelled,2025-01-01,,2025-03-01\n"
    )
    assert receipt.table == "subscriptions"
    with pytest.raises(Unrecognised):
        bring("id,store,user_email,status,created_at\n1,a,a@example.com,active,2025-01-01\n", "b.csv")


def test_a_list_that_says_it_is_of_cases_needs_no_more(bring) -> None:
    assert bring("Case ID,Created at,Status\n1,2025-01-01,open\n").table == "tickets"


def test_ratings_of_an_unknown_tool_keep_what_a_vendor_of_like_names_lacks(bring, rows) -> None:
    head = "ID,Date,User,Rating,Comment,Customer,Ticket ID,Survey\n"
    bring(head + "1,2025-01-01 08:00,Kim,Great,,a@example.com,7,S\n2,2025-01-02 08:00,Kim,OK,,b@example.com,8,S\n")
    found = rows("select id, answered_at is not null, agent, score from responses order by id")
    assert found == [("1:csat", True, "Kim", 1.0), ("2:csat", True, "Kim", 0.0)]


def test_a_total_in_another_language_is_no_customer(bring, rows) -> None:
    lines = "".join(f'K{n};Firma {n};01.03.2023;"99,50 €"\n' for n in range(5))
    receipt = bring("Kundennummer;Name;Kunde seit;Monatsbetrag\n" + lines + 'Summe;;;"497,50 €"\n')
    assert rows("select count(*) from customers where id <> 'Summe'") == rows("select count(*) from customers") == [(5,)]
    assert receipt.set_aside == 1


@pytest.mark.parametrize("header", ["Date,Responses,CSAT", "Agent,Tickets handled,CSAT", "Date,Team,CSAT"])
def test_a_row_for_each_day_or_agent_is_no_answer(header: str, bring) -> None:
    with pytest.raises(Unrecognised, match="summary report"):
        bring(f"{header}\n" + "".join(f"2025-03-0{n},{n + 20},9{n}%\n" for n in range(1, 9)))


def test_answers_without_a_name_are_answers(bring, rows) -> None:
    bring("Date,Ticket subject,Survey,CSAT\n2025-03-01,Help,S,5\n2025-03-02,Help,S,4\n2025-03-02,Help,S,4\n")
    assert rows("select count(*) from responses") == [(3,)]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("CSAT", ["1 - Very satisfied", "5 - Very dissatisfied", "2 - Satisfied"]),
        ("CSAT", ["1 (sehr gut)", "5 (mangelhaft)", "2 (gut)"]),
        ("CSAT (1 = very satisfied, 5 = very dissatisfied)", ["1", "5", "2"]),
    ],
)
def test_a_scale_that_begins_with_the_best_is_turned_round(header: str, cells: list[str], bring, rows, store) -> None:
    lines = "".join(f"{n},2025-03-01,Closed,{one}\n" for n, one in enumerate(cells))
    receipt = bring(f'Ticket ID,Created at,Status,"{header}"\n{lines}')
    assert rows("select csat_score from tickets order by id") == [(5,), (1,), (4,)]
    assert [note for note in receipt.notes if "1 is the best here" in note]


def test_a_scale_that_ends_with_the_best_is_left_alone(bring, rows) -> None:
    receipt = bring("Ticket ID,Created at,CSAT\n1,2025-03-01,5 - Very satisfied\n2,2025-03-01,1 - Very dissatisfied\n")
    assert rows("select csat_score from tickets order by id") == [(5,), (1,)]
    assert not [note for note in receipt.notes if "best" in note]


def test_waits_of_zero_are_said_where_nothing_tells_whether_there_was_an_answer(bring) -> None:
    lines = "".join(f"{n},2025-03-01,{n % 4}\n" for n in range(40))
    said = [note for note in bring("Ticket ID,Created at,First response time (min)\n" + lines).notes if "answered at once" in note]
    assert len(said) == 1
    assert "25%" in said[0]


def test_who_is_still_active_has_not_left(bring, rows) -> None:
    bring("Customer ID,Name,Plan,Active\n1,A,Pro,Yes\n2,B,Pro,No\n")
    assert rows("select id, churned from customers order by id") == [("1", False), ("2", True)]


def test_an_address_with_a_name_is_the_address(bring, rows) -> None:
    bring("Ticket ID,Created at,Customer email\n1,2025-03-01,Kim Doe <kim@example.com>\n2,2025-03-01,kim@example.com\n")
    assert rows("select distinct customer_email from tickets") == [("kim@example.com",)]


@pytest.mark.parametrize(
    ("written", "ours"), [("WhatsApp Business", "messaging"), ("Phone - Inbound", "phone"), ("Email (help)", "email")]
)
def test_a_channel_is_told_by_a_part_of_its_name(written: str, ours: str, bring, rows) -> None:
    bring(f"Ticket ID,Created at,Channel\n1,2025-03-01,{written}\n")
    assert rows("select channel, channel_raw from tickets") == [(ours, written)]


def test_two_orders_of_day_and_month_in_one_column_are_said(bring) -> None:
    lines = (
        "".join(f"{n},{n:02d}/03/2025 08:00,open\n" for n in range(13, 20)) + "30,03/20/2025 08:00,open\n31,04/05/2025 08:00,open\n"
    )
    receipt = bring("Ticket ID,Created at,Status\n" + lines)
    said = "has dates with the day first (7) and dates with the month first (1)"
    assert [note for note in receipt.notes if said in note]
    assert "all are read day first, so those that fit both may be wrong" in " ".join(receipt.notes)


def test_a_ticket_is_the_same_with_a_hash_before_its_number(bring, rows) -> None:
    bring("Ticket ID,Created at,Status\n#7,2025-03-01,open\n#8,2025-03-01,open\n")
    bring("Survey,Ticket ID,Rating,Comment,Answered at\nS,7,5,fine,2025-03-02\n", "answers.csv")
    assert rows("select t.id, r.score, r.answered_at is not null from tickets t join responses r on r.ticket_id = t.id") == [
        ("7", 5, True)
    ]


def _rated(cells: list[str]) -> str:
    return "Ticket ID,Created at,Satisfaction\n" + "".join(f"{n},2025-03-01,{one}\n" for n, one in enumerate(cells))


def test_words_beside_numbers_tell_who_is_satisfied_on_an_unusual_scale(bring, rows) -> None:
    receipt = bring(_rated(["1 - Unsatisfied", "2 - Satisfied", "3 - Highly satisfied", "0 - Unknown"]))
    assert rows("select csat_score, csat_scale from tickets order by id") == [(0, 1), (1, 1), (1, 1), (None, None)]
    assert "'Satisfaction' goes by its words: they say who is satisfied, the numbers beside them do not." in receipt.notes


def test_one_and_minus_one_are_up_and_down(bring, rows) -> None:
    receipt = bring(_rated(["1", "-1", "1"]))
    assert rows("select csat_score, csat_scale from tickets order by id") == [(1, 1), (0, 1), (1, 1)]
    assert not receipt.problems


def test_words_that_are_left_out_are_named(bring) -> None:
    said = "'Satisfaction': 'Gnarly' are not known as satisfied or not."
    assert [note for note in bring(_rated(["Good", "Bad", "Gnarly"])).notes if note.startswith(said)]
    assert not [note for note in bring(_rated(["Good", "Bad", "Offered", "👍🏽"]), "b.csv").notes if "left out" in note]
