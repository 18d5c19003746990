"""How far two selections are apart: the rows that only one of them holds are what a reader of both can work out."""

from __future__ import annotations

from dataclasses import dataclass

from data.store import Store
from queries import engine, sql_names
from queries.compose import Scope
from queries.filters import Filters
from queries.headers import MOMENTS
from queries.question import Question

KEYS = {"tickets": "source, id", "answers": "kind, source, id", "accounts": "customer"}


@dataclass(frozen=True)
class Apart:
    """Rows of one kind that are in both, and in one of the two only."""

    rows: str
    both: int
    first: int
    second: int

    def tells(self, k: int) -> bool:
        """Whether subtracting one from the other tells about fewer than `k`."""
        return self.both > 0 and (0 < self.first < k or 0 < self.second < k)


def apart(one: Filters, other: Filters, store: Store) -> list[Apart]:
    """Counted by the database; no row leaves it."""
    return [_apart(rows, one, other, store) for rows in KEYS]


def _apart(rows: str, one: Filters, other: Filters, store: Store) -> Apart:
    left, given = _keys(rows, one, store, "one")
    right, more = _keys(rows, other, store, "other")
    sql = f"""
        select count(*) filter (a and b) as both, count(*) filter (b is null) as first, count(*) filter (a is null) as second
        from (select *, true as a from ({left})) x full join (select *, true as b from ({right})) y using ({KEYS[rows]})"""
    found = engine.table(store, sql, given | more).iloc[0]
    return Apart(rows, int(found["both"]), int(found["first"]), int(found["second"]))


def _keys(rows: str, filters: Filters, store: Store, name: str) -> tuple[str, dict[str, object]]:
    """The rows of a selection by their keys; its parameters get names of their own."""
    event = "replied_at" if filters.attribution == "event" and rows == "tickets" else ""
    asked = Question(Scope(rows, MOMENTS[rows], event, "dropped"), filters).on(store)
    sql = asked.sql(f"select distinct {KEYS[rows]} from {rows}")
    given = engine.named(sql, asked.parameters)
    return sql_names.renamed(sql, f"{name}_"), {f"{name}_{key}": value for key, value in given.items()}
