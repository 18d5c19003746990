"""A report of all pages of the bundled sample, gathered once."""

import pytest

from pages.document.report import Report
from tests.reports import taking


@pytest.fixture(scope="session")
def report(sample) -> Report:
    return taking.gathered_from(sample)
