"""python -m tests.bench.freezing [ROWS]: how long eight pages take to be frozen, alone and beside a link that overlaps."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import queries
from data.importing import import_file
from data.store import Store
from pages import menu
from pages.access.reader import Reader
from pages.context import Context
from pages.menu import Entry
from pages.sharing import create
from queries import Filters
from tests.bench import exports

PAGES = ("overview", "response-times", "resolution", "satisfaction", "loyalty", "churn", "themes", "service-and-loyalty")
LIMIT = 5.0  # seconds, at a million tickets
ALONE = Filters(range="last-90d")
BESIDE = Filters(range="last-90d", channel=("email",))


@dataclass(frozen=True)
class Wish:
    """The whole report, as the Share window asks for it."""

    pages: tuple[Entry, ...]
    title: str = "A report"
    note: str = ""
    days: int = 30
    passcode: str = ""
    name_agents: bool = False


def seconds(store: Store, filters: Filters) -> float:
    """For one report of these filters, which nobody has looked at before."""
    wish = Wish(tuple(entry for entry in menu.entries() if entry.path in PAGES))
    began = time.perf_counter()
    create.frozen(wish, Context(Reader("manager"), filters, store, queries.as_of(store)))
    return time.perf_counter() - began


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        store = Store.open(Path(name) / "desk.duckdb")
        import_file.import_file(store, exports.tickets(rows, Path(name)))
        queries.settle(store, lambda doing: None)
        alone, beside = seconds(store, ALONE), seconds(store, BESIDE)
        store.close()
    print(
        f"{len(PAGES)} pages at {rows:,} tickets: {alone:.1f} s, promised {LIMIT:.0f}; beside a link that overlaps: {beside:.1f} s"
    )
    return int(alone > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
