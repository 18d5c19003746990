"""What an import makes possible, and which columns its file would need for the rest."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.importing.convert import Plan, name_of

DECLARED = Path(__file__).parent / "unlocks.toml"


@dataclass(frozen=True)
class Unlock:
    """A group of numbers, and the columns of which one brings them."""

    gives: str
    column: str  # what to ask the export for
    any: tuple[str, ...]
    metrics: tuple[str, ...] = ()


@cache
def declared() -> Mapping[str, tuple[Unlock, ...]]:
    """By table, the weightiest first."""
    read = tomllib.loads(DECLARED.read_text(encoding="utf-8"))
    return {
        table: tuple(Unlock(one["gives"], one["column"], tuple(one["any"]), tuple(one.get("metrics", ()))) for one in entries)
        for table, entries in read.items()
    }


def filled(plan: Plan) -> set[str]:
    """The columns of ours that hold anything in this file, those worked out from others included."""
    names: set[str] = set()
    for use in plan.match.uses:
        if not plan.setting.looks[use.place].empty:
            names |= {name_of(use, part) for part in plan.converted(use).outputs}
            names |= {use.column.name.partition(" question ")[2]} - {""}
    empty = {name for name in plan.outputs() if name not in names}
    return (names | set(plan.derived(plan.outputs(), {}))) - empty


def of(table: str, columns: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """{"possible": [{"gives"}], "missing": [{"gives", "column"}]} for a file that fills these columns of ours."""
    found: dict[str, list[dict[str, str]]] = {"possible": [], "missing": []}
    for one in declared().get(table, ()):
        if any(name in columns for name in one.any):
            found["possible"].append({"gives": one.gives})
        else:
            found["missing"].append({"gives": one.gives, "column": one.column})
    return found
