"""Feedback themes, for pages: the table of themes, what customers say about one, and what themes there are."""

from __future__ import annotations

import math

import pandas as pd

from data.store import Store
from data.themes import taxonomy
from queries import significance
from queries.filters import Filters
from queries.masking import mask
from queries.views import view

NEVER = "$.^"  # a pattern that matches nothing
QUOTE = ["said_at", "kind", "score", "scale_max", "comment", "source", "ticket_id"]


class UnknownTheme(ValueError):
    """No theme has that id; the message lists those there are."""


def titles() -> dict[str, str]:
    """What people read for each theme's id."""
    return taxonomy.titles()


def table(filters: Filters | None = None, store: Store | None = None) -> pd.DataFrame:
    """One row per theme that occurs, the most frequent first.

    tickets, share (%), tickets_before and change (%, NaN where there was nothing before), csat with interval and n, effect on
    CSAT in points with interval and n (of the fewer: with the theme or without it), impact on all of CSAT with interval,
    nps with interval and n, first_reply (median minutes) and n, comments.
    """
    found = view("theme_table", filters, store=store)
    found.insert(1, "title", [titles().get(theme, theme) for theme in found["theme"]])
    before = found["tickets_before"].astype(float)
    found.insert(5, "change", 100 * (found["tickets"] - before) / before.where(before > 0))
    return found


def apart(found: pd.DataFrame) -> pd.Series[bool]:
    """Which themes of a table have another CSAT than the rest, more than chance would have it when all are looked at at once."""
    ends = found[["effect", "effect_low", "effect_high"]].astype(float).itertuples(index=False)
    chances = [math.nan if math.isnan(effect) else significance.chance_within(effect, low, high) for effect, low, high in ends]
    return _surviving(chances, found)


def hurting(found: pd.DataFrame) -> pd.Series[bool]:
    """Those of them that have a lower one."""
    return (found["effect"].astype(float) < 0) & apart(found)


def rising(found: pd.DataFrame, days: int = 1, days_before: int = 1) -> pd.Series[bool]:
    """Which come more often a day than in the period before, more than chance would have it: counts as Poisson has them."""
    now, before = found["tickets"].astype(float), found["tickets_before"].astype(float)
    faster = now / days - before / days_before
    unsure = (now / days**2 + before / days_before**2) ** 0.5
    chances = [math.erfc(abs(z) / math.sqrt(2)) for z in faster / unsure.where(unsure > 0)]
    return (faster > 0) & _surviving(chances, found)


def _surviving(chances: list[float], found: pd.DataFrame) -> pd.Series[bool]:
    return pd.Series([chance < significance.ACCEPTED for chance in significance.together(chances)], index=found.index, dtype=bool)


def quotes(
    theme: str, filters: Filters | None = None, store: Store | None = None, limit: int = 20, worst_first: bool = True
) -> pd.DataFrame:
    """What customers wrote about a theme, with score and date, personal data masked. Raises UnknownTheme."""
    about = _theme(theme)
    found = view(
        "theme_quotes",
        filters,
        store=store,
        quoted=theme,
        pattern=about.pattern,
        without=about.without or NEVER,
        worst_first=worst_first,
        most=limit,
    )
    named = zip(found["comment"], found["name"], found["customer_name"], found["organization"], strict=True)
    found["comment"] = [mask(comment, [_text(name), _text(other)], [_text(firm)]) for comment, name, other, firm in named]
    return found[QUOTE]


def _theme(name: str) -> taxonomy.Theme:
    known = {theme.id: theme for theme in taxonomy.themes()}
    if name not in known:
        raise UnknownTheme(f"there is no theme '{name}'; there are {', '.join(known)}")
    return known[name]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
