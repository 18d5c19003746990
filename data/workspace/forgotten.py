"""People who asked to be forgotten: their rows keep counting under a name nobody knows, now and in every later import.

Of a person only salted hashes are kept, of their addresses and ids: enough to know them again in a file, not enough to name them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from data.literals import literal

SALT = "forgotten_salt"
OTHERS = "forgotten_salts"  # of other workspaces whose list was taken over, with commas between them
LONG_ENOUGH = 5  # characters of an id that is looked for inside records set aside; a shorter one may be any number


@dataclass(frozen=True)
class Held:
    """Where a table names a person, and what is emptied where it does."""

    id: str
    email: str | None
    emptied: tuple[str, ...]


HELD = {
    "tickets": Held(
        "customer_id", "customer_email", ("customer_name", "organization", "subject", "description", "csat_comment", "url")
    ),
    "responses": Held("customer_id", "customer_email", ("comment",)),
    "customers": Held("id", "email", ("name", "organization")),
    "subscriptions": Held("customer_id", "customer_email", ()),
    "churn_events": Held("customer_id", None, ("comment",)),
    "orders": Held("customer_id", "customer_email", ("customer_name",)),
}


@dataclass(frozen=True)
class Known:
    """The list of the forgotten as a workspace keeps it: its salts, and kind, hash and alias of each name."""

    salts: tuple[str, ...] = ()
    rows: tuple[tuple[str, str, str], ...] = ()


TEXTS = {"tickets": ("subject", "description", "csat_comment"), "messages": ("body",), "responses": ("comment",)}


def remember(cursor: duckdb.DuckDBPyConnection, emails: Sequence[str], ids: Sequence[str]) -> str:
    """Writes down who is not to be known any more; returns the name that stands in their place."""
    alias = f"forgotten-{secrets.token_hex(6)}"
    if not cursor.execute(f"select 1 from settings where key = '{SALT}'").fetchone():
        cursor.execute(f"insert into settings values ('{SALT}', {literal(secrets.token_hex(16))})")
    for kind, names in (("email", emails), ("id", ids)):
        for name in names:
            cursor.execute(f"insert into forgotten select '{kind}', {hashed(literal(name))}, '{alias}'")
    return alias


def hashed(text: str) -> str:
    """SQL for what is kept of a name, given SQL for the name."""
    return f"sha256((select value from settings where key = '{SALT}') || lower(trim({text})))"


def known(cursor: duckdb.DuckDBPyConnection) -> Known:
    rows = cursor.execute("select kind, hash, alias from forgotten").fetchall()
    return Known(_salts(cursor), tuple((str(kind), str(name), str(alias)) for kind, name, alias in rows))


def take_over(cursor: duckdb.DuckDBPyConnection, others: Known) -> None:
    """The list of another state of the workspace, or of another one: whoever is on it is forgotten here as well."""
    salts = list(dict.fromkeys((*_salts(cursor), *others.salts)))
    cursor.execute(f"delete from settings where key in ('{SALT}', '{OTHERS}')")
    for key, value in ((SALT, salts[:1]), (OTHERS, salts[1:])):
        if value:
            cursor.execute(f"insert into settings values ('{key}', {literal(','.join(value))})")
    for row in set(others.rows) - set(known(cursor).rows):
        cursor.execute(f"insert into forgotten values ({', '.join(map(literal, row))})")


def met(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Addresses and ids of forgotten people that stand in the tables all the same."""
    found: set[str] = set()
    for _ in _each_salt(cursor):
        for table, held in HELD.items():
            for kind, name in (("email", held.email), ("id", held.id)):
                if name:
                    theirs = f"{hashed(name)} in (select hash from forgotten where kind = '{kind}')"
                    rows = cursor.execute(f"select distinct {name} from {table} where {theirs}").fetchall()
                    found |= {str(row[0]).strip() for row in rows}
    return sorted(found)


def _salts(cursor: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    rows = dict(cursor.execute(f"select key, value from settings where key in ('{SALT}', '{OTHERS}')").fetchall())
    return tuple(salt for key in (SALT, OTHERS) for salt in str(rows.get(key) or "").split(",") if salt)


def _each_salt(cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Once for every salt, which is the one that counts meanwhile; there is more than one only after a list was taken over."""
    salts = _salts(cursor)
    for salt in (*salts[1:], *salts[:1]):  # our own last: it stays
        if len(salts) > 1:
            cursor.execute(f"update settings set value = {literal(salt)} where key = '{SALT}'")
        yield salt


def scrub(cursor: duckdb.DuckDBPyConnection, import_id: str | None = None) -> int:
    """Takes those people out of all rows, or of one import's. Returns how many rows were about them."""
    if not cursor.execute("select 1 from forgotten limit 1").fetchone():
        return 0
    return sum(_scrub(cursor, import_id) for _ in _each_salt(cursor))


def _scrub(cursor: duckdb.DuckDBPyConnection, import_id: str | None) -> int:
    within = f"import_id = {int(import_id)}" if import_id else "true"
    there = {str(row[0]) for row in cursor.execute("select table_name from information_schema.tables").fetchall()}
    count = 0
    for table, held in HELD.items():
        for name in (table, f"{table}_replaced"):
            count += _nameless(cursor, name, held, within) if name in there else 0
    for table in ("messages", "messages_replaced", "events", "events_replaced"):
        if table in there:
            _silent(cursor, table, within)
    for table, columns in TEXTS.items():
        for column in columns:
            _unmentioned(cursor, table, column, within)
    _unquoted(cursor, import_id)
    return count


def _nameless(cursor: duckdb.DuckDBPyConnection, table: str, held: Held, within: str) -> int:
    """Rows with an address or id of theirs. An id counts only where no other person's address stands beside it."""
    email = f"t.{held.email}" if held.email else "null::varchar"
    cursor.execute(f"""
        create or replace temp table gone as
        select r, min(alias) as alias from (
          select t.rowid as r, f.alias from {table} t join forgotten f on f.kind = 'email' and f.hash = {hashed(email)}
          where {within}
          union all
          select t.rowid, f.alias from {table} t join forgotten f on f.kind = 'id' and f.hash = {hashed(f"t.{held.id}")}
          where {within} and ({email} is null or exists (from forgotten e where e.alias = f.alias and e.hash = {hashed(email)}))
        ) group by r""")
    emptied = ", ".join(f"{name} = null" for name in (*([held.email] if held.email else []), *held.emptied))
    left = _left_out(cursor, table) if table == "customers" else 0
    cursor.execute(
        f"update {table} set {held.id} = g.alias{f', {emptied}' if emptied else ''} from gone g where {table}.rowid = g.r"
    )
    return left + int((cursor.execute("select count(*) from gone").fetchone() or (0,))[0])


def _left_out(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    """A customer who is there without a name already does not come in a second time."""
    twice = f"""
        select g.r from gone g join {table} t on t.rowid = g.r
        where exists (from {table} o where o.source = t.source and o.id = g.alias)
        or g.r < (select max(h.r) from gone h join {table} o on o.rowid = h.r where h.alias = g.alias and o.source = t.source)"""
    found = [int(row[0]) for row in cursor.execute(twice).fetchall()]
    if found:
        places = ", ".join(map(str, found))
        cursor.execute(f"delete from {table} where rowid in ({places})")
        cursor.execute(f"delete from gone where r in ({places})")
    return len(found)


def _silent(cursor: duckdb.DuckDBPyConnection, table: str, within: str) -> None:
    """What was written on their tickets goes; who answered, and when, stays."""
    theirs = "(source, ticket_id) in (select (source, id) from tickets where customer_id in (select alias from forgotten))"
    known = "(select hash from forgotten)"
    said = table.startswith("messages")
    if said:
        cursor.execute(
            f"update {table} set body = null, author_id = if(author_role = 'agent', author_id, null), "
            f"author_name = if(author_role = 'agent', author_name, null) where {within} and body is not null and {theirs}"
        )
    for name in ("author_id", "author_name") if said else ("actor", "value", "value_raw"):
        cursor.execute(f"update {table} set {name} = null where {within} and {hashed(name)} in {known}")


def _unmentioned(cursor: duckdb.DuckDBPyConnection, table: str, column: str, within: str) -> None:
    """Addresses of theirs in what other people wrote."""
    words = f"rtrim(unnest(regexp_extract_all({column}, '[\\w.+-]+@[\\w.-]+')), '.')"
    found = cursor.execute(f"""
        select distinct word from (select {words} as word from {table} where {within} and contains({column}, '@'))
        where {hashed("word")} in (select hash from forgotten where kind = 'email')""").fetchall()
    for (word,) in found:
        cursor.execute(f"update {table} set {column} = replace({column}, {literal(word)}, '[forgotten]') where {within}")


def unquoted(cursor: duckdb.DuckDBPyConnection, import_id: str | None) -> None:
    """Records set aside are kept as they stood: those that name one of them are emptied, their reason stays."""
    if not cursor.execute("select 1 from forgotten limit 1").fetchone():
        return
    for _ in _each_salt(cursor):
        _unquoted(cursor, import_id)


def _unquoted(cursor: duckdb.DuckDBPyConnection, import_id: str | None) -> None:
    within = f"import_id = {literal(import_id)}" if import_id else "true"
    words = "string_split_regex(concat_ws(' ', value, record), '[^\\w@.+\\-]+')"
    cursor.execute(f"""
        update problems set value = null, record = null where {within} and rowid in (
          select r from (select rowid as r, unnest({words}) as word from problems where {within})
          where ({hashed("word")} in (select hash from forgotten where kind = 'email'))
            or (length(word) >= {LONG_ENOUGH} and {hashed("word")} in (select hash from forgotten where kind = 'id')))""")
