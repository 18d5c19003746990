"""What counts as satisfied on the scales of this data, so that a CSAT says it."""

from __future__ import annotations

from dataclasses import dataclass

from data.store import Store
from queries import engine
from queries.catalogue import Metric

SCALES = """select s.scale, s.usual, s.satisfied_from, count(*) as n from scales s
join answers a on a.kind = 'csat' and a.score_left_out is null and a.scale_max = s.scale group by all order by n desc, s.scale"""
CLEAR = 7  # up to here the custom is the same everywhere; above it people differ, and the title says which


@dataclass(frozen=True)
class Scale:
    """A scale that ends at `top`: by custom satisfied from `usual` on, in this workspace from `least` on."""

    top: float
    usual: float
    least: float

    @property
    def said(self) -> str:
        """For instance "8 to 10 of 10"."""
        return f"{self.least:g} to {self.top:g} of {self.top:g}" if self.least < self.top else f"{self.top:g} of {self.top:g}"

    @property
    def own(self) -> bool:
        return self.least != self.usual


def scales(store: Store | None = None) -> tuple[Scale, ...]:
    """Those with answers, the most used first."""
    store = engine.opened(store)
    return tuple(engine.remembered(store, ("scales",), lambda: _scales(store)))


def _scales(store: Store) -> list[Scale]:
    found = engine.table(store, SCALES, {})
    return [Scale(*map(float, row)) for row in zip(found["scale"], found["usual"], found["satisfied_from"], strict=True)]


def said(metric: Metric, store: Store | None = None) -> str:
    """Which scores count as satisfied; empty for a metric that does not ask."""
    return "; ".join(scale.said for scale in scales(store) if scale.top > 1) if metric.threshold else ""


def title(metric: Metric, store: Store | None = None) -> str:
    """The metric's title, with the threshold where it is not what everybody expects."""
    unusual = [scale.said for scale in scales(store) if scale.own or scale.top > CLEAR] if metric.threshold else []
    return f"{metric.title} ({'; '.join(unusual)})" if unusual else metric.title
