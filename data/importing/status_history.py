"""Exports whose rows are whole states of a ticket, one after the other: what changed from row to row is its history."""

from __future__ import annotations

import duckdb

from data.cells.sql_forms import text

FIELDS = (
    ("status", "status", "status_raw"),
    ("assignee", "agent", None),
    ("team", "team", None),
    ("priority", "priority", "priority_raw"),
)


def keep(cursor: duckdb.DuckDBPyConnection, source: str, import_id: str) -> None:
    """Changes out of the temp table `incoming`, before only the newest state of each ticket is left there."""
    cursor.execute("select * from incoming limit 0")
    given = {str(column[0]) for column in cursor.description or ()}
    told = [(field, name, raw if raw in given else None) for field, name, raw in FIELDS if name in given]
    if "updated_at" not in given or not told:
        return
    states = " union all ".join(
        f"select id, updated_at, place, {text(field)} as field, {name} as value, {raw or 'null::varchar'} as value_raw "
        "from incoming"
        for field, name, raw in told
    )
    cursor.execute(f"""
        insert into events by name
        with states as ({states}),
        steps as (
          select *, value is distinct from lag(value) over (partition by id, field order by updated_at, place) as changed
          from states where updated_at is not null
        ),
        found as (
          select {text(source)} as source, md5(concat_ws(chr(31), id, updated_at, field, coalesce(value, ''))) as id,
            {int(import_id)}::bigint as import_id, id as ticket_id, updated_at as changed_at, field, value, value_raw, 0 as unread
          from steps where changed qualify row_number() over (partition by id, updated_at, field, value) = 1
        )
        select * from found where id not in (select id from events where source = {text(source)})""")
