"""Every page opens on nothing, on much and on little, and honours the filters of its address."""

import shutil
from pathlib import Path

import pytest

from data.importing import import_file
from data.store import Store
from pages import menu
from pages.content.page import FAILED
from tests.pages.whole import opened, said

PATHS = [entry.path for entry in menu.entries()]
SHARED = Path(__file__).parents[3] / "shared" / "samples"
REAL = {
    "tickets": ["tickets/ravenstack_support_tickets.csv"],
    "tickets without a created date": ["tickets/kaggle_customer_support_tickets_8469.csv"],
    "waiting times only": ["tickets/queue_wait_hhmmss_dupheaders_5000.csv"],
    "a survey without dates": ["surveys/nps_fr_gardenstore_cp1252_13954.csv"],
    "customers without dates": ["customers/telco_customer_churn_7043.csv"],
    "a company's three files": [
        "customers/ravenstack_accounts.csv",
        "customers/ravenstack_subscriptions.csv",
        "tickets/ravenstack_support_tickets.csv",
    ],
}


@pytest.fixture(scope="module", params=REAL.values(), ids=REAL.keys())
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with files that nobody made for this test."""
    folder = tmp_path_factory.mktemp("real")
    store = Store.open(folder / "real.duckdb")
    for name in request.param:
        if not (SHARED / name).exists():
            pytest.skip(f"{SHARED / name} is not beside this checkout")
        import_file.import_file(store, Path(shutil.copy(SHARED / name, folder)))
    return store


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_on_an_empty_store(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, Store.open(tmp_path / "empty.duckdb"), path)
    assert not app.exception
    assert FAILED.sentence not in said(app)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_on_a_full_store(path: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, store, path, range="all")
    assert not app.exception
    assert FAILED.sentence not in said(app)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_when_the_filters_leave_nothing(path: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, store, path, range="custom", **{"from": "1999-01-01", "to": "1999-01-02"})
    assert not app.exception
    assert FAILED.sentence not in said(app)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_on_real_files(path: str, real: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(monkeypatch, real, path, range="all")
    assert not app.exception
    assert FAILED.sentence not in said(app)
