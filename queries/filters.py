"""What the reader asked about: one value, read once from the URL or the command line, that can say itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from queries import dimensions

RANGES = {
    "last-7d": "last 7 days",
    "last-28d": "last 28 days",
    "last-90d": "last 90 days",
    "last-12m": "last 12 months",
    "this-month": "this month",
    "last-month": "last month",
    "this-quarter": "this quarter",
    "this-year": "this year",
    "all": "all time",
    "custom": "custom dates",
}
COMPARES = {
    "previous": "the period before",
    "year": "the same period last year",
    "custom": "as many days from a day of one's own",
    "none": "nothing",
}
HOURS = ("calendar", "business")
ATTRIBUTIONS = ("created", "event")
Values = tuple[str, ...]


@dataclass(frozen=True, init=False)
class Filters:
    """The question's frame. Dates are inclusive and in the workspace's time zone; a dimension without values means "any"."""

    range: str
    start: date | None
    end: date | None
    compare: str
    before: date | None  # first day of the period compared with, where one was chosen; it is as long as the other
    hours: str
    attribution: str
    chosen: tuple[tuple[str, Values], ...]  # the values of each dimension that has some, in the order of their names

    def __init__(
        self,
        range: str = "all",
        start: date | None = None,
        end: date | None = None,
        compare: str = "previous",
        before: date | None = None,
        hours: str = "calendar",
        attribution: str = "created",
        chosen: Iterable[tuple[str, Values]] = (),
        **values: Values,
    ) -> None:
        """Values of a dimension by its name, as in `Filters(channel=("email", "chat"))`; they replace those in `chosen`."""
        both = {**dict(chosen), **values}
        kept = tuple(sorted((name, tuple(some)) for name, some in both.items() if some))
        plain = {"range": range, "start": start, "end": end, "compare": compare, "before": before}
        for name, value in {**plain, "hours": hours, "attribution": attribution, "chosen": kept}.items():
            object.__setattr__(self, name, value)
        self._check(both)

    def _check(self, named: Iterable[str]) -> None:
        for name, allowed in (("range", RANGES), ("compare", COMPARES), ("hours", HOURS), ("attribution", ATTRIBUTIONS)):
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} is '{getattr(self, name)}'; there are {', '.join(allowed)}")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")
        for name in named:
            if name not in dimensions.filters():
                raise ValueError(f"there is no filter '{name}'; there are {', '.join(dimensions.filters())}")

    @property
    def values(self) -> Mapping[str, Values]:
        """By dimension; without those that are not narrowed."""
        return MappingProxyType(dict(self.chosen))

    def of(self, dimension: str) -> Values:
        """The values of one; empty means any."""
        return dict(self.chosen).get(dimension, ())

    def __getattr__(self, name: str) -> Values:
        """The values of a dimension read like a field."""
        if name in dimensions.filters():
            return self.of(name)
        raise AttributeError(name)

    def narrowed(self, **values: Values) -> Filters:
        """The same question about these values, in place of those chosen of the same dimensions."""
        return replace(self, chosen=tuple({**dict(self.chosen), **values}.items()))

    def stated(self) -> dict[str, object]:
        """Everything that differs from the defaults, by the name it has here and in an address."""
        plain = Filters()
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "chosen"}
        return {name: value for name, value in own.items() if value != getattr(plain, name)} | dict(self.chosen)

    def period(self, as_of: date | None) -> tuple[date | None, date | None]:
        """First and last day asked about; None where that side is open. Relative ranges count back from `as_of`."""
        if self.range in ("custom", "all") or as_of is None:
            return self.start, self.end
        return _RELATIVE[self.range](as_of)

    def previous(self, as_of: date | None) -> Filters | None:
        """The same question about the period compared with; None when there is none."""
        start, end = self.period(as_of)
        if self.compare == "none" or start is None or end is None:
            return None
        if self.compare == "custom":
            return replace(self, range="custom", start=self.before, end=self.before + (end - start)) if self.before else None
        if self.compare == "year":
            return replace(self, range="custom", start=_year_before(start), end=_year_before(end))
        if self.range in ("this-month", "last-month", "this-quarter", "this-year"):
            first, last = _calendar_before(self.range, start, end)
            return replace(self, range="custom", start=first, end=last)
        length = (end - start).days + 1
        return replace(self, range="custom", start=start - timedelta(days=length), end=start - timedelta(days=1))

    def parameters(self, as_of: date | None) -> dict[str, object]:
        """Values for the placeholders of scope.sql."""
        start, end = self.period(as_of)
        lists: dict[str, object] = {name: list(self.of(name)) or None for name in dimensions.filters()}
        return lists | {"start": _midnight(start), "end": _midnight(end + timedelta(days=1)) if end else None, "hours": self.hours}

    def sentence(self, as_of: date | None) -> str:
        """The frame in words, for titles, exports and shares."""
        phrases = {name: one.phrase for name, one in dimensions.known().items() if self.of(name)}
        said = [phrase.format(_listed(self.of(name))) for name, phrase in phrases.items()]
        said.append(self._dates(as_of))
        if self.attribution == "event":
            said.append("counted when answered or solved")
        text = "; ".join([*said, f"{self.hours} hours"])
        return text[0].upper() + text[1:]

    def _dates(self, as_of: date | None) -> str:
        start, end = self.period(as_of)
        before = self.previous(as_of)
        if not before or not before.start or not before.end or not end:
            return _span(start, end)
        return f"{_span(start, end)}, compared with {_span(before.start, before.end, said=end.year)}"

    def resolved(self, as_of: date | None) -> Filters:
        """The same question with its dates written out, so that a link keeps its meaning."""
        start, end = self.period(as_of)
        return replace(self, range="custom" if start or end else "all", start=start, end=end)


def _listed(values: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(values[:-1]), values[-1]) if part)


def _span(start: date | None, end: date | None, said: int | None = None) -> str:
    """The days from start to end, with years only where needed; `said` is a year the reader has just read."""
    if not start or not end:
        return f"since {_day(start)}" if start else f"until {_day(end)}" if end else "all dates"
    if start == end:
        return _day(end, said)
    return (
        f"{_day(start, said if said and end.year == said else end.year)} to {_day(end, said if start.year == end.year else None)}"
    )


def _day(day: date, said: int | None = None) -> str:
    return f"{day.day} {day:%b}" if day.year == said else f"{day.day} {day:%b %Y}"


def _midnight(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day) if day else None


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _month_before(first: date, months: int = 1) -> date:
    month = first.year * 12 + first.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)


def _calendar_before(name: str, start: date, end: date) -> tuple[date, date]:
    """The calendar period before, cut at the same distance from its start when the present one is unfinished."""
    before = _month_before(start, {"this-quarter": 3, "this-year": 12}.get(name, 1))
    if name == "last-month":
        return before, start - timedelta(days=1)
    return before, min(before + (end - start), start - timedelta(days=1))


def _days(count: int, as_of: date) -> tuple[date, date]:
    return as_of - timedelta(days=count - 1), as_of


def _last_month(as_of: date) -> tuple[date, date]:
    first = as_of.replace(day=1)
    return _month_before(first), first - timedelta(days=1)


_RELATIVE: dict[str, Callable[[date], tuple[date, date]]] = {
    "last-7d": lambda as_of: _days(7, as_of),
    "last-28d": lambda as_of: _days(28, as_of),
    "last-90d": lambda as_of: _days(90, as_of),
    "last-12m": lambda as_of: (_year_before(as_of) + timedelta(days=1), as_of),
    "this-month": lambda as_of: (as_of.replace(day=1), as_of),
    "last-month": _last_month,
    "this-quarter": lambda as_of: (date(as_of.year, (as_of.month - 1) // 3 * 3 + 1, 1), as_of),
    "this-year": lambda as_of: (date(as_of.year, 1, 1), as_of),
}
