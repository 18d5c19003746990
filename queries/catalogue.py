"""The catalogue: every .sql file under queries/metrics is one metric, and its header is the definition."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from queries import headers
from queries.estimates import ESTIMATES, Estimate
from queries.headers import MOMENTS, BrokenHeader, Header

__all__ = ["BrokenHeader", "Metric", "metrics", "placed", "read"]

HERE = Path(__file__).parent / "metrics"
WORDS = ("title", "question", "unit", "better", "band", "rows", "clock", "formula", "needs")  # needed, and taken as they stand
PLAIN = (  # taken as they stand where they are stated
    *("event", "wants", "needs_tags", "measure", "seen", "threshold"),
    *("mirrors", "target", "within", "promise", "broken_by", "compared_by"),
)
READ = ("rests_on", "over", "moment", "counts", "shows", "additive", "exact", "stands_in", "usual")
REPEATABLE = ("also", "left_out", "place", "caveat")
CHOICES: Mapping[str, Collection[str]] = {
    "unit": ("minutes", "percent", "points", "count", "score", "money", "agents"),
    "better": ("lower", "higher", "neither"),
    "band": ("service", "outcome"),
    "additive": ("always", "slices", "never"),
    "exact": ("yes",),
    "threshold": ("satisfied",),
}
PLACES = ("overview", "compared", "course", "promise")  # where a page shows chosen metrics, each at its place
UNMEASURED = "measure is null"  # as the condition of a reason: rows that no estimate counts anyway


@dataclass(frozen=True)
class LeftOut:
    """Why rows do not count: a reason with the condition it holds under, or a column that says the reason itself."""

    reason: str  # "" where the column says it
    condition: str  # SQL over a row


@dataclass(frozen=True)
class Metric:
    """One number: its definition as the header states it, and the SQL under it, where it has one of its own."""

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
    estimate: str  # of ESTIMATES: how the number is made of its rows
    part: float | None  # the part that is done at the time it tells, of estimates that have one
    body: str  # SQL: the rows for the estimate, or the whole number where the estimate is its own
    over: str  # the relation of scope.sql it is counted over
    moment: str  # the stamp that puts a row into a period
    rests_on: tuple[str, ...] = ()  # groups of lineage.toml: the columns of ours that can change it; none stated: all it may read
    event: str = ""  # the stamp used instead when attribution is "event"
    counts: str = ""  # SQL over a row: whether the metric is about it at all
    wants: str = ""  # "dropped": spam, merged and deleted tickets are rows like others
    needs_tags: str = ""  # "themes" or "moods": what texts have to be tagged with before it is asked
    measure: str = ""  # SQL over a row: what the estimate is made of
    seen: str = ""  # SQL over a row: whether the wait is over
    left_out: tuple[LeftOut, ...] = ()  # the first that holds is the reason
    shows: tuple[str, ...] = ()  # columns worth seeing beside the row
    additive: str = "never"  # whether the numbers of parts add up: always, over slices but not over time (a stock), or never
    exact: bool = False  # everybody is counted: there is nothing to be unsure of
    threshold: str = ""  # "satisfied": the title says from which score on
    stands_in: tuple[str, ...] = ()  # metrics that tell about the same where this one cannot be split
    mirrors: str = ""  # the metric this one is the other side of: one judgement, and counted once
    target: str = ""  # the metric about whose promised limit this share is
    within: str = ""  # the view of the share within a limit, where it is promised as one
    promise: str = ""  # its words in a promise
    usual: float | None = None  # what is offered when somebody promises it: the limit in minutes, or the goal
    broken_by: str = ""  # SQL over a row: whether it alone breaks a promise, where that is not said by the measure
    compared_by: str = ""  # the number of other helpdesks that it is compared by
    places: Mapping[str, int] = field(default_factory=dict)  # where pages show it
    caveat: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # other names the command line answers to

    @property
    def made(self) -> Estimate:
        return ESTIMATES[self.estimate]

    @property
    def stock(self) -> bool:
        """What is there at a moment, not what came in a period: what is open today is what was open yesterday, and a little."""
        return self.additive == "slices"

    def __hash__(self) -> int:
        return hash(self.id)


@cache
def metrics() -> Mapping[str, Metric]:
    """Every metric by id."""
    return MappingProxyType({path.stem: read(path) for path in sorted(HERE.glob("*.sql"))})


@cache
def placed(place: str, band: str = "") -> tuple[str, ...]:
    """The metrics that a page shows there, in order; with `band`, only those of one band."""
    there = sorted((one.places[place], one.id) for one in metrics().values() if place in one.places and band in ("", one.band))
    return tuple(name for _, name in there)


def read(path: Path) -> Metric:
    """One metric from its file. Raises BrokenHeader."""
    header = headers.read(path)
    needed = (*WORDS, "estimate")
    header.check((*needed, *PLAIN, *READ, *REPEATABLE), needed, REPEATABLE)
    header.check_choices({**CHOICES, **headers.CHOICES})
    estimate, part = _estimate(header)
    _check_rows(header, estimate)
    _check_promise(header)
    return Metric(
        **{key: header.one(key) for key in (*WORDS, *PLAIN)},
        id=path.stem,
        rests_on=_listed(header, "rests_on"),
        estimate=estimate,
        part=part,
        body=header.body,
        over=header.one("over", header.one("rows")),
        moment=header.one("moment", MOMENTS[header.one("rows")]),
        counts=header.one("counts"),
        left_out=tuple(_left_out(header, said) for said in header.many("left_out")),
        shows=_listed(header, "shows"),
        additive=header.one("additive", "always" if estimate == "count" else "never"),
        exact=header.one("exact") == "yes",
        stands_in=_listed(header, "stands_in"),
        usual=_number(header, "usual", header.one("usual")) if header.one("usual") else None,
        places=MappingProxyType(dict(_place(header, said) for said in header.many("place"))),
        caveat=header.many("caveat"),
        also=header.many("also"),
    )


def _estimate(header: Header) -> tuple[str, float | None]:
    """ "share", or "time_by 0.9"."""
    name, _, part = header.one("estimate").partition(" ")
    if name not in ESTIMATES:
        raise header.broken(f"estimate is '{name}', must be one of {', '.join(ESTIMATES)}")
    if (name == "time_by") != bool(part):
        raise header.broken("estimate 'time_by', and no other, has a part behind it: 'time_by 0.9'")
    found = _number(header, "estimate", part) if part else None
    if found is not None and not 0 < found < 1:
        raise header.broken(f"estimate is a time by {part}, must be a part between 0 and 1")
    return name, found


def _check_rows(header: Header, estimate: str) -> None:
    """Each fact once: the rows of an estimate are told by a measure, or by SQL, or there is nothing to tell."""
    told = [name for name, there in (("measure", header.one("measure")), ("SQL", header.body)) if there]
    wanted = {"own": ["SQL"], "count": []}.get(estimate)
    if told != wanted if wanted is not None else len(told) != 1:
        needed = " and ".join(wanted) if wanted else "a measure or SQL under the header" if wanted is None else "nothing"
        raise header.broken(f"estimate '{estimate}' is made of {needed}; there is {' and '.join(told) or 'neither'}")
    if (estimate == "time_by" and bool(header.one("measure"))) != bool(header.one("seen")):
        raise header.broken("'seen' belongs beside the measure of a 'time_by', and to nothing else")


def _check_promise(header: Header) -> None:
    for key in ("promise", "usual"):
        if header.one("within") and not header.one(key):
            raise header.broken(f"what is promised within a limit needs '{key}'")


def _left_out(header: Header, said: str) -> LeftOut:
    """ "still open = is_open"; a column alone says the reason itself."""
    reason, condition = (part.strip() for part in said.split(" = ", 1)) if " = " in said else ("", said)
    if not reason and not condition.isidentifier():
        raise header.broken(f"left_out is '{said}', must be 'reason = condition', or a column that says the reason")
    return LeftOut(reason, condition)


def _place(header: Header, said: str) -> tuple[str, int]:
    place, _, at = said.partition(" ")
    if place not in PLACES:
        raise header.broken(f"place is '{place}', must be one of {', '.join(PLACES)}")
    return place, int(_number(header, "place", at))


def _number(header: Header, key: str, said: str) -> float:
    try:
        return float(said)
    except ValueError:
        raise header.broken(f"{key} says '{said}', must be a number") from None


def _listed(header: Header, key: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in header.one(key).split(",") if name.strip())
