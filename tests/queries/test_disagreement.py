"""Where files contradict each other about who has left, the reader is told."""

import queries
from data.store import Store


def test_a_running_subscription_of_a_customer_called_gone_is_counted(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute(
            "insert into customers by name select 's' as source, id, churned from (values ('a', true), ('b', false)) t(id, churned)"
        )
        cursor.execute(
            "insert into subscriptions by name select 's' as source, id, id as customer_id, "
            "timestamp '2025-01-01' as started_at, 10.0 as mrr "
            "from (values ('a'), ('b')) t(id)"
        )
        cursor.execute(
            "insert into churn_events by name select 's' as source, 'e' as id, 'b' as customer_id, "
            "timestamp '2025-02-01' as churned_at"
        )
        cursor.execute("delete from settings where key = 'facts_of'")
    found = queries.view("churn_disagreement", store=store)
    assert found.to_dict("records") == [{"paying": 2, "flagged": 1, "recorded": 1}]


def test_files_that_agree_say_nothing(store: Store) -> None:
    assert queries.view("churn_disagreement", store=store).empty
