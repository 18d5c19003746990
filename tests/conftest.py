"""What several folders of tests need, once for a whole run: a second browser in one process would not start."""

from collections.abc import Iterator

import pytest

from data import samples
from data.importing import import_file
from data.store import Store
from tests import browser


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; each takes windows of its own."""
    path = browser.find()
    if not path:
        pytest.skip("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Iterator[Store]:
    """The bundled sample, as a new user sees it."""
    folder = tmp_path_factory.mktemp("sample")
    opened = Store.open(folder / "sample.duckdb")
    for path in samples.generate(folder):
        receipt = import_file.import_file(opened, path, source="sample")
        assert receipt.rows_read == receipt.kept
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path) -> Iterator[Store]:
    """A workspace nobody has brought anything to."""
    opened = Store.open(tmp_path / "empty.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def window(chromium):
    """A browser with nothing remembered."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()
