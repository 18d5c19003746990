"""Slices of time: from `2025-11-17`, `2025-11` and `2025-Q4` to places on an axis, with the empty ones in between."""

from datetime import date, datetime, timedelta

import pandas as pd
from pandas import DataFrame, DatetimeIndex, Timestamp

STEP = {"day": "D", "week": "7D", "month": "MS", "quarter": "QS"}


def place(text: str) -> Timestamp:
    """The first day of a slice."""
    if "-Q" in text:
        year, _, quarter = text.partition("-Q")
        return Timestamp(int(year), int(quarter) * 3 - 2, 1)
    return Timestamp(text)


def label(moment: Timestamp, by: str) -> str:
    """The slice in words."""
    if by == "quarter":
        return f"Q{moment.quarter} {moment.year}"
    if by == "month":
        return f"{moment:%B %Y}"
    return f"{'Week of ' if by == 'week' else ''}{moment.day} {moment:%b %Y}"


def spread(frame: DataFrame, by: str, within: DatetimeIndex | None = None) -> DataFrame:
    """The answer with a row for every slice of time: a slice without an answer is a gap (NaN), never a zero."""
    placed = frame.assign(at=[place(str(text)) for text in frame["slice"]]).set_index("at").sort_index()
    if placed.empty:
        return placed
    steps = within if within is not None else pd.date_range(placed.index[0], placed.index[-1], freq=STEP[by])
    return placed.reindex(steps)


def together(frames: list[DataFrame], by: str) -> DatetimeIndex:
    """All slices from the first to the last of several answers."""
    places = [place(str(text)) for frame in frames for text in frame["slice"]]
    return pd.date_range(min(places), max(places), freq=STEP[by]) if places else DatetimeIndex([])


def name(day: date, by: str) -> str:
    """The slice that `day` falls in."""
    first = start_of(day, by)
    if by == "quarter":
        return f"{first.year}-Q{(first.month + 2) // 3}"
    return first.strftime("%Y-%m" if by == "month" else "%Y-%m-%d")


def start_of(day: date, by: str) -> date:
    if by == "week":
        return day - timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    if by == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day


def end_of(day: date, by: str) -> date:
    """The last day of the slice that `day` falls in."""
    length = {"day": 1, "week": 7, "month": 31, "quarter": 92}[by]
    return start_of(start_of(day, by) + timedelta(days=length), by) - timedelta(days=1)


def partial(by: str, start: date | None, end: date | None, as_of: datetime) -> frozenset[str]:
    """Slices that the period cuts, or that were not over when the data was exported: their counts are too low."""
    last = min(end, as_of.date()) if end else as_of.date()
    cut = set()
    if start and start != start_of(start, by):
        cut.add(name(start, by))
    if last != end_of(last, by) or last == as_of.date():
        cut.add(name(last, by))
    return frozenset(cut)
