"""Reads the themes and turns each into one regular expression over plain text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
BETWEEN = "[^a-z]"  # what separates words: anything but a letter
GAP = f"(?:[a-z]+{BETWEEN}+){{0,3}}"  # "..." between two words: at most three others
KEYS = {"title", "words", "not", "like", "unlike"}


class BrokenTheme(ValueError):
    """A theme's entry cannot be used; the message names the file, the theme and the entry."""


@dataclass(frozen=True)
class Theme:
    """One theme: what gives it away, as a pattern that is safe inside an SQL literal."""

    id: str
    title: str
    pattern: str
    without: str | None  # passages taken out before looking; None: nothing is
    like: str
    unlike: str


@cache
def themes() -> tuple[Theme, ...]:
    """Every theme, in the order of the file."""
    return load(HERE / "english.toml")


def titles() -> dict[str, str]:
    """What people read, by theme id."""
    return {theme.id: theme.title for theme in themes()}


def load(path: Path) -> tuple[Theme, ...]:
    """The themes of one file. Raises BrokenTheme."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:  # also where an id stands twice
        raise BrokenTheme(f"{path.name}: {error}") from error
    return tuple(_theme(f"{path.name} [{name}]", name, entry) for name, entry in entries.items())


def _theme(where: str, name: str, entry: dict[str, object]) -> Theme:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise BrokenTheme(f"{where}: an id is lower-case letters, digits and _")
    if unknown := set(entry) - KEYS:
        raise BrokenTheme(f"{where}: unknown key '{sorted(unknown)[0]}'; there are {', '.join(sorted(KEYS))}")
    words, without = words_of(where, entry.get("words")), words_of(where, entry.get("not", []))
    if not words or not entry.get("title"):
        raise BrokenTheme(f"{where}: a title and at least one entry in words are needed")
    return Theme(
        name,
        str(entry["title"]),
        pattern(where, words),
        pattern(where, without) if without else None,
        str(entry.get("like", "")),
        str(entry.get("unlike", "")),
    )


def words_of(where: str, said: object) -> list[str]:
    """The entries of a list in a file. Raises BrokenTheme."""
    if not isinstance(said, list) or not all(isinstance(word, str) for word in said):
        raise BrokenTheme(f"{where}: words and not are lists of texts")
    return said


def pattern(where: str, words: list[str]) -> str:
    """One expression that finds any of the entries as whole words. Only letters and our own syntax get in."""
    return f"(?:^|{BETWEEN})(?:{phrases(where, words)})(?:{BETWEEN}|$)"


def phrases(where: str, words: list[str]) -> str:
    """The entries as alternatives, without what has to stand around them."""
    return "|".join(dict.fromkeys(_alternative(where, entry) for entry in words))


def _alternative(where: str, entry: str) -> str:
    parts = entry.split()
    if not parts or parts[0] == "..." or parts[-1] == "...":
        raise BrokenTheme(f"{where}: '{entry}' must start and end with a word")
    made = "".join(GAP if part == "..." else _word(where, entry, part) + f"{BETWEEN}+" for part in parts)
    return made.removesuffix(f"{BETWEEN}+")


def _word(where: str, entry: str, part: str) -> str:
    stem = part.removesuffix("*")
    words = re.findall("[a-z]+", plain(stem))
    if sum(map(len, words)) < (1 if stem == part else 2):
        raise BrokenTheme(f"{where}: '{part}' in '{entry}' has too few letters to look for")
    return f"{BETWEEN}+".join(words) + ("[a-z]*" if stem != part else "")


def plain(text: str) -> str:
    """Lower case without accents and apostrophes: what patterns are matched against."""
    stripped = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return stripped.lower().replace("'", "").replace("\u2019", "")


def plain_sql(text: str) -> str:
    """The same as an SQL expression over the expression `text`."""
    return f"replace(replace(lower(strip_accents({text})), '''', ''), '\u2019', '')"


def matches_sql(theme: Theme, text: str) -> str:
    """SQL condition: `text`, already plain, is about the theme."""
    found = f"regexp_matches({text}, '{theme.pattern}')"
    if theme.without is None:
        return found
    # Nested cases, because `and` may try its costly side first.
    left = f"regexp_replace({text}, '{theme.without}', ' | ', 'g')"
    again = f"case when regexp_matches({text}, '{theme.without}') then regexp_matches({left}, '{theme.pattern}') else true end"
    return f"case when {found} then {again} else false end"
