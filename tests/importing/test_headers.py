"""Column names that products are known to write, fed to recognition without any values."""

import json
from pathlib import Path

import pytest

from data import formats
from data.cells import value_shapes
from data.importing.recognise import Unrecognised, recognise

HEADERS = Path(__file__).parents[3] / "shared" / "headers.json"

WANTED = {
    "zendesk_ticket_csv_account_export": "zendesk",
    "zendesk_ticket_csv_gist_snake": "zendesk",
    "zendesk_explore_tickets_variants": "zendesk",
    "zendesk_view_csv": "zendesk",
    "zendesk_json_export_ticket": "zendesk",
    "zendesk_ticket_metrics_api": "zendesk",
    "zendesk_satisfaction_ratings": "zendesk_ratings",
    "freshdesk_ticket_export": "freshdesk",
    "freshservice_ticket_export": "freshservice",
    "intercom_conversation_export_api": "intercom",
    "intercom_csv_ui": "intercom",
    "helpscout_conversations": "helpscout",
    "helpscout_ratings": "helpscout_ratings",
    "hubspot_tickets_export": "hubspot",
    "jira_service_management_csv": "jira",
    "jira_cloud_csv_new_casing": "jira",
    "zoho_desk_tickets_backup_csv": "zoho_desk",
    "zoho_desk_report_export": "zoho_desk",
    "zoho_desk_es": "zoho_desk",
    "gorgias_tickets_export": "gorgias",
    "servicenow_incident_csv_labels": "servicenow",
    "salesforce_cases_report": "salesforce",
    "salesforce_case_object": "salesforce",
    "zammad_ticket_xlsx": "zammad",
    "chatwoot_csat": "chatwoot_csat",
    "osticket_queue_export": "osticket",
    "kayako_classic_report": "kayako",
    "liveagent_tickets_export": "liveagent",
    "front_messages_export": "front_messages",
    "trudesk_report": "tickets",
    "kaggle_customer_support_tickets": "tickets",
    "queue_wait": "tickets",
    "ravenstack_support_tickets": "ravenstack_tickets",
    "ravenstack_accounts": "customers",
    "ravenstack_subscriptions": "subscriptions",
    "ravenstack_churn_events": "churn_events",
    "ibm_telco_churn": "customers",
    "shopify_orders_csv": "shopify_orders",
    "nps_gardenstore": "surveys",
    "fivetran_zendesk_ticket_comment": "zendesk_comments",
}
REFUSED = ["kustomer_agent_report", *(f"chatwoot_{kind}_report" for kind in ("agent", "inbox", "team", "label", "conversation"))]


def header(name):
    if not HEADERS.exists():
        pytest.skip("the shared list of headers is not beside this checkout")
    return tuple(dict.fromkeys(json.loads(HEADERS.read_text(encoding="utf-8"))[name]["columns"]))


@pytest.mark.parametrize(("name", "wanted"), WANTED.items())
def test_a_known_header_is_recognised(name, wanted):
    names = header(name)
    assert recognise(names, [value_shapes.of([])] * len(names), formats.bundled()).format.name == wanted


@pytest.mark.parametrize("name", REFUSED)
def test_a_report_of_averages_is_refused(name):
    names = header(name)
    with pytest.raises(Unrecognised, match="averages"):
        recognise(names, [value_shapes.of([])] * len(names), formats.bundled())
