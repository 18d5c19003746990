"""What may be the database: a file of this machine."""

from __future__ import annotations

import re
from pathlib import Path

# Two letters at least: one is a drive of Windows.
SCHEME = re.compile(r"[A-Za-z][\w+.-]+:")


class NotAFile(ValueError):
    """The database is said to be somewhere else; DuckDB would be given a new, empty file of that name."""

    def __init__(self, scheme: str) -> None:  # and no more of the address: there may be a password in it
        super().__init__(f"A database at an address with {scheme} is not supported yet; name a file, such as data/desk.duckdb.")


def named(said: str) -> Path:
    """The file that is meant. Raises NotAFile for `md:`, `postgres://` and whatever else begins with a scheme."""
    if scheme := SCHEME.match(said):
        raise NotAFile(scheme[0])
    return Path(said)
