"""A fresh store, small files, and the way to the shared sample files."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data.importing import import_file
from data.importing.receipt import Receipt
from data.store import Store

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"


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
        return import_file.import_file(store, path, **choices)

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


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`python -m data` with these words, on a database of its own."""

    def ran(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "data", *map(str, words), "--database", str(tmp_path / "d.duckdb")]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    return ran
