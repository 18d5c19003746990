"""Real files, with figures that two other engines worked out."""

from data.importing import import_file


def test_ravenstack_tickets_keep_every_duration_and_score(store, rows, sample):
    receipt = import_file.import_file(store, sample("tickets/ravenstack_support_tickets.csv"))
    assert (receipt.format, receipt.rows_read, receipt.kept, receipt.problems) == ("ravenstack_tickets", 2000, 2000, [])
    assert rows("select median(first_reply_minutes), round(quantile_cont(first_reply_minutes, .9), 6) from tickets") == [
        (88, 160.1)
    ]
    assert rows("select median(resolution_minutes) / 60, max(resolution_minutes) / 60 from tickets") == [(35, 72)]
    assert rows("select median(date_diff('minute', created_at, solved_at)) / 60 from tickets") == [(35,)]
    assert rows("select count(csat_score), count(*) filter (csat_score >= 4), min(csat_scale) from tickets") == [(1175, 779, 5)]
    assert rows("select count(*) filter (csat_offered), count(*) filter (escalated) from tickets") == [(2000, 95)]
    assert rows("select count(*) from tickets where priority = 'normal' and priority_raw = 'medium'") == [(491,)]
    assert rows("select distinct status from tickets") == [("solved",)]


def test_kaggle_tickets_hold_stamps_where_the_names_say_durations(store, rows, sample):
    receipt = import_file.import_file(store, sample("tickets/kaggle_customer_support_tickets_8469.csv"))
    assert (receipt.rows_read, receipt.kept, receipt.set_aside) == (8469, 8469, 0)
    assert rows("select count(first_reply_at), count(solved_at), count(first_reply_minutes), count(created_at) from tickets") == [
        (5650, 2769, 0, 0)
    ]
    assert [(one.reason, one.count, one.set_aside) for one in receipt.problems] == [("solved before the first reply", 1365, False)]
    assert rows("select count(csat_score), count(*) filter (csat_score >= 4) from tickets") == [(2769, 1087)]
    assert dict(rows("select status, count(*) from tickets group by 1")) == {"pending": 2881, "open": 2819, "closed": 2769}
    assert dict(rows("select channel, count(*) from tickets group by 1")) == {
        "email": 2143, "phone": 2132, "social": 2121, "chat": 2073
    }  # fmt: skip
    assert dict(rows("select priority_raw, count(*) from tickets group by 1"))["Critical"] == 2129
    assert any("'Created at' is missing" in note for note in receipt.notes)


def test_queue_file_with_names_twice_gives_its_waits(store, rows, sample):
    receipt = import_file.import_file(store, sample("tickets/queue_wait_hhmmss_dupheaders_5000.csv"))
    assert (receipt.rows_read, receipt.kept) == (5000, 5000)
    waits = rows("select median(requester_wait_minutes), avg(requester_wait_minutes), max(requester_wait_minutes) from tickets")[0]
    assert [round(wait, 4) for wait in waits] == [4.2167, 7.245, 192.4667]
    apart = "abs(requester_wait_minutes * 60 - date_diff('second', created_at, assigned_at))"
    assert rows(f"select max({apart}) < 0.001 from tickets") == [(True,)]
    assert rows("select count(distinct organization), count(distinct customer_id) from tickets") == [(49, 623)]
    assert dict(rows("select topic, count(*) from tickets group by 1"))["Technical"] == 2550


def test_garden_store_answers_two_questions_a_row(store, rows, sample):
    receipt = import_file.import_file(store, sample("surveys/nps_fr_gardenstore_cp1252_13954.csv"))
    assert (receipt.table, receipt.rows_read, receipt.kept, receipt.set_aside) == ("responses", 13954, 13954, 0)
    nps = "from responses where kind = 'nps'"
    assert rows(f"select count(*), count(score), count(*) filter (offered and score is null) {nps}") == [(13954, 13612, 342)]
    assert rows(f"select count(*) filter (score >= 9), count(*) filter (score <= 6) {nps}") == [(8465, 1194)]
    assert rows("select count(score), count(*) filter (score >= 9), max(scale_max) from responses where kind = 'csat'") == [
        (13893, 7303, 10)
    ]
    assert rows("select count(comment) from responses where comment like '%é%'")[0][0] > 1000


def test_ravenstack_accounts_subscriptions_and_churn(store, rows, sample):
    for name, count in (("accounts", 500), ("subscriptions", 5000), ("churn_events", 600)):
        receipt = import_file.import_file(store, sample(f"customers/ravenstack_{name}.csv"))
        assert (receipt.kept, receipt.problems) == (count, [])
    assert rows("select count(*) filter (churned), count(*) filter (trial), count(created_at) from customers") == [(110, 97, 500)]
    assert rows("select count(ended_at), count(*) filter (churned), sum(mrr) filter (ended_at is null) from subscriptions") == [
        (486, 486, 10159608)
    ]
    assert rows("select count(distinct customer_id), count(*) filter (reactivation) from churn_events") == [(352, 61)]
    assert dict(rows("select reason, count(*) from churn_events group by 1"))["features"] == 114


def test_telco_blanks_are_empty_not_wrong(store, rows, sample):
    receipt = import_file.import_file(store, sample("customers/telco_customer_churn_7043.csv"))
    assert (receipt.table, receipt.kept, receipt.problems) == ("customers", 7043, [])
    assert rows("select count(*) filter (churned), round(sum(mrr), 2), count(total_revenue) from customers") == [
        (1869, 456116.6, 7032)
    ]
    assert rows("select count(*) from customers where plan = 'Month-to-month' and churned")[0][0] / 3875 == 0.4270967741935484
    assert round(rows("select avg(tenure_months) from customers")[0][0], 4) == 32.3711


def test_files_of_unrelated_helpdesks_are_not_versions_of_each_other(store, rows, sample):
    import_file.import_file(store, sample("tickets/kaggle_customer_support_tickets_8469.csv"))
    second = import_file.import_file(store, sample("tickets/queue_wait_hhmmss_dupheaders_5000.csv"))
    assert (second.kept, second.updated) == (5000, 0)
    assert rows("select count(*), count(distinct source) from tickets") == [(13469, 2)]
    again = import_file.import_file(store, sample("tickets/queue_wait_hhmmss_dupheaders_5000.csv"))
    assert (again.source, again.unchanged, again.kept) == (second.source, 5000, 0)
