"""Stores to ask: an empty one, and one with the small world in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.queries.worlds import small_world


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "test.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = small_world(Store.open(tmp_path_factory.mktemp("world") / "world.duckdb"))
    yield opened
    opened.close()
