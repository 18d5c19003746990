"""The shell in front of every page: without a door, people from elsewhere see how to set one up, and nothing else."""

from pathlib import Path

import pytest
import streamlit
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from data import store
from tests.pages import world

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


@pytest.fixture
def served(tmp_path, monkeypatch):
    """The server's own store, over a small world, and given back afterwards."""
    monkeypatch.setenv("DESKPULSE_DATABASE", str(world.build(tmp_path / "world.duckdb")))
    store.default.cache_clear()
    yield
    store.default().close()
    store.default.cache_clear()


def opened(monkeypatch, address: str | None) -> AppTest:
    monkeypatch.setattr(streamlit, "get_option", lambda key: {"server.address": address}[key])
    monkeypatch.setattr(ContextProxy, "ip_address", None)  # AppTest has no caller
    return AppTest.from_file(str(SHELL), default_timeout=60).run()


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", None])  # noqa: S104
def test_an_open_address_without_a_door_shows_no_data(served, monkeypatch, address):
    app = opened(monkeypatch, address)
    assert "is not open to others yet" in app.markdown[0].value
    assert len(app.markdown) == 1
    assert not app.selectbox
    assert not app.multiselect


def test_at_the_machine_itself_the_filters_and_the_first_page_are_there(served, monkeypatch):
    app = opened(monkeypatch, "127.0.0.1")
    assert not app.exception
    assert app.session_state["range"] == "last-90d"
    app.selectbox(key="range-shown").select("last-7d").run()
    assert app.session_state["range"] == "last-7d"
    assert not app.exception
