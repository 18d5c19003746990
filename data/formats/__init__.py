"""Reads the declared formats: one .toml file per export of a helpdesk, survey tool or billing system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from data.formats import declaration
from data.formats.declaration import BadFormat as BadFormat
from data.formats.our_columns import words
from data.headers.names import normal

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Column:
    """One column of ours and where it comes from."""

    name: str
    names: tuple[str, ...]  # as the vendor spells them, best first
    kind: str
    unit: str | None = None  # of a plain number in a duration; "name": the column's name says it
    units: Mapping[str, str] = field(default_factory=dict, hash=False)  # normalised name -> unit, where it states none
    part: str | None = None  # of an id: the group of this pattern is the id ("/conversations/(\\d+)")
    scale: float | None = None  # highest score; None: the values decide
    least: float | None = None
    words: Mapping[str, float] = field(default_factory=dict, hash=False)  # "good" -> 1.0, on a scale of their own
    asked: tuple[str, ...] = ()  # words that mean a survey was sent and not answered
    unasked: tuple[str, ...] = ()
    blank: str | None = None  # "asked": an empty cell is a survey without an answer
    values: Mapping[str, str] = field(default_factory=dict, hash=False)  # the file's word (lower case) -> ours
    raw: str | None = None  # where the file's own word is kept
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    separator: str | None = None
    keep: tuple[str, ...] = ()  # words that mean "empty" elsewhere, but not here
    shared: bool = False  # may use a file column that another of ours uses as well

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(normal(name) for name in self.names)


@dataclass(frozen=True)
class Question:
    """One survey question; a wide file has several, and each gives a response of its own."""

    kind: str
    survey: str | None
    score: Column
    comment: Column | None = None


@dataclass(frozen=True)
class Aside:
    """Rows that are no records: previews, deleted ones. Those with one of the column's words are set aside."""

    column: Column
    reason: str


@dataclass(frozen=True)
class Format:
    name: str
    title: str
    table: str
    source: str
    generic: bool = False
    refuse: str | None = None  # why such a file is not imported, and what to export instead
    strong: tuple[tuple[str, ...], ...] = ()  # names that no other export has; each entry all together
    needs: tuple[str, ...] = ()  # columns of ours without which the file is of little use
    columns: tuple[Column, ...] = ()
    questions: tuple[Question, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict, hash=False)  # the same value for every row
    asides: tuple[Aside, ...] = ()
    states: bool = False  # every row is a state of its ticket: what changes from row to row is a history
    date_order: str | None = None  # "dmy" or "mdy", where the vendor's dates never tell
    timezone: str | None = None  # of stamps without an offset, where it is not the workspace's
    saved: bool = False  # made in this workspace for files like the one at hand
    tables: tuple[tuple[tuple[str, ...], str], ...] = ()  # of a family that is refused: tell-tale names, what the table is

    def every_column(self) -> tuple[Column, ...]:
        asked = [part for question in self.questions for part in (question.score, question.comment) if part]
        return (*self.columns, *asked, *(aside.column for aside in self.asides))


@cache
def bundled() -> tuple[Format, ...]:
    """The formats that come with the product."""
    return load(sorted(HERE.glob("*.toml")))


def load(paths: Sequence[Path]) -> tuple[Format, ...]:
    """Raises BadFormat at the first file that cannot be used."""
    return tuple(parse(path.stem, text_of(path)) for path in paths)


def text_of(path: Path) -> str:
    """Raises BadFormat where it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadFormat(f"{path.name} is not written in UTF-8.") from error
    except OSError as error:
        raise BadFormat(f"{path.name} cannot be read: {error.strerror}.") from error


def parse(name: str, text: str) -> Format:
    """One format out of its TOML text. Raises BadFormat."""
    declared = declaration.read(name, text)
    recognise = declared.get("recognise", {})
    tables = tuple((_together(entry["has"]), entry["what"]) for entry in declared.get("tables", ()))
    return Format(
        name=name,
        title=declared["title"],
        table=declared["table"],
        source=declared.get("source", name),
        generic=declared.get("generic", False),
        refuse=declared.get("refuse"),
        strong=(*(_together(entry) for entry in recognise.get("strong", ())), *(names for names, _ in tables)),
        needs=tuple(recognise.get("needs", ())),
        columns=tuple(_column(ours, spec) for ours, spec in declared.get("columns", {}).items()),
        questions=tuple(_question(spec) for spec in declared.get("questions", ())),
        fixed=declared.get("fixed", {}),
        asides=tuple(_aside(number, spec) for number, spec in enumerate(declared.get("aside", ()), start=1)),
        tables=tables,
        states=declared.get("states", False),
        date_order=declared.get("date_order"),
        timezone=declared.get("timezone"),
    )


def _together(entry: str) -> tuple[str, ...]:
    """Names that must all be there: "Score + Comment"."""
    return tuple(normal(part) for part in entry.split(" + "))


def _aside(number: int, spec: Mapping[str, Any]) -> Aside:
    marks = {"from": spec["from"], "kind": "mark", "true": spec["words"], "shared": True}
    return Aside(_column(f"aside_{number}", marks), spec["reason"])


def _question(spec: Mapping[str, Any]) -> Question:
    label = f"{spec['kind']} question"
    comment = _column(f"{label} comment", spec["comment"]) if "comment" in spec else None
    return Question(spec["kind"], spec.get("survey"), _column(f"{label} score", spec["score"]), comment)


def _column(ours: str, spec: Mapping[str, Any]) -> Column:
    return Column(
        name=ours,
        names=_several(spec["from"]),
        kind=spec["kind"],
        unit=spec.get("unit"),
        units={normal(one): unit for unit, names in spec.get("units", {}).items() for one in _several(names)},
        part=spec.get("part"),
        scale=spec.get("scale"),
        least=spec.get("least"),
        words=_scored(spec.get("words", {})),
        asked=_several(spec.get("asked", ())),
        unasked=_several(spec.get("unasked", ())),
        blank=spec.get("blank"),
        values={word.lower(): value for value, words in spec.get("values", {}).items() for word in _several(words)},
        raw=spec.get("raw"),
        true=_several(spec.get("true", ())),
        false=_several(spec.get("false", ())),
        separator=spec.get("separator"),
        keep=_several(spec.get("keep", ())),
        shared=spec.get("shared", False),
    )


def _scored(declared: Mapping[str, str | Sequence[str]]) -> dict[str, float]:
    """What each word is worth; one that tells satisfied from not also knows the words that everybody uses for it."""
    own = {word.lower(): float(score) for score, words in declared.items() for word in _several(words)}
    return {**_satisfied(), **own} if set(declared) == {"0", "1"} else own


@cache
def _satisfied() -> Mapping[str, float]:
    return {word: float(score) for score, known in words()["satisfied"].items() for word in known}


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
