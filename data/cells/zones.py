"""Turns wall-clock stamps of a time zone into UTC.

Looking a stamp up among the zone's clock changes costs a tenth of asking the calendar about every one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import duckdb

from data.clock import CLOCK_CHANGES

Change = tuple[datetime, int]  # from this wall-clock time on, so many seconds ahead of UTC


def changes(cursor: duckdb.DuckDBPyConnection, zone: str) -> tuple[Change, ...]:
    """The zone's clock changes by its own wall clock; none are needed for UTC.

    An hour that comes twice in autumn is taken for the first, one left out in spring for the winter time it would be.
    """
    if zone == "UTC":
        return ()
    steps: list[Change] = cursor.execute(CLOCK_CHANGES, {"zone": zone}).fetchall()
    before = [steps[0][1], *(ahead for _, ahead in steps)]
    return tuple(
        (step + timedelta(seconds=max(ahead, earlier)), ahead) for (step, ahead), earlier in zip(steps, before, strict=False)
    )


def to_utc(stamp: str, clock: Sequence[Change]) -> str:
    """SQL for the stamp (a column's name: it comes often) in UTC."""
    return f"{stamp} - to_seconds({_ahead(stamp, clock)})"


def _ahead(stamp: str, clock: Sequence[Change]) -> str:
    if len(clock) == 1:
        return str(clock[0][1])
    middle = len(clock) // 2
    earlier, later = _ahead(stamp, clock[:middle]), _ahead(stamp, clock[middle:])
    return f"case when {stamp} < timestamp '{clock[middle][0]}' then {earlier} else {later} end"
