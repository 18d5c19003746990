"""What a chart shows, in one sentence that its numbers force: for slides and mails, where a title has to say it all."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from pandas import DataFrame

import queries
from pages.document import chart_tables, number_format, time_axis
from pages.document.blocks import Block, Chart, Findings, Notice, Quotes, Side, Table, Tile, Tiles
from pages.document.figures.grids import DAYS
from pages.document.palette import LIGHT

LINES = 4  # names that a sentence can carry
FOLDED = re.compile(r"other \(\d+\)")  # several slices in one: neither the best nor the worst of them
MARKS = {60.0: "an hour", 1440.0: "a day"}


def headline(block: Block) -> str:
    """The finding; where the numbers force none, what the block is about."""
    match block:
        case Tiles():
            return _tiles(block)
        case Chart():
            return chart(block) or block.title
        case Findings():
            return block.findings[0].sentence if leads(block) else block.title if block.findings else block.nothing or block.title
        case Notice():
            return block.sentence
        case Table() | Quotes():
            return block.title
        case Side():
            return " ".join(headline(part) for part in block.blocks)


def leads(block: Findings) -> bool:
    """Whether the first sentence can stand for all; one of many that say nothing happened cannot."""
    return bool(block.findings) and (len(block.findings) == 1 or block.findings[0].direction != "noise")


def _tiles(row: Tiles) -> str:
    """The first number that moved more than chance; all of them standing still is news as well."""
    changes = [tile.change for tile in row.tiles if tile.change]
    moved = next((tile for tile in row.tiles if tile.change and tile.change.direction in ("better", "worse")), None)
    if moved and moved.change:
        return f"{moved.name}: {moved.value}, {moved.change.sentence}"
    if changes and all(change.direction == "noise" for change in changes):
        return f"{_subject(row)}: nothing moved more than chance"
    return _listed(row, [f"{tile.name} {_spoken(tile)}" for tile in row.tiles[:3]])


def _subject(row: Tiles) -> str:
    return row.title.rstrip("?") or _listed(row, [tile.name for tile in row.tiles[:3]])


def _listed(row: Tiles, said: list[str]) -> str:
    """Names that have a comma in them are parted by more than one."""
    return ("; " if any("," in tile.name for tile in row.tiles[:3]) else ", ").join(said)


def _spoken(tile: Tile) -> str:
    return tile.value


def chart(shown: Chart) -> str:
    """Nothing where no sentence follows from the numbers alone."""
    say = SAID.get(shown.kind)
    if say is None or not shown.series:
        return ""
    return say(shown)


def _dots(shown: Chart) -> str:
    """From which slice to which, and whether the two can be told apart."""
    frame = _known(shown.series[0].frame)
    frame = frame[[not FOLDED.fullmatch(str(name)) for name in frame["slice"]]]
    if len(frame) < 2:
        return ""
    low, high = frame.iloc[frame["value"].argmin()], frame.iloc[frame["value"].argmax()]
    reach = f"from {_value(shown, low)} ({_name(shown, low)}) to {_value(shown, high)} ({_name(shown, high)})"
    sure = number_format.known(low["high"]) and number_format.known(high["low"]) and low["high"] < high["low"]
    apart = "" if sure or shown.unit == "count" else ", no clear difference"
    return f"{about(shown)}: {reach}{apart}"


def _trend(shown: Chart) -> str:
    """The last full slice, and between what it has moved; of several lines, where each was at the last one they all have."""
    if len(shown.series) != 1:
        return _last(shown)
    frame = _full(shown).reset_index(drop=True)
    if len(frame) < 3:
        return ""
    last, low, high = frame.iloc[-1], frame.iloc[frame["value"].argmin()], frame.iloc[frame["value"].argmax()]
    least, most = _value(shown, low), _value(shown, high)
    between = f"between {least} and {most} over" if least != most else "the same in all"
    between = f"{between} {len(frame)} {shown.by}s"
    return f"{shown.title}: {_value(shown, last)} ({_when(shown, last)}), {between}"


def _last(shown: Chart) -> str:
    """Each line at the last full slice that all have."""
    frames = [_full(replace(shown, series=(one,))) for one in shown.series]
    held = set.intersection(*(set(frame["slice"]) for frame in frames)) if frames else set()
    if not held or len(frames) > LINES:
        return ""
    rows = [frame[frame["slice"] == max(held)].iloc[0] for frame in frames]
    said = ", ".join(f"{one.name} {_value(shown, row)}" for one, row in zip(shown.series, rows, strict=True))
    return f"{shown.title.rstrip('?')}: {said} ({_when(shown, rows[0])})"


def _when(shown: Chart, row: "pd.Series[Any]") -> str:
    return _inside(time_axis.label(time_axis.place(str(row["slice"])), shown.by))


def _bars(shown: Chart) -> str:
    """Sums of what is counted, unless something is hidden in them."""
    if shown.unit != "count" or len(shown.series) < 2 or any(_hides(series.frame) for series in shown.series):
        return ""
    sums = (f"{series.name} {number_format.number(series.frame['value'].sum())}" for series in shown.series)
    return f"{shown.title.rstrip('?')}: {', '.join(sums)}"


def _distribution(shown: Chart) -> str:
    frame = _known(shown.series[0].frame)
    whole = shown.whole or frame["value"].sum()
    if shown.unit != "count" or frame.empty or not whole:
        return ""
    most = frame.iloc[frame["value"].argmax()]
    return f"{shown.title}: most often {_name(shown, most)} ({number_format.number(100 * most['value'] / whole)} %)"


def _curve(shown: Chart) -> str:
    """What share is done within a round time that most lines reach."""
    for mark, word in MARKS.items():
        done = [(series.name, chart_tables.share(series, mark)) for series in shown.series]
        if done and all(share for _, share in done):
            return f"Within {word}: {', '.join(f'{name} {share}' for name, share in done[:LINES])}"
    return ""


def _heat(shown: Chart) -> str:
    """Where most is counted; a single cell's median is too shaky to stand in a title."""
    frame = _known(shown.series[0].frame)
    if shown.unit != "count" or frame.empty:
        return ""
    days = frame.groupby("weekday")["value"].sum()
    hours = frame.groupby("hour")["value"].sum()
    busiest, hour = max(DAYS, key=lambda day: days.get(day, 0.0)), int(hours.index[int(hours.argmax())])
    return f"{shown.title}: most on {busiest}s, and between {hour:02d}:00 and {hour + 1:02d}:00"


SAID: Mapping[str, Callable[[Chart], str]] = {
    "dots": _dots,
    "trend": _trend,
    "stack": _last,
    "bars": _bars,
    "distribution": _distribution,
    "curve": _curve,
    "heat": _heat,
}


def about(shown: Chart) -> str:
    """ "By team" says nothing by itself; with the number's name it does."""
    if shown.evidence and shown.title.lower().startswith("by "):
        return f"{queries.metric(shown.evidence.metric).title} {shown.title[0].lower()}{shown.title[1:]}"
    return shown.title.rstrip("?")


def _known(frame: DataFrame) -> DataFrame:
    """What rests on enough to be named in a sentence."""
    return frame[frame["value"].notna() & (frame["n"] >= number_format.FEW)] if "n" in frame else frame[frame["value"].notna()]


def _full(shown: Chart) -> DataFrame:
    frame = _known(shown.series[0].frame)
    return frame[~frame["slice"].astype(str).isin(shown.partial)]


def _hides(frame: DataFrame) -> bool:
    return bool("hidden" in frame and frame["hidden"].any())


def _value(shown: Chart, row: "pd.Series[Any]") -> str:
    return number_format.show(row["value"], shown.unit, row.get("n"))


def _name(shown: Chart, row: "pd.Series[Any]") -> str:
    text = str(row["slice"])
    return shown.labels.get(text, text) if shown.kind == "dots" else text


def _inside(text: str) -> str:
    return text[:1].lower() + text[1:] if text.startswith("Week") else text


def verdict(row: Mapping[Any, Any]) -> str:
    if row["n"] < number_format.FEW or not number_format.known(row["low"]) or not number_format.known(row["high"]):
        return LIGHT.faint
    if not row.get("real", True):
        return LIGHT.accent
    return LIGHT.worse if row["high"] < 0 else LIGHT.better if row["low"] > 0 else LIGHT.accent
