"""The charts that most pages share: metrics over time, and one metric by slice. Unit and direction come from the metric."""

import queries
from pages import visit
from pages.elements import ask, charts, tiles
from pages.elements.blocks import Block, Chart


def over_time(*titled: tuple[str, str], grain: str | None = None) -> list[Block]:
    """`over_time(("How satisfaction moves", "csat"))`; a grain of its own reaches back. Metrics without data are left out."""
    if visit.current().as_of is None:
        return []
    by, names = grain or ask.by_time(), [name for _, name in titled]
    answers = ask.long(grain, *names) if grain else ask.answers(*((name, by) for name in names))
    made = [
        _course(title, name, answer, by, grain) for (title, name), answer in zip(titled, answers, strict=True) if answer["n"].sum()
    ]
    return ask.pairs(made)


def _course(title: str, name: str, answer: ask.DataFrame, by: str, grain: str | None) -> Chart:
    metric = queries.metric(name)
    return charts.trend(
        title,
        answer,
        unit=metric.unit,
        by=by,
        partial=ask.partial(grain),
        better=metric.better,
        counted=tiles.COUNTED[metric.rows][1],
        promised=ask.aims(name, by, answer),
        finding=ask.SAID[grain] if grain else "",
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
