"""Says why a file cannot be taken in: nobody knows it, or its rows are sums and averages."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from data.cells.value_shapes import Look

AVERAGES = re.compile(r"^(avg|average|mean|median)\b|\b(avg|average)\b", re.IGNORECASE)


OWN = ("id", "ticket_id", "customer_id", "customer_email", "comment")  # what tells an answer from others
COUNTS = re.compile(
    r"(number of |no\.? of |total |# ?)?(responses|answers|surveys( sent)?|(tickets|conversations|cases|calls|chats)( \w+)?)|"
    r"volume|count|(response|ticket|answer|survey) count",
    re.IGNORECASE,
)


class Unrecognised(Exception):
    """The sentence for the manager: what the file has, what was expected, what to do."""


def refuse_averages(header: Sequence[str]) -> None:
    """A report with several averages is no list of tickets."""
    averages = [name for name in header if AVERAGES.search(name)]
    if len(averages) >= 2:
        raise Unrecognised(
            f"This is a summary report ({names(averages)}): its rows are averages over many tickets, and averages cannot "
            "be filtered or added up. Export the tickets or conversations themselves, one row each."
        )


def refuse_sums(table: str, used: Container[str], header: Sequence[str], scores: Iterable[Look]) -> None:
    """Rows without a number or a date of their own are those of a report: one for each month, agent or team."""
    if table == "tickets" and not ("id" in used or "created_at" in used):
        raise Unrecognised(
            f"This looks like a summary report: it has neither a ticket's id nor when it was created, only {names(header)}. Rows "
            "that stand for many tickets cannot be counted as tickets. Export the tickets, one row each, with ids and dates."
        )
    nameless = table == "responses" and not any(name in used for name in OWN)
    if nameless and (any(COUNTS.fullmatch(name.strip()) for name in header) or any(map(_averaged, scores))):
        raise Unrecognised(
            f"This looks like a summary report ({names(header)}): nothing tells one answer from another, and its rows seem to "
            "stand for many. Export the answers themselves, one row each, with an id, an e-mail address or a comment."
        )


def _averaged(scores: Look) -> bool:
    """Nobody answers 92.4 or 87 %."""
    odd = [value for value in scores.common if re.fullmatch(r"\d+[.,]\d*[1-9]\d*\s*%?|\d+\s*%", value)]
    return len(odd) * 2 > len(scores.common)


def unknown(header: Sequence[str]) -> str:
    """What to say of a file that no format fits."""
    return (
        f"This file is not one of the known exports. It has: {names(header)}. Expected is one row per ticket (an id, a "
        "created date, a reply or resolution time), per message, per survey answer (a score), per customer or per "
        "subscription, with column names in the first row."
    )


def names(header: Sequence[str], limit: int = 12) -> str:
    """Column names for a sentence."""
    shown = ", ".join(name if len(name) <= 40 else name[:39] + "…" for name in header[:limit])
    return shown + (f" and {len(header) - limit} more" if len(header) > limit else "")
