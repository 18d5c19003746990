"""One server with a password door for all tests of a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.access import passwords
from tests.doors import people, wire

MANAGER, VIEWER = "correct horse battery", "only looking around"


@pytest.fixture(scope="session")
def peopled(tmp_path_factory) -> Path:
    return people.build(tmp_path_factory.mktemp("peopled") / "world.duckdb")


@pytest.fixture(scope="session")
def locked(peopled) -> Iterator[int]:
    doors = {
        "DESKPULSE_PASSWORD": passwords.hashed(MANAGER),
        "DESKPULSE_VIEWER_PASSWORD": passwords.hashed(VIEWER),
        "DESKPULSE_SECRET": "s" * 40,
    }
    with wire.served(peopled, **doors) as port:
        yield port


@pytest.fixture(scope="session")
def signed_in(locked) -> dict[str, str]:
    """The cookies of each role, and those of people who only look signed in."""
    manager, viewer = wire.sign_in(locked, MANAGER).cookie, wire.sign_in(locked, VIEWER).cookie
    return {"manager": manager, "viewer": viewer, "nobody": "", "forger": viewer.replace("viewer", "manager")}
