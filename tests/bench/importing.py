"""What an import costs: against DuckDB's typed read_csv into a table, in memory, and as files grow."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from data import formats
from data.cells import value_shapes
from data.importing import recognise
from tests.bench import exports
from tests.bench.measure import Ratio, process

LARGE = 2_000_000  # rows; from here on the figures are steady, and few runs are enough
TENTH = "tenth"  # the store with a tenth of the rows, kept for comparison
MEMORY = 1_536  # MB of our process, whatever the size of the file
BARE = "import duckdb, sys; duckdb.connect(sys.argv[2]).execute(f\"create table t as from read_csv('{sys.argv[1]}')\")"


def measured(rows: int, folder: Path) -> Iterator[Ratio]:
    """Cost and memory of an import of so many tickets; of a large one also against a tenth of it."""
    tenth = None
    if rows >= LARGE:
        tenth = statistics.median(_pairs(rows // 10, folder, 2)[0])
        (folder / "ours.duckdb").rename(folder / TENTH)
    ours, bare, memory = _pairs(rows, folder, 2 if rows >= LARGE else 5)
    yield Ratio(f"import of {rows:,} tickets", ours, bare, limit=1.5)
    yield Ratio("peak memory of the import", memory, [float(MEMORY)] * len(memory), limit=1.0, unit="MB")
    if tenth:
        yield Ratio(f"against ten times {rows // 10:,} tickets", ours, [10 * tenth] * len(ours), limit=1.1)


def _pairs(rows: int, folder: Path, times: int) -> tuple[list[float], list[float], list[float]]:
    """CPU seconds of `python -m data import` and of bare DuckDB, in turn, and our peak memory in MB."""
    export = exports.tickets(rows, folder)
    ours, bare, memory = [], [], []
    for _ in range(times):
        for path in folder.glob("*.duckdb*"):
            path.unlink()
        bare.append(process("-c", BARE, str(export), str(folder / "bare.duckdb"))[0])
        seconds, peak = process("-m", "data", "import", str(export), "--database", str(folder / "ours.duckdb"))
        ours.append(seconds)
        memory.append(float(peak))
    return ours, bare, memory


def recognition(columns: int = 400) -> Ratio:
    """Which export a file of so many columns is, against the 50 ms promised."""
    names = ["Issue key", "Summary", "Issue Type", "Status", "Created", "Resolved", "Assignee", "Reporter", "Priority"]
    names += [f"Custom field (Field {number})" for number in range(columns - len(names))]
    seen = [value_shapes.of(["2025-01-31 10:00", "5", "word"])] * len(names)
    known = formats.bundled()
    taken = []
    for repeat in range(7):
        header = [f"{names[0]}", *names[1:-1], f"Custom field (Own {repeat})"]  # never the same twice: nothing is remembered
        began = time.process_time()
        recognise.recognise(header, seen, known)
        taken.append(time.process_time() - began)
    return Ratio(f"recognition of {columns} columns", taken, [0.050] * len(taken), limit=1.0)
