"""The estimates a metric may state: how one number is made of rows, each a macro of macros.sql."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """`macro` is given a relation of a slice and `column`, in which the measure of each row stands; "" where rows alone count."""

    macro: str
    column: str = ""
    averages: bool = False  # a mean over its rows, of which a change can be split into parts that add up
    ranks: bool = False  # a median or another rank, of which no split adds up


ESTIMATES: Mapping[str, Estimate] = {
    "share": Estimate("share_of", "hit", averages=True),
    "mean": Estimate("mean_of", "measure", averages=True),
    "median": Estimate("median_of", "measure", ranks=True),
    "time_by": Estimate("done_by", "minutes", ranks=True),  # the time by which this part of the rows is done
    "nps": Estimate("nps_of", "nps_group", averages=True),
    "balance": Estimate("balance_of", "hit", averages=True),
    "count": Estimate("count_of"),
    "own": Estimate(""),  # the file's own SQL gives slice, value, low, high, n
}
