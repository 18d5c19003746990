"""What the receipt says a file makes possible is possible, and what it says is missing is missing."""

import pytest

import queries
from data.importing import unlocks
from data.store import Store

ROWS = {
    "tickets": """
        select 's' as source, i::varchar as id, 1 as import_id, 'A' as subject, 'B' as description, 'x' as topic, 'y' as tags,
          if(i < 18, 'solved', 'open') as status, 'email' as channel, 'T' as team, 'Kim' as agent, 'c' || i % 4 as customer_id,
          customer_id || '@example.com' as customer_email, timestamp '2025-03-01 09:00' + to_days(i * 3) as created_at,
          created_at + interval 1 hour as first_reply_at, 60.0 as first_reply_minutes,
          if(i < 18, created_at + interval 2 hours, null) as solved_at, if(i < 18, 120.0, null) as resolution_minutes,
          9.0 as touch_minutes, 1 as replies, 0 as reopens, 2 as assignees, 2 as groups, true as first_reply_sla_met,
          true as resolution_sla_met, 5.0 as csat_score, 5.0 as csat_scale, true as csat_offered, 9.0 as nps_score, 0 as unread
        from range(20) r(i)""",
    "customers": "select 's' as source, i::varchar as id, 1 as import_id, timestamp '2024-01-01' as created_at, "
    "if(i < 3, timestamp '2025-02-01' + to_days(i), null) as churned_at, i < 3 as churned, 12.0 as tenure_months, 10.0 as mrr, "
    "'a' as segment, i || '@example.com' as email, 0 as unread from range(20) r(i)",
}
ENTRIES = [(table, one) for table in ROWS for one in unlocks.declared()[table] if one.metrics]


def answered(store: Store, metric: str) -> bool:
    frame = queries.answer(metric, store=store)
    return bool(frame["value"].notna().any() and (frame["n"].fillna(0) > 0).any())


@pytest.mark.parametrize(("table", "one"), ENTRIES, ids=lambda value: getattr(value, "column", value))
def test_the_numbers_stand_and_fall_with_these_columns(table, one, tmp_path):
    for lacking in (False, True):
        store = Store.open(tmp_path / f"{lacking}.duckdb")
        with store.writing() as cursor:
            cursor.execute(f"insert into {table} by name {ROWS[table]}")
            if lacking:
                cursor.execute(f"update {table} set {', '.join(f'{name} = null' for name in one.any)}")
        given = {metric: answered(store, metric) for metric in one.metrics}
        store.close()
        assert not any(given.values()) if lacking else all(given.values()), given


def test_every_metric_and_column_named_exists(tmp_path):
    store = Store.open(tmp_path / "s.duckdb")
    for table, entries in unlocks.declared().items():
        with store.cursor() as cursor:
            known = {row[0] for row in cursor.execute(f"select column_name from (describe {table})").fetchall()}
        for one in entries:
            assert set(one.any) <= known
            assert set(one.metrics) <= set(queries.METRICS)
    store.close()


def test_a_receipt_names_both(bring):
    receipt = bring("Ticket ID,Created at,Status,Solved at\n1,2025-03-01 09:00,closed,2025-03-01 11:00\n")
    assert "resolution times" in [one["gives"] for one in receipt.as_dict()["unlocks"]["possible"]]
    assert {"gives": "CSAT", "column": "the satisfaction score"} in receipt.unlocks["missing"]


def test_a_column_without_values_unlocks_nothing(bring):
    receipt = bring("Ticket ID,Created at,Status,CSAT score\n1,2025-03-01 09:00,closed,\n2,2025-03-02 09:00,open,\n")
    assert "CSAT" in [one["gives"] for one in receipt.unlocks["missing"]]
