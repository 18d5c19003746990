"""The customers: who they are, when they signed up, and when and why they leave."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from data.samples import office_hours
from data.samples.company import (
    AS_OF,
    CHURN_DISSATISFIED,
    CHURN_MONTHLY,
    CHURN_SEGMENT,
    CUSTOMERS,
    DAY,
    NEVER,
    SEGMENT_SHARE,
    START,
    Flags,
    Floats,
    Ints,
    moment,
)

CUSTOMER_ID = 3810000010001
COUNTRIES = (
    ("United Kingdom", "en", 0.30), ("United States", "en", 0.26), ("Ireland", "en", 0.08),
    ("Canada", "en", 0.09), ("Australia", "en", 0.08), ("Germany", "de", 0.07),
    ("Netherlands", "nl", 0.05), ("France", "fr", 0.04), ("Sweden", "sv", 0.03),
)  # fmt: skip
MONTH = 30.4375 * DAY
OLDEST = moment("2022-03-01")
RETURNS = 0.07


@dataclass
class Customers:
    """One place a customer in every array; moments in seconds, NEVER where it has not happened."""

    segment: Ints
    country: Ints
    mood: Floats  # how kindly this customer judges, around 0
    signed: Ints
    ended: Ints
    restarted: Ints

    @property
    def size(self) -> int:
        """How many customers."""
        return len(self.signed)

    @property
    def ids(self) -> Ints:
        """Their numbers in every file."""
        return np.arange(self.size) + CUSTOMER_ID

    def active(self, who: Ints, at: Ints) -> Flags:
        """Whether each customer was paying at that moment."""
        before = (self.signed[who] <= at) & (at < self.ended[who])
        return before | (self.restarted[who] <= at)


def sign_up(rng: np.random.Generator, scale: float) -> Customers:
    """Everyone who ever signed up; those older than the two years may have left before they begin."""
    n = max(40, round(CUSTOMERS * scale))
    old = rng.random(n) < 0.60
    span = np.where(old, START - OLDEST, AS_OF - START - 5 * DAY)
    signed = np.sort(np.where(old, OLDEST, START) + (rng.random(n) * span).astype(np.int64))
    segment = office_hours.pick(rng, SEGMENT_SHARE, n)
    country = office_hours.pick(rng, tuple(share for _, _, share in COUNTRIES), n)
    monthly = CHURN_MONTHLY * np.asarray(CHURN_SEGMENT)[segment]
    stayed = signed + (-np.log1p(-rng.random(n)) / monthly * MONTH).astype(np.int64)
    ended = np.where(stayed < START, stayed, NEVER)
    return Customers(segment, country, rng.standard_normal(n), signed, ended, np.full(n, NEVER))


def months() -> list[int]:
    """First second of each month of the two years, and of the month after."""
    return [moment(f"{2024 + (10 + i) // 12}-{(10 + i) % 12 + 1:02}-01") for i in range(25)]


def leave(rng: np.random.Generator, them: Customers, who: Ints, at: Ints, dissatisfied: Flags) -> None:
    """Month by month some leave; whoever was dissatisfied in the latest answer before the month leaves more often."""
    order = np.argsort(at, kind="stable")
    who, at, dissatisfied = who[order], at[order], dissatisfied[order]
    unhappy = np.zeros(them.size, dtype=bool)
    firsts, seen = months(), 0
    for first, following in pairwise(firsts):
        heard = int(np.searchsorted(at, first))
        unhappy[who[seen:heard]] = dissatisfied[seen:heard]  # the last of several answers stands
        seen = heard
        chance = CHURN_MONTHLY * np.asarray(CHURN_SEGMENT)[them.segment] * np.where(unhappy, CHURN_DISSATISFIED, 1.0)
        goes = them.active(np.arange(them.size), np.full(them.size, first)) & (rng.random(them.size) < chance)
        day = first + (rng.random(them.size) * (following - first - DAY)).astype(np.int64)
        them.ended = np.where(goes, day, them.ended)
    back = them.ended + (45 + rng.random(them.size) * 105).astype(np.int64) * DAY
    returns = (them.ended > START) & (back < AS_OF) & (rng.random(them.size) < RETURNS)
    them.restarted = np.where(returns, back, NEVER)
