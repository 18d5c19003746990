"""Sentences: many different ones out of a few templates, made once and then picked by number."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from data.samples.company import Ints, Words, texts

_SLOT = re.compile(r"\{(\w+)\}")
_LATER = {"agent", "phone", "email"}  # filled for each text, not for each pool
POOL = 90


class Phrases:
    """Pools of distinct sentences, by section and part: ("common", "note") or a theme and "problem"."""

    def __init__(self, rng: np.random.Generator) -> None:
        source = texts()
        self.themes: dict[str, Any] = source["themes"]
        self.names = list(self.themes)
        self._rng = rng
        self._slots: dict[str, list[str]] = source["slots"]
        self._common = {part: self._pool(lines) for section in ("common", "comments") for part, lines in source[section].items()}
        parts = ("subject", "problem", "answer", "praise", "complaint")
        self._by_theme = {part: [self._pool(theme[part]) for theme in self.themes.values()] for part in parts}
        self.asks: Words = np.asarray(self._slots["ask"], dtype=object)

    def common(self, part: str, n: int) -> Words:
        """That many sentences of a part that fits every theme."""
        pool = self._common[part]
        return pool[self._rng.integers(0, len(pool), n)]

    def about(self, part: str, theme: Ints) -> Words:
        """One sentence of that part for each row's theme."""
        found = np.empty(len(theme), dtype=object)
        for place, pool in enumerate(self._by_theme[part]):
            rows = np.flatnonzero(theme == place)
            found[rows] = pool[self._rng.integers(0, len(pool), len(rows))]
        return found

    def _pool(self, lines: list[str]) -> Words:
        made = dict.fromkeys(self._fill(lines[i % len(lines)]) for i in range(max(POOL, len(lines))))
        return np.asarray(list(made), dtype=object)

    def _fill(self, line: str) -> str:
        text = _SLOT.sub(self._word, line)
        # never the first letter of a name still to be filled in
        return text[0].upper() + text[1:]

    def _word(self, slot: re.Match[str]) -> str:
        name = slot.group(1)
        if name in _LATER:
            return slot.group(0)
        choices = self._slots[name]
        return choices[int(self._rng.integers(0, len(choices)))]


def first_name(full: str) -> str:
    """'Alma B.' -> 'Alma'."""
    return full.split(" ")[0]
