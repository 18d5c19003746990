"""The parts of a change as readers outside may see them: parts add up, so those of few are joined."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from pandas import DataFrame, concat

from pages import context
from pages.document import cell_suppression
from queries.decomposition import Split

REST = "all else"
Part = Mapping[Hashable, Any]  # a row of a split's parts


def fit(found: list[Split]) -> list[Split]:
    """The splits that this reader may see: outside, none by agents, and parts of few joined with the next smallest."""
    k = context.current().smallest
    return [replace(one, parts=joined(one.parts, k)) for one in found if one.by != "agent"] if k else found


def joined(parts: DataFrame, k: int) -> DataFrame:
    """Parts add up, so several are one: with the rows, the share and the effects of all of them."""
    gone = {at for name in ("n", "n_before") for at in cell_suppression.hidden(parts[name].tolist(), k)}
    few = parts.iloc[sorted(gone)]
    if few.empty:
        return parts
    whole = {name: few[name].sum() for name in ("n", "n_before", "share", "share_before", "mix", "rate")}
    for value, n in (("value", "n"), ("value_before", "n_before")):
        whole[value] = (few[value].astype(float).fillna(0) * few[n]).sum() / whole[n] if whole[n] else math.nan
    row = {"slice": REST, "seen": "both", "real": False, "noise": math.nan} | whole
    return concat([parts.iloc[[at for at in range(len(parts)) if at not in gone]], DataFrame([row])], ignore_index=True)


def rows_of(row: Part) -> float:
    """On how many rows a part rests: those of the thinner period, unless it was not there at all."""
    return min((float(row[name]) for name in ("n", "n_before") if float(row[name])), default=0.0)
