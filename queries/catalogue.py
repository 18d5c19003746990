"""The catalogue: every .sql file under queries/metrics is one metric, and its header is the definition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent / "metrics"
REPEATABLE = ("caveat", "also")
OPTIONAL = ("also", "over", "caveat", "event", "moment", "excludes", "counts", "shows")
CHOICES = {
    "unit": ("minutes", "percent", "points", "count", "score", "money", "agents"),
    "better": ("lower", "higher", "neither"),
    "band": ("service", "outcome"),
    "rows": ("tickets", "answers", "accounts"),
}


MOMENTS = {"tickets": "created_at", "answers": "said_at", "accounts": "started_at"}  # the stamp that puts a row into a period
ESTIMATORS = re.compile(r"\b(share_of|mean_of|median_of|done_by|nps_of|balance_of)\(")  # of macros.sql


class BrokenHeader(Exception):
    """A metric's header is incomplete; the message names the file and the key."""


@dataclass(frozen=True)
class Metric:
    """One number: its definition as the header states it, and the SQL under it."""

    id: str
    title: str
    question: str
    unit: str
    better: str
    band: str
    rows: str  # the scoped rows it is counted over
    clock: str  # start, stop and hours, in words
    formula: str
    needs: str  # the columns a file must have
    rests_on: tuple[str, ...]  # groups of lineage.toml: the columns of ours that can change it
    sql: str
    caveat: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # other names the command line answers to
    over: str = ""  # another relation of scope.sql, where evidence is not simply the scoped rows
    moment: str = ""  # the stamp that puts a row into a period
    event: str = ""  # the stamp used instead when attribution is "event"
    excludes: str = "null"  # SQL over a row: why it is left out, or null
    counts: str = "true"  # SQL over a row: whether the metric is about it at all
    shows: str = ""  # columns worth seeing beside the row

    @property
    def estimator(self) -> str:
        """The macro of ESTIMATORS that makes the number out of its rows; "" for one of its own."""
        found = ESTIMATORS.search(self.sql)
        return found[1] if found else ""


@cache
def metrics() -> Mapping[str, Metric]:
    """Every metric by id."""
    return MappingProxyType({path.stem: read(path) for path in sorted(HERE.glob("*.sql"))})


def read(path: Path) -> Metric:
    """One metric from its file. Raises BrokenHeader."""
    header: dict[str, list[str]] = {}
    body: list[str] = []
    for line in path.read_text().splitlines():
        stated = re.match(r"-- (\w+): (.+)", line) if not body else None
        if stated:
            header.setdefault(stated[1], []).append(stated[2].strip())
        else:
            body.append(line)
    _check(path, header)
    values = {key: tuple(said) if key in REPEATABLE else said[0] for key, said in header.items()}
    values["rests_on"] = tuple(header["rests_on"][0].split(", "))
    values.setdefault("over", values["rows"])
    values.setdefault("moment", MOMENTS[str(values["rows"])])
    return Metric(id=path.stem, sql="\n".join(body).strip().rstrip(";"), **values)  # type: ignore[arg-type]


def _check(path: Path, header: dict[str, list[str]]) -> None:
    known = {field.name for field in fields(Metric)} - {"id", "sql"}
    for key, said in header.items():
        if key not in known:
            raise BrokenHeader(f"{path.name}: unknown key '{key}'; known are {', '.join(sorted(known))}")
        if len(said) > 1 and key not in REPEATABLE:
            raise BrokenHeader(f"{path.name}: '{key}' is stated twice")
    for key in sorted(known - set(OPTIONAL)):
        if key not in header:
            raise BrokenHeader(f"{path.name}: '{key}' is missing")
    for key, allowed in CHOICES.items():
        if header[key][0] not in allowed:
            raise BrokenHeader(f"{path.name}: {key} is '{header[key][0]}', must be one of {', '.join(allowed)}")
