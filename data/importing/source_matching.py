"""Which stream of exports a file continues, when neither the manager nor the vendor's name says so.

Two files of unknown helpdesks may both number their tickets from 1. They must not be taken for versions of each other.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

import duckdb

from data.cells.doubts import Doubt, readings
from data.cells.sql_forms import text
from data.importing.convert import Plan

PROOFS = ("created_at", "started_at", "sent_at", "customer_email", "email", "customer_id", "name", "subject")
SURE = 0.95  # below this share of shared ids that say the same it is asked
SAME, OTHER = "same", "other"
ALIKE = 0.8  # of the shared ids, how many must also share their creation date


def continued(cursor: duckdb.DuckDBPyConnection, plan: Plan, header: tuple[str, ...], file: str) -> Plan:
    """The plan with the stream that the file belongs to: that of an earlier import with the same columns or the same records;
    else a new one, named after the file. Ids that stand for one record here and another there are asked about."""
    form = plan.match.format
    if not form.generic:
        return replace(plan, source=form.source)
    earlier = cursor.execute(f"select source, receipt from imports where format = {text(form.name)} order by id desc").fetchall()
    seen: dict[str, bool] = {}  # source -> has had exactly these columns
    for source, receipt in earlier:
        columns = {column["column"] for column in json.loads(receipt)["columns"]}
        seen[source] = seen.get(source, False) or columns == set(header)
    new = form.source if form.source not in seen else _unused(file, set(seen))
    met = {source: _overlap(cursor, plan, source) for source in sorted(seen, key=lambda one: not seen[one])}
    if sure := next((source for source, (shared, alike) in met.items() if shared and alike >= SURE * shared), None):
        return replace(plan, source=sure)
    doubts = [
        _doubt(source, shared, alike).under(plan.setting.answers)
        for source, (shared, alike) in met.items()
        if alike or (shared and seen[source])
    ]
    same = next((doubt.about for doubt in doubts if doubt.taken == SAME), None)
    apart = next((source for source, (shared, _) in met.items() if seen[source] and not shared), None)
    return replace(plan, source=same or apart or new, doubts=(*plan.doubts, *doubts))


def _doubt(source: str, shared: int, alike: int) -> Doubt:
    question = (
        f"Is this a newer export of what is here as '{source}', or another helpdesk (or account) that numbers its rows alike? "
        f"Of {shared:,} ids of its first rows that are here too, {alike:,} say the same."
    )
    ways = readings((SAME, f"it continues '{source}': rows with a known id replace those"), (OTHER, "its rows stand on their own"))
    return Doubt(f"stream:{source}", question, "", shared, ("id",), SAME if alike >= ALIKE * shared else OTHER, ways)


def _overlap(cursor: duckdb.DuckDBPyConnection, plan: Plan, source: str) -> tuple[int, int]:
    """How many ids of the first rows are known in that stream, and how many of them are the same record."""
    table, outputs = plan.match.format.table, plan.outputs()
    if table == "responses" or "id" not in outputs:
        return 0, 0
    proof = next((name for name in PROOFS if name in outputs and name in plan.setting.types), None)
    same = f"t.{proof} is not distinct from s.{proof}" if proof else "true"
    found = cursor.execute(
        f"select count(*), count(*) filter ({same}) from ({plan.select('sample')}) s "
        f"join (select * from {table} where source = {text(source)}) t on t.id = s.id"
    ).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def _unused(file: str, taken: set[str]) -> str:
    stem = re.sub(r"[^\w-]+", "_", re.sub(r"\.\w+$", "", file)).strip("_").lower() or "import"
    return next(name for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if name not in taken)
