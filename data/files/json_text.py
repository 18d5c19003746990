"""Reads JSON of any size value by value: a list of a million tickets is never in memory as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

PIECE = 1 << 20
LONGEST = 64 << 20  # characters of one record
SPACE = re.compile(r"[ \t\r\n\ufeff\0]*")
# Numbers stay as they are written: an id of 19 digits is not a number to us.
_decode = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=lambda word: None, strict=False).raw_decode


class Damaged(Exception):
    """The text is no JSON from here on."""


class Scanner:
    """Walks over a text, reading on as it goes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text, self._at = "", 0
        self._ended = False

    def peek(self) -> str:
        """The next sign that is no blank; nothing at the end."""
        while True:
            self._at = self._blanks(self._at)
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def _blanks(self, start: int) -> int:
        found = SPACE.match(self._text, start)
        return found.end() if found else start

    def take(self, sign: str) -> bool:
        """Steps over this sign, if it is the next."""
        there = self.peek() == sign
        self._at += there
        return there

    def value(self, most: int = LONGEST) -> Any:
        """The value that starts here. Raises Damaged where none does, or when it is longer than `most`."""
        self.peek()
        while True:
            try:
                found, end = _decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                if isinstance(error, RecursionError) or len(self._text) - self._at > most or not self._more():
                    raise Damaged from error
                continue
            if end + 2 >= len(self._text) and self._more():  # a number may go on, even behind "1." or "1e-"
                continue
            self._at = end
            return found

    def elements(self) -> Iterator[Any]:
        """The values of the list that starts here, one by one."""
        self._must("[")
        while not self.take("]"):
            yield self.value()
            if not self.take(",") and self.peek() != "]":
                raise Damaged

    def names(self) -> Iterator[str]:
        """The names in the object that starts here; whoever asks must read each value before the next name."""
        self._must("{")
        while not self.take("}"):
            name = self.value()
            self._must(":")
            yield str(name)
            if not self.take(",") and self.peek() != "}":
                raise Damaged

    def _must(self, sign: str) -> None:
        if not self.take(sign):
            raise Damaged

    def _more(self) -> bool:
        """Reads on, twice as much each time a value does not end, and lets go of what was walked over."""
        if self._ended:
            return False
        rest = self._text[self._at :]
        piece = self._stream.read(max(PIECE, len(rest)))
        if not piece:
            self._ended = True
            return False
        self._text, self._at = rest + piece, 0
        return True


def line(text: str) -> Any:
    """The one value of a line. Raises Damaged."""
    start = SPACE.match(text)
    try:
        found, end = _decode(text, start.end() if start else 0)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Damaged from error
    if text[end:].strip(" \t\r\n,\0"):
        raise Damaged
    return found
