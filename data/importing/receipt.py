"""What an import did, said to the manager and to programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from data.cells.doubts import Doubt


@dataclass(frozen=True)
class Trouble:
    """One kind of problem, with how often it came and where first."""

    reason: str
    column: str | None
    count: int
    first_line: int | None
    set_aside: bool  # true: the rows are in no table; false: kept, the cell left empty


@dataclass
class Receipt:
    file: str
    format: str
    table: str
    source: str
    import_id: str = ""
    rows_read: int = 0
    kept: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0
    problems: list[Trouble] = field(default_factory=list)
    date_order: str | None = None
    timezone: str = "UTC"
    as_of: datetime | None = None
    columns: list[dict[str, str | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unlocks: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # see data.unlocks
    delimiter: str = ","  # of the file, to write rows that were set aside as they stood
    doubts: list[Doubt] = field(default_factory=list)
    dry_run: bool = False

    @property
    def useful(self) -> bool:
        """Whether anything of the file is, or already was, in the store."""
        return bool(self.kept or self.updated or self.unchanged)

    @property
    def open(self) -> list[Doubt]:
        """The doubts that nobody has answered."""
        return [one for one in self.doubts if one.answer is None]

    def as_dict(self) -> dict[str, Any]:
        """For programs: `doubts` are those that are open, `answered` those that were."""
        answered = [one.as_dict() for one in self.doubts if one.answer is not None]
        return self._told() | {"doubts": [one.as_dict() for one in self.open], "answered": answered}

    def as_stored(self) -> str:
        """For the store, which keeps doubts in a table of their own: they change when they are answered."""
        return json.dumps(self._told(), ensure_ascii=False)

    def _told(self) -> dict[str, Any]:
        found = asdict(replace(self, doubts=[]))
        del found["doubts"]
        return found | {"as_of": self.as_of.isoformat(sep=" ") if self.as_of else None}


def as_text(receipt: Receipt) -> str:
    """The receipt for a terminal: counts first, then what a manager should know."""
    done = "would be imported" if receipt.dry_run else f"import {receipt.import_id}"
    lines = [f"{receipt.file}: {receipt.format}, into {receipt.table} ({done})", "  " + _counts(receipt)]
    lines += [f"  ! {_problem(trouble)}" for trouble in receipt.problems]
    lines += [f"  - {note}" for note in receipt.notes]
    facts = [
        f"dates {receipt.date_order}" if receipt.date_order else "",
        f"times in {receipt.timezone}",
        f"data up to {receipt.as_of:%Y-%m-%d %H:%M}" if receipt.as_of else "",
    ]
    lines.append("  " + ", ".join(fact for fact in facts if fact))
    if unused := [str(column["column"]) for column in receipt.columns if not column["used_as"]]:
        lines.append(f"  Not used: {_listed(unused)}")
    lines += [f"  + {one['column']} would give {one['gives']}" for one in receipt.unlocks.get("missing", [])]
    return "\n".join(lines)


def _counts(receipt: Receipt) -> str:
    parts = [
        f"{receipt.rows_read:,} rows read",
        f"{receipt.kept:,} new",
        f"{receipt.updated:,} updated",
        f"{receipt.unchanged:,} unchanged",
        f"{receipt.set_aside:,} set aside",
    ]
    return ", ".join(part for part in parts if not part.startswith("0 ") or part.endswith("read"))


def _problem(trouble: Trouble) -> str:
    where = f", first in line {trouble.first_line:,}" if trouble.first_line else ""
    column = f"'{trouble.column}': " if trouble.column else ""
    return f"{column}{trouble.reason} ({trouble.count:,} {'row' if trouble.count == 1 else 'rows'}{where})"


def _listed(names: Sequence[str], limit: int = 15) -> str:
    return ", ".join(names[:limit]) + (f" and {len(names) - limit} more" if len(names) > limit else "")
