"""The command line is an interface for programs: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TICKETS = "Ticket ID,Created at,First response time (in minutes),Status\n1,2024-01-13 10:00,5,open\n2,2024-01-14 11:00,x,solved\n"


@pytest.fixture
def tickets(tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(TICKETS)
    return path


def test_import_json_is_a_list_of_receipts(run, tickets):
    done = run("import", tickets, "--json")
    (receipt,) = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    wanted = {"file": "tickets.csv", "format": "tickets", "table": "tickets", "rows_read": 2, "kept": 2, "updated": 0,
              "unchanged": 0, "set_aside": 0, "timezone": "UTC", "date_order": "year first",
              "as_of": "2024-01-14 11:00:00"}  # fmt: skip
    assert {key: receipt[key] for key in wanted} == wanted
    problem = {"reason": "not a duration", "column": "First response time (in minutes)", "count": 1, "first_line": 3}
    assert receipt["problems"][0].items() >= problem.items()


def test_a_person_reads_a_short_receipt(run, tickets):
    done = run("import", tickets)
    assert done.returncode == 0
    assert "2 rows read, 2 new" in done.stdout
    assert "line 3" in done.stdout


def test_the_life_of_an_import(run, tickets):
    import_id = json.loads(run("import", tickets, "--json").stdout)[0]["import_id"]
    assert json.loads(run("imports", "--json").stdout)[0]["id"] == import_id
    again = run("import", tickets, "--json")
    assert (again.returncode, json.loads(again.stdout)[0]["unchanged"]) == (0, 2)
    assert run("undo", import_id).returncode == 1
    for one in reversed(json.loads(run("imports", "--json").stdout)):
        assert run("undo", one["id"]).returncode == 0
    assert json.loads(run("imports", "--json").stdout) == []


def test_one_bad_file_does_not_hold_up_the_others(run, tickets, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("Shoe,Size\nred,43\n")
    done = run("import", bad, tickets, tmp_path / "missing.csv", "--json")
    assert done.returncode == 1
    assert [one["file"] for one in json.loads(done.stdout)] == ["tickets.csv"]
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 2
    assert "Shoe, Size" in lines[0]
    assert "missing.csv" in lines[1]


def test_a_dry_run_stores_nothing(run, tickets):
    assert run("import", tickets, "--dry-run", "--json").returncode == 0
    assert json.loads(run("imports", "--json").stdout) == []


def test_formats_are_listed(run):
    names = [one["name"] for one in json.loads(run("formats", "--json").stdout)]
    assert {"zendesk", "freshdesk", "tickets", "surveys"} <= set(names)


def test_an_unknown_zone_or_command_ends_with_two(run, tickets):
    wrong = run("import", tickets, "--timezone", "Mars/Base")
    assert wrong.returncode == 2
    assert "Mars/Base is not a time zone" in wrong.stderr
    assert run("swim").returncode == 2


@pytest.mark.slow
def test_the_sample_comes_through_the_same_door(run):
    receipts = json.loads(run("sample", "--json").stdout)
    assert {one["table"] for one in receipts} >= {"tickets", "messages", "responses", "customers", "subscriptions"}
    assert all(one["kept"] == one["rows_read"] for one in receipts)
