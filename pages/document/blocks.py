"""The blocks that pages are made of: plain values that hold a question, its answers, the finding and where it all comes from.

A page script makes blocks and hands them to `page.show`, in the order in which they stand on the page:

    page.show(
        lambda: tiles.row(...),                     # a maker: what goes wrong in it stays in its place
        lambda: charts.trend("How the wait moved", frame, unit="minutes", by="week"),
        notices.missing("satisfaction scores", "a survey export"),
    )

Nothing in here knows Streamlit or Plotly. A page draws blocks (screen/draw.py), a frozen report, a slide deck and a
spreadsheet print the very same ones: `page.collect(script, context)` runs a page script and returns its blocks.
Frames are answers: `slice, value, low, high, n`, unknown is NaN.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pandas import DataFrame

from queries.filters import Filters

Direction = Literal["better", "worse", "noise", "neutral"]
Kind = Literal["trend", "bars", "volume", "stack", "dots", "distribution", "curve", "heat", "cohorts", "matrix", "waterfall"]


@dataclass(frozen=True, eq=False)
class Evidence:
    """Which question a number answers. Definition, exclusions, SQL and rows are looked up when someone opens it."""

    metric: str
    filters: Filters
    by: str | None = None
    view: str = ""  # the result with a shape of its own that is drawn, where it is not the answer itself


@dataclass(frozen=True)
class Change:
    """What moved against the period before, as a sentence with its verdict; `noise` is no more than chance."""

    sentence: str
    direction: Direction = "noise"
    arrow: Literal["up", "down", "flat"] = "flat"
    n: float = field(default=0.0, compare=False)  # rows on the thinner side of the comparison


@dataclass(frozen=True, eq=False)
class Tile:
    """One number with its name, change, course and small print."""

    name: str
    value: str
    change: Change | None = None
    course: tuple[float, ...] = ()  # the sparkline; NaN is a gap
    course_n: tuple[float, ...] = ()  # from how many rows each place of it is
    course_at: tuple[str, ...] = ()  # the slice of time that each place of it is
    unfinished: bool = False  # the course's last place is still running
    target: float | None = None
    promised: tuple[float, ...] = ()  # the target at each place of the course, where it has changed; NaN where there was none
    small: tuple[str, ...] = ()  # how sure, and from how many
    weak: bool = False  # too few answers to rely on: drawn grey
    evidence: Evidence | None = None
    answer: DataFrame | None = None
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Tiles:
    """A row of up to five tiles, the most important first, under an optional heading."""

    tiles: tuple[Tile, ...]
    title: str = ""
    caption: str = ""


@dataclass(frozen=True, eq=False)
class Series:
    """One named answer within a chart; a thin one is drawn behind the others."""

    name: str
    frame: DataFrame
    thin: bool = False


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure that is not drawn yet: its kind, its answers and what is to be said about them."""

    kind: Kind
    title: str
    series: tuple[Series, ...]
    unit: str
    finding: str = ""
    note: str = ""
    by: str = ""  # the dimension of the slices
    target: float | None = None
    promised: Mapping[str, float] = field(default_factory=dict)  # the target of each slice of time, where it has changed
    usual: Mapping[str, str] = field(default_factory=dict)  # what is usual in a slice of time, in words
    unusual: frozenset[str] = frozenset()  # slices of time outside of that
    partial: frozenset[str] = frozenset()  # slices that are cut off or still running
    better: str = "neither"
    counted: str = "tickets"  # what n is
    labels: Mapping[str, str] = field(default_factory=dict)
    whole: float | None = None  # of a distribution that does not show all of its slices
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Column:
    """How one column of a table reads: its heading, and the unit of its values (empty for text)."""

    label: str
    unit: str = ""
    wide: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """Rows to read, sort and take along. Columns not named are not shown."""

    title: str
    frame: DataFrame
    columns: Mapping[str, Column]
    finding: str = ""
    file_name: str = "deskpulse"
    link: str = ""  # column that holds the row's address in the helpdesk
    onward: str = ""  # column that holds the address of the page that goes on from a row
    counted: str = ""  # column that says how many rows a line sums up; without one, lines are single tickets or customers
    rests: Mapping[str, str] = field(default_factory=dict)  # column -> the column that says from how many rows it is
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Quote:
    """What one customer wrote, and about what."""

    text: str
    about: str = ""
    direction: Direction = "neutral"


@dataclass(frozen=True)
class Quotes:
    """Customers in their own words."""

    title: str
    quotes: tuple[Quote, ...]
    finding: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Finding:
    """One plain sentence about a change; `links` are label -> address of the page that goes on from here."""

    sentence: str
    direction: Direction = "neutral"
    links: tuple[tuple[str, str], ...] = ()
    quote: str = ""  # what a customer wrote about it
    n: float = field(default=0.0, compare=False)  # rows that the sentence rests on, the thinner side of a comparison
    evidence: Evidence | None = field(default=None, compare=False)  # the number that it is about
    mark: str = ""  # a verdict in words of its own, such as `Not met`

    @property
    def verdict(self) -> str:
        """In words, for where colours do not tell."""
        return self.mark or (self.direction.capitalize() if self.direction in ("better", "worse") else "")


@dataclass(frozen=True)
class Findings:
    """Sentences under a heading; `nothing` is said when there are none."""

    title: str
    findings: tuple[Finding, ...]
    nothing: str = "Nothing moved more than chance."
    finding: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Notice:
    """Something to say instead of a number: what is missing, and which file would fill the place."""

    sentence: str
    kind: Literal["said", "failed"] = field(default="said", kw_only=True)  # failed: the part could not be worked out
    detail: str = ""
    action: str = ""
    page: str = ""  # address of the page that the action opens, such as `import`
    large: bool = False
    counts: tuple[float, ...] = ()  # rows that the sentence names
    evidence: Evidence | None = None  # where they come from


@dataclass(frozen=True, eq=False)
class Side:
    """Blocks beside each other on wide screens, below each other on narrow ones."""

    blocks: tuple["Block", ...]
    widths: tuple[int, ...] = ()


Block = Tiles | Chart | Table | Quotes | Findings | Notice | Side


def metrics(blocks: Sequence[Block]) -> list[str]:
    """The numbers in these blocks, in the order in which they appear."""
    return list(dict.fromkeys(name for block in blocks for name in _metrics(block)))


def _metrics(block: Block) -> list[str]:
    match block:
        case Tiles():
            return [tile.evidence.metric for tile in block.tiles if tile.evidence]
        case Side():
            return metrics(block.blocks)
        case Findings():
            return [one.metric for one in (block.evidence, *(said.evidence for said in block.findings)) if one]
        case Chart() | Table():
            return [block.evidence.metric] if block.evidence else []
    return []


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """What stands beside each other on a page has a slide each."""
    for block in blocks:
        if isinstance(block, Side):
            yield from flat(block.blocks)
        else:
            yield block
