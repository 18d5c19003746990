"""Brings converted rows into a unified table, and takes an import out again. Always inside the caller's transaction.

Only plain statements: a table has no keys here, so that the same SQL runs on a DuckDB file and on DuckLake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data.cells.sql_forms import text
from data.importing import unique_ids

OWN = ("import_id", "unread")  # about the import, not about the ticket
MEANS = ("place", "file_row", "version", "aside")  # of the conversion; in no table


class CannotUndo(Exception):
    """The sentence says why, and what to undo first."""


@dataclass(frozen=True)
class Merged:
    """How many rows of the file ended in which way."""

    kept: int
    updated: int
    unchanged: int
    earlier: int = 0  # of the updated: versions that the same file replaces further down
    older: int = 0  # of the unchanged: the store had a newer version


def merge(cursor: duckdb.DuckDBPyConnection, table: str, source: str, import_id: str) -> Merged:
    """Merge the temp table `incoming` (with `place`, the row's place in the file) by id; the newer version wins."""
    given = [name for name in _columns(cursor, "incoming") if name not in (*MEANS, *OWN)]
    earlier, repeated = _one_version_each(cursor, given)
    _verdicts(cursor, table, source, given)
    _replace(cursor, table, source, import_id, given)
    counts = dict(cursor.execute("select verdict, count(*) from file_rows group by 1").fetchall())
    return Merged(
        counts.get("new", 0),
        counts.get("changed", 0) + earlier,
        counts.get("same", 0) + counts.get("older", 0) + repeated,
        earlier,
        counts.get("older", 0),
    )


def _one_version_each(cursor: duckdb.DuckDBPyConnection, given: Sequence[str]) -> tuple[int, int]:
    """Rows that share an id: the newest stays. Returns how many earlier versions and exact repeats went."""
    if unique_ids.ids_differ(cursor, "incoming"):
        return 0, 0
    newest = next((f"{name} desc nulls last, " for name in ("version", "updated_at") if name in _columns(cursor, "incoming")), "")
    content = f"hash({', '.join(given)})"
    cursor.execute(f"""
        create or replace temp table losers as
        select place, file_row, {content} = first_value({content}) over best as alike
        from incoming window best as (partition by id order by {newest}place desc)
        qualify row_number() over best > 1""")
    cursor.execute("delete from incoming where place in (select place from losers)")
    # a file row with several answers is lost only when all of them are
    counts = cursor.execute("""
        select count(*) filter (not alike), count(*) filter (alike) from
        (select file_row, bool_and(alike) as alike from losers
         where file_row not in (select file_row from incoming) group by 1)""").fetchone() or (0, 0)
    return int(counts[0]), int(counts[1])


def _verdicts(cursor: duckdb.DuckDBPyConnection, table: str, source: str, given: Sequence[str]) -> None:
    """new, changed, same or older, for every incoming row, and for every row of the file."""
    compared = [name for name in given if name not in ("source", "id")]
    differs = " or ".join(f"i.{name} is distinct from t.{name}" for name in compared) or "false"
    older = "when t.updated_at > i.updated_at then 'older'" if "updated_at" in given else ""
    cursor.execute(f"""
        create or replace temp table verdicts as
        select i.place, i.file_row, i.id,
          case when t.id is null then 'new' {older} when {differs} then 'changed' else 'same' end as verdict
        from incoming i left join (select * from {table} where source = {text(source)}) t on t.id = i.id""")
    cursor.execute("""
        create or replace temp table file_rows as
        select file_row,
          arg_min(verdict, list_position(['new', 'changed', 'same', 'older'], verdict)) as verdict
        from verdicts group by 1""")


def _replace(cursor: duckdb.DuckDBPyConnection, table: str, source: str, import_id: str, given: Sequence[str]) -> None:
    """Put the versions that are replaced away, then write the new ones. What the file has no column for stays as it was."""
    changed = "(select id from verdicts where verdict = 'changed')"
    remember(cursor, table)
    cursor.execute(
        f"insert into {table}_replaced by name select *, {text(import_id)} as replaced_by from {table} "
        f"where source = {text(source)} and id in {changed}"
    )
    cursor.execute(f"delete from {table} where source = {text(source)} and id in {changed}")
    absent = [name for name in _columns(cursor, table) if name not in (*given, *OWN)]
    carried = "".join(f", old.{name}" for name in absent)
    mine = ", ".join(f"i.{name}" for name in (*given, *OWN))
    cursor.execute(f"""
        insert into {table} by name
        select {mine}{carried} from incoming i join verdicts v on v.place = i.place and v.verdict in ('new', 'changed')
        left join (select * from {table}_replaced where replaced_by = {text(import_id)}) old on old.id = i.id""")


def remember(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    """The table that replaced versions go to, so that an undo can bring them back."""
    cursor.execute(f"create table if not exists {table}_replaced as select *, ''::varchar as replaced_by from {table} limit 0")


def undo(cursor: duckdb.DuckDBPyConnection, import_id: str) -> str:
    """Make the tables what they were before this import. Returns the file's name."""
    found = cursor.execute("select file, table_name, source from imports where id = ?", [import_id]).fetchone()
    if not found:
        raise CannotUndo(f"There is no import {import_id}.")
    file, table, source = (str(part) for part in found)
    remember(cursor, table)
    _refuse_when_built_upon(cursor, import_id, table, source)
    cursor.execute(f"delete from {table} where source = ? and import_id = ?", [source, int(import_id)])
    cursor.execute("delete from events where source = ? and import_id = ?", [source, int(import_id)])  # told by its states
    cursor.execute(
        f"insert into {table} by name select * exclude (replaced_by) from {table}_replaced where replaced_by = ?", [import_id]
    )
    cursor.execute(f"delete from {table}_replaced where replaced_by = ?", [import_id])
    for kept in ("problems", "doubts", "import_files"):
        cursor.execute(f"delete from {kept} where import_id = ?", [import_id])
    cursor.execute("delete from imports where id = ?", [import_id])
    return file


def _refuse_when_built_upon(cursor: duckdb.DuckDBPyConnection, import_id: str, table: str, source: str) -> None:
    """A later import that changed or repeated rows of the same source counts on this one."""
    if later := _building(cursor, import_id, table, source):
        names = ", ".join(reversed(later))
        raise CannotUndo(
            f"Import {import_id} cannot be undone on its own: later imports build on its rows. "
            f"Undo these first, in this order: {names}."
        )


def built_upon(cursor: duckdb.DuckDBPyConnection, import_id: str) -> list[str]:
    """The import and all that count on its rows, or on rows of those, the oldest first: they can only be undone together."""
    found = cursor.execute("select table_name, source from imports where id = ?", [import_id]).fetchone()
    together, ahead = {import_id}, [import_id]
    while ahead and found:
        remember(cursor, str(found[0]))
        later = _building(cursor, ahead.pop(), *map(str, found))
        ahead += [one for one in later if one not in together]
        together.update(later)
    return sorted(together)


def _building(cursor: duckdb.DuckDBPyConnection, import_id: str, table: str, source: str) -> list[str]:
    rows = cursor.execute(
        f"""select id from imports where table_name = ? and source = ? and id > ?
            and (unchanged > 0 or id in (select replaced_by from {table}_replaced where import_id = ?)) order by id""",
        [table, source, import_id, int(import_id)],
    ).fetchall()
    return [str(row[0]) for row in rows]


def _columns(cursor: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    cursor.execute(f"select * from {table} limit 0")
    return [str(column[0]) for column in cursor.description or ()]
