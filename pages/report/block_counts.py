"""On how many rows everything on a page rests, list by list: what a reader of two links can subtract."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan

from pandas import DataFrame

from pages.document import cell_suppression
from pages.document.blocks import Block, Chart, Findings, Notice, Side, Table, Tile, Tiles

Key = tuple[str, ...]
Counts = Mapping[str, float]
Tallies = Mapping[Key, Counts]
PLACES = ("slice", "weekday", "hour", "cohort", "age")
COUNTED = ("n", "effect_n")
FOLDED = re.compile(r"other \(\d+\)")
REST = "other"
LUMP = "\0"


@dataclass(frozen=True)
class Pair:
    """The counts of the other link's page, and those of what both hold; None where that is this page itself.

    What both hold is only counted when it can matter.
    """

    theirs: Tallies
    common: Callable[[], Tallies | None]

    def told(self, key: Key, mine: Counts, k: int) -> set[str]:
        """Places of a list of this page that must not be shown beside the other."""
        theirs = self.theirs.get(key, {})
        if not theirs or far(mine, theirs, k):
            return set()
        held = self.common()
        return told(mine, theirs, mine if held is None else held.get(key), k)


def of(blocks: Sequence[Block]) -> Tallies:
    """The counts of these blocks. They are not fit for readers themselves."""
    return {key: counts for block in blocks for key, counts in _of(block)}


def _of(block: Block) -> Iterator[tuple[Key, Counts]]:
    match block:
        case Tiles():
            for tile in block.tiles:
                yield of_tile(tile)
                yield of_course(tile)
        case Chart():
            yield from of_chart(block).items()
        case Table() if block.counted in block.frame:
            yield from of_table(block).items()
        case Findings():
            yield from ((of_sentence(block.title, one.sentence), {"": one.n}) for one in block.findings)
        case Notice():
            yield of_sentence("", block.sentence), of_notice(block)
        case Side():
            yield from of(block.blocks).items()


def of_tile(tile: Tile) -> tuple[Key, Counts]:
    n = nan if tile.answer is None or tile.answer.empty else float(tile.answer["n"].iloc[0] or 0)
    return ("tile", tile.name), {"": n}


def of_course(tile: Tile) -> tuple[Key, Counts]:
    return ("course", tile.name), dict(zip(tile.course_at, tile.course_n, strict=False))


def of_chart(chart: Chart) -> dict[Key, Counts]:
    """A list for each series, and for each question of one; of curves one, for each is a slice of its own."""
    if chart.kind == "curve":
        first = {one.name: float(one.frame["at_risk"].max()) for one in chart.series if len(one.frame)}
        return {("chart", chart.title): first}
    lists = [(one.name, *part) for one in chart.series for part in questions(one.frame)]
    return {("chart", chart.title, name, asked): dict(zip(names(part), rows(part), strict=True)) for name, asked, part in lists}


def questions(frame: DataFrame) -> list[tuple[str, DataFrame]]:
    """A frame with a column `question` holds several lists, each of them about all rows: "by wait", "by returns"."""
    return [(str(asked), part) for asked, part in frame.groupby("question")] if "question" in frame else [("", frame)]


def names(frame: DataFrame) -> list[str]:
    """The places of a frame, one text each."""
    parts = [frame[name].astype(str) for name in PLACES if name in frame]
    return [REST if FOLDED.fullmatch(one[0]) else "|".join(one) for one in zip(*parts, strict=True)] if parts else []


def rows(frame: DataFrame) -> list[float]:
    return list(frame[[one for one in COUNTED if one in frame]].min(axis=1).fillna(0).astype(float))


def lines(table: Table) -> list[str]:
    """What its lines are about."""
    return [str(cell) for cell in table.frame.iloc[:, 0]]


def of_notice(notice: Notice) -> Counts:
    return {str(at): count for at, count in enumerate(notice.counts)}


def of_table(table: Table) -> dict[Key, Counts]:
    """Its lines, and each column that rests on rows of its own."""
    columns = {"": table.counted} | dict(table.rests)
    return {
        ("table", table.title, name): dict(zip(lines(table), table.frame[n].fillna(0), strict=True)) for name, n in columns.items()
    }


def of_sentence(title: str, said: str) -> Key:
    """Known again by its words up to the first number."""
    return "said", title, re.split(r"[\d\N{MINUS SIGN}]", said, maxsplit=1)[0]


def told(mine: Counts, theirs: Counts, common: Counts | None, k: int) -> set[str]:
    """Places that are not shown, so that subtracting the other list from this one tells about fewer than `k` rows nowhere.

    Rows that only one of the two holds: mine + theirs - 2 x both. They are hidden like counts, for their total is known as well.
    Where nobody knows how many are in both, they count as being the same as far as they can.
    """
    if common is None:
        common = {place: min(_known(mine.get(place, 0.0)), _known(theirs[place])) for place in theirs}
    if not theirs or not any(map(_known, common.values())):
        return set()
    lump = _lump(mine, theirs, common, k)
    apart = {place: _apart([place], mine, theirs, common) for place in mine if place not in lump}
    if REST in {*mine, *theirs, *common}:  # what two of them name and the third does not counts as few
        apart |= {place: 1.0 for place in apart if place in theirs and place not in common}
    if lump & set(mine):
        apart[LUMP] = _apart(lump, mine, theirs, common)
    places = list(apart)
    gone = {places[at] for at in cell_suppression.hidden(list(apart.values()), k)}
    if gone and (len(gone) == 1 or sum(apart[place] for place in gone) < k):
        return set(mine)
    return (gone - {LUMP}) | (lump & set(mine) if LUMP in gone else set())


def far(mine: Counts, theirs: Counts, k: int) -> bool:
    """Whether the two tell nothing whatever they have in common: rows that only one holds are at least as many as their counts
    differ by, and everywhere that is enough. Where places are folded, what two of them name has to be known."""
    if REST in mine or REST in theirs:
        return False
    lump = _lump(mine, theirs, {}, k)
    parts = [[place] for place in mine if place not in lump] + ([list(lump)] if lump & set(mine) else [])
    return all(_differing(places, mine, theirs) >= k for places in parts)


def _differing(places: Collection[str], mine: Counts, theirs: Counts) -> float:
    return abs(sum(_known(mine.get(place, 0.0)) - _known(theirs.get(place, 0.0)) for place in places))


def _lump(mine: Counts, theirs: Counts, common: Counts, k: int) -> set[str]:
    """What can be subtracted as a whole only: places that the other list hides, or that one of the two does not name."""
    names = list(theirs)
    hidden = {names[at] for at in cell_suppression.hidden([_known(theirs[name]) for name in names], k)}
    if REST in mine or REST in theirs:
        hidden |= {place for place in {*mine, *theirs, *common} if place == REST or place not in mine or place not in theirs}
    return hidden


def _apart(places: Collection[str], *lists: Counts) -> float:
    mine, theirs, common = (sum(_known(one.get(place, 0.0)) for place in places) for one in lists)
    return abs(mine + theirs - 2 * common)


def _known(count: float) -> float:
    return count if isfinite(count) else 0.0
