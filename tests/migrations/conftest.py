"""The workspaces that are carried along, each unpacked as it was left by the code that wrote it."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.store import Store

HERE = Path(__file__).parent
CARRIED = sorted(path.parent for path in HERE.glob("*/desk.duckdb.gz"))


def unpacked(carried: Path, folder: Path) -> Path:
    """Database, shared reports and formats, as they lay beside each other."""
    place = folder / "desk.duckdb"
    place.write_bytes(gzip.decompress((carried / "desk.duckdb.gz").read_bytes()))
    if (carried / "desk.shares").exists():
        shutil.copytree(carried / "desk.shares", folder / "desk.shares")
    return place


@pytest.fixture(params=CARRIED, ids=lambda path: path.name)
def carried(request: pytest.FixtureRequest) -> Path:
    """The folder of one of them."""
    return Path(request.param)


@pytest.fixture
def said(carried: Path) -> dict[str, Any]:
    """What the code that wrote it said of it."""
    return dict(json.loads((carried / "said.json").read_text(encoding="utf-8")))


@pytest.fixture
def old(carried: Path, tmp_path: Path) -> Path:
    """The database as a file that nobody has opened since."""
    return unpacked(carried, tmp_path)


@pytest.fixture
def desk(old: Path) -> Iterator[Store]:
    """The same, opened today."""
    store = Store.open(old)
    yield store
    store.close()
