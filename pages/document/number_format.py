"""Values as people say them: 45 s, 38 min, 2 h 14 min, 3 d 5 h; 84 %; +31; 12,345; and `no data` instead of an invented zero."""

from datetime import date
from functools import cache
from math import isnan
from zoneinfo import available_timezones

NOTHING = "no data"
FEW = 10  # fewer answers than this say nothing reliable


def known(value: float | None) -> bool:
    return value is not None and not isnan(value)


def show(value: float | None, unit: str, n: float | None = None, currency: str = "") -> str:
    """`value` in the words of its unit; `n` decides how many decimals a share deserves."""
    if value is None or isnan(value):
        return NOTHING
    match unit:
        case "minutes":
            return duration(value)
        case "percent":
            return f"{number(value, 1 if known(n) and (n or 0) > 1000 else 0)} %"
        case "change":  # by how many percent
            return f"{'+' if round(value) > 0 else ''}{number(value)} %"
        case "points":
            return f"{'+' if round(value) > 0 else ''}{number(value)}"
        case "score" | "agents":
            return number(value, 2 if unit == "agents" else 1)
        case "money":
            return f"{currency} {number(value, 0 if abs(value) >= 100 else 2)}".strip()
    return number(value)


def number(value: float, decimals: int = 0) -> str:
    """Thousands separated, a real minus sign, and no `-0`."""
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace("-", "\N{MINUS SIGN}")


def duration(minutes: float) -> str:
    """The two largest units that matter."""
    if minutes < 0:
        return "\N{MINUS SIGN}" + duration(-minutes)
    seconds = round(minutes * 60)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 600:
        return _two(seconds, 60, "min", 1, "s")
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    if whole < 24 * 60:
        return _two(whole, 60, "h", 1, "min")
    return _two(round(minutes / 60), 24, "d", 1, "h")


def _two(amount: int, large: int, large_name: str, small: int, small_name: str) -> str:
    whole, rest = divmod(amount, large)
    return f"{whole} {large_name}" + (f" {rest // small} {small_name}" if rest else "")


def span(low: float | None, high: float | None, unit: str, n: float | None = None) -> str:
    """An interval, `36 to 41 min`; nothing where there is none."""
    if low is None or high is None or (isnan(low) and isnan(high)):
        return ""
    if isnan(high):
        return f"at least {show(low, unit, n)}"
    if isnan(low):
        return f"at most {show(high, unit, n)}"
    first, last = show(low, unit, n), show(high, unit, n)
    if first == last:
        return first
    tail = first.rpartition(" ")[2]
    same_unit = first.count(" ") == last.count(" ") == 1 and last.endswith(f" {tail}")
    return f"{first.rpartition(' ')[0] if same_unit else first} to {last}"


@cache
def zones() -> tuple[str, ...]:
    """The time zones people name, without those that only computers do."""
    return ("UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


def day(stamp: date) -> str:
    """`24 Oct 2026`."""
    return f"{stamp.day} {stamp:%b %Y}"


def count(n: float, one: str, many: str) -> str:
    """`1 ticket`, `12,345 tickets`."""
    return f"{number(n)} {one if n == 1 else many}"


STEPS = (0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 7200, 10080, 20160, 43200, 86400, 172800)


def ticks(top: float, unit: str, low: float = 0.0) -> tuple[list[float], list[str]]:
    """Round places for an axis up to `top`, and what to write there."""
    step = _step(top - low, unit)
    first = int(low // step)
    places = [step * i for i in range(first, int(top // step) + 2) if step * i <= top * 1.001 or i <= 0]
    return places, [_tick(place, unit) for place in places]


def _tick(place: float, unit: str) -> str:
    if unit == "percent":
        return f"{place:g} %".replace("-", "\N{MINUS SIGN}")
    return "0" if place == 0 else show(place, unit)


def _step(width: float, unit: str) -> float:
    if unit == "minutes":
        return next((step for step in STEPS if width / step <= 5), STEPS[-1] * max(1, round(width / STEPS[-1] / 5)))
    rough = max(width, 1e-9) / 4
    power = 10.0 ** int(f"{rough:e}".partition("e")[2])
    step = float(next(nice * power for nice in (1, 2, 2.5, 5, 10) if nice * power >= rough * 0.999))
    return max(step, 1.0) if unit == "count" else step
