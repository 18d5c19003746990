"""One person: everything that is known about them, to hand it to them, and forgetting them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from data.derived import facts
from data.literals import literal
from data.store import Store
from data.workspace import forgotten, shares
from data.workspace.forgotten import HELD
from data.workspace.shares import Share


class Unknown(Exception):
    """Nobody of that name; the sentence says so."""


@dataclass(frozen=True)
class Person:
    """Under which addresses, ids and names somebody is known, all as the files write them."""

    emails: tuple[str, ...]
    ids: tuple[str, ...]
    names: tuple[str, ...] = ()

    def where(self, table: str) -> str:
        """A condition for their rows. An id counts only where no other person's address stands beside it."""
        held = HELD[table]
        emails, ids = _listed(email.lower() for email in self.emails), _listed(self.ids)
        by_id = f"{held.id} in ({ids})"
        if not held.email:
            return by_id
        theirs = f"lower(trim({held.email})) in ({emails})"
        return f"({theirs} or {by_id} and ({held.email} is null or {theirs}))"


@dataclass(frozen=True)
class Forgotten:
    """What became of a person: the name in their place, how many rows, and the reports that were made before."""

    alias: str
    rows: int
    reports: tuple[Share, ...]


def find(cursor: duckdb.DuckDBPyConnection, who: str) -> Person:
    """By e-mail address or by customer id. Raises Unknown."""
    who = who.strip()
    if "@" in who:
        ids = [one for one in _seen(cursor, "id", f"lower(trim({{email}})) = {literal(who.lower())}") if _alone(cursor, one, who)]
        found = Person((who,), tuple(ids))
    else:
        found = Person(tuple(_seen(cursor, "email", f"{{id}} = {literal(who)}")), (who,))
    names = {name for table in _tables(cursor) for name in _names(cursor, table, found)}
    if not any(_rows(cursor, table, found) for table in _tables(cursor)):
        raise Unknown(f"Nobody here has the address or id {who}.")
    return Person(found.emails, found.ids, tuple(sorted(names)))


def export(store: Store, who: str) -> dict[str, list[dict[str, Any]]]:
    """Every row about one person, by table, as it is kept; earlier versions and set-aside records too."""
    with store.cursor() as cursor:
        person = find(cursor, who)
        found = {table: _rows(cursor, table, person) for table in _tables(cursor)}
        tickets = " or ".join(
            f"(source = {literal(row['source'])} and ticket_id = {literal(row['id'])})" for row in found["tickets"]
        )
        for table in ("messages", "events"):
            found[table] = _select(cursor, table, tickets or "false")
        quoted = " or ".join(f"contains(lower(concat_ws(' ', value, record)), {literal(text.lower())})" for text in _words(person))
        found["problems"] = _select(cursor, "problems", quoted or "false")
    return {table: rows for table, rows in found.items() if rows}


def forget(store: Store, who: str) -> Forgotten:
    """Takes a person out of every table. Their tickets, answers and dates keep counting, under a name that leads to nobody."""
    with store.writing() as cursor:
        person = find(cursor, who)
        alias = forgotten.remember(cursor, person.emails, person.ids)
        count = forgotten.scrub(cursor)
        for text in _words(person):
            _sweep(cursor, text)
        facts.rebuild(cursor)
    with store.cursor() as cursor:
        cursor.execute("checkpoint")  # what was overwritten leaves the file too
    made = tuple(share for share in shares.every(store) if share.kind == "frozen" and share.revoked is None)
    return Forgotten(alias, count, made)


def forget_again(store: Store, known: forgotten.Known) -> int:
    """Forgets whom another state of the workspace has forgotten: what was kept before that day names them again. Returns rows."""
    if not known.rows:
        return 0
    with store.writing() as cursor:
        forgotten.take_over(cursor, known)
        words = {text for who in forgotten.met(cursor) for text in _words(_named(cursor, who))}
        count = forgotten.scrub(cursor)
        for text in words:
            _sweep(cursor, text)
        if count:
            facts.rebuild(cursor)
    with store.cursor() as cursor:
        cursor.execute("checkpoint")
    return count


def _named(cursor: duckdb.DuckDBPyConnection, who: str) -> Person:
    """An address or an id by itself, with the names that stand beside it: others of the same company are left alone."""
    person = Person((who,), ()) if "@" in who else Person((), (who,))
    return replace(person, names=tuple({name for table in _tables(cursor) for name in _names(cursor, table, person)}))


def told(done: Forgotten) -> str:
    """What happened, for whoever asked for it."""
    lines = [
        f"{done.rows:,} rows now belong to {done.alias}. They keep counting; names, addresses and words are gone from every table, "
        "and stay out of later imports.",
        "Files that were exported, copies and backups of the database are yours to delete.",
    ]
    if done.reports:
        lines.append("Shared reports made before now still count this person in their sums (nobody is named in them):")
        lines += [f"- {share.title}, {share.created:%Y-%m-%d}" for share in done.reports]
    return "\n".join(lines)


def _words(person: Person) -> list[str]:
    """What to look for in running text: addresses, and names of more than one word; a single one may be anybody's."""
    return [*person.emails, *(name for name in person.names if " " in name.strip())]


def _sweep(cursor: duckdb.DuckDBPyConnection, text: str) -> None:
    """Out of every column of text: what other people wrote may mention them."""
    columns = cursor.execute("""
        select table_name, column_name from information_schema.columns
        where data_type = 'VARCHAR'
          and table_name in (select table_name from information_schema.tables where table_type = 'BASE TABLE')
          and table_name not in ('settings', 'forgotten') and table_schema = 'main' and table_catalog = current_database()
    """).fetchall()
    pattern = literal(re.sub(r"([^\w\s@])", r"\\\1", text))
    for table, column in columns:
        cursor.execute(
            f"update {table} set {column} = regexp_replace({column}, {pattern}, '[forgotten]', 'gi') "
            f"where contains(lower({column}), {literal(text.lower())})"
        )


def _tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    there = {str(row[0]) for row in cursor.execute("select table_name from information_schema.tables").fetchall()}
    return [name for table in HELD for name in (table, f"{table}_replaced") if name in there]


def _seen(cursor: duckdb.DuckDBPyConnection, what: str, where: str) -> list[str]:
    """Ids beside an address, or addresses beside an id."""
    found: set[str] = set()
    for table in _tables(cursor):
        held = HELD[table.removesuffix("_replaced")]
        if held.email:
            name = held.id if what == "id" else held.email
            condition = where.format(id=held.id, email=held.email)
            rows = cursor.execute(f"select distinct {name} from {table} where {condition} and {name} is not null").fetchall()
            found |= {str(row[0]).strip() for row in rows}
    return sorted(found)


def _alone(cursor: duckdb.DuckDBPyConnection, name: str, email: str) -> bool:
    """Whether an id is one person's; that of a company stays when one of its people goes."""
    return {one.lower() for one in _seen(cursor, "email", f"{{id}} = {literal(name)}")} <= {email.lower()}


def _names(cursor: duckdb.DuckDBPyConnection, table: str, person: Person) -> set[str]:
    kind = table.removesuffix("_replaced")
    column = {"tickets": "customer_name", "customers": "name", "orders": "customer_name"}.get(kind)
    if column is None:
        return set()
    rows = cursor.execute(f"select distinct {column} from {table} where {person.where(kind)} and {column} is not null")
    return {str(row[0]).strip() for row in rows.fetchall()}


def _rows(cursor: duckdb.DuckDBPyConnection, table: str, person: Person) -> list[dict[str, Any]]:
    return _select(cursor, table, person.where(table.removesuffix("_replaced")))


def _select(cursor: duckdb.DuckDBPyConnection, table: str, where: str) -> list[dict[str, Any]]:
    cursor.execute(f"select * from {table} where {where}")
    names = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _listed(values: Any) -> str:
    return ", ".join(literal(value) for value in values) or "null"
