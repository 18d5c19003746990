"""The second way, continued: what a ticket's history tells, walked through change by change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

Row = dict[str, Any]
Change = tuple[datetime, str, str]  # when, which field, what it became
OVER, RUNNING = ("solved", "closed"), ("new", "open", "pending", "hold")
SAID = (("ticket_status", "status"), ("ticket_agent", "assignee"), ("ticket_team", "team"))


def changes(ticket: Row, events: Sequence[Row], messages: Sequence[Row]) -> list[Change]:
    """Every change of this ticket once: as recorded, and as its messages brought about."""
    names = {ticket["id"], ticket.get("internal_id")} - {None}
    fields = ("status", "assignee", "team")
    found = {
        (e["changed_at"], e["field"], e["value"]) for e in events if e["ticket_id"] in names and e["value"] and e["field"] in fields
    }
    for message in messages:
        if message["ticket_id"] in names:
            found |= {(message["sent_at"], field, message[name]) for name, field in SAID if message.get(name)}
    return sorted(found, key=lambda change: (change[0], rank(change[2]), change[2]))


def rank(value: str) -> int:
    """In one moment a ticket is first opened, then ended, then thrown away."""
    return 0 if value in RUNNING else 1 if value in OVER else 2


def told(changed: Iterable[Change]) -> Row:
    """Solved, reopened, held and by whom."""
    found: Row = {"first": None, "last": None, "status": None, "reopens": None, "held": 0.0, "since": None}
    over = False
    for at, field, value in changed:
        if field != "status":
            continue
        if found["since"]:
            found["held"] += (at - found["since"]).total_seconds() / 60
        found |= {"status": value, "since": at if value == "hold" else None, "reopens": found["reopens"] or 0}
        if value in OVER and not over:
            found |= {"last": at, "first": found["first"] or at}
        if value in RUNNING and over:
            found["reopens"] += 1
        over = value in OVER if value in (*OVER, *RUNNING) else over
    found["last"] = found["last"] if over else None
    for name, wanted in (("assignees", "assignee"), ("groups", "team")):
        found[name] = len({value for _, field, value in changed if field == wanted}) or None
    return found


def only_told(events: Sequence[Row]) -> list[Row]:
    """The tickets there must be where only histories tell of any; nothing else is known of them."""
    found: dict[str, Row] = {}
    for event in sorted(events, key=lambda event: event["changed_at"]):
        ticket = found.setdefault(event["ticket_id"], defaultdict(lambda: None))
        ticket |= {"id": event["ticket_id"], "created_at": ticket["created_at"] or event["changed_at"]}
    return list(found.values())


def completed(tickets: Sequence[Row], events: Sequence[Row], messages: Sequence[Row]) -> list[Row]:
    """The tickets with what only their histories know: their own columns come first."""
    found = []
    for ticket in tickets:
        history = told(changes(ticket, events, messages))
        own = {
            name: ticket[name] if ticket[name] is not None else history[name]
            for name in ("status", "reopens", "assignees", "groups")
        }
        found.append(
            ticket
            | own
            | {
                "own": ticket,
                "told": history,
                "own_solved_at": ticket["solved_at"],
                "solved_at": ticket["solved_at"] or history["last"],
            }
        )
    return found
