"""Sentences: many different ones out of a few templates, made once and then picked by number."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from data.samples.company import Flags, Ints, Words, texts

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?<=[.?!] )[a-z]")
_LATER = {"agent", "phone", "email"}  # filled for each text, not for each pool
POOL = 90


class Phrases:
    """Pools of distinct sentences: some fit every theme, some belong to one."""

    def __init__(self, rng: np.random.Generator) -> None:
        source = texts()
        self.themes: dict[str, Any] = source["themes"]
        self.names = list(self.themes)
        self.faulty = np.asarray([theme["kind"] in ("Incident", "Problem") for theme in self.themes.values()])
        self._rng = rng
        self._slots: dict[str, list[str]] = source["slots"]
        spam = source["common"].pop("spam")
        self._common = {part: self._pool(lines) for section in ("common", "comments") for part, lines in source[section].items()}
        parts = ("answer", "praise", "complaint")
        self._by_theme = {part: [self._pool(theme[part]) for theme in self.themes.values()] for part in parts}
        self._matters = [self._pairs(theme["about"]) for theme in self.themes.values()]
        self._spam = self._pairs(spam)

    def common(self, part: str, n: int) -> Words:
        """That many sentences of a part that fits every theme."""
        pool = self._common[part]
        return pool[self._rng.integers(0, len(pool), n)]

    def about(self, part: str, theme: Ints) -> Words:
        """One sentence of that part for each row's theme."""
        return self._spread(self._by_theme[part], theme)

    def matters(self, theme: Ints, spam: Flags) -> Words:
        """A subject and a first sentence for each row, tab between them, that speak of the same thing."""
        junk = self._spam[self._rng.integers(0, len(self._spam), len(theme))]
        return np.where(spam, junk, self._spread(self._matters, theme))

    def _spread(self, pools: list[Words], theme: Ints) -> Words:
        found = np.empty(len(theme), dtype=object)
        for place, pool in enumerate(pools):
            rows = np.flatnonzero(theme == place)
            found[rows] = pool[self._rng.integers(0, len(pool), len(rows))]
        return found

    def _pairs(self, pairs: list[list[str]]) -> Words:
        return self._pool(["\t".join(pair) for pair in pairs])

    def _pool(self, lines: list[str]) -> Words:
        made = dict.fromkeys(self._fill(lines[i % len(lines)]) for i in range(max(POOL, len(lines))))
        return np.asarray(list(made), dtype=object)

    def _fill(self, line: str) -> str:
        chosen = {name: self._word(name) for name in _SLOT.findall(line)}
        parts = _SLOT.sub(lambda slot: chosen[slot.group(1)], line).split("\t")
        return "\t".join(_SENTENCE.sub(lambda letter: letter.group().upper(), part[0].upper() + part[1:]) for part in parts)

    def _word(self, name: str) -> str:
        if name in _LATER:
            return "{" + name + "}"
        choices = self._slots[name]
        return choices[int(self._rng.integers(0, len(choices)))]


def first_name(full: str) -> str:
    """'Alma B.' -> 'Alma'."""
    return full.split(" ")[0]
