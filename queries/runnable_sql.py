"""The query behind a number as somebody else can run it: with the values it was asked with, and the estimates it calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

import queries
from data.store import Store
from queries import engine, scope, sql_names, views
from queries.filters import Filters
from queries.question import Question

MACRO = "create or replace macro "
CALLED = "-- What it calls, written once for every number; to run it elsewhere, this comes first."


def of_metric(name: str, filters: Filters, by: str | None = None, store: Store | None = None) -> str:
    """A metric's query, its values and its estimates. Raises UnknownMetric."""
    asked = queries.question(name, filters, by).on(store)
    return _whole(queries.sql_of(name, filters, by, store), asked.parameters)


def of_view(name: str, filters: Filters, by: str | None = None, store: Store | None = None) -> str:
    """The same of a view; its own placeholders stand in it by name. Raises UnknownView."""
    asked = Question(views.definition(name), filters, by).on(store)
    return _whole(views.sql_of(name, filters, by, store), asked.parameters)


def _whole(sql: str, values: Mapping[str, object]) -> str:
    named = engine.named(sql, values)
    given = [f"-- ${name} = {_said(value)}" for name, value in values.items() if name in named]
    called = [macros()[name] for name in scope.needed(sql, macros())]
    return "\n".join([*given, *([""] if given else []), sql, *(["", CALLED, *called] if called else [])])


def _said(value: object) -> str:
    """A value as SQL writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_said, value))}]"
    if isinstance(value, datetime):
        return f"timestamp '{value}'"
    return "null" if value is None else "'" + str(value).replace("'", "''").replace("\n", " ") + "'"


@cache
def macros() -> Mapping[str, str]:
    """The text of each by its name, in the order they stand in, with what is said about it."""
    texts = sql_names.statements((engine.HERE / "macros.sql").read_text())
    return {text.partition(MACRO)[2].partition("(")[0]: _own(text) for text in texts}


def _own(text: str) -> str:
    """What is said about a macro stands right before it; what is said about all of them, further up."""
    before, macro, after = text.partition(MACRO)
    return f"{before.rpartition(chr(10) * 2)[2]}{macro}{after};"
