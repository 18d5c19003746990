"""The invented company of the sample: its two years, its teams, and how large each planted truth is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]

HERE: Final = Path(__file__).parent
MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86400

NAME: Final = "Larkfield"
ASSISTANT: Final = "Larkfield Assistant"
ASSISTANT_ID: Final = 3700000000001


def moment(text: str) -> int:
    """Seconds since 1970 of a local date; the company keeps its clocks on UTC, so no hour is ever skipped or repeated."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


START: Final = moment("2024-11-01")
AS_OF: Final = moment("2026-10-31 23:59:59")
DAYS: Final = 730
NEVER: Final = moment("2100-01-01")  # later than anything: "has not happened"

# Sizes at scale 1. More tickets are drawn than kept: those of customers who had already left fall away.
TICKETS_DRAWN: Final = 34_000
CUSTOMERS: Final = 4_000


@dataclass(frozen=True)
class Channel:
    """One way in: its share of tickets, how busy its weekends are, and its medians in minutes."""

    name: str
    share: float
    weekend: float
    live: bool  # answered at once rather than from a queue in office hours
    first: float
    follow: float
    spread: float
    hours: tuple[int, ...]  # weight of every hour of the day


_OFFICE = (0, 0, 0, 0, 0, 0, 1, 3, 8, 12, 13, 12, 9, 10, 11, 10, 9, 6, 2, 1, 0, 0, 0, 0)
_CHATTY = (0, 0, 0, 0, 0, 0, 1, 3, 9, 12, 12, 11, 9, 11, 12, 11, 9, 6, 3, 2, 1, 0, 0, 0)
_DAYLONG = (1, 1, 0, 0, 0, 1, 3, 6, 10, 12, 12, 11, 9, 10, 11, 10, 9, 7, 5, 4, 4, 3, 2, 1)

CHANNELS: Final = (
    Channel("Mail", 0.51, 0.28, False, 95, 130, 1.0, _DAYLONG),
    Channel("Chat", 0.20, 0.25, True, 2.4, 1.6, 0.8, _CHATTY),
    Channel("Web form", 0.16, 0.30, False, 110, 140, 1.0, _DAYLONG),
    Channel("Phone call", 0.09, 0.04, True, 1.8, 12, 0.7, _OFFICE),
    Channel("Twitter", 0.04, 0.60, False, 48, 60, 0.9, _DAYLONG),
)
CHAT: Final = 1

TEAMS: Final = ("Front line", "Technical", "Billing", "Onboarding", "Enterprise desk")
TEAM_SIZES: Final = (7, 6, 4, 3, 4)
BILLING: Final = 2
ENTERPRISE_DESK: Final = 4
AGENTS: Final = (
    "Alma B.", "Benedikt R.", "Chiara N.", "Devon K.", "Ebba S.", "Farid M.", "Gwen T.",
    "Hiroshi L.", "Isla P.", "Jakob W.", "Kamila D.", "Leon G.", "Mireille C.",
    "Noor A.", "Oskar V.", "Pia H.", "Rahel Z.",
    "Sven O.", "Talia F.", "Ulrik E.",
    "Vera J.", "Willem Y.", "Xenia U.", "Yannick I.",
)  # fmt: skip
AGENT_ID: Final = 3700000000100  # plus the agent's place in the list above

SEGMENTS: Final = ("Small business", "Mid-market", "Enterprise")
SEGMENT_SHARE: Final = (0.65, 0.27, 0.08)
SEGMENT_TICKETS: Final = (1.0, 2.0, 5.0)  # how many more tickets a larger customer writes
ENTERPRISE: Final = 2
PRIORITIES: Final = ("Low", "Normal", "High", "Urgent")
URGENT: Final = 3
PRIORITY_PACE: Final = (1.4, 1.0, 0.65, 0.35)

# ---- planted truths: every size in one place; truths.toml says them in words ----
LAUNCH: Final = (moment("2026-03-01"), moment("2026-04-01"))
LAUNCH_CHATS: Final = 3.0
LAUNCH_CHAT_WAIT: Final = 4.0

SLOW_AFTER: Final = 4 * HOUR
CSAT_BASE: Final = 0.91
CSAT_SLOW: Final = -0.22
CSAT_REOPENED: Final = -0.27

CHURN_MONTHLY: Final = 0.0095
CHURN_DISSATISFIED: Final = 3.0
CHURN_SEGMENT: Final = (1.15, 0.80, 0.40)

RISING: Final = "export_sync"
RISING_SHARE: Final = (
    ("2024-11-01", 0.03), ("2026-07-01", 0.05), ("2026-08-01", 0.075), ("2026-09-01", 0.10), ("2026-10-01", 0.12),
)  # fmt: skip

WAVES: Final = (
    ("NPS 2024 Q4", "2024-11-12"), ("NPS 2025 Q1", "2025-02-11"), ("NPS 2025 Q2", "2025-05-13"),
    ("NPS 2025 Q3", "2025-08-12"), ("NPS 2025 Q4", "2025-11-11"), ("NPS 2026 Q1", "2026-02-10"),
    ("NPS 2026 Q2", "2026-05-12"), ("NPS 2026 Q3", "2026-08-11"), ("NPS 2026 Q4", "2026-10-13"),
)  # fmt: skip
NPS_RESPONSE: Final = 0.23
LOW_WAVE: Final = "NPS 2025 Q3"
LOW_RESPONSE: Final = 0.06

REOPEN: Final = 0.075
MONDAY_BILLING: Final = 2.6
ENTERPRISE_PACE: Final = 0.5


def texts() -> dict[str, Any]:
    """Sentences, slots and themes."""
    return tomllib.loads((HERE / "texts.toml").read_text("utf-8"))


def words() -> dict[str, list[str]]:
    """Parts of the names of people and firms."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))
