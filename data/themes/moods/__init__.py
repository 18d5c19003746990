"""Language packs: the words of praise and blame that comments are read by, and how they are counted."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.literals import literal
from data.themes.taxonomy import BrokenTheme, phrases, words_of

HERE = Path(__file__).parent
APOSTROPHES = {"joins": "", "parts": " "}
LISTS = ("languages", "common", "turning", "idle", "praise", "blame")
KEYS = {*LISTS, "apostrophe", "like", "unlike"}
APART = "[^a-z.,;:!?]+"  # between words of one clause
REACH = 2  # words that may stand between a turning word and what it turns


@dataclass(frozen=True)
class Pack:
    """One language: patterns over plain text, safe inside an SQL literal, and a sentence of each kind."""

    languages: tuple[str, ...]  # its code, and its names as files have them; the code first
    apostrophe: str
    common: str
    idle: str
    praise: str
    blame: str
    like: str
    unlike: str

    def plain(self, said: str) -> str:
        """SQL: the expression `said` in lower case, without accents and with apostrophes as this language wants them."""
        bare = f"lower(strip_accents({said}))"
        return f"replace(replace({bare}, '''', '{self.apostrophe}'), '\u2019', '{self.apostrophe}')"

    def meant(self, said: str) -> str:
        """SQL: the same without what only looks like a feeling: greetings, "not only", "un peu cher"."""
        return f"regexp_replace({self.plain(said)}, '{self.idle}', ' ', 'g')"

    def heard(self, plain: str) -> str:
        """SQL: how many of its little words stand in `plain`."""
        return f"len(regexp_extract_all({plain}, '{self.common}'))"


@cache
def packs() -> tuple[Pack, ...]:
    """Every language there is a file for; English, which is assumed where nothing tells, first."""
    found = [load(path) for path in sorted(HERE.glob("*.toml"))]
    return tuple(sorted(found, key=lambda pack: pack.languages[0] != "en"))


def load(path: Path) -> Pack:
    """One language pack. Raises BrokenTheme."""
    entry = _read(path)
    listed = {key: words_of(f"{path.name} {key}", entry[key]) for key in LISTS}
    if empty := next((key for key, words in listed.items() if not words), ""):
        raise BrokenTheme(f"{path.name}: {empty} needs at least one entry")
    return Pack(
        tuple(name.lower() for name in listed["languages"]),
        APOSTROPHES[entry["apostrophe"]],
        rf"\b(?:{phrases(path.name, listed['common'])})\b",
        rf"\b(?:{phrases(path.name, listed['idle'])})\b",
        _feeling(path.name, listed["praise"], listed["turning"]),
        _feeling(path.name, listed["blame"], listed["turning"]),
        str(entry["like"]),
        str(entry["unlike"]),
    )


def _read(path: Path) -> dict[str, Any]:
    """What the file says, all of it. Raises BrokenTheme."""
    try:
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BrokenTheme(f"{path.name}: {error}") from error
    if wrong := KEYS ^ set(entry):
        raise BrokenTheme(f"{path.name}: '{sorted(wrong)[0]}' is missing or unknown; there are {', '.join(sorted(KEYS))}")
    if entry["apostrophe"] not in APOSTROPHES:
        raise BrokenTheme(f"{path.name}: apostrophe is one of {', '.join(APOSTROPHES)}")
    return entry


def _feeling(where: str, words: list[str], turning: list[str]) -> str:
    """Finds every one of the words; its group is the turning word before it, and empty where there is none.

    What begins with a turning word itself ("no reply") is meant as it stands.
    """
    own = [word for word in words if any(word.startswith(f"{first} ") for first in turning)]
    before = rf"(?:\b({phrases(where, turning)})\b{APART}(?:[a-z]+{APART}){{0,{REACH}}}?)?"
    turned = rf"{before}\b(?:{phrases(where, words)})\b"
    return rf"\b(?:{phrases(where, own)})\b|{turned}" if own else turned


def mood_sql(texts: str) -> str:
    """SQL that reads a relation `texts` (kind, source, id, comment, language, told): kind, source, id, mood and mood_left_out.

    `told` is what the file itself says (positive, negative, neutral) and goes first.
    """
    named = " ".join(f"when {literal(name)} then {at}" for at, pack in enumerate(packs(), 1) for name in pack.languages)
    little = ", ".join(pack.heard(pack.plain("comment")) for pack in packs())
    return (
        (HERE / "moods.sql")
        .read_text(encoding="utf-8")
        .format(texts=texts, named=named, little=f"[{little}]", praised=_found("praise"), blamed=_found("blame"))
    )


def _found(which: str) -> str:
    """SQL: the words of `which` in the comment, by the pack that reads it."""
    found = [f"regexp_extract_all({pack.meant('comment')}, '{getattr(pack, which)}', 1)" for pack in packs()]
    return f"case pack {' '.join(f'when {at} then {sql}' for at, sql in enumerate(found, 1))} else [] end"
