"""A server whose database is said to be at an address it does not know says so on its pages, and does nothing else."""

from pathlib import Path

import pytest

from pages.access import passwords
from tests.doors import wire
from tests.doors.conftest import MANAGER
from tests.pages.conftest import ROOT

SAID = "A database at an address with ducklake: is not supported yet; name a file"


@pytest.mark.parametrize("door", [False, True])
def test_every_answer_says_why_there_is_no_data(tmp_path: Path, door: bool) -> None:
    settings = {"DESKPULSE_PASSWORD": passwords.hashed(MANAGER)} if door else {}
    with wire.served(tmp_path / "none", DESKPULSE_DATABASE="ducklake:metadata.ducklake", **settings) as port:
        assert wire.ask(port, "GET", "/healthz").status == 200
        if door:
            for answer in (wire.sign_in(port, MANAGER), wire.ask(port, "GET", "/", cookie="deskpulse_session=manager.9.9.9")):
                assert (answer.status, SAID in answer.body) == (503, True)
        else:
            assert SAID in wire.page(port, "overview")
            rows = wire.ask(port, "GET", "/rows.csv?behind=csat")
            assert (rows.status, SAID in rows.body) == (503, True)
    assert SAID in (tmp_path / "server.log").read_text()
    assert not list(ROOT.glob("ducklake*"))
