"""Why a database cannot be used, each a sentence for whoever asked for it."""

from __future__ import annotations

from pathlib import Path


class CannotOpen(Exception):
    """The database was not opened, and nothing in it was changed."""


class StoreBusy(CannotOpen):
    """Another process holds the database; only one may."""


class NotAFile(CannotOpen):
    """The database is said to be somewhere else; DuckDB would be given a new, empty file of that name."""

    def __init__(self, scheme: str) -> None:  # and no more of the address: there may be a password in it
        super().__init__(f"A database at an address with {scheme} is not supported yet; name a file, such as data/desk.duckdb.")


class OtherDatabase(CannotOpen):
    """The file holds something else than this version reads; `why` goes on from the file's name."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} {why}")
        self.why = why
