"""Why a database cannot be used, each a sentence for whoever asked for it."""

from __future__ import annotations

from pathlib import Path


class CannotOpen(Exception):
    """The database was not opened, and nothing in it was changed."""


class StoreBusy(CannotOpen):
    """Another process holds the database; only one may."""


class OtherDatabase(CannotOpen):
    """The file holds something else than this version reads; `why` goes on from the file's name."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} {why}")
        self.why = why
