"""Days, weeks, months and quarters by their names: `2025-11-17`, `2025-11`, `2025-Q4`."""

from __future__ import annotations

from datetime import date, timedelta

DAY = timedelta(days=1)


def label(grain: str, day: date) -> str:
    """The name of the bucket `day` falls in; equals what dimensions.bucket makes in SQL."""
    match grain:
        case "day":
            return day.isoformat()
        case "week":
            return (day - timedelta(days=day.weekday())).isoformat()
        case "month":
            return f"{day:%Y-%m}"
        case _:
            return f"{day.year}-Q{(day.month + 2) // 3}"


def first_day(name: str) -> date:
    """The day it begins with."""
    if "Q" in name:
        return date(int(name[:4]), int(name[-1]) * 3 - 2, 1)
    return date.fromisoformat(name if len(name) == 10 else f"{name}-01")


def start_of(grain: str, day: date) -> date:
    """The first day of the one that `day` falls in."""
    return first_day(label(grain, day))


def last_day(grain: str, name: str) -> date:
    """The day it ends with."""
    beyond = first_day(name) + timedelta(days={"day": 1, "week": 7, "month": 31, "quarter": 92}[grain])
    return start_of(grain, beyond) - timedelta(days=1)


def back(grain: str, day: date, count: int) -> date:
    """The first day of the one so many before the one that `day` falls in."""
    first = start_of(grain, day)
    if grain in ("day", "week"):
        return first - timedelta(days=count * (7 if grain == "week" else 1))
    months = first.year * 12 + first.month - 1 - count * (3 if grain == "quarter" else 1)
    return date(months // 12, months % 12 + 1, 1)


def over(grain: str, name: str, end: date | None, today: date) -> bool:
    """Whether it was over when the data was exported, and the period holds all of it."""
    last = last_day(grain, name)
    return last < today and (end is None or last <= end)
