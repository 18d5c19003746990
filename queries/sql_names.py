"""What a text of SQL names, as DuckDB itself reads it: relations and functions, and the placeholders of values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import duckdb

KEPT = 4096  # texts that are remembered


@lru_cache(KEPT)
def placeholders(sql: str) -> frozenset[str]:
    """The names of the values a text is to be given."""
    return frozenset().union(*(statement.named_parameters for statement in duckdb.extract_statements(sql)))


@lru_cache(KEPT)
def words(sql: str) -> frozenset[str]:
    """Every name in it that stands for itself: those behind a dot belong to another, and comments name nothing.

    What stands in quotes counts too, for a macro is told by name which relation to read.
    """
    tokens = list(_tokens(sql))
    behind_a_dot = {at + 1 for at, (_, word) in enumerate(tokens) if word == "."}
    return frozenset(word.strip("'") for at, (_, word) in enumerate(tokens) if at not in behind_a_dot)


def renamed(sql: str, prefix: str) -> str:
    """The same text with every placeholder's name begun by `prefix`."""
    starts = [at + 1 for at, word in _tokens(sql) if word == "$"]
    pieces = [sql[begin:end] for begin, end in zip([0, *starts], [*starts, len(sql)], strict=True)]
    return prefix.join(pieces)


def statements(sql: str) -> Iterator[str]:
    """Each statement of a text, with the comments before it."""
    return (statement.query.strip() for statement in duckdb.extract_statements(sql))


def _tokens(sql: str) -> Iterator[tuple[int, str]]:
    """Where each begins, and its text without the comment and the space behind it."""
    starts = [at for at, _ in duckdb.tokenize(sql)]
    for begin, end in zip(starts, [*starts[1:], len(sql)], strict=True):
        yield begin, sql[begin:end].partition("--")[0].partition("/*")[0].strip()
