"""Every table of the connectors' test data is imported with all of its rows accounted for, or refused with a sentence."""

import pytest

from data.importing import import_file
from data.importing.recognise import Unrecognised
from tests.importing.conftest import SAMPLES

TABLES = sorted((SAMPLES / "connectors").glob("*.csv"))
IMPORTED = {
    "hubspot__ticket_data": "tickets",
    "hubspot__ticket_property_history_data": "events",
    "intercom__contact_history_data": "customers",
    "intercom__conversation_history_data": "tickets",
    "intercom__conversation_part_history_data": "messages",
    "jira__issue": "tickets",
    "jira__issue_field_history": "events",
    "jira__issue_multiselect_history": "events",
    "recurly__account_history_data": "customers",
    "recurly__subscription_history_data": "subscriptions",
    "servicenow__incident_data": "tickets",
    "servicenow__task_data": "tickets",
    "stripe__customer_data": "customers",
    "stripe__subscription_data": "subscriptions",
    "stripe__subscription_history_data": "subscriptions",
    "zendesk__ticket_comment_data": "messages",
    "zendesk__ticket_data": "tickets",
    "zendesk__ticket_field_history_data": "events",
    "zendesk__user_data": "customers",
}


def test_the_tables_are_there():
    if not TABLES:
        pytest.skip("the shared connector tables are not beside this checkout")
    assert set(IMPORTED) <= {path.stem for path in TABLES}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_is_imported_whole_or_refused_with_a_sentence(path, store):
    if path.stem not in IMPORTED:
        with pytest.raises(Unrecognised, match=r"connector.*(Import|Export) .*\.$"):
            import_file.import_file(store, path)
        return
    receipt = import_file.import_file(store, path)
    assert receipt.table == IMPORTED[path.stem]
    assert receipt.rows_read == receipt.kept + receipt.updated + receipt.unchanged + receipt.set_aside > 0
    again = import_file.import_file(store, path)
    assert again.kept == 0


def test_the_newest_version_of_a_conversation_counts(store, rows, sample):
    import_file.import_file(store, sample("connectors/intercom__conversation_history_data.csv"))
    found = rows("select max(updated_at) from tickets")
    assert found == rows("select max(updated_at) from tickets where source = 'intercom'")
