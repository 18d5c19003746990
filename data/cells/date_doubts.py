"""What the dates of a file leave open: whether the day or the month comes first."""

from __future__ import annotations

from data.cells.column_kind import Measured
from data.cells.doubts import Doubt, readings
from data.formats.match import Use

DAY, MONTH, YEAR = "day first", "month first", "year first"
ORDER = "date_order"  # one question for the whole file: no export writes its columns in two orders
READINGS = readings((DAY, "03/04 is 3 April"), (MONTH, "03/04 is 4 March"))
UNPROVED = "Does the day or the month come first in the dates of this file? None of them has a day above 12, which would tell."
MIXED = (
    "'{name}' has dates that only fit with the day first ({day_first:,}) and some that only fit with the month first "
    "({month_first:,}). How are those meant that fit both?"
)


def unproved(use: Use, found: Measured) -> Doubt:
    return Doubt(ORDER, UNPROVED, use.header, found["filled"], (use.column.name,), DAY, READINGS)


def mixed(use: Use, found: Measured, order: str) -> Doubt:
    question = MIXED.format(name=use.header, **found)
    rows = found["filled"] - found["day_first"] - found["month_first"]
    return Doubt(f"mixed_date_order:{use.column.name}", question, use.header, rows, (use.column.name,), order, READINGS)
