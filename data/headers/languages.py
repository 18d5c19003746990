"""Column names in other languages, and in other turns of the same language, by the English ones that the formats know."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

NAMES = Path(__file__).parent / "headers.toml"
# "Rated on", "rated_ts", "RatedDate" and "Date rated" are "Rated at".
TURNS = (
    re.compile(r"^(?P<what>.+?)[ _-]+(?:on|date|timestamp|datetime|ts|dt|utc)$"),
    re.compile(r"^(?:date|time)[ _-]+(?P<what>.+)$"),
)
UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))  # written out where an export knows no others


class BrokenNames(ValueError):
    """A name stands for two different columns; the message says which."""


def english(name: str) -> tuple[str, ...]:
    """What a header may be called in English, in small letters and digits only; empty where nothing is known of it."""
    key = folded(name)
    exact, gaps = _known()
    if key in exact:
        return (exact[key],)
    if ours := next((ours for pattern, ours in gaps.items() if fnmatchcase(key, pattern)), None):
        return (ours,)
    turned = next((found["what"] for turn in TURNS if (found := turn.match(parted(name)))), None)
    return (_ours(f"{turned} at"),) if turned else ()


def parted(name: str) -> str:
    """Small letters, with blanks where camel case parts its words."""
    return re.sub(r"([a-z])([A-Z])", r"\1 \2", name.strip()).lower()


def _ours(name: str) -> str:
    """An English name: it keeps its "ue", as in "Due at" and "Issue"."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def folded(name: str) -> str:
    """Letters, digits and "*" only, small, without accents, with umlauts as one letter."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name.lower()) if letter.isalnum() or letter == "*")
    for two, one in UMLAUTS:
        plain = plain.replace(two, one)
    return plain


@cache
def _known() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names as they are, and names with gaps: folded -> the English name in small letters and digits."""
    found: dict[str, str] = {}
    for ours, names in tomllib.loads(NAMES.read_text(encoding="utf-8")).items():
        for name in names:
            key, meant = folded(name), _ours(ours)
            if found.setdefault(key, meant) != meant:
                raise BrokenNames(f"{NAMES.name}: '{name}' stands for {found[key]} and for {meant}")
    return {k: v for k, v in found.items() if "*" not in k}, {k: v for k, v in found.items() if "*" in k}
