"""The command line prints what was left open, shows what each answer would make of the numbers, and can be strict about it."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OPEN = (
    "Ticket ID,Created at,Status,Solved at\n1,03/04/2025 08:00,Solved,03/04/2025 09:00\n"
    "2,03/04/2025 08:00,Solved,05/04/2025 08:00\n3,05/04/2025 08:00,Sorted,\n"
)
SHUT = OPEN.replace("03/04", "13/04").replace("Sorted", "Open")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tickets.csv"
    path.write_text(OPEN)
    return path


@pytest.fixture
def ask(tmp_path: Path):
    def asked(metric: str, *words: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "queries", metric, "--database", str(tmp_path / "d.duckdb"), "--json", *words]
        return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True).stdout)

    return asked


def numbers(doubt: dict[str, Any], name: str) -> dict[str, float]:
    return {way["answer"]: way["consequences"][name] for way in doubt["alternatives"]}


def test_a_receipt_tells_what_each_answer_would_make_of_the_numbers(run, file, ask):
    (receipt,) = json.loads(run("import", file, "--json").stdout)
    order, state = receipt["doubts"]
    assert {key: order[key] for key in ("id", "column", "rows", "assumed")} == {
        "id": "date_order", "column": "Created at", "rows": 3, "assumed": "day first"
    }  # fmt: skip
    assert numbers(order, "resolution_time_solved") == {"day first": (60 + 2 * 1440) / 2, "month first": (60 + 61 * 1440) / 2}
    assert numbers(state, "backlog") == {"unknown": 1, "open": 1, "solved": 0, "deleted": 0}
    for way in order["alternatives"]:  # what was foretold is what comes
        assert run("answer", receipt["import_id"], "date_order", way["answer"]).returncode == 0
        assert ask("resolution_time_solved")["rows"][0]["value"] == way["consequences"]["resolution_time_solved"]


def test_numbers_name_the_open_questions_they_rest_on_until_they_are_answered(run, file, ask):
    (receipt,) = json.loads(run("import", file, "--json").stdout)
    assert ask("backlog")["doubts"] == ["date_order", "state:Sorted"]
    assert "doubts" not in ask("csat")
    assert ask("csat", "--from", "2025-01-01")["doubts"] == ["date_order"]
    assert json.loads(run("answer", receipt["import_id"], "date_order", "day first", "--json").stdout) == []
    assert ask("backlog")["doubts"] == ["state:Sorted"]
    run("answer", receipt["import_id"], "state:Sorted", "solved")
    assert "doubts" not in ask("backlog")


@pytest.mark.parametrize(("text", "code"), [(OPEN, 3), (SHUT, 0)])
def test_a_strict_import_comes_in_and_ends_with_3_while_something_is_open(text: str, code: int, run, file):
    file.write_text(text)
    done = run("import", file, "--strict", "--json")
    assert done.returncode == code
    assert json.loads(done.stdout)[0]["kept"] == 3


def test_what_keeps_nothing_ends_with_1_however_strict(run, file):
    file.write_text("Shoe,Size\nred,43\n")
    assert run("import", file, "--strict").returncode == 1


def test_an_answered_question_is_no_reason_to_be_strict(run, file):
    (receipt,) = json.loads(run("import", file, "--json").stdout)
    run("answer", receipt["import_id"], "date_order", "month first")
    done = json.loads(run("answer", receipt["import_id"], "state:Sorted", "open", "--json").stdout)
    assert (done[0]["import_id"], done[0]["doubts"]) == (receipt["import_id"], [])
    assert [(one["id"], one["answer"]) for one in done[0]["answered"]] == [("date_order", "month first"), ("state:Sorted", "open")]
    assert run("import", file, "--strict").returncode == 0


def test_a_person_reads_the_question_its_readings_and_how_to_answer(run, file):
    done = run("import", file)
    assert done.returncode == 0
    assert "? Does the day or the month come first in the dates of this file?" in done.stdout
    assert "'day first' (assumed): 03/04 is 3 April: Resolution" in done.stdout
    assert "'date_order' ANSWER" in done.stdout


def test_a_file_out_of_an_archive_is_found_again(run, file, tmp_path, ask):
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.write(file, "tickets.csv")
        archive.writestr("later.csv", "Email,Plan,Created at\nkim@example.com,Basic,2025-03-01\n")
    receipts = json.loads(run("import", tmp_path / "both.zip", "--json").stdout)
    (receipt,) = [one for one in receipts if one["doubts"]]
    assert numbers(receipt["doubts"][0], "resolution_time_solved")["month first"] == (60 + 61 * 1440) / 2
    assert run("answer", receipt["import_id"], "date_order", "month first").returncode == 0


def test_where_the_file_is_gone_the_consequences_are_said_to_be_unknown(run, file, ask):
    (receipt,) = json.loads(run("import", file, "--json").stdout)
    file.unlink()
    found = ask("consequences", "--imports", receipt["import_id"])["imports"][receipt["import_id"]]
    assert found["doubts"] == {}
    assert "tickets.csv is no longer here" in found["untold"]["date_order"]
    done = run("answer", receipt["import_id"], "date_order", "month first")
    assert done.returncode == 1
    assert "bring the file again" in done.stderr


def test_a_dry_run_asks_and_stores_nothing(run, file):
    (receipt,) = json.loads(run("import", file, "--dry-run", "--json").stdout)
    assert [one["id"] for one in receipt["doubts"]] == ["date_order", "state:Sorted"]
    assert "once the file is imported" in receipt["doubts"][0]["untold"]


def test_a_question_that_was_not_asked_is_one_line_on_stderr(run, file):
    (receipt,) = json.loads(run("import", file, "--json").stdout)
    done = run("answer", receipt["import_id"], "scale:nps", "1-5")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip().endswith("It has: date_order, state:Sorted.")
