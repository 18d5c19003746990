"""The cells of a row in the forms that every kind of column starts from.

SQL about the file's column 3 may name c3 (as written), v3 (without blanks around it, null when its word means "nothing"),
w3 (the same, but blanks around it stay), n3 (as a number) and t3 (as an ISO stamp). `prepared` works out what a piece of
SQL names, once per row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

WORDS = (
    "",
    "?",
    "-",
    "--",
    "---",
    "—",
    "–",
    "NA",
    "na",
    "N/A",
    "n/a",
    "#N/A",
    "NULL",
    "null",
    "Null",
    "(null)",
    "None",
    "none",
    "NONE",
    "nan",
    "NaN",
    "NAN",
    "NaT",
    "nil",
    "undefined",
    "(blank)",
    "\\N",
)
NEVER = (  # what programs write for a moment or a number that never was
    "-2147483648",
    "1900-01-01 00:00:00",
    "1900-01-01",
    "0000-00-00 00:00:00",
    "0000-00-00",
    "1970-01-01 00:00:00",
    "1970-01-01T00:00:00Z",
    "9999-12-31 23:59:59",
    "9999-12-31",
)

# signs of currency before or behind an amount: letters of three, or what people write instead
MONEY = r"(?:[A-Z]{1,2}\$|[$€£¥₹₽₺₩₴₪฿]|[A-Z]{3}|kr\.?|zł|Kč|Ft|Rs\.?|Fr\.)"
SHORT = 4  # bytes: most words that mean "nothing" have no more, most cells do
FORMS = re.compile(r"\b([cvwnt])(\d+)\b")


def text(value: str) -> str:
    """A value as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def one_of(value: str, words: Iterable[str]) -> str:
    """SQL that is true for one of these words. An "in" would be planned as a join, which costs more and loses the rows' order."""
    return "(" + " or ".join(f"{value} = {text(word)}" for word in words) + ")"


def clean(cell: str, keep: Sequence[str] = (), trim: bool = True) -> str:
    """SQL for the cell without blanks around it, null where its word means empty. Untrimmed it is a text, never a stamp."""
    meant = [word for word in (*WORDS, *(NEVER if trim else ())) if word not in keep]
    if not trim:
        long, short = ([word for word in meant if (len(word.encode()) > SHORT) is large] for large in (True, False))
        return f"case when strlen({cell}) > {SHORT} then {_unless(cell, long)} else {_unless(cell, short)} end"
    # trimming costs more than all the rest, so only cells that need it are trimmed
    trimmed = f"case when starts_with({cell}, ' ') or ends_with({cell}, ' ') then {_unless(f'trim({cell})', meant)} else {cell} end"
    return _unless(cell, meant, trimmed)


def _unless(cell: str, words: Iterable[str], otherwise: str = "") -> str:
    """SQL for `otherwise` (the cell itself), null where the cell is one of these words."""
    empty = "".join(f" when {text(word)} then null" for word in words)
    return f"case {cell}{empty} else {otherwise or cell} end" if empty else otherwise or cell


def briefly(cell: str, keep: Sequence[str] = (), trim: bool = True) -> str:
    """The same as `clean`, slower for a row but planned in a tenth of the time: for the first rows of a file."""
    meant = ", ".join(text(word) for word in (*WORDS, *(NEVER if trim else ())) if word not in keep)
    bare = f"trim({cell})" if trim else cell
    return f"case when list_contains([{meant}], {bare}) then null else {bare} end"


def prepared(relation: str, sql: str, keep: Mapping[int, Sequence[str]] | None = None, brief: bool = False) -> str:
    """The relation with every form of a cell that `sql` names; `brief`: it has few rows."""
    named = sorted({(form, int(place)) for form, place in FORMS.findall(sql)})
    columns = [f"{_form(form, place, (keep or {}).get(place, ()), brief)} as {form}{place}" for form, place in named]
    return f"(select {', '.join(columns)} from {relation})" if columns else relation


def _form(form: str, place: int, keep: Sequence[str], brief: bool) -> str:
    cell = f"c{place}"
    if form in "vw":
        return (briefly if brief else clean)(cell, keep, trim=form == "v")
    return {"c": cell, "n": f"try_cast({cell} as double)", "t": f"try_cast({cell} as timestamp)"}[form]
