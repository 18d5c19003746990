"""Makes blocks fit for people who may not see single rows: what is not known to be a sum of enough rows is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from pandas import DataFrame

import queries
from pages.document import cell_suppression, time_axis
from pages.document.blocks import Block, Chart, Findings, Notice, Quotes, Series, Side, Table, Tile, Tiles
from pages.document.chart_tables import HIDDEN
from pages.report import block_counts
from pages.report.redaction_rules import Rules
from queries.masking import mask

ROWS = "Single tickets and customers are left out of shared reports."
WORDS = "What customers wrote is left out of shared reports."
FAILED = "This part could not be worked out when the report was made."
PLACES = ("slice", "weekday", "hour", "cohort", "age", "x", "real")
NUMBERS = ["value", "low", "high", "n"]
STEPS = 60  # of a curve: enough to read, too few to tell one ticket from the next


def safe(blocks: Sequence[Block], rules: Rules) -> list[Block]:
    """The same blocks in the same order, without what must not leave."""
    return [made for block in blocks for made in _safe(block, rules)]


def _safe(block: Block, rules: Rules) -> Iterator[Block]:
    match block:
        case Tiles():
            yield replace(block, tiles=tuple(tile(one, rules) for one in block.tiles))
        case Chart():
            yield chart(block, rules)
        case Table():
            yield table(block, rules)
        case Quotes():
            yield Notice(f"{block.title}: {WORDS[0].lower()}{WORDS[1:]}")
        case Findings():
            yield findings(block, rules)
        case Notice():
            yield from notice(block, rules)
        case Side():
            parts = tuple(made for part in block.blocks for made in _safe(part, rules))
            yield replace(block, blocks=parts, widths=block.widths if len(parts) == len(block.blocks) else ())


def tile(shown: Tile, rules: Rules) -> Tile:
    """Its number, its change and every place of its course rest on enough rows, or are not there."""
    n = 0.0 if shown.answer is None or shown.answer.empty else float(shown.answer["n"].iloc[0] or 0)
    if shown.answer is None or 0 < n < rules.k:
        return replace(shown, value=rules.few, change=None, course=(), course_n=(), small=(), weak=True, answer=None)
    if rules.tells(("metric", shown.evidence.metric) if shown.evidence else ("tile", shown.name), n):
        return replace(shown, value=HIDDEN, change=None, course=(), course_n=(), small=(), weak=True, answer=None)
    change = shown.change if shown.change and shown.change.n >= rules.k else None
    return replace(shown, change=change, course=course(shown, n, rules))


def course(shown: Tile, n: float, rules: Rules) -> tuple[float, ...]:
    """The line of a tile, with gaps where it would tell about few."""
    if len(shown.course) != len(shown.course_n):
        return ()
    total = n if shown.evidence and additive(shown.evidence.metric) else float("nan")
    gone = cell_suppression.hidden(shown.course_n, rules.k)
    if len(shown.course_at) == len(shown.course):
        gone = cell_suppression.hidden_course(shown.course_at, shown.course_n, total, rules.start, rules.k)
    told = rules.told(*block_counts.of_course(shown))
    gone |= {at for at, name in enumerate(shown.course_at) if name in told}
    return tuple(float("nan") if at in gone else value for at, value in enumerate(shown.course))


def additive(metric: str) -> bool:
    """Whether the rows of its slices are parts of its rows: not so where the same customers or open tickets stand in each month."""
    found = queries.METRICS.get(metric)
    return found is not None and found.rows != "accounts" and not found.stock


def chart(shown: Chart, rules: Rules) -> Chart:
    """Frames keep their slices; a column `hidden` says whose numbers are gone."""
    if shown.kind == "waterfall":
        return waterfall(shown, rules)
    whole = float(shown.series[0].frame["value"].sum()) if shown.kind == "distribution" and shown.series else None
    if shown.kind == "curve":
        return replace(shown, series=_curves(shown, rules))
    made = replace(shown, series=tuple(_series(one, shown, rules) for one in shown.series), whole=whole)
    return _usual(made) if shown.usual else made


def _usual(shown: Chart) -> Chart:
    """What is usual where a number is hidden is as wide as its rows are few; and the sentence may be about that number."""
    gone = {str(name) for one in shown.series for name in one.frame["slice"][one.frame["hidden"]]}
    kept = {name: said for name, said in shown.usual.items() if name not in gone}
    return replace(shown, usual=kept, unusual=shown.unusual - gone, finding="") if gone else shown


def waterfall(shown: Chart, rules: Rules) -> Chart:
    """All of it or nothing: its steps add up, so none of them can be hidden."""
    frame = shown.series[0].frame
    steps = frame[frame["start"].notna()]
    near = any(rules.told(key, counts) for key, counts in block_counts.of_chart(shown).items())
    if "n" not in frame or bool((steps["n"].fillna(0) < rules.k).any()) or near:
        return replace(shown, series=(), finding="", note="")
    kept = frame.drop(columns="n").assign(slice=[mask(str(name)) for name in frame["slice"]])
    return replace(shown, series=(replace(shown.series[0], frame=kept),))


def _curves(shown: Chart, rules: Rules) -> tuple[Series, ...]:
    """A line for each slice."""
    by = shown.evidence.by if shown.evidence and shown.evidence.by else shown.by
    told = {place for given in block_counts.of_chart(shown).items() for place in rules.told(*given)}
    kept = [(one, one.frame.iloc[:0] if one.name in told else one.frame) for one in shown.series]
    return tuple(replace(one, name=_named(one.name, by, rules), frame=coarse(frame, rules.k)) for one, frame in kept)


def _series(series: Series, shown: Chart, rules: Rules) -> Series:
    frame = series.frame
    counts, names = block_counts.rows(frame), block_counts.names(frame)
    gone = cell_suppression.hidden_within(counts, _groups(frame, shown), rules.k) | _given_away(frame, counts, shown, rules)
    near = {place for given in block_counts.of_chart(replace(shown, series=(series,))).items() for place in rules.told(*given)}
    gone |= {at for at, name in enumerate(names) if name in near}
    hidden = np.array([place in gone for place in range(len(frame))], dtype=bool)
    masked = {number: frame[number].astype("float64").mask(hidden) for number in NUMBERS if number in frame}
    kept = frame[[name for name in PLACES if name in frame]].assign(**masked, hidden=hidden)
    if "x" in kept:
        kept["x"] = kept["x"].mask(hidden)
    if "slice" in kept and shown.by not in time_axis.STEP:
        kept["slice"] = [_named(str(one), shown.by, rules) for one in kept["slice"]]
    return replace(series, name=mask(series.name), frame=kept)


def _given_away(frame: DataFrame, counts: list[float], shown: Chart, rules: Rules) -> set[int]:
    """Places that the number as a whole, which stands on the page too, would tell."""
    source, several = shown.evidence, len(shown.series) > 1 and shown.kind != "stack"
    alike = source is not None and (source.by == shown.by or shown.kind == "distribution" or "question" in frame)
    if source is None or not alike or several or not additive(source.metric):
        return set()
    total = rules.total(source.metric)
    if shown.by in time_axis.STEP:
        return cell_suppression.hidden_course(list(map(str, frame["slice"])), counts, total, rules.start, rules.k)
    each = _groups(frame, shown) if "question" in frame else [""] * len(counts)
    return cell_suppression.hidden_within(counts, each, rules.k, total)


def _groups(frame: DataFrame, shown: Chart) -> list[str]:
    """Slices whose sum the reader can work out: of a distribution, the segments that its labels name; each of several questions."""
    if "question" in frame:
        return list(map(str, frame["question"]))
    if shown.kind == "distribution" and shown.labels:
        return [shown.labels.get(str(one), "") for one in frame["slice"]]
    return [""] * len(frame)


def _named(text: str, by: str, rules: Rules) -> str:
    return rules.agent(text) if by == "agent" else mask(text)


def coarse(frame: DataFrame, k: int) -> DataFrame:
    """A curve at places that at least `k` rows lie between: each of its own steps is the time of a single ticket."""
    frame = frame.sort_values("at").reset_index(drop=True)
    columns = [name for name in ("at", "value", "low", "high") if name in frame]
    if frame.empty or frame["at_risk"].iloc[0] < k:
        return frame[columns].iloc[:0]
    left = 1 - frame["value"] / 100
    ratio = (left / left.shift(fill_value=1.0)).where(left.shift(fill_value=1.0) > 0, 1.0)
    done = (frame["at_risk"] * (1 - ratio)).round().cumsum().tolist()
    step, last, kept = max(float(k), done[-1] / STEPS), 0.0, []
    for place, count in enumerate(done):
        rest = done[-1] - count
        if count - last >= step and (rest >= k or rest == 0):
            kept.append(place)
            last = count
    return frame.loc[kept, columns].reset_index(drop=True)


def table(shown: Table, rules: Rules) -> Table | Notice:
    """Only tables of sums; their lines of few are left out, and cells that rest on few of their own are empty."""
    if not shown.counted or shown.counted not in shown.frame:
        return Notice(f"{shown.title}: {ROWS[0].lower()}{ROWS[1:]}")
    told = {key[-1]: rules.told(key, counts) for key, counts in block_counts.of_table(shown).items()}
    lines, frame = block_counts.lines(shown), shown.frame.copy()
    gone = cell_suppression.hidden(frame[shown.counted].fillna(0).tolist(), rules.k)
    gone |= {at for at, line in enumerate(lines) if line in told[""]}
    for name, n in shown.rests.items():
        frame[name] = frame[name].where((frame[n] >= rules.k) & np.array([line not in told[name] for line in lines], dtype=bool))
    frame = frame.loc[[at not in gone for at in range(len(frame))]]
    for words in frame.select_dtypes(["object", "string"]):
        frame[words] = [mask(cell) if isinstance(cell, str) else cell for cell in frame[words]]
    left = f"{len(gone)} lines are left out: they rest on {rules.few}, or would give one away that does." if gone else ""
    said = " ".join(filter(None, (shown.finding, left)))
    kept = {name: column for name, column in shown.columns.items() if name in frame}
    return replace(shown, frame=frame[list(kept)], columns=kept, link="", onward="", finding=said)


def findings(shown: Findings, rules: Rules) -> Findings:
    """Sentences without the words of customers and without links to pages that the reader cannot open."""
    kept = tuple(
        replace(one, links=(), quote="")
        for one in shown.findings
        if one.n >= rules.k and not rules.tells(block_counts.of_sentence(shown.title, one.sentence), one.n)
    )
    lost = len(kept) < len(shown.findings)
    quoted = any(one.quote for one in shown.findings)
    said = [shown.finding, WORDS if quoted else "", f"What rests on {rules.few} is left out." if lost else ""]
    return replace(shown, findings=kept, finding=" ".join(filter(None, said)), nothing="" if lost else shown.nothing)


def notice(shown: Notice, rules: Rules) -> Iterator[Notice]:
    """What is missing is said; what to do about it is for others to read."""
    near = rules.told(block_counts.of_sentence("", shown.sentence), dict(block_counts.of_notice(shown)))
    if not near and not any(0 < count < rules.k for count in shown.counts):
        yield Notice(FAILED if shown.kind == "failed" else shown.sentence)
