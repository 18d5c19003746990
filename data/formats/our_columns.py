"""What the columns of a format may be called, which kinds fill them, and which words of ours they may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from data import schema

WORDS = Path(__file__).parents[1] / "cells" / "words.toml"
TABLES = ("tickets", "messages", "responses", "customers", "subscriptions", "churn_events", "events", "orders")
SURVEYS = ("csat", "nps", "ces")
KINDS = ("text", "id", "when", "duration", "number", "score", "choice", "flag", "list", "mark")
FILLED = {  # by which kinds a column of this type is
    "VARCHAR": ("text", "id", "choice", "list"),
    "TIMESTAMP": ("when",),
    "DOUBLE": ("number", "duration"),
    "INTEGER": ("number",),
    "BOOLEAN": ("flag",),
}
IMPORTED = ("source", "import_id", "unread")  # what the import itself says of a row
INTERNAL = "internal"  # a message's flag that says the opposite of ours
VERSION = "version"  # of a table that keeps every version of a record: when this one was written
ASSIGNED = "assigned_type"  # whether a message gave the ticket to a person or to a team
ACTIVE = "active"  # a customer's flag that says the opposite of ours
# Columns of no table, which only serve to work out others.
SERVING: Mapping[str, Mapping[str, str]] = {
    "messages": {INTERNAL: "BOOLEAN", ASSIGNED: "VARCHAR"},
    "customers": {ACTIVE: "BOOLEAN"},
    "subscriptions": {
        "amount": "DOUBLE",
        "unit_amount": "DOUBLE",
        "arr": "DOUBLE",
        "period_start": "TIMESTAMP",
        "period_end": "TIMESTAMP",
        "cancelled_at": "TIMESTAMP",
    },
    "events": {"event_status": "VARCHAR", "event_priority": "VARCHAR"},  # the new value, read as a status and as a priority
}
MEANS = (VERSION, *(name for names in SERVING.values() for name in names))


@cache
def kinds(table: str) -> Mapping[str, tuple[str, ...]]:
    """The columns that a file of this table may fill, each with the kinds that can."""
    held = {name: kind for name, kind in schema.described()[table].items() if name not in IMPORTED}
    scores = {"score"} & set(held) | {name.removesuffix("_score") for name in held if name.endswith("_score")}
    others = held | {VERSION: "TIMESTAMP"} | dict(SERVING.get(table, {}))
    return {**{name: FILLED[kind] for name, kind in others.items()}, **dict.fromkeys(scores, ("score",))}


@cache
def words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The words that everybody uses, by column of ours and what they mean there."""
    declared = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {name: {ours: tuple(known) for ours, known in groups.items()} for name, groups in declared.items()}


def meanings(name: str) -> tuple[str, ...]:
    """The words of ours that a column may hold; none where it may hold any."""
    return tuple(words().get(name.removeprefix("event_").removeprefix("ticket_"), ()))
