"""Names, addresses, plans and payments of the customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from data.samples import office_hours
from data.samples.company import AS_OF, DAY, ENTERPRISE, NEVER, SEGMENTS, Ints, words
from data.samples.customers import COUNTRIES, Customers

PLANS = ("Starter", "Team", "Business", "Enterprise")
PRICES = ((29, 49, 79), (129, 189, 249), (390, 490, 690), (1400, 1900, 2600))
_START_PLAN = ((0.62, 0.35, 0.03, 0.0), (0.05, 0.55, 0.40, 0.0), (0.0, 0.0, 0.25, 0.75))
SUBSCRIPTION_ID = 500001


@dataclass
class People:
    """What the customers are called, one place a customer."""

    name: list[str]
    email: list[str]
    company: list[str]
    domain: list[str]


def christen(rng: np.random.Generator, n: int) -> People:
    """A contact person and a firm for every customer; no two firms share a name."""
    parts = words()
    firms, trades = parts["firm"], parts["trade"]
    deck = [int(i) for i in rng.permutation(max(n, len(firms) * len(trades)))[:n]]
    names = _company_names(deck, firms, trades)
    first = rng.integers(0, len(parts["first"]), n).tolist()
    last = rng.integers(0, len(parts["initial"]), n).tolist()
    given = [parts["first"][i] for i in first]
    domain = [f"{name.lower().replace(' ', '-')}.example" for name in names]
    email = [f"{who.lower()}@{where}" for who, where in zip(given, domain, strict=True)]
    return People([f"{who} {parts['initial'][i]}." for who, i in zip(given, last, strict=True)], email, names, domain)


def _company_names(deck: list[int], firms: list[str], trades: list[str]) -> list[str]:
    made = []
    for card in deck:
        turn, rest = divmod(card, len(firms) * len(trades))
        name = f"{firms[rest % len(firms)]} {trades[rest // len(firms)]}"
        made.append(name if turn == 0 else f"{name} {turn + 1}")
    return made


def subscribe(rng: np.random.Generator, them: Customers) -> tuple[Ints, dict[str, list[Any]]]:
    """Each customer's plan today, and the table of subscriptions: upgrades and returns are rows of their own."""
    n = them.size
    plan = np.empty(n, dtype=np.int64)
    for segment, weights in enumerate(_START_PLAN):
        mine = them.segment == segment
        plan[mine] = office_hours.pick(rng, weights, int(mine.sum()))
    seat = rng.integers(0, 3, n)
    until = np.minimum(them.ended, AS_OF)
    moves = (rng.random(n) < 0.16) & (until - them.signed > 150 * DAY) & (plan < 3)
    moved = them.signed + ((0.25 + 0.5 * rng.random(n)) * (until - them.signed)).astype(np.int64)
    higher = np.where(moves & ((plan < 2) | (them.segment == ENTERPRISE)), plan + 1, plan)
    better = np.where(higher > plan, seat, 2)
    moves &= (higher > plan) | (better > seat)
    everyone = np.arange(n)
    back = them.restarted < NEVER
    who = np.concatenate([everyone, everyone[moves], everyone[back]])
    begins = np.concatenate([them.signed, moved[moves], them.restarted[back]])
    ends = np.concatenate([np.where(moves, moved, them.ended), them.ended[moves], np.full(int(back.sum()), NEVER)])
    bought = np.concatenate([plan, higher[moves], higher[back]])
    size = np.concatenate([seat, better[moves], better[back]])
    today = np.where(moves, higher, plan)
    return today, _subscription_rows(them, who, begins, ends, bought, size)


def _subscription_rows(them: Customers, who: Ints, begins: Ints, ends: Ints, bought: Ints, size: Ints) -> dict[str, list[Any]]:
    order = np.lexsort((who, begins))
    who, begins, ends, bought, size = (column[order] for column in (who, begins, ends, bought, size))
    over = (ends < NEVER).tolist()
    return {
        "Subscription ID": [f"SUB-{SUBSCRIPTION_ID + i}" for i in range(len(who))],
        "Customer ID": them.ids[who].tolist(),
        "Plan": [PLANS[i] for i in bought.tolist()],
        "Status": ["canceled" if done else "active" for done in over],
        "Started at": office_hours.dates(begins),
        "Ended at": [day if done else "" for day, done in zip(office_hours.dates(ends), over, strict=True)],
        "MRR": np.asarray(PRICES)[bought, size].tolist(),
        "Currency": ["USD"] * len(who),
    }


def customer_rows(them: Customers, people: People, plan: Ints) -> dict[str, list[Any]]:
    """The table of customers."""
    country = them.country.tolist()
    return {
        "Customer ID": them.ids.tolist(),
        "Name": people.name,
        "Email": people.email,
        "Company": people.company,
        "Segment": [SEGMENTS[i] for i in them.segment.tolist()],
        "Plan": [PLANS[i] for i in plan.tolist()],
        "Country": [COUNTRIES[i][0] for i in country],
        "Language": [COUNTRIES[i][1] for i in country],
        "Signed up at": office_hours.dates(them.signed),
    }
