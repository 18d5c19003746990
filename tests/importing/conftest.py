"""A fresh store, small files, and the way to the shared sample files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data import importer
from data.receipt import Receipt
from data.store import Store

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store" / "test.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Callable[..., Receipt]:
    """Write a text as a file and import it."""

    def brought(text: str, name: str = "export.csv", **choices: Any) -> Receipt:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return importer.import_file(store, path, **choices)

    return brought


@pytest.fixture
def rows(store: Store) -> Callable[[str], list[tuple[Any, ...]]]:
    def asked(sql: str) -> list[tuple[Any, ...]]:
        with store.cursor() as cursor:
            return cursor.execute(sql).fetchall()

    return asked


@pytest.fixture
def sample() -> Callable[[str], Path]:
    """A shared sample file; the test is skipped where those do not lie beside the checkout."""

    def found(name: str) -> Path:
        path = SAMPLES / name
        if not path.exists():
            pytest.skip(f"the shared sample {name} is not beside this checkout")
        return path

    return found
