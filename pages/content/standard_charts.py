"""The charts that most pages share: metrics over time, and one metric by slice. Unit and direction come from the metric."""

from pandas import DataFrame

import queries
from pages import context
from pages.content import ask, control_limit_blocks
from pages.document import charts, tiles
from pages.document.blocks import Block, Chart


def over_time(*titled: tuple[str, str], grain: str | None = None) -> list[Block]:
    """`over_time(("How satisfaction moves", "csat"))`; a grain of its own reaches back. Metrics without data are left out."""
    if context.current().as_of is None:
        return []
    by, names = grain or ask.by_time(), [name for _, name in titled]
    answers = ask.long(grain, *names) if grain else ask.answers(*((name, by) for name in names))
    told = [(title, name, answer) for (title, name), answer in zip(titled, answers, strict=True) if answer["n"].sum()]
    histories = ask.history(by, *(name for _, name, _ in told))
    return ask.pairs([_course(*one, history, by, grain) for one, history in zip(told, histories, strict=True)])


def _course(title: str, name: str, answer: DataFrame, history: DataFrame, by: str, grain: str | None) -> Chart:
    metric, partial = queries.metric(name), ask.partial(grain)
    usual = control_limit_blocks.said(metric, answer, history, by, partial)
    return charts.trend(
        title,
        answer,
        unit=metric.unit,
        by=by,
        partial=partial,
        better=metric.better,
        counted=tiles.COUNTED[metric.rows][1],
        promised=ask.aims(name, by, answer),
        usual=usual.usual,
        unusual=usual.unusual,
        note=usual.note,
        finding=" ".join(text for text in (usual.sentence, ask.SAID[grain] if grain else "") if text),
        evidence=ask.evidence(name, by),
    )


def sliced(name: str, *dimensions: str, title: str = "By {}") -> list[Block]:
    """One metric by each dimension that has more than one slice."""
    metric = queries.metric(name)
    answers = ask.answers(*((name, by) for by in dimensions))
    made = [
        charts.dots(
            title.format(by),
            answer,
            unit=metric.unit,
            by=by,
            better=metric.better,
            counted=tiles.COUNTED[metric.rows][1],
            evidence=ask.evidence(name, by),
        )
        for by, answer in zip(dimensions, answers, strict=True)
        if len(answer) > 1
    ]
    return ask.pairs(made)
