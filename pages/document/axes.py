"""Numbers in the unit that suits them best, for documents whose axes count in tens: 95 minutes, 2.3 hours, 4.1 days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isnan, log10

from pandas import DataFrame

from pages.document import number_format, time_axis

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
MONTH = re.compile(r"\d{4}-\d{2}")
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
        return number_format.number(scaled, 1)
    return number_format.number(scaled, 1 if unit in ("score", "agents") else 0)


def line(name: str) -> str:
    """What stands before a line of a grid: a weekday, or the month that newcomers came in."""
    return f"{time_axis.place(name):%b %Y}" if MONTH.fullmatch(name) else name


@dataclass(frozen=True)
class Reach:
    """From where to where an axis goes, in which steps, and how its numbers are written."""

    low: float
    high: float
    step: float
    form: str


WHOLE = Reach(0.0, 1.0, 0.25, '0" "%')  # stacked to the full height: office programs count that from 0 to 1


def reach(low: float, high: float, unit: str, found: Scale) -> Reach:
    """Round ends that hold both: left to itself, a program starts bars anywhere and cuts intervals off."""
    low, high = low * found.factor, high * found.factor
    step = _step((high - low) / 6, 1.0 if unit == "count" else 0.0)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    top = step * max(last, first + 1)
    return Reach(
        round(step * first, 9),
        round(min(top, 100.0) if unit == "percent" and high <= 100 else top, 9),
        step,
        _written(found.form, step),
    )


def _step(rough: float, least: float) -> float:
    power = 10.0 ** floor(log10(rough or 1.0))
    return max(least, round(next(nice * power for nice in (1, 2, 5, 10) if nice * power >= rough * 0.999), 9))


def _written(form: str, step: float) -> str:
    """As many decimals as the steps have: `20 h`, and not `20.0 h`."""
    decimals = next(places for places in range(9) if abs(step * 10**places - round(step * 10**places)) < 1e-6)
    bare = re.sub(r"0\.0+", "0", form)
    return bare.replace("0", f"0.{'0' * decimals}") if decimals else bare
