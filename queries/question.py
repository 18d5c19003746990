"""A question: which rows, through which filters, sliced how. Resolved once over a store, then asked, listed or shown as SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import pandas as pd

from data.store import Store
from queries import engine, tags
from queries.compose import Extent, Scoped, view_sql
from queries.dimensions import check
from queries.filters import Filters

T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """Over the rows of a metric, a view or a scope. Nothing is looked up before it is put to a store."""

    asked: Scoped
    filters: Filters = field(default_factory=Filters)
    by: str | None = None

    def on(self, store: Store | None) -> Asked:
        """The question over this store, or the server's own. What it needs is made ready: derived tables, tags.

        Raises UnknownDimension where the rows are not sliced by that name.
        """
        check(self.by, self.asked.rows)
        store = engine.opened(store)
        tags.ready(store, self.filters, self.by, self.asked.needs_tags)
        return Asked(self, store)


@dataclass(frozen=True)
class Asked:
    """A question over one state of one store."""

    question: Question
    store: Store

    @cached_property
    def extent(self) -> Extent:
        """How far the data goes that is asked about."""
        return engine.extent(self.store, self.question.filters.source)

    @cached_property
    def parameters(self) -> dict[str, object]:
        """What the filters fill into the placeholders: of the period, and of the one compared with."""
        filters, today = self.question.filters, self.extent.today
        earlier = filters.previous(today)
        before = earlier.parameters(today) if earlier else {}
        return filters.parameters(today) | {"before_start": before.get("start"), "before_end": before.get("end")}

    def sql(self, body: str, dropped: bool = False) -> str:
        """`body` over the rows asked about; with `dropped`, spam, merged and deleted tickets are rows like others."""
        return view_sql(self.question.asked, body, self.question.filters, self.question.by, self.extent, dropped)

    def table(self, sql: str, **more: object) -> pd.DataFrame:
        """The rows of a query; `more` fills placeholders of its own."""
        return engine.table(self.store, sql, self.parameters | more)

    def remembered(self, key: tuple[object, ...], compute: Callable[[], T]) -> T:
        """`compute()` once per question and state of the data, under names of the caller's."""
        return engine.remembered(self.store, (*key, self.question.filters, self.question.by), compute)
