"""Says what tickets and answers are about and how comments sound; works only when the data or the words have changed."""

from __future__ import annotations

import hashlib
from functools import cache
from threading import Lock
from weakref import WeakKeyDictionary

import duckdb

from data import migrations
from data.store import Store
from data.themes.moods import mood_sql
from data.themes.taxonomy import matches_sql, plain_sql, themes

SETTING = "themes_of"  # fingerprint of what the stored tags were made from
TICKET = "concat_ws(' | ', subject, description, topic, type, replace(tags, chr(31), ' | '))"
# What tags depend on: imports, row counts and the shape they are kept in; not the store's version, which tagging itself moves on.
STATE = f"""select concat_ws('-', (select bit_xor(hash(i)) from imports i), (select count(*) from tickets),
  (select count(*) from answers), (select max(value) from settings where key = '{migrations.SETTING}'))"""

COMMENTS = "(from answers where length(trim(comment)) > 0)"

_lock = Lock()
_checked: WeakKeyDictionary[Store, str] = WeakKeyDictionary()


def up_to_date(store: Store) -> None:
    """Bring the tags in line with the data. Cheap when they are; of several readers one works and the others wait."""
    if _checked.get(store) == store.version():
        return
    with _lock:
        version = store.version()  # read first: data that changes meanwhile is looked at next time
        if not _current(store):
            _tag(store)
            version = store.version()
        _checked[store] = version


def _current(store: Store) -> bool:
    with store.cursor() as cursor:
        return _fingerprint(cursor) == store.setting(SETTING, "")


def _fingerprint(cursor: duckdb.DuckDBPyConnection) -> str:
    found = cursor.execute(STATE).fetchone()
    return f"{found[0] if found else ''}-{hashlib.sha256((_themes_sql('text') + mood_sql(COMMENTS)).encode()).hexdigest()[:16]}"


def _tag(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute("delete from ticket_themes")
        cursor.execute("delete from answer_themes")
        cursor.execute(f"insert into ticket_themes {_tagged('source, id', TICKET, 'tickets')}")
        cursor.execute(f"insert into answer_themes {_answers_sql()}")
        cursor.execute("delete from answer_moods")
        cursor.execute(f"insert into answer_moods {mood_sql(COMMENTS)}")
        cursor.execute("delete from settings where key = ?", [SETTING])
        cursor.execute("insert into settings values (?, ?)", [SETTING, _fingerprint(cursor)])


def _answers_sql() -> str:
    """An answer is about what its comment says and what its ticket was about, so that `CSAT of refunds` means all of them."""
    return (
        f"{_tagged('kind, source, id', 'comment', 'answers where comment is not null')} union "
        "select a.kind, a.source, a.id, h.theme from answers a "
        "join ticket_themes h on h.source = a.ticket_source and h.id = a.ticket_id"
    )


def _tagged(key: str, text: str, rows: str) -> str:
    return (
        f"select {key}, unnest(found) as theme from (select {key}, {_themes_sql('text')} as found from ("
        f"select {key}, {plain_sql(text)} as text from {rows}))"
    )


@cache
def _themes_sql(text: str) -> str:
    cases = ", ".join(f"case when {matches_sql(theme, text)} then '{theme.id}' end" for theme in themes())
    return f"list_filter([{cases}], lambda theme: theme is not null)"
