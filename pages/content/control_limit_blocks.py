"""What is usual for a number, on its chart: marks where it was not, and one sentence when the newest says something."""

from dataclasses import dataclass, field
from typing import Any

from pandas import DataFrame

from pages import context
from pages.document import number_format, time_axis
from queries import Metric, control_limits
from queries.control_limits import RUN, Usual

BY_TIME = {"above": "slower", "below": "faster"}
OTHER = {"above": "higher", "below": "lower"}


@dataclass(frozen=True)
class Said:
    """For a chart: what is usual at each place of it, which places are not, the sentence, and what the marks mean."""

    usual: dict[str, str] = field(default_factory=dict)
    unusual: frozenset[str] = frozenset()
    sentence: str = ""
    note: str = ""


def said(metric: Metric, shown: DataFrame, history: DataFrame, by: str, partial: frozenset[str]) -> Said:
    """About the places that are shown whole. Nothing where the history is too short to know."""
    here = context.current()
    found = control_limits.usual(metric, history, by, here.filters.period(here.today)[1], here.today) if here.today else None
    if found is None:
        return Said()
    places = found.course["slice"].isin(set(shown["slice"]) - partial)
    rows: list[dict[Any, Any]] = found.course[places].to_dict("records")
    words = {str(row["slice"]): _span(metric, row) for row in rows}
    unusual = frozenset(str(row["slice"]) for row in rows if row["side"])
    note = f"◇ outside the usual ups and downs, judged by {found.count} {by}s." if unusual else ""
    return Said(words, unusual, sentence(metric, found, by), note)


def sentence(metric: Metric, found: Usual, by: str) -> str:
    """Only when the last complete period, or the last eight and more in a row, are more than ups and downs."""
    words = BY_TIME if metric.unit == "minutes" else OTHER
    if found.run >= RUN:
        middle = number_format.show(found.middle, metric.unit)
        return (
            f"{found.run} {by}s in a row {words[found.side]} than the usual {middle}: a lasting change rather than ups and downs."
        )
    if not found.last["side"]:
        return ""
    name, span = time_axis.label(time_axis.place(str(found.last["slice"])), by), _span(metric, found.last.to_dict())
    name = f"The {name[0].lower()}{name[1:]}" if by == "week" else name
    return f"{name} was {words[found.last['side']]} than usual ({span}, judged by the {found.count} {by}s before)."


def _span(metric: Metric, row: dict[Any, Any]) -> str:
    return number_format.span(row["low"], row["high"], metric.unit, row["n"])
