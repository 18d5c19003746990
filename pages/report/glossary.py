"""How every number of a report is counted: the same words as in the evidence window, asked for once per number."""

from collections.abc import Sequence
from functools import partial

import queries
from data.store import Store
from pages import context
from pages.content import explanations
from pages.document import cell_suppression, number_format, tiles
from pages.document.chart_tables import HIDDEN
from pages.document.report import Counted
from pages.report.redaction_rules import Rules
from queries import Ask, Filters, Metric, engine


def counted(names: Sequence[str], rules: Rules) -> list[Counted]:
    """One for each number, by title; what they need is asked all at once."""
    now = context.current()
    found = sorted((queries.metric(name) for name in names), key=lambda metric: metric.title.lower())
    answers = queries.answers([Ask(metric.id, now.filters) for metric in found], now.store, now.heartbeat)
    gone = engine.together([partial(_excluded, metric, now.filters) for metric in found], now.store, now.heartbeat)
    return [
        _counted(metric, _said(metric, tiles.numbers(answer), rules), counts, rules)
        for metric, answer, counts in zip(found, answers, gone, strict=True)
    ]


def _excluded(metric: Metric, filters: Filters, store: Store) -> dict[str, int]:
    return queries.excluded(metric.id, filters, store)


def _counted(metric: Metric, said: str, counts: dict[str, int], rules: Rules) -> Counted:
    """Definition, formula, clock, what is left out, and what to keep in mind."""
    now = context.current()
    lines = [("Here", said), *explanations.told(metric, now.filters, now.store), ("Left out", left_out(counts, rules))]
    lines += [("Good to know", text) for text in metric.caveat]
    return Counted(metric.id, metric.title, metric.question, tuple((name, text) for name, text in lines if text))


def _said(metric: Metric, answer: tuple[float, float, float, float], rules: Rules) -> str:
    value, low, high, n = answer
    if 0 < n < rules.k:
        return rules.few
    if rules.tells(("metric", metric.id), n):
        return HIDDEN
    interval = number_format.span(low, high, metric.unit, n)
    facts = [
        tiles.main(metric, value, low, n),
        f"95 % sure: {interval}" if interval else "",
        "" if metric.unit == "count" else number_format.count(n, *tiles.COUNTED[metric.rows]),
    ]
    return " · ".join(fact for fact in facts if fact)


def left_out(counts: dict[str, int], rules: Rules) -> str:
    """Reasons with their counts; few of a reason are not counted out."""
    given = [(reason, count) for reason, count in counts.items() if count]
    gone = cell_suppression.hidden([count for _, count in given], rules.k)
    words = [
        f"{reason} ({(rules.few if len(gone) == 1 else HIDDEN) if place in gone else number_format.number(count)})"
        for place, (reason, count) in enumerate(given)
    ]
    return ", ".join(words) or "nothing"
