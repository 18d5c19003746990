"""Customers who left, as a plain table of customers tells it: when they came, when they went and why, and how they were served."""

from datetime import date

import pytest

import queries

LEAVERS = """customer_id,email,plan,started_at,canceled_at,cancel_reason,mrr
1,a@example.com,pro,2025-01-10,,,20
2,b@example.com,pro,2025-02-10,2025-05-20,Price,30
3,c@example.com,free,2025-02-11,2025-06-01,,40
4,d@example.com,pro,2025-03-01,2025-06-02,Price,50
"""


def test_a_table_of_customers_says_when_they_came_and_why_they_left(bring, store):
    used = {one["column"]: one["used_as"] for one in bring(LEAVERS, "customers.csv").columns}
    assert used == {
        "customer_id": "id",
        "email": "email",
        "plan": "plan",
        "started_at": "created at",
        "canceled_at": "churned at",
        "cancel_reason": "cancel reason",
        "mrr": "mrr",
    }
    reasons = queries.view("churn_reasons", store=store)
    assert reasons[["reason", "n", "mrr"]].values.tolist() == [["Price", 2, 80.0]]
    in_june = queries.Filters(range="custom", start=date(2025, 6, 1), end=date(2025, 6, 30))
    assert queries.view("churn_reasons", in_june, store=store)[["reason", "n"]].values.tolist() == [["Price", 1]]
    assert queries.answer("customer_churn", in_june, store=store)["value"].iloc[0] == pytest.approx(200 / 3)


def test_a_leaving_that_two_files_tell_counts_once(bring, store):
    bring(LEAVERS, "customers.csv")
    bring("churn_event_id,customer_id,churn_date,reason_code\ne1,2,2025-05-20,too expensive\n", "churn_events.csv")
    reasons = queries.view("churn_reasons", store=store)
    assert sorted(reasons[["reason", "n"]].values.tolist()) == [["Price", 1], ["too expensive", 1]]


def test_churn_by_service_asks_for_tickets_before_the_period_and_before_they_left(bring, store):
    bring(LEAVERS, "customers.csv")
    bring(
        "id,requester_email,created_at,first_reply_at,status\n"
        "1,a@example.com,2025-04-01 10:00,2025-04-01 11:00,solved\n"
        "2,c@example.com,2025-04-02 10:00,2025-04-02 14:00,solved\n"
        "3,d@example.com,2025-06-20 10:00,2025-06-20 11:00,solved\n",  # after the period began
        "tickets.csv",
    )
    in_june = queries.Filters(range="custom", start=date(2025, 6, 1), end=date(2025, 6, 30))
    found = queries.view("churn_by_service", in_june, store=store)
    by_wait = found[found["about"] == "wait"]
    assert by_wait[["wait_to", "value", "n"]].values.tolist() == [[60, 0, 1], [240, 100, 1]]
    assert found[found["about"] == "no ticket"][["value", "n"]].values.tolist() == [[100, 1]]
