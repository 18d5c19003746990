"""The relations of scope.sql that a question needs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from queries import sql_names

HERE = Path(__file__).parent


@cache
def relations() -> Mapping[str, str]:
    """The text of each by its name, in the order they stand in, with what is said about it: a paragraph is a relation."""
    paragraphs = (HERE / "scope.sql").read_text().strip().split("\n\n")
    return {name: text.removesuffix(",") for text in paragraphs if (name := _name(text))}


def _name(paragraph: str) -> str:
    """Behind what is said about it, a relation begins with its name."""
    begins = next((line for line in paragraph.splitlines() if not line.startswith("--")), "")
    return begins.removesuffix(" as (")


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
    return set(sql_names.words(text)) & set(among)


def beginning(body: str, slots: Mapping[str, str]) -> str:
    """What a query starts with, without `with`; empty where it needs nothing."""
    text = ",\n\n".join(relations()[name] for name in needed(body, relations()))
    for slot, filled in slots.items():
        text = text.replace(f"{{{slot}}}", filled)
    return text
