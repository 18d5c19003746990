"""The database is a file of this machine: an address of another kind is refused, and nothing is made in its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data import database_file
from data.open_errors import NotAFile
from data.store import location

ROOT = Path(__file__).parents[2]
ADDRESSES = {
    "ducklake:metadata.ducklake": "ducklake:",
    "ducklake:postgres:host=db password=secret": "ducklake:",
    "md:": "md:",
    "md:deskpulse?motherduck_token=secret": "md:",
    "postgres:dbname=deskpulse password=secret": "postgres:",
    "postgresql://anna:secret@db.example/deskpulse": "postgresql:",
    "s3://bucket/secret.duckdb": "s3:",
    "https://files.example/secret.duckdb": "https:",
    "file:/data/secret.duckdb": "file:",
}
COMMANDS = (
    ["data", "import", "tickets.csv"],
    ["data", "undo", "1"],
    ["data", "imports", "--json"],
    ["data", "backup", "all.zip"],
    ["data", "restore", "all.zip", "--force"],
    ["data", "forget", "c-1"],
    ["queries", "csat"],
    ["pages", "digest", "--out", "brief.html"],
)


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder of its own: a database of a strange name would be made there."""
    settings = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_refused_without_telling_the_rest_of_it(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DESKPULSE_DATABASE", address)
    for said in (None, address):
        with pytest.raises(NotAFile, match=f"with {ADDRESSES[address]} is not supported yet; name a file") as error:
            location(said)
        assert "secret" not in str(error.value)


@pytest.mark.parametrize("name", ["C:\\data\\deskpulse.duckdb", "d:/data/deskpulse.duckdb", "C:deskpulse.duckdb"])
def test_a_drive_of_windows_is_no_scheme(name: str) -> None:
    assert database_file.named(name) == Path(name)


@pytest.mark.parametrize("name", ["deskpulse.duckdb", "/data/md:x.duckdb", "./md:x.duckdb", "../x", "2026-01-01T09:00"])
def test_a_path_is_a_path(name: str) -> None:
    assert database_file.named(name) == Path(name)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_every_command_says_so_in_one_line_and_ends_with_two(tmp_path: Path, command: list[str]) -> None:
    for done in (
        run(tmp_path, *command, DESKPULSE_DATABASE="ducklake:metadata.ducklake"),
        run(tmp_path, *command, "--database", "s3://bucket/deskpulse.duckdb"),
    ):
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.strip().splitlines()) == 1
        assert "is not supported yet; name a file" in done.stderr
    assert not list(tmp_path.iterdir())
