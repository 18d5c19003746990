"""Numbers in the unit that suits them best, for documents whose axes count in tens: 95 minutes, 2.3 hours, 4.1 days."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

from pandas import DataFrame

from pages.elements import values

MINUS = '"\N{MINUS SIGN}"'
FORMS = {
    "percent": '0" %"',
    "points": f"+0;{MINUS}0;0",
    "score": "0.0",
    "agents": "0.00",
    "count": "#,##0",
    "money": "#,##0",
}
STEPS = ((2.0, 60.0, "seconds", '0" s"'), (180.0, 1.0, "minutes", '0" min"'), (4320.0, 1 / 60, "hours", '0.0" h"'))
DAYS = (1 / 1440, "days", '0.0" d"')


@dataclass(frozen=True)
class Scale:
    """What to multiply with, what to call it, and how a spreadsheet writes it."""

    factor: float = 1.0
    word: str = ""
    form: str = "General"

    def of(self, value: float | None) -> float | None:
        """Unknown stays empty."""
        return None if value is None or isnan(value) else round(float(value) * self.factor, 4)


def scale(unit: str, frames: Iterable[DataFrame] = (), column: str = "value") -> Scale:
    """One unit for all numbers of a chart."""
    if unit != "minutes":
        return Scale(1.0, {"percent": "percent", "points": "points"}.get(unit, ""), FORMS.get(unit, "General"))
    tops = [float(frame[column].max()) for frame in frames if len(frame) and frame[column].notna().any()]
    top = max(tops, default=60.0)
    found = next(((factor, word, form) for end, factor, word, form in STEPS if top < end), DAYS)
    return Scale(*found)


def short(value: float | None, unit: str, found: Scale) -> str:
    """A value in a narrow cell: bare, in the unit that the heading names."""
    scaled = found.of(value)
    if scaled is None:
        return ""
    if unit == "minutes" and scaled < 10:
        return values.number(scaled, 1)
    return values.number(scaled, 1 if unit in ("score", "agents") else 0)
