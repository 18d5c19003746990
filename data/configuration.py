"""How a database is opened: bounded memory, spilling beside it, nothing fetched from the network, and what its queries may read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb


def spill(path: Path) -> Path:
    """Where what does not fit into memory goes."""
    return path.parent / (path.stem + ".spill")


def shut(connection: duckdb.DuckDBPyConnection, reads: Sequence[Path]) -> None:
    """Files outside `reads` are closed to every query from here on; DuckDB takes neither setting at the opening."""
    folders = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in reads)
    connection.execute(f"set allowed_directories = [{folders}]")
    connection.execute("set enable_external_access = false")


def of(path: Path) -> dict[str, str | bool | int | float | list[str]]:
    """Bounded memory, spilling beside the database, and nothing fetched from the network."""
    return {
        "memory_limit": os.environ.get("DESKPULSE_MEMORY", "1GB"),
        "storage_compatibility_version": "latest",  # newer ways to store text: a sixth off the cost of an import
        "temp_directory": str(spill(path)),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": os.cpu_count() or 2,
    }
