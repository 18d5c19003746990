"""The relations of scope.sql that a question needs, and in them the conditions of the filters that somebody set."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
RELATION = re.compile(r"^(?P<text>(?:--[^\n]*\n)*(?P<name>\w+) as \(\n.*?^\)),?$", re.MULTILINE | re.DOTALL)
CONDITION = re.compile(r"^(?P<start> *and )\(\$(?P<filter>\w+) is null or (?P<test>.*)\)(?P<end>\n|$)", re.MULTILINE)


@cache
def relations() -> Mapping[str, str]:
    """The text of each by its name, in the order they stand in, with what is said about it."""
    return {found["name"]: found["text"] for found in RELATION.finditer((HERE / "scope.sql").read_text())}


def needed(body: str, among: Mapping[str, str]) -> list[str]:
    """The named texts that a query speaks of, and those that these speak of, in the order they stand in."""
    found: set[str] = set()
    ahead = _mentioned(body, among)
    while ahead:
        found |= ahead
        ahead = set().union(*(_mentioned(among[name], among) for name in ahead)) - found
    return [name for name in among if name in found]


def _mentioned(text: str, among: Mapping[str, str]) -> set[str]:
    """A table of the store is called by its schema: main.tickets."""
    return set(re.findall(r"(?<![\w.])(\w+)", re.sub(r"--.*", "", text))) & set(among)


def beginning(body: str, unset: Collection[str], slots: Mapping[str, str]) -> str:
    """What a query starts with, without `with`: conditions of unset filters are left out. Empty where it needs nothing."""
    text = ",\n\n".join(_conditioned(relations()[name], unset) for name in needed(body, relations()))
    for slot, filled in slots.items():
        text = text.replace(f"{{{slot}}}", filled)
    return text


def _conditioned(text: str, unset: Collection[str]) -> str:
    said = lambda found: "" if found["filter"] in unset else f"{found['start']}{found['test']}{found['end']}"  # noqa: E731
    return CONDITION.sub(said, text)
