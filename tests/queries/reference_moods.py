"""The second way, for comments: a few whose mood is plain to people, and the balance of those."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SAID = {
    "Great": 1,
    "Thank you, that was quick": 1,
    "Not bad": 1,
    "Not great": -1,
    "Terrible. Still waiting": -1,
    "Helpful but slow": 0,
    "We use it daily": 0,
}


def balance(answers: Sequence[dict[str, Any]]) -> tuple[float | None, int]:
    """% positive - % negative of those that are one of the two."""
    moods = [SAID[row["comment"]] for row in answers if row.get("comment")]
    known = [mood for mood in moods if mood]
    return (100 * sum(known) / len(known), len(known)) if known else (None, 0)
