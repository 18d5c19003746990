"""A gathered report as text and back, so that a frozen one can be printed in other forms long after it was made.

Only the classes named here come back, and only with fields that they have: an older report still opens after blocks have grown.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

import pandas as pd
from pandas import DataFrame

from pages.document import blocks
from pages.document.report import Counted, Report, Section
from queries import Filters

PARTS = [one for one in vars(blocks).values() if isinstance(one, type) and is_dataclass(one)]
KNOWN = {one.__name__: one for one in (*PARTS, Report, Section, Counted)}
CLASS, FRAME, SET, MAP = "$class", "$frame", "$set", "$map"


def text(report: Report) -> str:
    return json.dumps(_out(report), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def report(said: str) -> Report:
    """Raises ValueError where the text is no report."""
    found = _in(json.loads(said))
    if not isinstance(found, Report):
        raise ValueError("This is not a report.")
    return found


def _out(value: object) -> Any:
    match value:
        case bool() | str() | int() | None:
            return value
        case float():
            return value if isfinite(value) else None
        case DataFrame():
            return {FRAME: {str(name): [_cell(cell) for cell in value[name]] for name in value}}
        case frozenset():
            return {SET: sorted(map(str, value))}
        case Mapping():
            return {MAP: {str(key): _out(one) for key, one in value.items()}}
        case tuple() | list():
            return [_out(one) for one in value]
        case Filters():  # which rows it was is said in words; what was filtered stays here
            return None
    if is_dataclass(value) and type(value).__name__ in KNOWN:
        return {CLASS: type(value).__name__, **{field.name: _out(getattr(value, field.name)) for field in fields(value)}}
    raise TypeError(f"{type(value).__name__} is no part of a report")


def _cell(cell: Any) -> Any:
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.isoformat()
    return cell if isinstance(cell, str) else _out(cell.item() if hasattr(cell, "item") else cell)


def _in(value: Any) -> Any:
    match value:
        case list():
            return tuple(map(_in, value))
        case {"$frame": columns}:
            return DataFrame({name: _column(cells) for name, cells in columns.items()})
        case {"$set": names}:
            return frozenset(names)
        case {"$map": pairs}:
            return {key: _in(one) for key, one in pairs.items()}
        case {"$class": name}:
            return _made(str(name), value)
    return value


def _made(name: str, said: dict[str, Any]) -> Any:
    if name not in KNOWN:
        raise ValueError(f"A report has no {name}.")
    own = {field.name for field in fields(KNOWN[name])}
    found = {key: _in(one) for key, one in said.items() if key in own}
    if name == "Evidence":
        found["filters"] = Filters()
    for key in ("course", "course_n"):
        if key in found:
            found[key] = tuple(float("nan") if one is None else float(one) for one in found[key])
    return KNOWN[name](**found)


def _column(cells: list[Any]) -> "pd.Series[Any]":
    """Numbers with gaps are numbers; anything else is as it was written."""
    if all(cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in cells):
        return pd.Series(cells, dtype="float64")
    return pd.Series(cells, dtype="bool" if all(isinstance(cell, bool) for cell in cells) else "object")
