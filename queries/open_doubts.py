"""Which open questions a number rests on: those about columns it is worked out from, in imports whose rows still count."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data import schema
from data.cells.doubts import Doubt
from data.importing import doubt_records
from data.importing.doubt_records import Recorded
from data.store import Store
from queries import dimensions, engine
from queries.catalogue import Metric
from queries.filters import Filters

DECLARED = Path(__file__).parent / "lineage.toml"
BEHIND = {  # the rows that metrics are counted over, and the tables they are worked out of
    "tickets": ("tickets", "messages", "events"),
    "answers": ("responses", "tickets", "messages", "events"),
    "accounts": ("customers", "subscriptions", "orders"),
}


@dataclass(frozen=True)
class Open:
    """An open doubt of an import whose rows are still in the store."""

    recorded: Recorded
    source: str


@cache
def lineage() -> Mapping[str, tuple[str, ...]]:
    """The columns of ours behind each group that headers name."""
    return {name: tuple(columns) for name, columns in tomllib.loads(DECLARED.read_text(encoding="utf-8")).items()}


def columns_of(metric: Metric) -> frozenset[str]:
    """What the number can be changed by: "tickets.created_at", "responses.nps.score". Of a metric that does not state it, any
    column of the tables behind its rows may be one."""
    if not metric.rests_on:
        return frozenset(f"{table}.{name}" for table in BEHIND[metric.rows] for name in schema.described()[table])
    return frozenset(column for group in metric.rests_on for column in lineage()[group])


def resting_on(metric: Metric, filters: Filters, by: str | None, store: Store) -> tuple[Doubt, ...]:
    """The open doubts that this number rests on under these filters, each once."""
    named = [dimensions.known()[name] for name in (*filters.values, *([by] if by else []))]
    dated = filters.range != "all" or any(one.kind != "value" for one in named)
    chosen = {one.column or one.name for one in named} | set(lineage()[f"moment_{metric.rows}"] if dated else ())
    found = {
        one.recorded.doubt.id: one.recorded.doubt
        for one in still_open(store)
        if (not filters.source or one.source in filters.source) and touched(one.recorded.doubt.touches, metric, chosen)
    }
    return tuple(found.values())


def touched(touches: Iterable[str], metric: Metric, chosen: Collection[str] = ()) -> bool:
    """Whether what is open about these columns can change the number; `chosen`: what else it is filtered or sliced by."""
    columns = {*columns_of(metric), *chosen}
    return any(touch.rpartition(".")[2] in chosen or any(_same(touch, column) for column in columns) for touch in touches)


def _same(touch: str, column: str) -> bool:
    """Scores of one kind of survey touch numbers about that kind; those of which nobody knows the kind touch all."""
    if touch == column:
        return True
    if "." not in column:
        return False
    (table, *kind, name), (other_table, *other_kind, other_name) = touch.split("."), column.split(".")
    return (table, name) == (other_table, other_name) and not (kind and other_kind)


def still_open(store: Store) -> tuple[Open, ...]:
    """Every open doubt but those of imports whose rows later ones have replaced."""
    return engine.remembered(store, ("open doubts",), lambda: _still_open(store))


def _still_open(store: Store) -> tuple[Open, ...]:
    with store.cursor() as cursor:
        there = doubt_records.of_imports(cursor, f"state = '{doubt_records.OPEN}'")
        if not there:
            return ()
        rows = cursor.execute("select id, table_name, source from imports").fetchall()
        imports = {str(name): (str(table), str(source)) for name, table, source in rows}
        counting = {
            name: bool(cursor.execute(f"select 1 from {imports[name][0]} where import_id = ? limit 1", [int(name)]).fetchone())
            for name in {one.import_id for one in there}
            if name in imports
        }
    return tuple(Open(one, imports[one.import_id][1]) for one in there if counting.get(one.import_id))
