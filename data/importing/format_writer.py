"""A draft, corrected by a manager, as the same TOML that every bundled format is written in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from data.formats import Format
from data.headers.names import normal
from data.importing.mapping import Draft, Guess, choosable, generic


def toml(one: Draft, title: str, source: str) -> str:
    """The draft as a format's TOML text."""
    used = [guess for guess in one.guesses if guess.column]
    strong = [guess.header for guess in one.guesses if " + " not in guess.header]  # all, not only those used: see made_for
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
