"""What the columns of an unknown file most likely are.

A draft starts from the generic format of a table: its columns are what can be chosen, its names the first guess. What no name
tells, the values may. What a manager makes of it is written as a format of its own: see data.description.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data import formats
from data.cells.value_shapes import Look
from data.cells.vocabulary import vocabulary
from data.formats import Column, Format
from data.formats.match import Use
from data.headers.names import without_unit
from data.importing.recognise import match

GENERIC = {
    "tickets": "tickets",
    "messages": "messages",
    "responses": "surveys",
    "customers": "customers",
    "subscriptions": "subscriptions",
    "churn_events": "churn_events",
    "orders": "orders",
    "events": "events",
}
CHOICES = ("status", "priority", "channel", "author_role")  # columns whose words have a meaning here
EXAMPLES = 3
NEARLY_ALL = 0.9
# What a column of each look is taken for when no name tells: the first of these that nothing else is.
BY_LOOK: Mapping[str, tuple[str, ...]] = {
    "stamps": ("created_at", "sent_at", "answered_at", "started_at"),
    "emails": ("customer_email", "email"),
    "ids": ("id",),
    "texts": ("description", "body", "comment"),
}


@dataclass(frozen=True)
class Guess:
    """One column of the file, and what it is taken for."""

    place: int
    header: str
    examples: tuple[str, ...]
    column: str | None  # the name of one of ours
    by: str  # "name", "values" or "" when nothing tells
    unit: str | None = None  # of a duration in plain numbers
    scale: float | None = None  # highest score; None: the values decide
    words: tuple[str, ...] = ()  # the different values, if it may be a choice
    also: tuple[str, ...] = ()  # what else of ours a known export fills from it


@dataclass(frozen=True)
class Draft:
    """A whole file as it would be read; `base` declares the columns it may have."""

    base: Format
    guesses: tuple[Guess, ...]
    date_order: str | None = None  # "dmy", "mdy"; None: the file tells
    timezone: str | None = None  # of stamps without an offset; None: the workspace's
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column of ours -> {the file's word: ours}


def generic(table: str) -> Format:
    """The bundled format whose columns are all that a file of this table can hold."""
    return next(form for form in formats.bundled() if form.name == GENERIC[table])


def choosable(base: Format) -> Mapping[str, Column]:
    """Our columns that a file may fill, by name: those of the table, as the format at hand declares them."""
    return {column.name: column for form in (generic(base.table), base) for column in form.every_column() if column.kind != "mark"}


def draft(header: Sequence[str], looks: Sequence[Look], base: Format | None = None) -> Draft:
    """The best guess for every column; without a format, by the generic one that finds most of its columns."""
    if base is None:
        return max((draft(header, looks, generic(table)) for table in GENERIC), key=_found)
    named: dict[int, list[Use]] = {}
    for use in match(base, header, looks).uses:
        if use.column.kind != "mark":
            named.setdefault(use.place, []).append(use)
    guesses = [_guess(place, name, looks[place], named.get(place, [])) for place, name in enumerate(header)]
    if base.generic:  # of a named export, what its format leaves out stays out
        guesses = _by_values(choosable(base), guesses, looks)
    return Draft(base, tuple(guesses), base.date_order, base.timezone)


def _found(one: Draft) -> tuple[int, int]:
    given = {guess.column: guess.by for guess in one.guesses if guess.column}
    lacking = sum(name not in given for name in one.base.needs)
    return sum(2 if by == "name" else 1 for by in given.values()) - 2 * lacking, -list(GENERIC).index(one.base.table)


def _guess(place: int, name: str, look: Look, uses: Sequence[Use]) -> Guess:
    shown = tuple(value if len(value) <= 60 else value[:59] + "…" for value in look.common[:EXAMPLES])
    words = look.common if look.distinct <= len(look.common) else ()
    if not uses:
        return Guess(place, name, shown, None, "", without_unit(name)[1], words=words)
    use, *others = uses
    also = tuple(other.column.name for other in others)
    return Guess(place, name, shown, use.column.name, "name", use.unit, use.column.scale, words, also)


def _by_values(known: Mapping[str, Column], guesses: Sequence[Guess], looks: Sequence[Look]) -> list[Guess]:
    """A guess for columns whose names tell nothing; each of our columns is guessed once."""
    taken = {guess.column for guess in guesses}
    found = []
    for guess, look in zip(guesses, looks, strict=True):
        if guess.column is None and not look.empty:
            name = next((one for one in _suggested(look) if one in known and one not in taken), None)
            taken.add(name)
            guess = replace(guess, column=name, by="values" if name else "")
        found.append(guess)
    return found


def _suggested(look: Look) -> tuple[str, ...]:
    """What such values are, most telling first."""
    telling = max(CHOICES, key=lambda name: _known_words(name, look))
    if _known_words(telling, look) >= 0.5:
        return (telling,)
    if look.stamps >= NEARLY_ALL:
        return BY_LOOK["stamps"]
    if sum("@" in value and " " not in value for value in look.common) >= NEARLY_ALL * len(look.common):
        return BY_LOOK["emails"]
    if look.distinct == look.filled > EXAMPLES and look.length < 20 and all(" " not in value for value in look.common):
        return BY_LOOK["ids"]
    return BY_LOOK["texts"] if look.length > 30 else ()


def _known_words(name: str, look: Look) -> float:
    """The share of the different values that the vocabulary of this column knows."""
    known = vocabulary()[name]
    return sum(value.lower() in known for value in look.common) / (len(look.common) or 1)


def unknown_words(one: Draft) -> Mapping[str, tuple[str, ...]]:
    """The words of status, priority, channel and role that have no meaning here yet, by our column."""
    found = {}
    for guess in one.guesses:
        if guess.column in CHOICES:
            known = {**vocabulary()[guess.column], **choosable(one.base)[guess.column].values}
            if words := tuple(word for word in guess.words if word.lower() not in known):
                found[guess.column] = words
    return found


def meanings_of(column: str) -> tuple[str, ...]:
    """The words that one of our columns of choices can hold."""
    return tuple(dict.fromkeys(vocabulary()[column].values()))
