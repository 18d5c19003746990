"""Every planted truth can be found again in the files, at the size that truths.toml states."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import data.samples
from tests.samples.measures import MEASURES, Files

TRUTHS: list[dict[str, Any]] = tomllib.loads((Path(data.samples.__file__).parent / "truths.toml").read_text("utf-8"))["truth"]


def test_every_truth_is_measured_and_every_measure_is_a_truth() -> None:
    assert [truth["id"] for truth in TRUTHS] == list(MEASURES)


@pytest.mark.parametrize("truth", TRUTHS, ids=[truth["id"] for truth in TRUTHS])
def test_the_files_hold_the_truth_as_documented(truth: dict[str, Any], files: Files) -> None:
    found = MEASURES[truth["id"]](files)
    assert found.keys() == truth["realised"].keys() == truth["between"].keys()
    assert found == pytest.approx(truth["realised"], rel=0.02, abs=0.02)


@pytest.mark.parametrize("truth", TRUTHS, ids=[truth["id"] for truth in TRUTHS])
def test_the_documented_size_lies_where_the_design_puts_it(truth: dict[str, Any]) -> None:
    for name, (low, high) in truth["between"].items():
        assert low <= truth["realised"][name] <= high, name
