"""Which stream of exports a file continues, when neither the manager nor the vendor's name says so.

Two files of unknown helpdesks may both number their tickets from 1. They must not be taken for versions of each other.
"""

from __future__ import annotations

import json
import re

import duckdb

from data.cells.sql_forms import text
from data.importing.convert import Plan

PROOFS = ("created_at", "started_at", "sent_at", "customer_email", "email", "customer_id", "name", "subject")
ALIKE = 0.8  # of the shared ids, how many must also share their creation date


def source_of(cursor: duckdb.DuckDBPyConnection, plan: Plan, header: tuple[str, ...], file: str) -> str:
    """The stream of an earlier import with the same columns or the same records; else a new one, named after the file."""
    form = plan.match.format
    if not form.generic:
        return form.source
    earlier = cursor.execute(f"select source, receipt from imports where format = {text(form.name)} order by id desc").fetchall()
    seen: dict[str, bool] = {}  # source -> has had exactly these columns
    for source, receipt in earlier:
        columns = {column["column"] for column in json.loads(receipt)["columns"]}
        seen[source] = seen.get(source, False) or columns == set(header)
    for source in sorted(seen, key=lambda one: not seen[one]):
        shared, alike = _overlap(cursor, plan, source)
        if (shared and alike >= ALIKE * shared) or (seen[source] and not shared):
            return source
    return form.source if form.source not in seen else _unused(file, set(seen))


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
