"""The cells of a row in the forms that every kind of column starts from.

SQL about the file's column 3 may name c3 (as written), v3 (without blanks around it, null when its word means "nothing"),
w3 (the same, but blanks around it stay), n3 (as a number) and t3 (as an ISO stamp). `prepared` works out what a piece of
SQL names, once per row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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

FORMS = re.compile(r"\b([cvwnt])(\d+)\b")


def text(value: str) -> str:
    """A value as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def listed(values: Sequence[str]) -> str:
    return "(" + ", ".join(text(value) for value in values) + ")"


def clean(cell: str, keep: Sequence[str] = (), trim: bool = True) -> str:
    """SQL for the cell without blanks around it, null where its word means empty."""
    words = listed([word for word in WORDS if word not in keep])
    if not trim:
        return f"case when {cell} in {words} then null else {cell} end"
    # trimming costs more than all the rest, so only cells that need it are trimmed
    return (
        f"case when {cell} in {words} then null when starts_with({cell}, ' ') or ends_with({cell}, ' ') "
        f"then if(trim({cell}) in {words}, null, trim({cell})) else {cell} end"
    )


def prepared(relation: str, sql: str, keep: Mapping[int, Sequence[str]] | None = None) -> str:
    """The relation with every form of a cell that `sql` names."""
    named = sorted({(form, int(place)) for form, place in FORMS.findall(sql)})
    columns = [f"{_form(form, place, (keep or {}).get(place, ()))} as {form}{place}" for form, place in named]
    return f"(select {', '.join(columns)} from {relation})" if columns else relation


def _form(form: str, place: int, keep: Sequence[str]) -> str:
    cell = f"c{place}"
    if form in "vw":
        return clean(cell, keep, trim=form == "v")
    return {"c": cell, "n": f"try_cast({cell} as double)", "t": f"try_cast({cell} as timestamp)"}[form]
