"""python -m tests.bench [ROWS]: what we cost against DuckDB doing the bare work; exit 1 when a promise is broken.

Ten million rows also show that an import costs ten times what a tenth of them does, and no more memory.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

import queries
from data.store import Store
from queries import engine
from queries.filters import Filters
from tests.bench import answers, importing, redraw
from tests.bench.measure import Ratio, clock

PAIRS = 5
OVERVIEW = ("first_reply_time", "resolution_time", "csat", "first_contact_resolution", "backlog", "nps", "customer_churn")


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        found = []
        for measured in everything(rows, Path(name)):
            found.append(measured)
            print(measured, flush=True)
    return int(any(ratio.median > ratio.limit for ratio in found))


def everything(rows: int, folder: Path) -> Iterator[Ratio]:
    """Each as soon as it is measured; what comes later works on the store that the import has made."""
    ours = folder / "ours.duckdb"
    yield importing.recognition()
    yield from importing.measured(rows, folder)
    yield overview(ours)
    if (tenth := folder / importing.TENTH).exists():
        yield growth(ours, tenth)
    else:
        yield from answers.each(ours)
    yield redrawing(ours)


def growth(path: Path, tenth: Path) -> Ratio:
    """All answers of the Overview against ten times what they cost on a tenth of the rows."""
    ours, small = _overview(path)[0], statistics.median(_overview(tenth)[0])
    return Ratio("answers against ten times a tenth", ours, [10 * small] * len(ours), limit=1.1, unit="s")


def overview(path: Path) -> Ratio:
    """All answers of the Overview through the door against the same SQL, one after the other, on a bare connection."""
    ours, bare = _overview(path)
    return Ratio("all answers of the Overview", ours, bare, limit=1.5, unit="s")


def _overview(path: Path) -> tuple[list[float], list[float]]:
    store = Store.open(path)
    asks = [queries.Ask(metric, filters, by) for metric in OVERVIEW for filters, by in _frames(store)]
    texts = [answers.bare_text(ask, store) for ask in asks]
    ours, bare = [], []
    for _ in range(PAIRS):
        engine.forget()
        ours.append(clock(lambda: queries.answers(asks, store)))
        with store.cursor() as cursor:
            bare.append(clock(lambda: _run(cursor, texts)))
    store.close()
    return ours, bare


def redrawing(path: Path) -> Ratio:
    """Our own time for a redraw of the Overview, its answers at hand, against the 150 ms promised."""
    store = redraw.settled(path)
    ours = redraw.own_time(store)
    store.close()
    return Ratio("redraw of the Overview, queries apart", ours, [0.150] * len(ours), limit=1.0, unit="s")


def _frames(store: Store) -> list[tuple[Filters, str | None]]:
    now = Filters(range="last-90d")
    before = now.previous(queries.as_of(store).date())
    return [(now, None), (before, None), (now, "week")]


def _run(cursor: duckdb.DuckDBPyConnection, texts: list[tuple[str, dict[str, object]]]) -> None:
    for sql, parameters in texts:
        cursor.execute(sql, parameters).fetchall()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
