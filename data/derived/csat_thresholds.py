"""From which score on an answer counts as satisfied, where the workspace has a mind of its own about a scale."""

from __future__ import annotations

from data.store import Store

KEY = "csat_from_"  # and the highest score of the scale; scales.sql reads them
STATE = f"(select string_agg(key || value, ' ' order by key) from settings where key like '{KEY}%')"


def keep(store: Store, scale: float, least: float | None) -> None:
    """Count answers as satisfied from `least` on, on the scale that ends at `scale`; None goes back to the custom."""
    store.set(f"{KEY}{scale:g}", "" if least is None else f"{least:g}")
