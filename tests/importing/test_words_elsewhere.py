"""Durations, yes and no, priorities and satisfaction as people of several languages and products write them."""

from __future__ import annotations

import pytest

HEAD = "Ticket ID,Created at,Status,"


def _tickets(column: str, cells: list[str]) -> str:
    return f"{HEAD}{column}\n" + "".join(f'{n},2025-03-01 08:00,Open,"{one}"\n' for n, one in enumerate(cells))


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2 Tage 3 Std. 4 Min.", 3064),
        ("1 Stunde und 5 Minuten", 65),
        ("0 jours 3 heures 20 minutes", 200),
        ("1 día 2 horas", 1560),
        ("2 dagen, 1 uur", 2940),
        ("1 giorno 30 minuti", 1470),
        ("1.02:30:00", 1590),
        ("02:30:00", 150),
    ],
)
def test_a_duration_is_read_in_other_words(written: str, minutes: float, bring, rows) -> None:
    bring(_tickets("First response time", [written] * 3))
    assert rows("select distinct first_reply_minutes from tickets") == [(minutes,)]


@pytest.mark.parametrize(
    ("column", "minutes"),
    [("Hours to first response", 90), ("Minutes until first response", 1.5), ("Days to first response", 2160)],
)
def test_a_unit_may_stand_in_front(column: str, minutes: float, bring, rows) -> None:
    bring(_tickets(column, ["1.5", "1.5"]))
    assert rows("select distinct first_reply_minutes from tickets") == [(minutes,)]


def test_a_pivot_with_a_row_for_each_ticket_has_its_times(bring, rows) -> None:
    bring(_tickets("SUM(First reply time (min))", ["30", "45"]))
    assert rows("select first_reply_minutes from tickets order by id") == [(30,), (45,)]


@pytest.mark.parametrize(
    ("yes", "no"), [("Wahr", "Falsch"), ("Ja", "Nein"), ("VERDADERO", "FALSO"), ("Vrai", "Faux"), ("✓", "✗"), ("X", "")]
)
def test_yes_is_yes(yes: str, no: str, bring, rows) -> None:
    bring(_tickets("Escalated", [yes, no, yes]))
    assert rows("select count(*) filter (escalated) from tickets") == [(2,)]


@pytest.mark.parametrize("said", ["4 high", "P2 - High", "High (2)", "2-High", "[2] high".replace("[2] ", "2. ")])
def test_a_number_beside_a_priority_does_not_hide_it(said: str, bring, rows) -> None:
    bring(_tickets("Priority", [said, said]))
    assert rows("select distinct priority, priority_raw from tickets") == [("high", said)]


def test_five_words_of_satisfaction_are_all_answers(bring, rows) -> None:
    receipt = bring(_tickets("Rating", ["Excellent", "Good", "Fair", "Poor", "Very poor"]))
    assert rows("select csat_score from tickets order by id") == [(1,), (1,), (0,), (0,), (0,)]
    assert not receipt.problems


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("R$ 1.234,56", 1234.56),
        ("199 kr", 199),
        ("1 234,56 zł", 1234.56),
        ("US$1,234.50", 1234.5),
        ("99.-", 99),
        ("Rs. 1,23,456", 123456),
    ],
)
def test_an_amount_is_read_beside_any_sign_of_currency(written: str, amount: float, bring, rows) -> None:
    bring(f'Customer ID,Name,Customer since,MRR\n1,A,2025-03-01,"{written}"\n2,B,2025-03-01,"{written}"\n')
    assert rows("select distinct mrr from customers") == [(amount,)]


@pytest.mark.parametrize(
    ("written", "amount"), [("(1,234.50)", -1234.5), ("-$5", -5), ("-€12,50", -12.5), ("(€ 12.00)", -12), ("$ -5.00", -5)]
)
def test_what_was_paid_back_is_below_zero(written: str, amount: float, bring, rows) -> None:
    bring(f'Customer ID,Name,Customer since,MRR\n1,A,2025-03-01,"{written}"\n2,B,2025-03-01,"{written}"\n')
    assert rows("select distinct mrr from customers") == [(amount,)]


def test_points_that_might_be_either_are_said(bring) -> None:
    receipt = bring("Customer ID,Name,Customer since,MRR\n1,A,2025-03-01,€1.234\n2,B,2025-03-01,€2.500\n")
    assert [note for note in receipt.notes if "nothing shows whether the point of 1.234 parts thousands or decimals" in note]
