"""The words that every helpdesk uses for the same few things, and what they mean here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words.toml"
# what a word outside the vocabulary most likely means, by a part of it
STATUS_PARTS = (
    ("%not resolved%", "open"),
    ("%not solved%", "open"),
    ("%not closed%", "open"),
    ("%incomplete%", "open"),
    ("%not complete%", "open"),
    ("%unresolved%", "open"),
    ("%spam%", "spam"),
    ("%duplicate%", "merged"),
    ("%delete%", "deleted"),
    ("%merge%", "merged"),
    ("%resolved%", "solved"),
    ("%solved%", "solved"),
    ("%closed%", "closed"),
    ("%cancel%", "closed"),
    ("%complete%", "solved"),
    ("%done%", "solved"),
    ("%hold%", "hold"),
    ("%pending%", "pending"),
    ("%wait%", "pending"),
    ("new%", "new"),
)
CHANNEL_PARTS = (  # the same for a channel: "WhatsApp Business", "Phone - Inbound"
    ("%whatsapp%", "messaging"),
    ("%messenger%", "messaging"),
    ("%telegram%", "messaging"),
    ("%sms%", "messaging"),
    ("%facebook%", "social"),
    ("%instagram%", "social"),
    ("%twitter%", "social"),
    ("%e-mail%", "email"),
    ("%email%", "email"),
    ("%chatbot%", "other"),
    ("%chat%", "chat"),
    ("%phone%", "phone"),
    ("%telefon%", "phone"),
    ("%contact form%", "web"),
    ("%web form%", "web"),
    ("%webform%", "web"),
    ("%formular%", "web"),
)
STRANGE = "?"  # before what a status most likely means that is in no list; alone where no part of it explains it either


@cache
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """{"status": {"resolved": "solved", ...}, ...}"""
    declared = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {name: {word: ours for ours, words in groups.items() for word in words} for name, groups in declared.items()}


def tells_states(values: Iterable[str], own: Mapping[str, str]) -> bool:
    """Whether any of these is a word for how a ticket stands; `own` are a format's own words for it.

    A column of states may also be one of California and New York, or in a language nobody here reads.
    """
    known = {**vocabulary()["status"], **own}
    patterns = [part.replace("%", "*") for part, _ in STATUS_PARTS]
    return any(value.lower() in known or any(fnmatchcase(value.lower(), part) for part in patterns) for value in values)


def strangers(values: Iterable[str], own: Mapping[str, str]) -> Mapping[str, str | None]:
    """The words for a state that stand in no list, and what a part of them tells; None: no part does."""
    known = {**vocabulary()["status"], **own}
    return {value: _by_part(value.lower()) for value in values if value.lower() not in known}


def _by_part(word: str) -> str | None:
    return next((ours for part, ours in STATUS_PARTS if fnmatchcase(word, part.replace("%", "*"))), None)


def settled(dated: bool) -> str:
    """SQL for a status: a word nobody knows is one for solved where the row has a solved date, and else for open."""
    otherwise = "if(solved_at is not null, 'solved', 'open')" if dated else "'open'"
    guess = f"if(status = '{STRANGE}', {otherwise}, substr(status, 2))"
    return f"if(starts_with(status, '{STRANGE}'), {guess}, status)"
