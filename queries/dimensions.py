"""What rows can be sliced by and filtered on: every dimension is one entry of dimensions.toml, and nothing else lists them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from queries.headers import MOMENTS

HERE = Path(__file__).parent / "dimensions.toml"
UNSET = "not set"
JOINED = " + "  # between the values of a row that has several, where it may stand in one slice only
KINDS = ("value", "grain", "clock")
PLACES = ("first", "more", "splits", "compares")


class UnknownDimension(ValueError):
    """Nothing is sliced by that name here; the message lists the names that work."""


class BrokenDimension(Exception):
    """An entry cannot be used; the sentence names the file, the dimension and what is wrong."""


class Joined(str):
    """The name of a dimension of which all values of a row are to make one slice."""


@dataclass(frozen=True)
class Dimension:
    """One entry, as dimensions.toml explains it."""

    name: str
    label: str
    tables: tuple[str, ...]
    phrase: str = ""
    column: str = ""
    expression: Mapping[str, str] = field(default_factory=dict)  # by kind of rows
    test: Mapping[str, str] = field(default_factory=dict)  # by kind of rows
    many: bool = False
    unset: str = UNSET
    kind: str = "value"
    order: tuple[str, ...] = ()
    options: str | tuple[str, ...] = ()
    tagged: bool = False
    first: int = 0
    more: int = 0
    splits: int = 0
    compares: int = 0

    def of(self, rows: str) -> str:
        """SQL over a row `r`: its value, or its list of values."""
        return self.expression.get(rows) or self.column or self.name

    def slice(self, rows: str, joined: bool = False) -> str:
        """SQL for the slice a row stands in; of many values one each, or all of them in one name."""
        value = self.of(rows)
        if self.kind != "value":
            return value
        if not self.many:
            return f"coalesce({value}::varchar, '{self.unset}')"
        values = f"coalesce(nullif({value}, []), ['{self.unset}'])"
        return f"array_to_string(list_sort({values}), '{JOINED}')" if joined else f"unnest({values})"

    def condition(self, rows: str) -> str:
        """SQL over a row `r`: whether it passes the filter, a list that is a parameter under the dimension's name."""
        contains = "list_has_any" if self.many else "list_contains"
        return self.test.get(rows) or f"{contains}(${self.name}, {self.expression.get(rows) or f'r.{self.column or self.name}'})"


def load(path: Path) -> Mapping[str, Dimension]:
    """Every entry of a file, in its order. Raises BrokenDimension."""
    return {name: _read(path, name, stated) for name, stated in tomllib.loads(path.read_text("utf-8")).items()}


def _read(path: Path, name: str, stated: dict[str, Any]) -> Dimension:
    known = {one.name for one in fields(Dimension)} - {"name"}
    for key in stated:
        if key not in known:
            raise BrokenDimension(f"{path.name}: {name}: unknown key '{key}'; known are {', '.join(sorted(known))}")
    for key in ("label", "tables"):
        if key not in stated:
            raise BrokenDimension(f"{path.name}: {name}: '{key}' is missing")
    tables = tuple(stated["tables"])
    for key, said, allowed in (("tables", tables, tuple(MOMENTS)), ("kind", (stated.get("kind", "value"),), KINDS)):
        if wrong := [one for one in said if one not in allowed]:
            raise BrokenDimension(f"{path.name}: {name}: {key} is '{wrong[0]}', must be one of {', '.join(allowed)}")
    if not name.isidentifier():
        raise BrokenDimension(f"{path.name}: '{name}' is no name that an address and SQL can hold")
    expression = stated.get("expression", {})
    lists = {key: tuple(stated[key]) for key in ("order", "options") if isinstance(stated.get(key), list)}
    by_rows = dict.fromkeys(tables, expression) if isinstance(expression, str) else expression
    return Dimension(**{**stated, **lists, "name": name, "tables": tables, "expression": by_rows})


_known = load(HERE)


def known() -> Mapping[str, Dimension]:
    """Every dimension by name, in the order the sentence of the filters says them."""
    return _known


@contextmanager
def using(dimensions: Mapping[str, Dimension]) -> Iterator[None]:
    """These in place of our own, for as long as the block lasts."""
    global _known
    before, _known = _known, dimensions
    try:
        yield
    finally:
        _known = before


def filters() -> list[str]:
    """The names that a filter can have."""
    return [one.name for one in known().values() if one.phrase]


def of_rows(rows: str) -> frozenset[str]:
    """The names that these rows can be sliced by."""
    return frozenset(one.name for one in known().values() if rows in one.tables)


def placed(*places: str) -> list[str]:
    """The names that have these places, in order."""
    there = [(at, getattr(one, place), one.name) for one in known().values() for at, place in enumerate(places)]
    return [name for _, number, name in sorted(there) if number]


def is_grain(by: str | None) -> bool:
    """Whether the slices are stretches of time, without gaps."""
    return by is not None and by in known() and known()[by].kind == "grain"


def many(by: str | None) -> bool:
    """Whether a row may stand in several of the slices."""
    return by is not None and by in known() and known()[by].many


def nameless(by: str, value: str) -> bool:
    """Whether it is the slice of rows without a value, which no filter can name."""
    return by in known() and value == known()[by].unset


def label(by: str) -> str:
    """What people read for a name."""
    return known()[by].label if by in known() else by.capitalize()


def check(by: str | None, rows: str) -> None:
    """Raise UnknownDimension unless `rows` can be sliced by `by`."""
    if by is not None and by not in of_rows(rows):
        raise UnknownDimension(f"'{by}' is not a dimension of {rows}; there are {', '.join(sorted(of_rows(rows)))}")


def bucket(grain: str, stamp: str) -> str:
    """SQL that names the day, week, month or quarter `stamp` falls in."""
    return known()[grain].of("tickets").replace("{moment}", stamp)


def expression(by: str | None, rows: str, moment: str) -> str:
    """SQL for the `slice` column of `rows`; null where the slice comes from the periods instead."""
    if by is None:
        return "'all'"
    if is_grain(by) and rows == "accounts":
        return "null::varchar"
    return known()[by].slice(rows, isinstance(by, Joined)).replace("{moment}", moment)
