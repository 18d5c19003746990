"""Words for how a ticket stands that are in no list: what they are taken for is asked, word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from data.cells.column_kind import Measured, Reading, Setting
from data.cells.doubts import UNKNOWN, Doubt, readings
from data.cells.sql_forms import text
from data.cells.vocabulary import strangers
from data.formats.match import Use

KIND = "state"
MEANINGS = {
    "open": "still to be done",
    "solved": "done",
    "deleted": "no customer's ticket: thrown away, left out of every number",
    "new": "nobody has looked at it yet",
    "pending": "waiting for the customer",
    "hold": "put on hold",
    "closed": "done, and locked",
    "spam": "spam, left out of every number",
    "merged": "joined to another ticket, left out of every number",
}
USUAL = ("open", "solved", "deleted")  # offered for every word; what a part of it tells comes on top
BY_DATE = "nobody has said: it counts as open, and as solved where the row has a solved date"


def asked(use: Use) -> bool:
    """Whether a column tells how its tickets stand."""
    return use.column.kind == "choice" and use.column.name == "status"


def settle(use: Use, found: Measured, setting: Setting) -> Reading:
    """Every word that is in no list is a doubt, with the rows that have it."""
    counts: Mapping[str, int] = found["words"] or {}
    spelled: dict[str, list[str]] = {}  # Sorted and SORTED are one word
    for word in sorted(counts, key=lambda one: (-counts[one], one)):
        spelled.setdefault(word.lower(), []).append(word)
    strange = strangers([words[0] for words in spelled.values()], use.column.values)
    rows = {words[0]: sum(counts[one] for one in words) for words in spelled.values()}
    doubts = [_doubt(use, word, guess, rows[word]).under(setting.answers) for word, guess in strange.items()]
    open_ = {word: guess for (word, guess), doubt in zip(strange.items(), doubts, strict=True) if doubt.answer is None}
    notes = (_own_words(use, open_),) if open_ else ()
    return Reading(edges=bool(found["edges"]), settled=not doubts, notes=notes, doubts=tuple(doubts))


def answered(answers: Mapping[str, str]) -> dict[str, str]:
    """What the manager has said of such words, by the word in lower case."""
    said = {name.removeprefix(f"{KIND}:").lower(): ours for name, ours in answers.items() if name.startswith(f"{KIND}:")}
    return {word: ours for word, ours in said.items() if ours in MEANINGS}


def mean(cursor: duckdb.DuckDBPyConnection, import_id: str, word: str, ours: str) -> int:
    """Give the rows that have this word another state, without their file. Returns how many there are."""
    there = {str(row[0]) for row in cursor.execute("select table_name from information_schema.tables").fetchall()}
    dated = "if(solved_at is not null, 'solved', 'open')"
    theirs = f"import_id = {int(import_id)} and lower(trim({{raw}})) = {text(word.lower())}"
    changed = 0
    for table in ("tickets", "tickets_replaced"):
        if table in there:
            where, state = theirs.format(raw="status_raw"), dated if ours == UNKNOWN else text(ours)
            changed += int((cursor.execute(f"update {table} set status = {state} where {where}").fetchone() or (0,))[0])
    state = text("open" if ours == UNKNOWN else ours)
    cursor.execute(f"update events set value = {state} where field = 'status' and {theirs.format(raw='value_raw')}")
    return changed


def _doubt(use: Use, word: str, guess: str | None, rows: int) -> Doubt:
    question = f"What does '{word}' in '{use.header}' say of a ticket?"
    ways = [(ours, MEANINGS[ours]) for ours in dict.fromkeys((*((guess,) if guess else ()), *USUAL))]
    unknown = [] if guess else [(UNKNOWN, BY_DATE)]
    return Doubt(f"{KIND}:{word}", question, use.header, rows, ("status",), guess or UNKNOWN, readings(*unknown, *ways))


def _own_words(use: Use, strange: Mapping[str, str | None]) -> str:
    """What they are taken for: a guess, so it is said."""
    taken: dict[str, list[str]] = {}
    for word, guess in strange.items():
        taken.setdefault(guess or "open, in a row with a solved date as solved", []).append(word)
    said = [f"{_quoted(words)} {'counts' if len(words) == 1 else 'count'} as {ours}" for ours, words in taken.items()]
    return f"'{use.header}' has words of its own: {'; '.join(said)}. What they mean is asked with this import."


def _quoted(words: Sequence[str], most: int = 6) -> str:
    return ", ".join(f"'{word}'" for word in words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")
