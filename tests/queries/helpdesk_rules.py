"""The second way to a helpdesk's number: ticket by ticket in plain Python, from what the rules say and not from the SQL."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

Row = dict[str, Any]
Rules = Mapping[str, str]
Counted = dict[str, tuple[float, bool]]  # ticket -> what it counts with, and whether its wait is over
DROPPED = ("spam", "deleted", "merged")


def ended(row: Row) -> bool:
    return row["status"] in ("solved", "closed", *DROPPED)


def minutes(row: Row, stamp: str) -> float | None:
    return None if row[stamp] is None else (row[stamp] - row["created_at"]).total_seconds() / 60


def population(number: str, rules: Rules, rows: Sequence[Row], period: tuple[datetime, datetime], as_of: datetime) -> Counted:
    """The tickets that count under these rules."""
    found = {row["id"]: ONE[number](row, rules, as_of) for row in rows if _belongs(number, rules, row, period)}
    return {name: one for name, one in found.items() if one is not None}


def value(rules: Rules, counted: Counted) -> float | None:
    """The number itself; None where there is nothing, or half of the waits have not ended."""
    measures = [measure for measure, _ in counted.values()]
    if not measures:
        return None
    match rules.get("statistic", "share"):
        case "median":
            return statistics.median(measures)
        case "curve":
            return _half_done(list(counted.values()))
    return sum(measures) / len(measures)


def _half_done(waits: list[tuple[float, bool]]) -> float | None:
    """Kaplan and Meier: at each moment at which waits end, the share still waiting shrinks by those who were waiting then."""
    left = 1.0
    for moment in sorted({wait for wait, over in waits if over}):
        waiting = sum(wait >= moment for wait, _ in waits)
        left *= 1 - sum(over and wait == moment for wait, over in waits) / waiting
        if left <= 0.5 + 1e-9:
            return moment
    return None


def _belongs(number: str, rules: Rules, row: Row, period: tuple[datetime, datetime]) -> bool:
    by = rules["attribution"]
    if by == "solved" and not ended(row):
        return False
    stamp = row[{"created": "created_at", "replied": "first_reply_at", "solved": "solved_at", "answered": "csat_at"}[by]]
    return stamp is not None and period[0] <= stamp < period[1]


def _first_reply(row: Row, rules: Rules, as_of: datetime) -> tuple[float, bool] | None:
    wait = minutes(row, "first_reply_at")
    if row["status"] in DROPPED and rules["set_aside"] == "left out":
        return None
    if row["started_by_agent"] and row["status"] not in DROPPED and rules["started_by_agent"] == "left out":
        return None
    if wait is not None:
        return wait, True
    if ended(row) or row["started_by_agent"] or rules["waiting"] == "left out":
        return None
    return (as_of - row["created_at"]).total_seconds() / 60, False


def _resolution(row: Row, rules: Rules, as_of: datetime) -> tuple[float, bool] | None:
    if row["status"] in DROPPED and rules["set_aside"] == "left out":
        return None
    if rules["answered"] == "only" and not row["replies"]:
        return None
    took = minutes(row, "solved_at") if ended(row) else None
    if rules["clock"] == "first":
        took = minutes(row, "first_solved_at") if row["reopens"] else took
    if took is not None:
        return took, True
    if rules["waiting"] == "left out":
        return None
    return (as_of - row["created_at"]).total_seconds() / 60, False


def _csat(row: Row, rules: Rules, as_of: datetime) -> tuple[float, bool] | None:
    score, top = row["csat_score"], row["csat_scale"]
    if score is None:
        return None
    good = score >= {3: 3, 5: 4, 7: 6}[top] or (rules["good"] == "top three" and top == 7 and score == 5)
    if good:
        return 100, True
    bad = score <= {3: 1, 5: 2, 7: 2}[top]
    return (-100 if bad and rules["statistic"] == "balance" else 0), True


def _one_touch(row: Row, rules: Rules, as_of: datetime) -> tuple[float, bool] | None:
    if not ended(row) or row["status"] in DROPPED:
        return None
    if row["replies"] == 0 and rules["unanswered"] == "left out":
        return None
    once = row["replies"] == 1 if rules["touch"] == "reply" else row["replies"] >= 1 and row["assignees"] == 1
    hit = once or (row["replies"] == 0 and rules["unanswered"] == "one touch")
    return (100 if hit and not (row["reopens"] and rules["reopened"] == "never") else 0), True


ONE = {"first_reply": _first_reply, "resolution": _resolution, "csat": _csat, "one_touch": _one_touch}
