"""Opens a page as people do, through the shell: menu, filters and address included."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import store as stores
from data.store import Store
from pages.access.reader import Reader
from pages.server import authenticate

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


def opened(monkeypatch, store: Store, path: str, role: str = "manager", **address: str | list[str]) -> AppTest:
    """The page at this address, for a reader of this role, over this store."""
    monkeypatch.setattr(stores, "default", lambda: store)
    monkeypatch.setattr(authenticate, "reader", lambda *_: Reader(role))
    app = AppTest.from_file(SHELL, default_timeout=60)
    app._page_hash = calc_hash(path)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def said(app: AppTest) -> str:
    """Everything the page wrote, as one text."""
    return " ".join(str(getattr(element, "proto", "")) for element in app.main)
