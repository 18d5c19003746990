"""One full-size sample for all tests of it, written once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.samples import generate
from tests.samples.measures import Files, read


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return generate(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def files(paths: list[Path]) -> Files:
    return read(paths)
