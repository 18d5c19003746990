"""Stamps against the durations that stand ready-made in the same file: where they disagree, how far, and what may be behind it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.store import Store
from queries.compose import Scope
from queries.filters import Filters
from queries.question import Question

PAIRS = {
    "reply": "First reply",
    "resolution": "Resolution",
    "reply in business hours": "First reply, business hours",
    "resolution in business hours": "Resolution, business hours",
}
BOTH = (Path(__file__).parent / "duration_check.sql").read_text()
SUMMARY = f"""with {BOTH}
select pair, reason, count(*) as n, median(abs(apart)) as apart from checked group by 1, 2 order by 1, n desc, reason"""
ROWS = f"""with {BOTH}
select id, subject, reason, told, worked, apart, status, channel, team, agent, customer, created_at, source, url
from checked where pair = $pair and reason is not null order by abs(apart) desc, source, id limit 1000"""


def summary(filters: Filters, store: Store | None = None) -> pd.DataFrame:
    """A row for each pair of counts and reason: pair, reason (null: they agree within a minute), n, apart (median, minutes)."""
    asked = _question(filters).on(store)
    return asked.remembered(("crosscheck",), lambda: asked.table(asked.sql(SUMMARY))).copy()


def apart(pair: str, filters: Filters, store: Store | None = None) -> pd.DataFrame:
    """The tickets on which a pair disagrees, those furthest apart first."""
    asked = _question(filters).on(store)
    return asked.table(asked.sql(ROWS), pair=pair)


def _question(filters: Filters) -> Question:
    return Question(Scope("tickets", "created_at"), filters)
