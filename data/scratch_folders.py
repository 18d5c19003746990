"""What is laid beside the database while it is worked on, and clearing away what a killed process left of it."""

from __future__ import annotations

import glob
import shutil
from pathlib import Path


def imports(database: Path) -> str:
    """What the names of an import's own folders begin with."""
    return f"{database.stem}.import-"


def spill(database: Path) -> Path:
    """Where a query goes on that does not fit into memory."""
    return database.parent / (database.stem + ".spill")


def tidy(database: Path) -> None:
    """Whoever holds the database is alone with these: any that are there belong to nobody."""
    for left in (*database.parent.glob(f"{glob.escape(imports(database))}*"), spill(database)):
        shutil.rmtree(left, ignore_errors=True)
