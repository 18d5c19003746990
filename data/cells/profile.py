"""Finds out how every used column is written: from the first rows, and from all rows where those leave a doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import ModuleType

import duckdb

from data.cells import dates, durations, numbers, scores, words
from data.cells.column_kind import Measured, Reading, Setting
from data.cells.sql_forms import prepared
from data.formats.match import Use

KINDS: Mapping[str, ModuleType] = {
    "when": dates,
    "duration": durations,
    "number": numbers,
    "score": scores,
    "text": words,
    "id": words,
    "choice": words,
    "flag": words,
    "list": words,
    "mark": words,
}


def readings(
    cursor: duckdb.DuckDBPyConnection, uses: Sequence[Use], sample: str, scan: str, setting: Setting
) -> tuple[dict[Use, Reading], Setting]:
    """How each column is written, and what the columns prove about each other."""
    measured = measure(cursor, uses, sample, brief=True)
    found = {use: settle(use, measured[use], setting) for use in uses}
    doubtful = [use for use in uses if not found[use].settled]
    if doubtful:
        measured |= measure(cursor, doubtful, scan)
        found |= {use: settle(use, measured[use], setting) for use in doubtful}
    setting = replace(setting, neighbours=_order(found.values()), decimal=_decimal(uses, found))
    found |= {use: settle(use, measured[use], setting) for use in doubtful}
    return found, setting


def again(cursor: duckdb.DuckDBPyConnection, uses: Sequence[Use], scan: str, setting: Setting) -> dict[Use, Reading]:
    """The same from all rows, when some cells did not fit what the first rows promised."""
    measured = measure(cursor, uses, scan)
    return {use: settle(use, measured[use], setting) for use in uses}


def settle(use: Use, measured: Measured, setting: Setting) -> Reading:
    reading: Reading = KINDS[use.column.kind].settle(use, measured, setting)
    return replace(reading, marked=measured["cells"] > measured["filled"])


def measure(cursor: duckdb.DuckDBPyConnection, uses: Sequence[Use], relation: str, brief: bool = False) -> dict[Use, Measured]:
    """Every count in one pass over the relation."""
    structs = []
    for use in uses:
        own: Mapping[str, str] = KINDS[use.column.kind].measures(use)
        counts = {"cells": f"count(c{use.place})", "filled": f"count(v{use.place})", **own}
        structs.append("{" + ", ".join(f"'{name}': {sql}" for name, sql in counts.items()) + "}")
    chosen = ", ".join(structs)
    row = cursor.execute(f"select {chosen} from {prepared(relation, chosen, brief=brief)}").fetchone() or ()
    return dict(zip(uses, row, strict=True))


def _order(found: Iterable[Reading]) -> str | None:
    """The date order the proved columns agree on."""
    orders = {one.order for one in found if one.order in (dates.DAY, dates.MONTH) and not one.assumed}
    return orders.pop() if len(orders) == 1 else None


def _decimal(uses: Sequence[Use], found: Mapping[Use, Reading]) -> str | None:
    numeric = [use for use in uses if use.column.kind in ("number", "duration") and not found[use].plain]
    signs = {found[use].decimal for use in numeric if found[use].settled}
    return signs.pop() if len(signs) == 1 else None
