"""What the columns of an unknown file most likely are, and a manager's corrections as a format of their own.

A draft starts from the generic format of a table: its columns are what can be chosen, its names the first guess. What no name
tells, the values may. The corrected draft is written as the same TOML as every bundled format, and is recognised from then on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data import formats
from data.cells.kinds_words import vocabulary
from data.cells.looks import Look
from data.cells.names import normal, without_unit
from data.formats import Column, Format
from data.recognise import Use, match

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


def toml(one: Draft, title: str, source: str) -> str:
    """The draft as a format's TOML text."""
    used = [guess for guess in one.guesses if guess.column]
    strong = [guess.header for guess in used if " + " not in guess.header]
    needs = [name for name in generic(one.base.table).needs if any(guess.column == name for guess in used)]
    lines = [f"title = {_text(title)}", f"table = {_text(one.base.table)}", f"source = {_text(source)}"]
    lines += [f"{key} = {_text(value)}" for key, value in (("date_order", one.date_order), ("timezone", one.timezone)) if value]
    lines += ["states = true"] if one.base.states else []
    lines += ["", "[recognise]", f"strong = [{_text(' + '.join(strong))}]", f"needs = {_list(needs) or '[]'}"]
    together: dict[str, list[Guess]] = {}  # several columns of the file for one of ours: the first that holds anything counts
    for guess in used:
        for name in (str(guess.column), *(guess.also if guess.by == "name" else ())):
            together.setdefault(name, []).append(guess)
    questions = [name for name in together if " question " in name]
    for name in [*(name for name in together if name not in questions), *questions]:
        lines += ["", *_section(one.base, name), *_spec(one, name, together[name])]
    return "\n".join([*lines, *_kept(one), ""])


def _section(base: Format, name: str) -> list[str]:
    """Survey questions have a section each; a comment of a question stands behind its score."""
    kind, _, part = name.partition(" question ")
    if not part:
        return [f"[columns.{name}]"]
    if part == "comment":
        return ["[questions.comment]"]
    survey = next((question.survey for question in base.questions if question.kind == kind and question.survey), None)
    return ["[[questions]]", f"kind = {_text(kind)}", *([f"survey = {_text(survey)}"] if survey else []), "[questions.score]"]


def _kept(one: Draft) -> list[str]:
    """What the format at hand says about whole rows, while the columns it goes by are there."""
    there = {normal(guess.header) for guess in one.guesses}
    lines = ["", "[fixed]", *(f"{name} = {_text(value)}" for name, value in one.base.fixed.items())] if one.base.fixed else []
    for aside in one.base.asides:
        if there.intersection(aside.column.keys):
            words = _list(aside.column.true)
            lines += ["", "[[aside]]", f"from = {_list(aside.column.names)}", f"words = {words}", f"reason = {_text(aside.reason)}"]
    return lines


def _spec(one: Draft, name: str, guesses: Sequence[Guess]) -> list[str]:
    """One column as the generic format declares it, with this file's names and the manager's corrections."""
    guess = guesses[0]
    column = choosable(one.base)[name]
    unit = guess.unit if column.kind == "duration" else None
    scale = guess.scale if column.kind == "score" else None
    words: dict[float, list[str]] = {}
    for word, score in column.words.items():
        words.setdefault(score, []).append(word)
    said = one.meanings.get(column.name, {})
    meant = {**column.values, **{word.lower(): ours for word, ours in said.items()}}
    values = {ours: [word for word, own in meant.items() if own == ours] for ours in dict.fromkeys(meant.values())}
    given = {
        "from": _list([guess.header for guess in guesses]),
        "kind": _text(column.kind),
        "unit": _text(unit) if unit else None,
        "scale": f"{scale:g}" if scale else None,
        "least": f"{column.least:g}" if scale and column.least is not None else None,
        "words": _table({f"{score:g}": names for score, names in words.items()}),
        "values": _table(values),
        "raw": _text(column.raw) if column.raw else None,
        "blank": _text(column.blank) if column.blank else None,
        "separator": _text(column.separator) if column.separator else None,
        "part": _text(column.part) if column.part else None,
        "shared": "true" if column.shared else None,
        **{key: _list(getattr(column, key)) or None for key in ("asked", "unasked", "true", "false", "keep")},
    }
    return [f"{key} = {text}" for key, text in given.items() if text]


def _table(groups: Mapping[str, Sequence[str]]) -> str | None:
    """{ solved = ["Done"] }"""
    return f"{{ {', '.join(f'{_text(key)} = {_list(names)}' for key, names in groups.items())} }}" if groups else None


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]" if values else ""


def _text(value: str) -> str:
    """A TOML string; JSON's escapes are TOML's too, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def slug(title: str, taken: Sequence[str]) -> str:
    """A file name for a saved format that no other has."""
    base = "_".join(filter(None, (normal(word) for word in title.split())))[:40].strip("_") or "export"
    ascii_only = "".join(letter for letter in base if letter.isascii()) or "export"
    numbered = (ascii_only if number == 1 else f"{ascii_only}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)
