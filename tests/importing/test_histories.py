"""Histories that stand in other tables, and orders: whole, once, and out again."""

from data.derived import facts
from data.importing import import_file


def test_the_states_of_an_incident_are_its_history(bring, rows, store):
    lines = [
        "INC1,New,Service desk,,01-03-2016 09:00,01-03-2016 09:00",
        "INC1,Active,Service desk,Ann,01-03-2016 09:00,01-03-2016 10:00",
        "INC1,Active,Network,Bob,01-03-2016 09:00,01-03-2016 11:00",
        "INC1,Resolved,Network,Bob,01-03-2016 09:00,01-03-2016 12:00",
        "INC1,Active,Network,Bob,01-03-2016 09:00,02-03-2016 12:00",
        "INC1,Closed,Network,Bob,01-03-2016 09:00,23-03-2016 12:00",
        "INC2,New,Service desk,,02-03-2016 09:00,02-03-2016 09:00",
    ]
    text = "number,incident_state,assignment_group,assigned_to,opened_at,sys_updated_at\n" + "\n".join(lines) + "\n"
    receipt = bring(text)
    assert rows("select id, status, team, agent from tickets order by id") == [
        ("INC1", "closed", "Network", "Bob"),
        ("INC2", "new", "Service desk", None),
    ]
    told = "select strftime(changed_at, '%d %H'), field, value, value_raw from events where ticket_id = 'INC1'"
    assert rows(f"{told} order by changed_at, field") == [
        ("01 09", "status", "new", "New"),
        ("01 09", "team", "Service desk", None),
        ("01 10", "assignee", "Ann", None),
        ("01 10", "status", "open", "Active"),
        ("01 11", "assignee", "Bob", None),
        ("01 11", "team", "Network", None),
        ("01 12", "status", "solved", "Resolved"),
        ("02 12", "status", "open", "Active"),
        ("23 12", "status", "closed", "Closed"),
    ]
    with store.writing() as cursor:
        facts.rebuild(cursor)
    assert rows("select reopens, assignees, groups, first_resolution_minutes from facts where id = 'INC1'") == [(1, 2, 2, 180)]
    before = rows("select * from events order by all")
    again = bring(text)
    assert (again.kept, rows("select * from events order by all")) == (0, before)
    import_file.undo(store, again.import_id)
    import_file.undo(store, receipt.import_id)
    assert rows("select count(*) from events") == rows("select count(*) from tickets") == [(0,)]


def test_messages_that_close_and_open_a_conversation_are_its_history(bring, rows, store):
    bring(
        "id,updated_at,created_at,state,assignee_id,source_type,first_contact_reply_created_at,conversation_rating_value\n"
        "77,2024-03-03 09:00:00,2024-03-02 09:00:00,closed,4077,conversation,,\n",
        format="intercom_conversations",
    )
    head = "id,updated_at,assigned_to_id,assigned_to_type,author_id,author_type,conversation_id,created_at,part_type,body\n"
    parts = [
        "1,2024-03-02 09:30:00,,,4077,admin,77,2024-03-02 09:30:00,comment,Hello",
        "2,2024-03-02 10:00:00,,,4077,admin,77,2024-03-02 10:00:00,close,",
        "3,2024-03-02 11:00:00,,,u1,user,77,2024-03-02 11:00:00,open,And now?",
        "4,2024-03-02 11:10:00,4078,admin,4077,admin,77,2024-03-02 11:10:00,assignment,",
        "5,2024-03-02 12:00:00,,,4078,admin,77,2024-03-02 12:00:00,close,",
    ]
    bring(head + "\n".join(parts) + "\n", name="parts.csv")
    with store.writing() as cursor:
        facts.rebuild(cursor)
    found = "select reopens, assignees, first_resolution_minutes, resolution_minutes from facts"
    assert rows(found) == [(1, 1, 60, 180)]


def test_the_lines_of_an_order_are_one_order_however_often_they_come(bring, rows, store):
    head = "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name\n"
    first = (
        "#1,ann@example.com,pending,EUR,26.00,2024-01-31 12:00:00 +0100,1,Mug\n"
        "#1,ann@example.com,,,,2024-01-31 12:00:00 +0100,2,Tea\n"
    )
    second = "#2,ann@example.com,paid,EUR,9.00,2024-02-28 12:00:00 +0100,1,Tea\n#3,,paid,EUR,9.00,2024-03-01 12:00:00 +0100,1,Tea\n"
    receipt = bring(head + first)
    assert (receipt.table, receipt.rows_read, receipt.kept) == ("orders", 2, 2)
    later = bring(head + first.replace("pending", "paid") + second)
    assert (later.kept, later.updated, later.unchanged) == (2, 1, 1)
    with store.writing() as cursor:
        facts.rebuild(cursor)
    assert rows("select order_id, customer, total, lines from purchases order by 1") == [
        ("#1", "ann@example.com", 26, 2),
        ("#2", "ann@example.com", 9, 1),
        ("#3", None, 9, 1),
    ]
    import_file.undo(store, later.import_id)
    assert rows("select id, status from orders order by 1") == [("#1-1", "pending"), ("#1-2", None)]


def test_an_order_finds_its_customer_by_email(bring, rows, store):
    bring(
        "Customer ID,Email,Accepts Email Marketing,Total Spent,Total Orders\n7,Ann@example.com,yes,35.00,2\n", name="customers.csv"
    )
    head = "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name\n"
    lines = (
        "#1,ann@example.com,paid,EUR,26.00,2024-01-31 12:00:00,1,Mug\n#2,bob@example.com,paid,EUR,26.00,2024-01-31 12:00:00,1,Mug\n"
    )
    bring(head + lines, name="orders.csv")
    with store.writing() as cursor:
        facts.rebuild(cursor)
    assert rows("select customer, dated, churned from accounts order by 1") == [
        ("7", False, None),
        ("bob@example.com", False, None),
    ]


def test_a_column_of_states_by_number_is_not_taken_for_open(bring, rows):
    bring(
        "field_id,issue_id,time,_fivetran_synced,value,is_active,author_id\n"
        "status,1,2024-03-01 09:00:00,2024-03-05 09:00:00,10002,true,a\n"
    )
    assert rows("select field, value, value_raw from events") == [("status", None, "10002")]
