"""How a file will be read: which export it is, how its columns are written, and what it leaves open. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from data import formats
from data.cells import date_doubts, dates, profile, value_shapes, zones
from data.cells.column_kind import Setting
from data.cells.doubts import Doubt, united
from data.files import read_table
from data.formats.match import Match
from data.headers.names import worded
from data.importing import doubt_records, duration_units, recognise, saved_formats, source_matching
from data.importing.convert import Plan
from data.literals import literal

SAMPLE = 2_000


@dataclass(frozen=True)
class Choices:
    """What the manager says about a file; None: let the file tell."""

    source: str | None = None
    timezone: str | None = None
    format: str | None = None
    date_order: str | None = None
    home: str = "UTC"  # the workspace's time zone, for stamps of which nobody says more
    answers: Mapping[str, str] = field(default_factory=dict)  # to doubts about this very file, by their ids

    def said(self) -> dict[str, str]:
        """What has to be said once more when the file is read anew."""
        given = {"source": self.source, "timezone": self.timezone, "format": self.format, "date_order": self.date_order}
        return {name: value for name, value in given.items() if value}


def plan_of(
    cursor: duckdb.DuckDBPyConnection, table: read_table.Table, choices: Choices, known: Sequence[formats.Format] | None = None
) -> Plan:
    """Which export this is and how its columns are written."""
    known = saved_formats.known() if known is None else known
    # the column names, once more between the rows, would make empty columns look filled
    again = " and ".join(f"c{place} = {literal(name)}" for place, name in enumerate(table.header[:3]))
    rows = f"select * from {table.scan()} where ({again}) is not true limit {SAMPLE}"
    cursor.execute(f"create or replace temp table sample as {rows}")
    seen, header = value_shapes.look(cursor, "sample"), worded(table.header, table.labels)
    match = recognise.recognise(header, seen, known, choices.format)
    if doubtful := recognise.undecided(match, header, seen):
        seen = [value_shapes.filled(cursor, table.scan(), place) if place in doubtful else one for place, one in enumerate(seen)]
        match = recognise.recognise(header, seen, known, choices.format)
    types = {name: kind for _, name, kind, *_ in cursor.execute(f"pragma table_info({literal(match.format.table)})").fetchall()}
    zone = choices.timezone or match.format.timezone or choices.home
    order = choices.date_order or match.format.date_order
    answers = {**doubt_records.remembered(cursor, doubt_records.kind_of_file(match.format, table.header)), **choices.answers}
    setting = Setting(seen, zone, zones.changes(cursor, zone), dates.ORDERS.get(order or "", order), types=types, answers=answers)
    plan = _written(cursor, table, match, setting, choices)
    if match.unproved:
        proved = duration_units.proved(cursor, plan, table.scan())
        doubts = duration_units.doubts(cursor, plan, table.scan(), proved)
        if units := {**proved, **duration_units.answered(plan, doubts)}:
            match = recognise.recognise(header, seen, known, match.format.name, units)
            plan = _written(cursor, table, match, setting, choices)
        plan = replace(plan, doubts=doubts)
    return plan if choices.source else source_matching.continued(cursor, plan, table.header, table.name)


def _written(cursor: duckdb.DuckDBPyConnection, table: read_table.Table, match: Match, setting: Setting, choices: Choices) -> Plan:
    readings, setting = profile.readings(cursor, match.uses, "sample", table.scan(), setting)
    return Plan(match, readings, setting, len(table.header), choices.source or "", "")


def doubts_of(plan: Plan) -> tuple[Doubt, ...]:
    """Everything that the file leaves open, each once."""
    several = plan.match.use("score") and plan.match.use("kind")  # each kind of survey shows its own scale
    found = [*plan.doubts, *(doubt for reading in plan.readings.values() for doubt in reading.doubts)]
    return united(doubt for doubt in found if not (several and doubt.id == "scale:score"))


def date_order(plan: Plan) -> str | None:
    """One sentence for the whole file; the doubtful case wins."""
    dated = [reading for use, reading in plan.readings.items() if use.column.kind == "when" and reading.order]
    open_ = [doubt.taken for reading in dated for doubt in reading.doubts if doubt.id == date_doubts.ORDER and doubt.answer is None]
    if open_:
        return f"assumed {open_[0]}"
    orders = sorted({str(reading.order) for reading in dated})
    return ", ".join(orders) or None
