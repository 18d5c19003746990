"""What goes along with satisfaction: how much of it each part of the service tells, shared out fairly where parts go together.

A linear model of satisfied (1) or not (0) on the waits (logarithms), the people and the replies of the ticket. R squared is shared
out by the average over all orders in which the parts can enter (Lindeman, Merenda and Gold 1980). Intervals are the middle 95 % of
redrawings (bootstrap) of 200 random parts of the answers, whose sums are all that leaves the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import erfc, exp, factorial, gamma, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.store import Store
from queries.compose import Scope
from queries.filters import Filters
from queries.headers import MOMENTS
from queries.question import Asked, Question

FEATURES: Mapping[str, str] = {
    "wait for the first reply": "case when reply_seen then ln(1 + reply_minutes) end",
    "time to solved": "case when solved_seen then ln(1 + resolution_minutes) end",
    "agents on the ticket": "agents::double",
    "replies": "replies::double",
    "reopened": "(reopens > 0)::integer::double",
}
COUNTED = "kind = 'csat' and score_left_out is null"
PARTS, DRAWS = 200, 500
KNOWN = 0.5  # of all answers: a part known for fewer stays out, for every answer counted has to have all of them
ENOUGH = 200  # answers
EACH = 20  # of them satisfied, and of them not
Grams = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Drivers:
    """`parts` has a row a feature, the most telling first: slice, value (its share of what they tell together, percent), low, high,
    n and sign (-1: the more of it, the fewer are satisfied)."""

    parts: pd.DataFrame
    told: float  # percent of the differences between answers that all of them tell together (R squared)
    low: float
    high: float
    n: int
    chance: float = 0.0  # how likely chance alone makes them tell that much together


def drivers(filters: Filters, store: Store | None = None) -> Drivers | None:
    """None where fewer than two features are known, or too few answers of either kind."""
    asked = Question(Scope("answers", MOMENTS["answers"]), filters).on(store)
    return asked.remembered(("drivers",), lambda: _drivers(asked))


def lmg(grams: Grams) -> Grams:
    """Each feature's share of R squared (..., k), from sums of products over (1, features, outcome): (..., k + 2, k + 2)."""
    count = grams.shape[-1] - 2
    explained = {chosen: _explained(grams, chosen) for size in range(count + 1) for chosen in combinations(range(count), size)}
    return np.stack([_average_gain(explained, one, count) for one in range(count)], axis=-1)


def _average_gain(explained: Mapping[tuple[int, ...], Grams], one: int, count: int) -> Grams:
    """What a feature adds, on average over the orders in which features can enter."""
    without = [chosen for chosen in explained if one not in chosen]
    weight = {size: factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)}
    gains = [weight[len(chosen)] * (explained[tuple(sorted((*chosen, one)))] - explained[chosen]) for chosen in without]
    return np.asarray(np.sum(gains, axis=0))


def _explained(grams: Grams, chosen: tuple[int, ...]) -> Grams:
    """R squared of the outcome on these features."""
    means = grams[..., 0, 1:] / grams[..., :1, 0]
    spread = grams[..., 1:, 1:] / grams[..., :1, :1] - means[..., :, None] * means[..., None, :]
    if not chosen:
        return np.zeros(grams.shape[:-2])
    at = list(chosen)
    inner, outer = spread[..., at, :][..., at], spread[..., at, -1]
    slopes = np.einsum("...ij,...j->...i", np.linalg.pinv(inner, hermitian=True), outer)
    return np.asarray(np.einsum("...i,...i->...", slopes, outer) / spread[..., -1, -1])


def _drivers(asked: Asked) -> Drivers | None:
    names = _known(asked)
    if len(names) < 2:
        return None
    grams = _sums(names, asked)
    whole = grams.sum(axis=0)
    n, happy = int(whole[0, 0]), whole[0, -1]
    if n < ENOUGH or min(happy, n - happy) < EACH:
        return None
    weights = np.random.default_rng(0).multinomial(len(grams), np.full(len(grams), 1 / len(grams)), DRAWS)
    drawn = lmg(np.tensordot(weights.astype(float), grams, axes=1))
    shares, told = lmg(whole), drawn.sum(axis=-1)
    ends = np.percentile(100 * drawn / told[:, None], (2.5, 97.5), axis=0)
    sign = np.sign(whole[1:-1, -1] / n - whole[0, 1:-1] * happy / n**2)
    parts = pd.DataFrame(
        {"slice": names, "value": 100 * shares / shares.sum(), "low": ends[0], "high": ends[1], "n": n, "sign": sign}
    )
    low, high = np.percentile(100 * told, (2.5, 97.5))
    found = parts.sort_values("value", ascending=False, ignore_index=True)
    return Drivers(found, float(100 * shares.sum()), low, high, n, beyond(n * float(shares.sum()), len(names)))


def beyond(chi_squared: float, freedom: int) -> float:
    """How likely chance alone goes beyond it. Of n answers, n times R squared is such a number where no feature tells anything:
    R squared itself is never 0, and its redrawings lie above it, so that its own interval cannot say so."""
    half = chi_squared / 2
    at, left = (1.0, exp(-half)) if freedom % 2 == 0 else (0.5, erfc(sqrt(half)))
    while at < freedom / 2:
        left += half**at * exp(-half) / gamma(at + 1)
        at += 1
    return left


def _known(asked: Asked) -> list[str]:
    """The features that most answers have, and that differ between them."""
    body = ", ".join(f"count({sql}) as k{at}, count(distinct {sql}) as d{at}" for at, sql in enumerate(FEATURES.values()))
    found = asked.table(asked.sql(f"select count(*) as n, {body} from answers where {COUNTED}")).iloc[0]
    return [name for at, name in enumerate(FEATURES) if found[f"k{at}"] > KNOWN * found["n"] and found[f"d{at}"] > 1]


def _sums(names: list[str], asked: Asked) -> Grams:
    """Sums of products over (1, features, outcome), one matrix for each random part: shape (parts, k + 2, k + 2)."""
    columns = ["1.0", *(FEATURES[name] for name in names), "positive::integer::double"]
    known = " and ".join(f"c{at} is not null" for at in range(len(columns)))
    pairs = [(i, j) for i in range(len(columns)) for j in range(len(columns))]
    listed = ", ".join(f"{sql} as c{at}" for at, sql in enumerate(columns))
    sums = ", ".join(f"sum(c{i} * c{j}) as s{i}_{j}" for i, j in pairs)
    body = (
        f"with counted as (select hash(kind, source, id) % {PARTS} as part, {listed} from answers where {COUNTED})\n"
        f"select part, {sums} from counted where {known} group by part order by part"
    )
    found = asked.table(asked.sql(body)).drop(columns="part")
    return found.to_numpy(dtype=float).reshape(len(found), len(columns), len(columns))
