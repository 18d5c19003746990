"""Runs a plan: converts the file in one pass and merges the rows, the fast way where nothing stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import duckdb

from data.cells import profile
from data.cells.doubts import Doubt
from data.cells.sql_forms import text
from data.files import read_table
from data.importing import merge, status_history, survey_responses, unique_ids
from data.importing.convert import Plan, totals
from data.importing.problems import contradictions

STAMPS = {
    "tickets": ("created_at", "first_reply_at", "assigned_at", "solved_at", "updated_at", "csat_at"),
    "messages": ("sent_at",),
    "responses": ("asked_at", "answered_at"),
    "customers": ("created_at", "churned_at"),
    "subscriptions": ("started_at", "ended_at"),
    "churn_events": ("churned_at",),
    "events": ("changed_at",),
    "orders": ("ordered_at",),
}


@dataclass(frozen=True)
class Checked:
    """What one look over the converted rows shows."""

    rows: int
    no_record: int
    unread: int  # every bit that is set anywhere
    contradicted: bool
    as_of: datetime | None


@dataclass(frozen=True)
class Loaded:
    plan: Plan
    merged: merge.Merged
    rows: int  # in the scan
    silent: bool  # every cell could be read, and nothing contradicts itself
    as_of: datetime | None
    silence: tuple[int, ...] = ()  # places of survey rows without any answer
    doubts: tuple[Doubt, ...] = ()  # that only the merge shows


def load(cursor: duckdb.DuckDBPyConnection, plan: Plan, table: read_table.Table) -> Loaded:
    """Convert and merge. A reading that fails beyond the first rows is taken anew from all rows, once."""
    target = plan.match.format.table
    if _new_to(cursor, target, plan):
        with _in_any_order(cursor):
            cursor.execute(f"insert into {target} by name {plan.select(table.scan())}")
        mine = f"{target} where import_id = {plan.import_id}"
        checked = _check(cursor, plan, mine)
        better = _better(cursor, plan, table, checked)
        _unmark(cursor, plan, checked, mine)
        if _same(better, plan) and not checked.no_record and unique_ids.ids_differ(cursor, mine):
            return _loaded(better, merge.Merged(checked.rows, 0, 0), checked)
        cursor.execute(f"delete from {target} where import_id = {plan.import_id}")
        plan = better
    _convert(cursor, plan, table)
    checked = _check(cursor, plan, "converted")
    better = _better(cursor, plan, table, checked)
    again, plan = not _same(better, plan), better
    if again:
        _convert(cursor, plan, table)
        checked = _check(cursor, plan, "converted")
    _unmark(cursor, plan, checked, "converted where true")
    silence = _incoming(cursor, plan)
    if plan.match.format.states:
        status_history.keep(cursor, plan.source, plan.import_id)
    merged = merge.merge(cursor, target, plan.source, plan.import_id)
    return _loaded(plan, merged, checked, silence)


def _same(one: Plan, other: Plan) -> bool:
    """Whether both read every cell alike: what is only counted better, as the rows that a doubt touches, needs no new reading."""
    return one.select("rows") == other.select("rows")


def _asked(plan: Plan) -> int:
    """The bits of words that nobody knows: they are a question, and no cell that could not be read."""
    return sum(1 << bit for bit, use in enumerate(plan.checked()) if use.column.kind == "choice")


def _unmark(cursor: duckdb.DuckDBPyConnection, plan: Plan, checked: Checked, rows: str) -> None:
    table, _, condition = rows.partition(" where ")
    if bits := checked.unread & _asked(plan):
        cursor.execute(f"update {table} set unread = unread & {~bits} where {condition} and unread & {bits} <> 0")


def _loaded(plan: Plan, merged: merge.Merged, checked: Checked, silence: tuple[int, ...] = ()) -> Loaded:
    silent = not (checked.unread & ~_asked(plan) or checked.no_record or checked.contradicted or silence)
    return Loaded(plan, merged, checked.rows, silent, checked.as_of, silence)


def _new_to(cursor: duckdb.DuckDBPyConnection, target: str, plan: Plan) -> bool:
    """Nothing of this source is there yet, and a row of the file is a row of the table."""
    if target == "responses" or not plan.match.use("id"):
        return False
    return cursor.execute(f"select 1 from {target} where source = {text(plan.source)} limit 1").fetchone() is None


@contextmanager
def _in_any_order(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Each thread writes what it has read: a fifth cheaper. Only for statements that number no rows; every reader sorts anyway."""
    with closing(cursor.cursor()) as beside:  # a failed transaction takes no settings back
        beside.execute("set preserve_insertion_order = false")
        try:
            yield
        finally:
            beside.execute("set preserve_insertion_order = true")


def _convert(cursor: duckdb.DuckDBPyConnection, plan: Plan, table: read_table.Table) -> None:
    cursor.execute(f"create or replace temp table converted as {plan.select(table.scan(), 'place, ')}")


def _incoming(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> tuple[int, ...]:
    """The converted rows that are records, as rows of the unified table. Returns the survey rows that say nothing."""
    cursor.execute(f"delete from converted where {totals(plan)}")
    wanted = (
        survey_responses.select(plan, "converted")
        if plan.match.format.table == "responses"
        else "select *, place as file_row from converted"
    )
    cursor.execute(f"create or replace temp table incoming as {wanted}")
    silence = cursor.execute(
        "select place from converted where place not in (select file_row from incoming) order by 1"
        if plan.match.format.table == "responses"
        else "select 0 limit 0"
    ).fetchall()
    cursor.execute("drop table converted")
    return tuple(row[0] for row in silence)


def _check(cursor: duckdb.DuckDBPyConnection, plan: Plan, relation: str) -> Checked:
    limit = text(f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d %H:%M:%S}")  # a stamp from the future is no news
    outputs = plan.outputs()
    stamps = [f"max({name}) filter ({name} <= timestamp {limit})" for name in STAMPS[plan.match.format.table] if name in outputs]
    newest = f"greatest({', '.join(stamps)})" if stamps else "null::timestamp"
    tests = " or ".join(test for _, _, test in contradictions(plan)) or "false"
    rows = cursor.execute(
        f"select count(*), count(*) filter ({totals(plan)}), coalesce(bit_or(unread), 0), "
        f"coalesce(bool_or({tests}), false), {newest} from {relation}"
    ).fetchall()
    return Checked(*rows[0])


def _better(cursor: duckdb.DuckDBPyConnection, plan: Plan, table: read_table.Table, checked: Checked) -> Plan:
    """The same plan, or one that has looked at all rows of the columns that failed."""
    failed = [use for bit, use in enumerate(plan.checked()) if checked.unread & (1 << bit)]
    if not failed:
        return plan
    found = profile.again(cursor, failed, table.scan(), plan.setting)
    return replace(plan, readings={**plan.readings, **found})
