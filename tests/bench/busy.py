"""python -m tests.bench.busy: links to reports beside 1,000 and 1,000,000 tickets, and while a million more come in."""

from __future__ import annotations

import http.client
import os
import statistics
import sys
import tempfile
import threading
from pathlib import Path

from data.importing import import_file
from data.store import UPLOADS, Store
from data.workspace import shares
from pages.sharing import link_index
from tests.bench import exports
from tests.bench.measure import ROOT
from tests.bench.shared import SIZE, Speed, measured, started

FEW, MANY = 1_000, 1_000_000
ROUNDS = 5
APART = 1.10  # cost beside many tickets against few, at most
RATE, P99 = 1_000.0, 50.0  # requests a second at least, and milliseconds at most, while a file comes in


def filled(folder: Path, rows: int) -> tuple[Path, str]:
    """A database with so many tickets and a link."""
    folder.mkdir()
    store = Store.open(folder / "desk.duckdb")
    import_file.import_file(store, exports.tickets(rows, folder))
    token = link_index.of(store).add(shares.Offer("A report"), os.urandom(SIZE))[1]
    store.close()
    return folder, token


def bring(port: int, file: Path) -> None:
    """Uploads a file as the page does."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Sec-Fetch-Site": "same-origin", "X-File-Name": "more.csv", "Content-Length": str(file.stat().st_size)}
    with file.open("rb") as content:
        link.request("PUT", "/upload", content, headers)
    answer = link.getresponse()
    if answer.status >= 300:
        raise RuntimeError(f"{answer.status} {answer.read()[:200]!r}")


def while_importing(port: int, path: str, file: Path) -> list[Speed]:
    """Speeds for as long as the file is being imported; an upload lies on the disk until then."""
    threading.Thread(target=bring, args=(port, file), daemon=True).start()
    found: list[Speed] = []
    while len(found) < 40:
        speed = measured(port, path, quick=False)
        if found and not any(UPLOADS.iterdir()):
            break
        found.append(speed)
    return found[1:]  # the first one may lie before the beginning


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (few, little), (many, large) = filled(folder / "few", FEW), filled(folder / "many", MANY)
        small, one = started(few, ROOT / "dashboard.py", DESKPULSE_DATABASE=str(few / "desk.duckdb"))
        big, other = started(many, ROOT / "dashboard.py", DESKPULSE_DATABASE=str(many / "desk.duckdb"))
        try:
            pairs = [
                (measured(one, f"/s/{little}", quick=False), measured(other, f"/s/{large}", quick=False)) for _ in range(ROUNDS)
            ]
            meanwhile = while_importing(one, f"/s/{little}", exports.tickets(MANY, folder))
        finally:
            for process in (small, big):
                process.terminate()
                process.wait(20)
    return told(pairs, meanwhile)


def told(pairs: list[tuple[Speed, Speed]], meanwhile: list[Speed]) -> int:
    for few, many in pairs:
        print(
            f"{FEW:,} tickets: {few.rate:5.0f} a second, p99 {few.p99:5.1f} ms   {MANY:,}: {many.rate:5.0f}, p99 {many.p99:5.1f} ms"
        )
    ratio = statistics.median(few.rate / many.rate for few, many in pairs)
    print(f"a link beside {MANY:,} tickets costs {ratio:.2f} of one beside {FEW:,}; promised {APART:.2f}")
    rate, p99 = statistics.median(one.rate for one in meanwhile), statistics.median(one.p99 for one in meanwhile)
    print(f"while {MANY:,} tickets come in: {rate:.0f} a second, p99 {p99:.1f} ms; promised {RATE:.0f} and {P99:.0f} ms")
    for one in meanwhile:
        print(f"  {one.rate:5.0f} a second, p99 {one.p99:5.1f} ms")
    return int(ratio > APART or rate < RATE or p99 > P99)


if __name__ == "__main__":
    sys.exit(main())
