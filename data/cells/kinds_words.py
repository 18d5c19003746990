"""Reads words: texts, ids, choices, yes or no, lists."""

from __future__ import annotations

from collections.abc import Iterable

from data.cells.forms import one_of, text
from data.cells.kinds import Converted, Measured, Reading, Setting, count
from data.cells.vocabulary import STATUS_PARTS, vocabulary
from data.recognise import Use

LOOSE = r"[;,|]\s|\s[;,|]|[;,|]{2}|^[;,|]|[;,|]$"  # a list that is not simply words and separators
SIGNS = (("semicolons", ";"), ("bars", "|"), ("commas", ","))
PARTED = "chr(31)"
MANGLED = r"^\d(\.\d+)?[eE]\+\d{2}$"
A_WORD = r"(^|[^\p{L}\d])\p{L}{2,}([^\p{L}\d]|$)"  # what has none is the number of a state that only the vendor's lists explain
TRUE = ("true", "yes", "y", "1", "t", "1.0", "ja", "oui", "si", "sí", "checked")
FALSE = ("false", "no", "n", "0", "f", "0.0", "nein", "non", "unchecked")


def measures(use: Use) -> dict[str, str]:
    """What must be counted; little, because most columns of a file are words."""
    place = use.place
    found = {"edges": count(f"c{place} <> trim(c{place})")}
    if use.column.kind == "id":
        found |= {
            "mangled": count(f"regexp_matches(v{place}, '{MANGLED}')"),
            "points": count(f"ends_with(v{place}, '.0') and regexp_matches(v{place}, '^\\d+\\.0$')"),
            "quoted": count(f"starts_with(v{place}, '''')"),
        }
    if use.column.kind == "list":
        found |= {name: count(f"contains(v{place}, '{sign}')") for name, sign in SIGNS}
        found |= {
            "loose": count(f"regexp_matches(v{place}, '{LOOSE}')"),
            "brackets": count(f"starts_with(v{place}, '[')"),
        }
    return found


def settle(use: Use, found: Measured, setting: Setting) -> Reading:
    notes: tuple[str, ...] = ()
    if use.column.kind == "id" and found["mangled"]:
        notes = (
            f"'{use.header}' holds numbers such as 1.25E+17: a spreadsheet has cut them short, and different ids may "
            "have become one. Export again and import the file without opening it in a spreadsheet.",
        )
    if use.column.kind == "id":
        plain = not (found["quoted"] or found["points"] > found["filled"] * 0.9)
        return Reading(plain=plain, edges=bool(found["edges"]), notes=notes)
    if use.column.kind == "list":
        return Reading(plain=not found["loose"], edges=bool(found["edges"]), separator=_separator(use, found))
    return Reading(edges=bool(found["edges"]))


def _separator(use: Use, found: Measured) -> str:
    """Of a list: what its cells are parted by."""
    if found["brackets"]:
        return "["
    most = max(found[name] for name, _ in SIGNS)
    for name, sign in SIGNS:
        if found[name] * 2 > most:  # a stray semicolon in somebody's sentence parts nothing
            return sign
    return use.column.separator or ","


def convert(place: int, use: Use, reading: Reading, setting: Setting) -> Converted:
    value = f"v{place}" if reading.edges else f"w{place}"
    name = use.column.name
    if use.column.kind == "flag":
        return Converted({name: _flag(value, use)})
    if use.column.kind == "mark":
        marks = one_of(f"lower({value})", [word.lower() for word in use.column.true])
        return Converted({name: f"coalesce({marks}, false)"}, checked=False)
    if use.column.kind == "list":
        return Converted({name: _list(value, reading)}, checked=False)
    if use.column.kind == "choice":
        ours = _choice(value, use, setting)
        return Converted({name: ours} | ({use.column.raw: f"nullif({value}, {ours})"} if use.column.raw else {}), checked=False)
    if use.column.part:
        value = f"nullif(regexp_extract({value}, {text(use.column.part)}, 1), '')"
    if use.column.kind == "id" and not reading.plain:
        value = f"regexp_replace(ltrim({value}, ''''), '^(\\d+)\\.0$', '\\1')"
    return Converted({name: value}, checked=False)


def _flag(value: str, use: Use) -> str:
    true = one_of(f"lower({value})", [*TRUE, *(word.lower() for word in use.column.true)])
    false = one_of(f"lower({value})", [*FALSE, *(word.lower() for word in use.column.false)])
    return f"case when {true} then true when {false} then false end"


def _list(value: str, reading: Reading) -> str:
    """A text whose entries are parted by the sign that no export uses: writing a real list costs as much as six columns."""
    if reading.plain and reading.separator not in (" ", "["):
        return f"replace({value}, {text(reading.separator)}, {PARTED})"
    bare = f"regexp_replace({value}, '[\\[\\]\"'']', '', 'g')" if reading.separator == "[" else value
    sign = {" ": "\\s+", "[": ","}.get(reading.separator, f"[{reading.separator}]")
    entries = f"list_filter(list_transform(string_split_regex({bare}, {text(sign)}), lambda one: trim(one)), lambda one: one <> '')"
    return f"nullif(array_to_string({entries}, {PARTED}), '')"


def _choice(value: str, use: Use, setting: Setting) -> str:
    """The words seen come first, exactly as they are spelled: most rows need a comparison or two."""
    known = {**vocabulary().get(use.column.name.removeprefix("event_"), {}), **use.column.values}
    if not known:
        return value
    seen = {word: known[word.lower()] for word in setting.looks[use.place].common if word.lower() in known}
    rest = f"map({_array(known)}, {_array(known.values())})[lower({value})]"
    quick = "".join(f" when {text(word)} then {text(ours)}" for word, ours in seen.items())
    otherwise = f"coalesce({rest}, {_unknown(use, value)})"
    return f"case {value}{quick} else {otherwise} end" if quick else otherwise


def _array(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(text, words)) + "]"


def _unknown(use: Use, value: str) -> str:
    """What a word outside the vocabulary counts as."""
    if use.column.name == "channel":
        return f"if({value} is null, null, 'other')"
    if use.column.name == "field":
        return value
    if use.column.name in ("status", "event_status"):
        parts = "".join(f" when lower({value}) like {text(part)} then {text(ours)}" for part, ours in STATUS_PARTS)
        numbered = f" when not regexp_matches({value}, '{A_WORD}') then null" if use.column.name == "event_status" else ""
        return f"case when {value} is null then null{numbered}{parts} else 'open' end"
    return "null"
