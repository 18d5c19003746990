"""Doubts beside their imports, and what the manager has said to them: for one import, and for every later file of its kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from data.cells.doubts import Alternative, Doubt
from data.formats import Format
from data.headers.names import normal
from data.literals import literal

OPEN, ANSWERED, REMEMBERED = "open", "answered", "remembered"
COLUMNS = "id, question, column_name, rows, touches, assumed, alternatives, answer"


@dataclass(frozen=True)
class Recorded:
    """A doubt of an import as the store keeps it."""

    import_id: str
    kind_of_file: str
    state: str
    doubt: Doubt


def kind_of_file(form: Format, header: Sequence[str]) -> str:
    """What two files have in common that one answer holds for: a vendor's export is known as such, any other by its columns."""
    if not form.generic:
        return form.name
    return json.dumps([form.name, *sorted({normal(name) for name in header})], ensure_ascii=False)


def remembered(cursor: duckdb.DuckDBPyConnection, kind: str) -> dict[str, str]:
    """The answers that hold for files of a kind, by the doubts' ids."""
    rows = cursor.execute(f"select doubt, answer from doubt_answers where kind_of_file = {literal(kind)}").fetchall()
    return {str(doubt): str(answer) for doubt, answer in rows}


def remember(cursor: duckdb.DuckDBPyConnection, kind: str, doubt: str, answer: str) -> None:
    """From now on files of this kind are read so, without asking."""
    cursor.execute("delete from doubt_answers where kind_of_file = ? and doubt = ?", [kind, doubt])
    stamp = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute("insert into doubt_answers values (?, ?, ?, ?)", [kind, doubt, answer, stamp])


def record(
    cursor: duckdb.DuckDBPyConnection, import_id: str, table: str, kind: str, doubts: Iterable[Doubt], said: Mapping[str, str]
) -> None:
    """Keep the doubts of an import. `table` is that of their columns, "responses.nps" where all its rows are answers of one kind;
    `said`: what was answered for this very file."""
    rows = [
        (
            *(import_id, kind, OPEN if one.answer is None else ANSWERED if one.id in said else REMEMBERED),
            *(one.id, one.question, one.column, one.rows, json.dumps([f"{table}.{name}" for name in one.touches]), one.assumed),
            *(json.dumps([[way.answer, way.words] for way in one.alternatives], ensure_ascii=False), one.answer),
        )
        for one in doubts
    ]
    if rows:
        names = f"import_id, kind_of_file, state, {COLUMNS}"
        cursor.executemany(f"insert into doubts ({names}) values ({', '.join('?' * 11)})", rows)


def of_imports(cursor: duckdb.DuckDBPyConnection, where: str = "true", values: Sequence[object] = ()) -> list[Recorded]:
    """Recorded doubts, the oldest import first, in the order in which they were found."""
    sql = f"select import_id, kind_of_file, state, {COLUMNS} from doubts where {where} order by import_id, rowid"
    return [_recorded(*row) for row in cursor.execute(sql, list(values)).fetchall()]


def _recorded(import_id: str, kind: str, state: str, *row: Any) -> Recorded:
    name, question, column, rows, touches, assumed, alternatives, answer = row
    ways = tuple(Alternative(*one) for one in json.loads(alternatives))
    return Recorded(import_id, kind, state, Doubt(name, question, column, rows, tuple(json.loads(touches)), assumed, ways, answer))


def settle(cursor: duckdb.DuckDBPyConnection, import_id: str, doubt: str, answer: str) -> None:
    """Note what was said where nothing else of the import changes."""
    cursor.execute(f"update doubts set answer = ?, state = '{ANSWERED}' where import_id = ? and id = ?", [answer, import_id, doubt])


def forget(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
    """With the import go its doubts; what was said of its kind of file stays."""
    cursor.execute("delete from doubts where import_id = ?", [import_id])
