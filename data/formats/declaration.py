"""Reads what a format file declares, and refuses what nobody could import by: each with the file, the line and what is meant."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from data.formats.line_numbers import Where, line_of
from data.formats.our_columns import KINDS, SURVEYS, TABLES, kinds, meanings
from data.headers.names import MINUTES

Spec = Mapping[str, Any]


class BadFormat(Exception):
    """A format file that cannot be used; the sentence names the file and what is wrong."""


def _texts(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _groups(value: object) -> bool:
    return isinstance(value, dict) and all(map(_texts, value.values()))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


Shape = tuple[Callable[[Any], bool], str]  # of a value: its test, and how people call it
TEXT: Shape = (lambda value: isinstance(value, str), "a text")
TEXTS: Shape = (_texts, "a text or a list of texts")
LIST: Shape = (lambda value: isinstance(value, list) and _texts(value), "a list of texts")
GROUPS: Shape = (_groups, "a table of words")
NUMBER: Shape = (_number, "a number")
FLAG: Shape = (lambda value: isinstance(value, bool), "true or false")
TABLE: Shape = (lambda value: isinstance(value, dict), "a table")
ROWS: Shape = (lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value), "a list of tables")

FORMAT: Mapping[str, Shape] = {
    **dict.fromkeys(("title", "table", "source", "refuse", "date_order", "timezone"), TEXT),
    **dict.fromkeys(("generic", "states"), FLAG),
    **dict.fromkeys(("recognise", "columns", "fixed"), TABLE),
    **dict.fromkeys(("questions", "aside", "tables"), ROWS),
}
COLUMN: Mapping[str, Shape] = {
    **dict.fromkeys(("kind", "unit", "part", "blank", "raw", "separator"), TEXT),
    **dict.fromkeys(("from", "asked", "unasked", "true", "false", "keep"), TEXTS),
    **dict.fromkeys(("units", "words", "values"), GROUPS),
    **dict.fromkeys(("scale", "least"), NUMBER),
    "shared": FLAG,
}
RECOGNISE = {"strong": LIST, "needs": LIST}
QUESTION = {"kind": TEXT, "survey": TEXT, "score": TABLE, "comment": TABLE}
ASIDE = {"from": TEXTS, "words": TEXTS, "reason": TEXT}
FAMILY = {"has": TEXT, "what": TEXT}
MANY = 20  # names that are still read through
CLOSED = {"unit": (*MINUTES, "name", "m:ss"), "blank": ("asked",)}  # what else these may say


def read(name: str, text: str) -> Spec:
    """What the text declares. Raises BadFormat."""
    try:
        declared = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFormat(f"{name}.toml is not valid TOML: {error}.") from error
    _Check(name, text, declared).all()
    return declared


class _Check:
    """One file, and every question that is asked of it."""

    def __init__(self, name: str, text: str, declared: Spec) -> None:
        self.name, self.text, self.declared = name, text, declared

    def all(self) -> None:
        self._shape((), self.declared, FORMAT, "the format", ("title", "table"))
        self._one_of("table", TABLES, "must name a table")
        self._one_of("date_order", ("dmy", "mdy"), "must put its dates in an order")
        self._zone()
        self._shape(("recognise",), self.declared.get("recognise", {}), RECOGNISE, "[recognise]")
        for name, spec in self.declared.get("columns", {}).items():
            self._column(("columns", name), spec, name, self._fitting(("columns", name), name))
        for place, spec in enumerate(self.declared.get("questions", ())):
            self._question(("questions", place), spec)
        for place, spec in enumerate(self.declared.get("aside", ())):
            self._shape(("aside", place), spec, ASIDE, "[[aside]]", tuple(ASIDE))
        for place, spec in enumerate(self.declared.get("tables", ())):
            self._shape(("tables", place), spec, FAMILY, "[[tables]]", tuple(FAMILY))
        self._fixed()
        self._needs()

    def _fail(self, where: Where, what: str) -> NoReturn:
        line = line_of(self.text, where) or line_of(self.text, where[:-1])
        raise BadFormat(f"{self.name}.toml{f', line {line}' if line and where else ''}: {what}")

    def _shape(self, where: Where, spec: Any, known: Mapping[str, Shape], called: str, needed: Sequence[str] = ()) -> None:
        """Only keys that are known, each with a value that it can have, and those that there must be."""
        if not isinstance(spec, dict):
            self._fail(where, f"{called} must be a table.")
        for key, value in spec.items():
            if key not in known:
                self._fail((*where, key), f"unknown words in {called}: {key}{_nearest(key, known)}")
            fits, said = known[key]
            if not fits(value):
                self._fail((*where, key), f"{key} of {called} must be {said}.")
        for key in needed:
            if key not in spec:
                self._fail(where, f"{called} lacks '{key}'.")

    def _one_of(self, key: str, known: Sequence[str], must: str) -> None:
        value = self.declared.get(key)
        if value is not None and value not in known:
            self._fail((key,), f"the format {must}, not '{value}'; there are {', '.join(known)}.")

    def _zone(self) -> None:
        zone = self.declared.get("timezone")
        try:
            ZoneInfo(zone or "UTC")
        except (ValueError, OSError, KeyError):
            self._fail(("timezone",), f"'{zone}' is not a time zone; they are named like Europe/Berlin.")

    def _fitting(self, where: Where, name: str) -> tuple[str, ...]:
        """The kinds that can fill this column of ours."""
        table = self.declared["table"]
        if name not in kinds(table):
            self._fail(where, f"{table} has no column '{name}'{_nearest(name, kinds(table))}")
        return kinds(table)[name]

    def _column(self, where: Where, spec: Any, name: str, fitting: Sequence[str]) -> None:
        called = f"the column {name}"
        self._shape(where, spec, COLUMN, called, ("from", "kind"))
        kind = spec["kind"]
        if kind not in KINDS:
            self._fail((*where, "kind"), f"unknown kind '{kind}' of {called}{_nearest(kind, KINDS)}")
        if kind not in fitting:
            self._fail((*where, "kind"), f"{called} is of kind {' or '.join(fitting)}, not '{kind}'.")
        for key, known in CLOSED.items():
            if key in spec and spec[key] not in known:
                self._fail((*where, key), f"unknown {key} '{spec[key]}' of {called}{_nearest(spec[key], known)}")
        if "raw" in spec:
            self._fitting((*where, "raw"), spec["raw"])
        self._words(where, spec, name)

    def _words(self, where: Where, spec: Spec, name: str) -> None:
        """What the file's words mean: words of ours, a number each, a unit each."""
        ours = meanings(name) if spec["kind"] == "choice" else ()
        for key, value, fits in (
            *(("values", value, not ours or value in ours) for value in spec.get("values", {})),
            *(("words", value, re.fullmatch(r"-?\d+(\.\d+)?", value)) for value in spec.get("words", {})),
            *(("units", value, value in MINUTES) for value in spec.get("units", {})),
        ):
            if not fits:
                known = ours if key == "values" else MINUTES if key == "units" else ()
                self._fail((*where, key, value), f"unknown {key} of the column {name}: {value}{_nearest(value, known)}")
        try:
            re.compile(spec.get("part", ""))
        except re.error as error:
            self._fail((*where, "part"), f"part of the column {name} is no pattern: {error}.")

    def _question(self, where: Where, spec: Any) -> None:
        self._shape(where, spec, QUESTION, "[[questions]]", ("kind", "score"))
        if spec["kind"] not in SURVEYS:
            self._fail((*where, "kind"), f"there is no survey of kind '{spec['kind']}'; there are {', '.join(SURVEYS)}.")
        if self.declared["table"] != "responses":
            self._fail(where, f"only responses have questions, not {self.declared['table']}.")
        for part, fitting in (("score", ("score",)), ("comment", ("text",))):
            if part in spec:
                self._column((*where, part), spec[part], f"{spec['kind']} question {part}", fitting)

    def _fixed(self) -> None:
        for name, value in self.declared.get("fixed", {}).items():
            fitting = self._fitting(("fixed", name), name)
            if not isinstance(value, str) or "text" not in fitting:
                self._fail(("fixed", name), f"only a text can be the same in every row, which {name} = {value!r} is not.")

    def _needs(self) -> None:
        given = [
            *self.declared.get("columns", {}),
            *(f"{one['kind']} question score" for one in self.declared.get("questions", ())),
        ]
        for name in self.declared.get("recognise", {}).get("needs", ()):
            if name not in given:
                self._fail(("recognise", "needs"), f"it needs '{name}', but has no such column{_nearest(name, given)}")


def _nearest(name: str, known: Sequence[str] | Mapping[str, Any]) -> str:
    """What was probably meant; the sentence ends with it."""
    close = get_close_matches(name, list(known), n=1)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; there are {', '.join(known)}." if 0 < len(known) <= MANY else "."
