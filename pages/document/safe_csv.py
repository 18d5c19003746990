"""CSV files that open safely in a spreadsheet."""

import re
from typing import Any

from pandas import DataFrame

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d[\d.,]*( ?%)?")  # looks like a formula to us and is none


def csv(frame: DataFrame) -> bytes:
    """Text that a spreadsheet would take for a formula gets an apostrophe; the mark at the start makes it read UTF-8."""
    safe = frame.rename(columns=_harmless)
    for name in safe.columns:
        if safe[name].dtype == object or str(safe[name].dtype) in ("str", "string"):
            safe[name] = [_harmless(cell) for cell in safe[name]]
    return safe.to_csv(index=False).encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    """A carriage return would not be quoted, and what is behind it would begin a line of its own."""
    if not isinstance(cell, str):
        return cell
    quoted = f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
    return quoted.replace("\r\n", "\n").replace("\r", "\n")
