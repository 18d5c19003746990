"""Worlds at the edge: nothing answered, nothing rated, only bots, clock changes, the future."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.queries.worlds import Rows

START = datetime(2024, 2, 27, 9)


def tickets(count: int = 12, **every: object) -> Rows:
    """Ordinary solved tickets, one a day; `every` overrides, and may be a function of the ticket's number."""
    rows = []
    for i in range(count):
        made = START + timedelta(days=i)
        row = {
            "source": "desk",
            "id": i,
            "status": "solved",
            "channel": ("email", "chat")[i % 2],
            "created_at": made,
            "first_reply_at": made + timedelta(minutes=10 + i),
            "solved_at": made + timedelta(hours=5 + i),
            "replies": 1 + i % 3,
            "reopens": i % 2,
            "csat_score": 1 + i % 5,
            "csat_scale": 5,
            "csat_offered": True,
            "customer_id": f"c{i % 4}",
        }
        rows.append(row | {key: value(i) if callable(value) else value for key, value in every.items()})
    return rows


def bots(count: int = 6) -> Rows:
    return [
        {
            "source": "desk",
            "id": f"{i}-{role}",
            "ticket_id": i,
            "sent_at": START + timedelta(days=i, minutes=at),
            "author_role": role,
            "public": True,
        }
        for i in range(count)
        for at, role in enumerate(("customer", "bot"))
    ]


NEVER = {"first_reply_at": None, "solved_at": None, "csat_score": None}
WORLDS: dict[str, dict[str, object]] = {
    "empty": {},
    "all open": {"tickets": tickets(status="open", **NEVER)},
    "none rated": {"tickets": tickets(csat_score=None, csat_scale=None, csat_offered=None)},
    "offered to all, rated by none": {"tickets": tickets(csat_score=None)},
    "zero replies": {"tickets": tickets(first_reply_at=None, replies=0)},
    "one ticket": {"tickets": tickets(1)},
    "only bots": {"tickets": tickets(6, first_reply_at=lambda i: START + timedelta(days=i, minutes=1)), "messages": bots()},
    "only negatives": {
        "tickets": tickets(
            first_reply_at=START - timedelta(days=9),
            solved_at=START - timedelta(days=8),
            touch_minutes=-1,
            requester_wait_minutes=-1,
        )
    },
    "clocks go forward": {
        "timezone": "Europe/Berlin",
        "tickets": tickets(
            created_at=lambda i: datetime(2024, 3, 30, 22) + timedelta(hours=i),
            first_reply_at=None,
            solved_at=lambda i: datetime(2024, 3, 31, 12) + timedelta(hours=i),
        ),
    },
    "midnight": {
        "tickets": tickets(
            created_at=lambda i: datetime(2024, 2, 27 + i % 3),
            first_reply_at=None,
            solved_at=lambda i: datetime(2024, 3, 1 + i % 3),
        )
    },
    "leap day": {
        "tickets": tickets(
            created_at=datetime(2024, 2, 29, 23, 59), first_reply_at=datetime(2024, 3, 1), solved_at=None, status="open"
        )
    },
    "all deleted": {"tickets": tickets(status=lambda i: ("deleted", "spam", "merged")[i % 3])},
    "no dates": {"tickets": tickets(created_at=None, **NEVER)},
    "from the future": {
        "tickets": tickets(created_at=datetime(2199, 1, 1), first_reply_at=datetime(2199, 1, 2), solved_at=datetime(9999, 1, 1))
    },
    "two sources": {"tickets": [*tickets(), *tickets(source="other", status="open", **NEVER)]},
    "customers": {"customers": [{"source": "crm", "id": f"c{i}", "churned": i % 2 == 0, "mrr": i} for i in range(6)]},
}
