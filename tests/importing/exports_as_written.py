"""How the export of each helpdesk writes the fifty tickets, in the forms it documents."""

from tests.importing.tickets_as_written import ISO, Cell, clock, ident, lasting, score, stamp, status, unix, words

PLAIN = status(solved="Solved", closed="Closed", open="Open", pending="Pending")
SERVICE = status(solved="Resolved", closed="Closed", open="Open", pending="Pending")
FRESH = {
    "Subject": ident,
    "Status": SERVICE,
    "Resolved time": stamp(ISO, "solved"),
    "Initial response time": stamp(ISO, "reply"),
    "Created time": stamp(ISO),
}
ZENDESK = {
    "Status": PLAIN,
    "Created at": stamp(ISO),
    "Solved at": stamp(ISO, "solved"),
    "Satisfaction Score": score,
    "First reply time in minutes": lasting("reply"),
    "Full resolution time in minutes": lasting("solved"),
}
JIRA = "%d/%b/%y %I:%M %p"
DESK = {"SLA Violation Type": lambda ticket: "Not Violated", "Subject": ident}
ZOHO = status(solved="Closed", closed="Closed", open="Open", pending="Pending")


def snake(cells: dict[str, Cell]) -> dict[str, Cell]:
    return {name.lower().replace(" ", "_"): cell for name, cell in cells.items()}


# header of the list, what it is recognised as, its id column, and what stands in the columns that matter
FILES: list[tuple[str, str, str, dict[str, Cell]]] = [
    ("zendesk_ticket_csv_account_export", "zendesk", "Id", ZENDESK | {"Resolution time": lasting("solved", 1 / 60)}),
    (
        "zendesk_ticket_csv_gist_snake",
        "zendesk",
        "zendesk_id",
        {{"satisfaction_score": "satisfaction"}.get(name, name): cell for name, cell in snake(ZENDESK).items()},
    ),
    (
        "zendesk_ticket_metrics_api",
        "zendesk",
        "ticket_id",
        {
            "id": lambda ticket: f"9{ticket.id}",
            "created_at": stamp("%Y-%m-%dT%H:%M:%SZ"),
            "solved_at": stamp("%Y-%m-%dT%H:%M:%SZ", "solved"),
            "reply_time_in_minutes": lasting("reply"),
            "full_resolution_time_in_minutes": lasting("solved"),
        },
    ),
    (
        "zendesk_json_export_ticket",
        "zendesk",
        "id",
        {
            "created_at": stamp("%Y-%m-%dT%H:%M:%SZ"),
            "status": lambda ticket: PLAIN(ticket).lower(),
            "has_incidents": lambda ticket: "false",
        },
    ),
    (
        "freshdesk_ticket_export",
        "freshdesk",
        "Ticket ID",
        FRESH | {"First response time (in hrs)": clock("reply"), "Resolution time (in hrs)": clock("solved")},
    ),
    (
        "freshdesk_ticket_export",
        "freshdesk",
        "Ticket ID",
        FRESH | {"First response time (in hrs)": lasting("reply", 1 / 60), "Resolution time (in hrs)": lasting("solved", 1 / 60)},
    ),
    (
        "freshservice_ticket_export",
        "freshservice",
        "Ticket Id",
        {
            "Status": SERVICE,
            "Created Time": stamp(ISO),
            "Resolved Time": stamp(ISO, "solved"),
            "Initial Response Time": stamp(ISO, "reply"),
            "First Response Time (in Hrs)": clock("reply"),
            "Resolution Time (in Hrs)": clock("solved"),
            "Requester VIP": lambda ticket: "false",
        },
    ),
    (
        "intercom_conversation_export_api",
        "intercom",
        "conversation_id",
        {
            "conversation_started_at": unix(),
            "first_admin_reply_at": unix("reply"),
            "last_close_at": unix("solved"),
            "time_to_admin_reply": lasting("reply", 60),
            "time_to_last_close": lasting("solved", 60),
            "conversation_rating": score,
            "state": status(solved="closed", closed="closed", open="open", pending="snoozed"),
        },
    ),
    (
        "hubspot_tickets_export",
        "hubspot",
        "Ticket ID",
        {
            "Create date": stamp("%Y-%m-%d %H:%M CDT", shift=-5),
            "Close date": stamp("%Y-%m-%d %H:%M CDT", "solved", -5),
            "Ticket status": status(solved="Closed", closed="Closed", open="Waiting on us", pending="Waiting on contact"),
            "Time to first agent email reply (HH:mm:ss)": clock("reply"),
            "Time to close (HH:mm:ss)": clock("solved"),
        },
    ),
    (
        "jira_service_management_csv",
        "jira",
        "Issue key",
        {
            "Issue id": lambda ticket: f"1{ticket.id}",
            "Created": stamp(JIRA),
            "Resolved": stamp(JIRA, "solved"),
            "Satisfaction rating": score,
            "Status": status(solved="Resolved", closed="Closed", open="Waiting for support", pending="Waiting for customer"),
            "Custom field ([CHART] Date of First Response)": stamp(JIRA, "reply"),
            "Custom field (Time to first response)": lambda ticket: "-12:30",
            "Custom field (Time to resolution)": lambda ticket: "3:15",
        },
    ),
    (
        "jira_cloud_csv_new_casing",
        "jira",
        "Issue key",
        {
            "Issue id": lambda ticket: f"1{ticket.id}",
            "Status": status(solved="Done", closed="Closed", open="In Progress", pending="Pending"),
        },
    ),
    (
        "zoho_desk_tickets_backup_csv",
        "zoho_desk",
        "Request Id",
        DESK
        | {
            "ID": lambda ticket: f"17000000000000{ticket.id}",
            "Status": ZOHO,
            "Created Time": stamp(ISO),
            "Ticket Closed Time": stamp(ISO, "solved"),
            "First Response Time in Business Hours": lasting("reply", 60_000),
            "Resolution Time in Business Hours": lasting("solved", 60_000),
        },
    ),
    (
        "zoho_desk_tickets_backup_csv",
        "zoho_desk",
        "Request Id",
        DESK
        | {
            "Status": ZOHO,
            "Created Time": stamp("%d/%m/%Y %H:%M"),
            "Ticket Closed Time": stamp("%d/%m/%Y %H:%M", "solved"),
            "First Response Time in Business Hours": lasting("reply", 60_000),
            "Resolution Time in Business Hours": lasting("solved", 60_000),
        },
    ),
    (
        "zoho_desk_report_export",
        "zoho_desk",
        "Ticket Id",
        DESK
        | {
            "Status (Ticket)": ZOHO,
            "Created Time (Ticket)": stamp(ISO),
            "Ticket Closed Time": stamp(ISO, "solved"),
            "Resolution Time in Business Hours": words("solved"),
            "Happiness Rating": lambda ticket: f"{ticket.score * 20}%" if ticket.score else "-",
        },
    ),
    (
        "gorgias_tickets_export",
        "gorgias",
        "Ticket id",
        {
            "Creation date": stamp(ISO),
            "Closed date": stamp(ISO, "solved"),
            "First response time (s)": lasting("reply", 60, none="0"),
            "Resolution time (s)": lasting("solved", 60),
            "Survey score": score,
            "Number of agent messages": lambda ticket: "2" if ticket.reply else "0",
        },
    ),
    (
        "salesforce_cases_report",
        "salesforce",
        "Case Number",
        {
            "Status": SERVICE,
            "Date/Time Opened": stamp("%m/%d/%Y %I:%M %p"),
            "Date/Time Closed": stamp("%m/%d/%Y %I:%M %p", "solved"),
            "Age (Hours)": lambda ticket: "9999",
        },
    ),
    (
        "salesforce_cases_report",
        "salesforce",
        "Case Number",
        {"Status": SERVICE, "Date/Time Opened": stamp("%d/%m/%Y %H:%M"), "Date/Time Closed": stamp("%d/%m/%Y %H:%M", "solved")},
    ),
    (
        "zammad_ticket_xlsx",
        "zammad",
        "#",
        {
            "Title": ident,
            "State": status(solved="closed", closed="closed", open="open", pending="pending reminder"),
            "Created At": stamp(ISO),
            "Closed At": stamp(ISO, "solved"),
            "First Response At": stamp(ISO, "reply"),
            "First Response In Min": lasting("reply"),
            "Close In Min": lasting("solved"),
            "First Response Diff In Min": lambda ticket: "-30",
        },
    ),
    (
        "osticket_queue_export",
        "osticket",
        "Ticket Number",
        {"Current Status": SERVICE, "Date Created": stamp(ISO), "Closed Date": stamp(ISO, "solved"), "Overdue": lambda ticket: "0"},
    ),
    ("trudesk_report", "tickets", "uid", {"status": PLAIN, "created": stamp(ISO), "subject": ident}),
    (
        "ravenstack_support_tickets",
        "ravenstack_tickets",
        "ticket_id",
        {
            "submitted_at": stamp(ISO),
            "closed_at": stamp(ISO, "solved"),
            "resolution_time_hours": lasting("solved", 1 / 60),
            "first_response_time_minutes": lasting("reply"),
            "satisfaction_score": score,
        },
    ),
]
