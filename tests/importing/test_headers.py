"""Column names that products are known to write, fed to recognition without any values."""

import json
from pathlib import Path

import pytest

from data import formats, looks
from data.recognise import Unrecognised, recognise

HEADERS = Path(__file__).parents[3] / "shared" / "headers.json"

WANTED = {
    "zendesk_ticket_csv_account_export": "zendesk",
    "zendesk_ticket_csv_gist_snake": "zendesk",
    "zendesk_explore_tickets_variants": "zendesk",
    "zendesk_view_csv": "zendesk",
    "freshdesk_ticket_export": "freshdesk",
    "kaggle_customer_support_tickets": "tickets",
    "queue_wait": "tickets",
    "ravenstack_support_tickets": "ravenstack_tickets",
    "ravenstack_accounts": "customers",
    "ravenstack_subscriptions": "subscriptions",
    "ravenstack_churn_events": "churn_events",
    "ibm_telco_churn": "customers",
    "nps_gardenstore": "surveys",
    "fivetran_zendesk_ticket_comment": "messages",
}
REFUSED = ["kustomer_agent_report", *(f"chatwoot_{kind}_report" for kind in ("agent", "inbox", "team", "label", "conversation"))]


def header(name):
    if not HEADERS.exists():
        pytest.skip("the shared list of headers is not beside this checkout")
    return tuple(dict.fromkeys(json.loads(HEADERS.read_text(encoding="utf-8"))[name]["columns"]))


@pytest.mark.parametrize(("name", "wanted"), WANTED.items())
def test_a_known_header_is_recognised(name, wanted):
    names = header(name)
    assert recognise(names, [looks.of([])] * len(names), formats.bundled()).format.name == wanted


@pytest.mark.parametrize("name", REFUSED)
def test_a_report_of_averages_is_refused(name):
    names = header(name)
    with pytest.raises(Unrecognised, match="averages"):
        recognise(names, [looks.of([])] * len(names), formats.bundled())
