"""Whether no two rows share an id, found without remembering them all where a file lists them in order, as most exports do.

A stretch of rising ids holds none twice, and stretches that do not overlap share none. Only what cannot be proved so is counted.
"""

from __future__ import annotations

from itertools import pairwise

import duckdb

PEEK = 2_048  # rows whose order speaks for the file
MOST = 10_000  # stretches worth looking at; a file in no order has more

# The longer number is the larger one, and so is the later of two texts of one length.
RISES = "(strlen({later}) > strlen({earlier}) or strlen({later}) = strlen({earlier}) and {later} > {earlier})"


def ids_differ(cursor: duckdb.DuckDBPyConnection, relation: str) -> bool:
    """Whether every row of `relation` has an id, and each a different one."""
    head = f"(select id from {relation} limit {PEEK})"
    for falling in (False, True):
        if len(_edges(cursor, head, falling)) < PEEK // 50 and _apart(_edges(cursor, f"(select id from {relation})", falling)):
            return True
    counted = cursor.execute(f"select count(*) = count(distinct hash(id)) and count(*) = count(id) from {relation}").fetchone()
    return bool(counted and counted[0])


def _edges(cursor: duckdb.DuckDBPyConnection, rows: str, falling: bool) -> list[tuple[str | None, bool, bool]]:
    """The first and last id of every stretch, in the order of the rows; a little over MOST at most."""
    before, after = ("lead", "lag") if falling else ("lag", "lead")
    starts, ends = RISES.format(later="id", earlier="before"), RISES.format(later="after", earlier="id")
    return cursor.execute(f"""
        select id, {starts} is not true as starts, {ends} is not true as ends from (
          select id, row_number() over () as place, {before}(id) over () as before, {after}(id) over () as after from {rows})
        where {starts} is not true or {ends} is not true order by place limit {2 * MOST}""").fetchall()


def _apart(edges: list[tuple[str | None, bool, bool]]) -> bool:
    """Whether the stretches are few, complete and do not overlap."""
    firsts = [_key(name) for name, starts, _ in edges if starts and name is not None]
    lasts = [_key(name) for name, _, ends in edges if ends and name is not None]
    if len(edges) >= 2 * MOST or len(firsts) != len(lasts) or any(name is None for name, *_ in edges):
        return False
    stretches = sorted(tuple(sorted(pair)) for pair in zip(firsts, lasts, strict=True))
    return all(before[1] < after[0] for before, after in pairwise(stretches))


def _key(name: str) -> tuple[int, bytes]:
    written = name.encode()
    return len(written), written
