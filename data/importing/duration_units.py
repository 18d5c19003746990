"""Proves the unit of a duration whose name states none: by the stamps of the same rows, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from data.cells import profile
from data.cells.sql_forms import prepared
from data.formats.match import Use
from data.headers.names import MINUTES
from data.importing.convert import Plan

# a duration of ours and the stamps it lies between
BETWEEN = {
    "first_reply_minutes": (("created_at", "first_reply_at"),),
    "first_resolution_minutes": (("created_at", "first_solved_at"), ("created_at", "solved_at")),
    "resolution_minutes": (("created_at", "solved_at"), ("created_at", "first_solved_at")),
}
ROWS = 2_000  # that tell something: more would prove nothing more
FEWEST = 3
NEARLY_ALL = 0.9


def proved(cursor: duckdb.DuckDBPyConnection, plan: Plan, scan: str) -> Mapping[int, str]:
    """The unit of each such column, by its place in the file; without the columns that nothing proves."""
    stamps = {name for pairs in BETWEEN.values() for pair in pairs for name in pair}
    late = [use for use in plan.match.uses if use.column.name in stamps and plan.setting.looks[use.place].empty]
    if late:  # the first rows do not show how these are written
        plan = replace(plan, readings={**plan.readings, **profile.again(cursor, late, scan, plan.setting)})
    found = {use.place: _unit(cursor, plan, use, scan) for use in plan.match.unproved}
    return {place: unit for place, unit in found.items() if unit}


def _unit(cursor: duckdb.DuckDBPyConnection, plan: Plan, use: Use, scan: str) -> str | None:
    outputs = plan.outputs()
    for since, until in BETWEEN.get(use.column.name, ()):
        if since in outputs and until in outputs:
            return _by_stamps(cursor, f"epoch({outputs[until]}) - epoch({outputs[since]})", use.place, scan)
    return None


def _by_stamps(cursor: duckdb.DuckDBPyConnection, seconds: str, place: int, scan: str) -> str | None:
    """The unit in which nearly all rows say the same twice; rounding costs a unit at most, and never half of the value."""
    sql = f"n{place} as said, ({seconds}) / 60 as took"
    fits = ", ".join(
        f"avg(case when said * {factor!r} between took / 2 and took * 2 "
        f"and abs(said * {factor!r} - took) <= greatest({factor!r}, took * 0.05) then 1 else 0 end)"
        for factor in MINUTES.values()
    )
    rows = f"select {sql} from {prepared(scan, sql)} where said > 0 and took > 0 limit {ROWS}"
    count, *shares = cursor.execute(f"select count(*), {fits} from ({rows})").fetchone() or (0,)
    proofs = [unit for unit, share in zip(MINUTES, shares, strict=False) if share is not None and share >= NEARLY_ALL]
    return proofs[0] if count >= FEWEST and len(proofs) == 1 else None
