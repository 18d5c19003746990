"""How other helpdesks count: every .toml file here is one of them, and says by which rules it works out each of its numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

HERE = Path(__file__).parent
UNKNOWN = "not documented"

# Which rules make a number, in the order in which they are changed into ours: each change is then one that can be worked out.
RULES: Mapping[str, tuple[str, ...]] = {
    "first_reply": ("hours", "attribution", "started_by_agent", "set_aside", "statistic", "waiting"),
    "resolution": ("hours", "attribution", "clock", "answered", "set_aside", "statistic", "waiting"),
    "csat": ("attribution", "good", "statistic"),
    "one_touch": ("attribution", "unanswered", "touch", "reopened"),
    "reply_time": ("hours", "attribution", "statistic"),
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "hours": {"calendar": "around the clock", "business": "business hours", "either": "as you choose there"},
    "attribution": {
        "created": "created in the period",
        "replied": "replied to in the period",
        "solved": "solved in the period",
        "answered": "answered in the period",
    },
    "started_by_agent": {"counted": "counted", "left out": "left out"},
    "set_aside": {"counted": "counted", "left out": "left out"},
    "clock": {"last": "runs until last solved", "first": "stops when first solved"},
    "answered": {"any": "every solved ticket", "only": "only tickets with a reply"},
    "statistic": {
        "mean": "mean",
        "median": "median",
        "curve": "time by which half are done",
        "share": "share of satisfied answers",
        "balance": "satisfied minus dissatisfied",
    },
    "waiting": {"left out": "left out", "counted": "counted with their wait so far"},
    "good": {"ours": "the top of the scale", "top three": "5 to 7 of 7 is satisfied too"},
    "unanswered": {"one touch": "counts as one touch", "left out": "left out", "against": "counts as not one touch"},
    "touch": {"reply": "exactly one reply", "agent": "one agent, any number of replies"},
    "reopened": {"allowed": "may count", "never": "never counts"},
}
OURS: Mapping[str, Mapping[str, str]] = {
    "first_reply": {
        "attribution": "created",
        "started_by_agent": "left out",
        "set_aside": "left out",
        "statistic": "curve",
        "waiting": "counted",
    },
    "resolution": {
        "attribution": "created",
        "clock": "last",
        "answered": "any",
        "set_aside": "left out",
        "statistic": "curve",
        "waiting": "counted",
    },
    "csat": {"attribution": "answered", "good": "ours", "statistic": "share"},
    "one_touch": {"attribution": "created", "unanswered": "left out", "touch": "reply", "reopened": "never"},
    "reply_time": {"attribution": "created", "statistic": "median"},
}
METRIC: Mapping[str, str] = {
    "first_reply": "first_reply_time",
    "resolution": "resolution_time",
    "csat": "csat",
    "one_touch": "one_reply_resolution",
    "reply_time": "reply_time",
}


class BrokenHelpdesk(Exception):
    """A helpdesk's file cannot be used; the sentence names the file and what is wrong."""


@dataclass(frozen=True)
class Number:
    """One number as a helpdesk shows it: its rules, and where that is written."""

    id: str
    title: str
    rules: Mapping[str, str]  # rule -> choice, or "not documented"
    source: str  # the vendor's public page
    verified: str  # how and when its rules were checked
    explains: tuple[str, ...]
    unverified: tuple[str, ...] = ()  # rules that are common knowledge, but not on the page we read


@dataclass(frozen=True)
class Helpdesk:
    """One helpdesk and its numbers."""

    id: str
    title: str
    formats: tuple[str, ...]  # beginnings of the names of the formats it exports
    numbers: Mapping[str, Number]
    none: Mapping[str, str]  # numbers it does not have, in a sentence


@cache
def helpdesks() -> Mapping[str, Helpdesk]:
    """Every helpdesk by id, in the order of their names."""
    return MappingProxyType({path.stem: read(path) for path in sorted(HERE.glob("*.toml"))})


def read(path: Path) -> Helpdesk:
    """One helpdesk from its file. Raises BrokenHelpdesk."""
    said = tomllib.loads(path.read_text("utf-8"))
    _only(path, said, {"title", "formats", "numbers", "none"}, {"title", "formats", "numbers"})
    numbers = {name: _number(path, name, one) for name, one in said["numbers"].items()}
    none = said.get("none", {})
    if {*numbers} & {*none} or {*numbers, *none} != {*RULES}:
        raise BrokenHelpdesk(f"{path.name}: each of {', '.join(RULES)} belongs under numbers or under none, once")
    return Helpdesk(path.stem, said["title"], tuple(said["formats"]), numbers, none)


def _number(path: Path, name: str, said: dict[str, Any]) -> Number:
    if name not in RULES:
        raise BrokenHelpdesk(f"{path.name}: there is no number '{name}'; there are {', '.join(RULES)}")
    words = {"title", "source", "verified", "explains"}
    _only(path, said, {*words, *RULES[name], "unverified"}, {*words, *RULES[name]})
    rules = {rule: said[rule] for rule in RULES[name]}
    for rule, choice in rules.items():
        if choice not in (*CHOICES[rule], UNKNOWN):
            raise BrokenHelpdesk(f"{path.name}: {name}: {rule} is '{choice}', must be one of {', '.join(CHOICES[rule])}, {UNKNOWN}")
    return Number(
        name, said["title"], rules, said["source"], said["verified"], tuple(said["explains"]), tuple(said.get("unverified", ()))
    )


def _only(path: Path, said: Mapping[str, Any], known: set[str], needed: set[str]) -> None:
    if wrong := sorted({*said} - known):
        raise BrokenHelpdesk(f"{path.name}: unknown key '{wrong[0]}'; known are {', '.join(sorted(known))}")
    if missing := sorted(needed - {*said}):
        raise BrokenHelpdesk(f"{path.name}: '{missing[0]}' is missing")
