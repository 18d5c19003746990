"""python -m queries: what a script or a nightly job may rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data.store import Store
from tests.queries.worlds import small_world

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("command") / "world.duckdb"
    small_world(Store.open(path)).close()
    return str(path)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "queries", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def answered(*arguments: str) -> dict[str, object]:
    done = run(*arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_the_answer_as_json(database: str) -> None:
    said = answered(
        "csat", "--where", "channel=email", "channel=chat", "--from", "2024-03-01", "--to", "2024-03-31", "--database", database
    )
    assert set(said) == {"metric", "unit", "filters", "rows", "excluded"}
    assert said["metric"] == "csat"
    assert said["unit"] == "percent"
    [row] = said["rows"]  # type: ignore[misc]
    assert set(row) == {"slice", "value", "low", "high", "n"}
    assert row["slice"] == "all"
    assert row["value"] == 60
    assert row["n"] == 5
    assert said["excluded"] == {"asked, not answered": 1}
    assert said["filters"]["channel"] == ["email", "chat"]
    assert said["filters"]["start"] == "2024-03-01"


def test_slices_and_business_hours(database: str) -> None:
    rows = answered("tickets_created", "--by", "channel", "--database", database)["rows"]
    assert {row["slice"]: row["value"] for row in rows} == {"email": 6, "chat": 4, "phone": 2, "web": 2}  # type: ignore[attr-defined]
    assert answered("first_reply_time", "--hours", "business", "--database", database)["rows"][0]["value"] == 70  # type: ignore[index]


def test_no_data_is_null_and_no_failure(tmp_path: Path) -> None:
    [row] = answered("csat", "--database", str(tmp_path / "empty.duckdb"))["rows"]  # type: ignore[misc]
    assert row == {"slice": "all", "value": None, "low": None, "high": None, "n": 0}


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["csta"], "csta"),
        (["csat", "--by", "colour"], "colour"),
        (["csat", "--where", "channel=fax"], "fax"),
        (["csat", "--where", "colour=red"], "colour"),
        (["csat", "--from", "2024-03-31", "--to", "2024-03-01"], "2024-03-01"),
        (["csat", "--from", "yesterday"], "yesterday"),
        (["csat", "--hours", "night"], "night"),
        (["tickets_created", "--by", "score"], "score"),
    ],
)
def test_what_is_unknown_gives_one_line_and_exit_2(database: str, arguments: list[str], names: str) -> None:
    done = run(*arguments, "--database", database)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert names in done.stderr


def test_list_names_every_metric() -> None:
    known = {metric["id"] for metric in json.loads(run("list", "--json").stdout)}
    assert {"csat", "nps", "first_reply_time", "customer_churn"} <= known
