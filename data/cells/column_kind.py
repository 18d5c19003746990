"""What every kind of column shares: how its values were found to be written, and the SQL that reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.cells.doubts import Doubt
from data.cells.value_shapes import Look

Measured = Mapping[str, Any]  # what was counted over a column, by name


@dataclass(frozen=True)
class Reading:
    """How one column is written, as its values prove."""

    plain: bool = True  # every cell seen is in the simplest form: the fast expression will do
    marked: bool = False  # some cells hold a word for "nothing"
    settled: bool = True  # False: the first rows leave a doubt that only all rows can lift
    shapes: tuple[Any, ...] = ()  # of stamps, most frequent first
    order: str | None = None  # of a numeric date: "year first", "day first", "month first"
    assumed: bool = False  # no row proves the order
    decimal: str = "."
    scale: float | None = None
    worded: bool = False  # of a score: the words beside the numbers tell, not the numbers
    turned: bool = False  # of a score: the lowest number is the best
    least: float | None = None
    zeros: float = 0  # the share of durations that are exactly 0
    edges: bool = False  # some cells have blanks around them
    separator: str = ","  # of a list
    narrow: bool = False  # some stamps have a blank in them that does not break
    respelled: tuple[int, ...] = ()  # the rules that put some stamps into the usual form
    factor: float = 1  # of plain numbers that count something else than ours
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Setting:
    """What is known about the whole file."""

    looks: Sequence[Look]
    timezone: str = "UTC"
    clock: tuple[tuple[datetime, int], ...] = ()  # the zone's clock changes
    date_order: str | None = None  # as the manager says
    neighbours: str | None = None  # as another column of the file proves
    decimal: str | None = None  # as another column of the file proves
    types: Mapping[str, str] = field(default_factory=dict)  # our table's columns and their SQL types
    answers: Mapping[str, str] = field(default_factory=dict)  # what the manager has said to doubts, by their ids


@dataclass(frozen=True)
class Converted:
    """The SQL of our columns; the first is null exactly when the cell is empty or cannot be read."""

    outputs: Mapping[str, str]
    wall: bool = False  # a stamp still on the file's wall clock: the clock changes are applied afterwards
    checked: bool = True  # whether a filled cell may fail to convert


def count(condition: str) -> str:
    return f"count(*) filter ({condition})"
