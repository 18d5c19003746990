"""What came in, from where, and what could not be used: the imports as their receipts tell it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data.importing import doubt_records, kept_files
from data.importing.doubt_records import Recorded
from data.store import Store
from queries import engine

COLUMNS = (
    "id",
    "file",
    "format",
    "table",
    "source",
    "at",
    "rows_read",
    "kept",
    "updated",
    "unchanged",
    "set_aside",
    "as_of",
    "timezone",
    "date_order",
    "receipt",
)
STORED = {"table": "table_name", "at": "imported_at"}


@dataclass(frozen=True)
class Imported:
    """One file that came in. `receipt` is everything that was said about it."""

    id: str
    file: str
    format: str
    table: str
    source: str
    at: datetime
    rows_read: int
    kept: int
    updated: int
    unchanged: int
    set_aside: int
    as_of: datetime | None
    timezone: str
    date_order: str | None
    receipt: Mapping[str, Any]


def history(store: Store | None = None) -> list[Imported]:
    """Every import, the newest first."""
    store = engine.opened(store)
    stored = ", ".join(STORED.get(name, name) for name in COLUMNS)
    zone = ZoneInfo(store.setting("timezone", "UTC"))
    with store.cursor() as cursor:
        rows = cursor.execute(f"select {stored} from imports order by imported_at desc, id desc").fetchall()
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return [
        Imported(**{key: _here(value, zone) for key, value in one.items()} | {"receipt": json.loads(one["receipt"] or "{}")})
        for one in found
    ]


def _here(value: Any, zone: ZoneInfo) -> Any:
    """Stamps on the workspace's clock; anything else as it is."""
    return value.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) if isinstance(value, datetime) else value


def problems(import_id: str, set_aside: bool = True, store: Store | None = None) -> pd.DataFrame:
    """Records set aside, or cells left empty, with their lines in the file; as many as the store has kept of them."""
    sql = (
        'select line, reason, column_name as "column", value, record from problems '
        "where import_id = $id and set_aside = $aside order by line"
    )
    return engine.table(engine.opened(store), sql, {"id": import_id, "aside": set_aside})


def to_correct(one: Imported, store: Store | None = None) -> str:
    """The rows set aside exactly as they stood, under the file's own column names: corrected, this is a file to bring again."""
    names = io.StringIO()
    csv.writer(names, delimiter=one.receipt.get("delimiter", ","), lineterminator="\n").writerow(
        column["column"] for column in one.receipt.get("columns", ())
    )
    records = problems(one.id, True, store)["record"].dropna()
    return names.getvalue() + "".join(f"{record}\n" for record in records)


def doubts(import_id: str, store: Store | None = None) -> list[Recorded]:
    """What the file left open, answered or not, in the order in which it was found."""
    with engine.opened(store).cursor() as cursor:
        return doubt_records.of_imports(cursor, "import_id = ?", [import_id])


def remembered_answer(one: Recorded, store: Store | None = None) -> str | None:
    """What was said of files of this kind; it may not have reached the rows that are here."""
    with engine.opened(store).cursor() as cursor:
        return doubt_records.remembered(cursor, one.kind_of_file).get(one.doubt.id)


def file_size(import_id: str, store: Store | None = None) -> int:
    """Bytes of the file while it can be read again; 0 where it is gone."""
    with engine.opened(store).cursor() as cursor:
        kept = kept_files.of_import(cursor, import_id)
    return kept.size if kept and kept.there else 0


def answerable(store: Store | None = None) -> dict[str, int]:
    """For every metric, how many rows of all there are it can be worked out from."""
    import queries

    asked = queries.answers([queries.Ask(name) for name in queries.METRICS], store=store)
    return {name: int(frame["n"].fillna(0).sum()) for name, frame in zip(queries.METRICS, asked, strict=True)}
