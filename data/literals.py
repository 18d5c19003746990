"""Values as SQL literals for the few statements of an import: as parameters they would make DuckDB load pandas."""

from __future__ import annotations

from datetime import datetime


def literal(value: str | int | float | bool | datetime | None) -> str:
    """`value` as SQL text; quotes are doubled, so no text can end it early."""
    match value:
        case None:
            return "null"
        case bool() | int() | float():
            return str(value).lower()
        case datetime():
            return f"timestamp '{value.isoformat(sep=' ')}'"
    return "'" + value.replace("'", "''") + "'"
