"""Reads words: texts, ids, choices, yes or no, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from data.cells.column_kind import Converted, Measured, Reading, Setting, count
from data.cells.sql_forms import one_of, text
from data.cells.value_shapes import NO, YES
from data.cells.vocabulary import CHANNEL_PARTS, STATUS_PARTS, STRANGE, strangers, vocabulary
from data.formats.match import Use

LOOSE = r"[;,|]\s|\s[;,|]|[;,|]{2}|^[;,|]|[;,|]$"  # a list that is not simply words and separators
SIGNS = (("semicolons", ";"), ("bars", "|"), ("commas", ","))
PARTED = "chr(31)"
THOUSANDS = r"^\d{1,3}([,\x{a0}\x{202f}]\d{3})+$"  # 1,234: a spreadsheet has taken the id for an amount
PARTED_ID = "'{name}' has separators of thousands, as in 1,234: it is read as 1234."
HASHED = ("id", "ticket_id", "customer_id")  # #1234 in one file is 1234 in another
MANGLED = r"^\d(\.\d+)?[eE]\+\d{2}$"
NUMBERED = r"^(p|sev|s|prio)?\s*\d\s*[-–:.)]*\s*|\s*[\[(-]\s*(p|sev|s|prio)?\s*\d[\])]?$"
A_WORD = r"(^|[^\p{L}\d])\p{L}{2,}([^\p{L}\d]|$)"  # what has none is the number of a state that only the vendor's lists explain
TRUE = ("true", "yes", "y", "1", "t", "1.0", *YES, "checked")
FALSE = ("false", "no", "n", "0", "f", "0.0", *NO, "unchecked")


def measures(use: Use) -> dict[str, str]:
    """What must be counted; little, because most columns of a file are words."""
    place = use.place
    found = {"edges": count(f"c{place} <> trim(c{place})")}
    if use.column.kind == "id":
        found |= {
            "mangled": count(f"regexp_matches(v{place}, '{MANGLED}')"),
            "points": count(f"ends_with(v{place}, '.0') and regexp_matches(v{place}, '^\\d+\\.0$')"),
            "quoted": count(f"starts_with(v{place}, '''')"),
            "parted": count(f"regexp_matches(v{place}, '{THOUSANDS}')"),
            "hashed": count(f"regexp_matches(v{place}, '^#\\d+$')"),
            "small": count(f"regexp_matches(v{place}, '^\\d{{1,3}}$')"),
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
        parted = bool(found["parted"]) and found["parted"] + found["small"] == found["filled"]
        plain = not (parted or found["quoted"] or found["points"] > found["filled"] * 0.9)
        hashed = use.column.name in HASHED and bool(found["hashed"]) and found["hashed"] == found["filled"]
        plain = plain and not hashed
        notes += (PARTED_ID.format(name=use.header),) if parted else ()
        return Reading(
            plain=plain, edges=bool(found["edges"]), decimal="," if parted else ".", separator="#" if hashed else ",", notes=notes
        )
    if use.column.kind == "list":
        return Reading(plain=not found["loose"], edges=bool(found["edges"]), separator=_separator(use, found))
    stated = use.column.kind == "choice" and use.column.name == "status"
    own = strangers(setting.looks[use.place].common, use.column.values) if stated else {}
    return Reading(edges=bool(found["edges"]), notes=(_own_words(use, own),) if own else ())


def _own_words(use: Use, own: Mapping[str, Sequence[str]]) -> str:
    """What words that stand in no list are taken for: a guess, so it is said."""
    dated = {"open": ", in a row with a solved date as solved"}
    said = [
        f"{_quoted(words)} {'counts' if len(words) == 1 else 'count'} as {ours}{dated.get(ours, '')}" for ours, words in own.items()
    ]
    return (
        f"'{use.header}' has words of its own: {'; '.join(said)}. If that is wrong, undo this import and say what the "
        "words mean when you bring the file again."
    )


def _quoted(words: Sequence[str], most: int = 6) -> str:
    return ", ".join(f"'{word}'" for word in words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


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
    if name.endswith("email"):  # "Kim Doe <kim@example.com>"
        value = f"if({value} like '%<%@%>', regexp_extract({value}, '<([^<>]+)>', 1), {value})"
    if use.column.part:
        value = f"nullif(regexp_extract({value}, {text(use.column.part)}, 1), '')"
    if use.column.kind == "id" and reading.separator == "#":
        value = f"regexp_replace({value}, '^#(\\d+)$', '\\1')"
    if use.column.kind == "id" and reading.decimal == ",":
        value = f"case when regexp_matches({value}, '{THOUSANDS}') then regexp_replace({value}, '[^\\d]', '', 'g') else {value} end"
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
    if use.column.name == "priority":  # "4 high", "P2 - High", "Urgent (1)"
        bare = f"regexp_replace(lower({value}), '{NUMBERED}', '', 'g')"
        rest = f"coalesce({rest}, map({_array(known)}, {_array(known.values())})[{bare}])"
    quick = "".join(f" when {text(word)} then {text(ours)}" for word, ours in seen.items())
    otherwise = f"coalesce({rest}, {_unknown(use, value)})"
    return f"case {value}{quick} else {otherwise} end" if quick else otherwise


def _array(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(text, words)) + "]"


def _unknown(use: Use, value: str) -> str:
    """What a word outside the vocabulary counts as."""
    if use.column.name == "channel":
        parts = "".join(f" when lower({value}) like {text(part)} then {text(ours)}" for part, ours in CHANNEL_PARTS)
        return f"case when {value} is null then null{parts} else 'other' end"
    if use.column.name == "field":
        return value
    if use.column.name in ("status", "event_status"):
        parts = "".join(f" when lower({value}) like {text(part)} then {text(ours)}" for part, ours in STATUS_PARTS)
        numbered = f" when not regexp_matches({value}, '{A_WORD}') then null" if use.column.name == "event_status" else ""
        otherwise = text(STRANGE if use.column.name == "status" else "open")
        return f"case when {value} is null then null{numbered}{parts} else {otherwise} end"
    return "null"
