"""What a redraw of the Overview costs beside its queries: the page is made again with every answer at hand."""

from __future__ import annotations

import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

import queries
from data import store as stores
from data.store import Store
from pages.access.reader import Reader
from pages.server import authenticate

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


def own_time(store: Store, repeats: int = 7) -> list[float]:
    """Seconds of our own per redraw, answers remembered; the first redraw warms the imports up."""
    stores.default = lambda: store  # type: ignore[assignment]
    authenticate.reader = lambda *_: Reader("manager")  # type: ignore[assignment]
    app = AppTest.from_file(SHELL, default_timeout=120)
    app.run()
    found = []
    for _ in range(repeats):
        begun = time.perf_counter()
        app.run()
        found.append(time.perf_counter() - begun)
    return found


def settled(path: Path) -> Store:
    """A store whose facts and themes are worked out."""
    store = Store.open(path)
    queries.settle(store, lambda stage: None)
    return store
