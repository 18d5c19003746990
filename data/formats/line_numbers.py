"""Where in a TOML text something is said; the parser itself tells, which reads the text line by line for that."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

Where = Sequence[str | int]  # keys, and places in lists, from the top down


def line_of(text: str, where: Where) -> int | None:
    """The line on which the statement begins that first says this; None where none does."""
    lines = text.replace("\r\n", "\n").split("\n")
    begins = 1  # the line after the last one up to which the text is whole
    for count in range(1, len(lines) + 1):
        try:
            found = tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a list or of a text of several lines
        if _says(found, where):
            return begins
        begins = count + 1
    return None


def _says(found: Any, where: Where) -> bool:
    for key in where:
        try:
            found = found[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True
