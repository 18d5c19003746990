"""The bundled sample and a report of all its pages, gathered once."""

import pytest

from pages.reports.gathered import Report
from tests.pages.conftest import empty as empty
from tests.pages.conftest import sample as sample
from tests.reports import taking


@pytest.fixture(scope="session")
def report(sample) -> Report:
    return taking.gathered_from(sample)
