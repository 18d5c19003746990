"""What each reading of a file would make of the numbers: the file is read beside the store under each answer, and asked.

Worked out when somebody wants to see it, from this file alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import queries
from data.files.read_table import Unreadable
from data.importing import doubt_records, import_file, kept_files, read_anew
from data.importing.doubt_records import Recorded
from data.importing.kept_files import Gone, Kept
from data.importing.recognise import Unrecognised
from data.store import Store
from queries import engine, open_doubts

TELLING = (  # numbers that a manager knows by heart, and would see to be wrong
    *("backlog", "tickets_created", "tickets_solved", "resolution_time", "resolution_time_solved", "first_reply_time"),
    *("csat", "csat_mean", "nps", "customer_churn", "revenue_per_account", "lifetime_value", "touch_time", "repeat_purchase_rate"),
)
SHOWN = 4
READINGS = 40  # of one file at most: a file with very many questions would take minutes
GONE = "{sentence} What each answer would make of the numbers cannot be shown."
MANY = "There are many questions about this file. Answer some, and the others show what they would change."

Numbers = Mapping[str, float | None]


@dataclass(frozen=True)
class Consequences:
    """By doubt and answer, the numbers as they would be; or why they cannot be shown."""

    numbers: Mapping[str, Mapping[str, Numbers]] = field(default_factory=dict)
    untold: Mapping[str, str] = field(default_factory=dict)  # doubt -> sentence


def of_import(store: Store, import_id: str, only: str | None = None) -> Consequences:
    """Of every open doubt of an import, or of one of its doubts."""
    store = engine.opened(store)
    return engine.remembered(store, ("consequences", import_id, only), lambda: _of_import(store, import_id, only))


def _of_import(store: Store, import_id: str, only: str | None) -> Consequences:
    with store.cursor() as cursor:
        there = doubt_records.of_imports(cursor, "import_id = ?", [import_id])
        kept = kept_files.of_import(cursor, import_id)
        found = cursor.execute("select file, source from imports where id = ?", [import_id]).fetchone()
    asked = [one for one in there if (one.doubt.id == only if only else one.state == doubt_records.OPEN)]
    if not asked or found is None:
        return Consequences()
    file, source = found
    if kept is None or not kept.there:
        sentence = GONE.format(sentence=kept_files.GONE.format(file=file))
        return Consequences(untold={one.doubt.id: sentence for one in asked})
    taken = {one.doubt.id: one.doubt.taken for one in there}
    trial = _Trial(store, kept, source, taken)
    numbers: dict[str, Mapping[str, Numbers]] = {}
    untold: dict[str, str] = {}
    for one in asked:
        try:
            numbers[one.doubt.id] = trial.of(one)
        except Gone as error:
            untold[one.doubt.id] = GONE.format(sentence=error)
        except _Enough:
            untold[one.doubt.id] = MANY
    return Consequences(numbers, untold)


class _Enough(Exception):
    """More readings than anybody would wait for."""


class _Trial:
    """Readings of one file, each done once: what stands now is a reading of every doubt."""

    def __init__(self, store: Store, kept: Kept, source: str, taken: Mapping[str, str]) -> None:
        self._store, self._kept, self._source, self._taken = store, kept, source, dict(taken)
        self._read: dict[tuple[tuple[str, str], ...], Numbers] = {}

    def of(self, one: Recorded) -> Mapping[str, Numbers]:
        """The telling numbers that differ first, under each answer."""
        resting = [name for name in TELLING if open_doubts.touched(one.doubt.touches, queries.METRICS[name])]
        read = {way.answer: self._under({**self._taken, one.doubt.id: way.answer}) for way in one.doubt.alternatives}
        differ = [name for name in resting if len({numbers.get(name) for numbers in read.values()}) > 1]
        alike = [name for name in resting if name not in differ and any(numbers.get(name) is not None for numbers in read.values())]
        shown = [*differ, *alike][:SHOWN]
        return {answer: {name: numbers.get(name) for name in shown} for answer, numbers in read.items()}

    def _under(self, answers: Mapping[str, str]) -> Numbers:
        key = tuple(sorted(answers.items()))
        if key not in self._read:
            if len(self._read) >= READINGS:
                raise _Enough
            self._read[key] = self._numbers(answers)
        return self._read[key]

    def _numbers(self, answers: Mapping[str, str]) -> Numbers:
        try:
            with read_anew.tried(self._store, self._kept, self._source, answers) as scratch:
                frames = queries.answers([queries.Ask(name) for name in TELLING], store=scratch)
        except (import_file.NothingKept, Unreadable, Unrecognised):  # read so, nothing of it is left
            return {}
        return {name: _plain(frame["value"].iloc[0]) for name, frame in zip(TELLING, frames, strict=True)}


def _plain(value: float) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def listed(store: Store, imports: Sequence[str]) -> dict[str, object]:
    """For programs: what stands above, by import, with what the numbers are called and count."""
    found = {name: of_import(store, name) for name in imports}
    metrics = {name: {"title": queries.METRICS[name].title, "unit": queries.METRICS[name].unit} for name in TELLING}
    return {"metrics": metrics, "imports": {name: {"doubts": one.numbers, "untold": one.untold} for name, one in found.items()}}
