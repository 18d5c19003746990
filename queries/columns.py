"""The columns that rows and tables hand out: what they are called, what they mean, and who may see them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

HERE = Path(__file__).parent / "columns.toml"


class BrokenColumn(Exception):
    """An entry cannot be used; the sentence names the file, the column and what is wrong."""


@dataclass(frozen=True)
class Column:
    """One entry, as columns.toml explains it."""

    name: str
    label: str
    meaning: str
    personal: bool
    unit: str = ""
    wide: bool = False


@cache
def known() -> Mapping[str, Column]:
    """Every column by name."""
    return load(HERE)


def load(path: Path) -> Mapping[str, Column]:
    """Every entry of a file. Raises BrokenColumn."""
    stated = tomllib.loads(path.read_text("utf-8"))
    return MappingProxyType({name: _read(path, name, entry) for name, entry in stated.items()})


def _read(path: Path, name: str, stated: dict[str, Any]) -> Column:
    allowed = {one.name for one in fields(Column)} - {"name"}
    for key in stated:
        if key not in allowed:
            raise BrokenColumn(f"{path.name}: {name}: unknown key '{key}'; known are {', '.join(sorted(allowed))}")
    for key in ("label", "meaning", "personal"):
        if key not in stated:
            raise BrokenColumn(f"{path.name}: {name}: '{key}' is missing")
    if stated["personal"] not in (True, False):
        raise BrokenColumn(f"{path.name}: {name}: personal is '{stated['personal']}', must be true or false")
    return Column(name=name, **stated)


def for_everybody() -> tuple[str, ...]:
    """The columns that a reader may see who may not see personal data: those listed as not personal, and no other."""
    return tuple(name for name, column in known().items() if not column.personal)


def named(name: str) -> Column:
    """A column as it is listed; one that is not keeps its name, and is for nobody but those who see personal data."""
    return known().get(name) or Column(name, name.replace("_", " ").capitalize(), "", personal=True)
