"""The second way, continued: who stayed, who left and what they pay."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.queries.reference import World, minutes
from tests.queries.reference_metrics import mean, midnight, share
from tests.queries.second_ways import Answer, Ways

MONTH = 365.2425 * 24 * 60 / 12  # minutes


def churn(world: World, name: str, start: date | None, end: date | None) -> Answer:
    """Who was there when the first day began and not when the last one ended; without a start, everyone there ever was."""
    after = midnight(end or world.today) + timedelta(days=1) if end or world.today else datetime.max  # type: ignore[arg-type]

    def there(spell: tuple[datetime, datetime | None, float], at: datetime) -> bool:
        return spell[0] < at and (spell[1] is None or spell[1] >= at)

    left, paid, lost = [], 0.0, 0.0
    for spells in world.spells().values():
        known = [spell for spell in spells if spell[0] < after]
        before = [spell for spell in known if start and there(spell, midnight(start))]
        if not known or (start and not before):
            continue
        now = [spell for spell in known if there(spell, after)]
        newest = max(known, key=lambda spell: spell[1] or datetime.max)
        money = sum(s[2] for s in before) if start else sum(s[2] for s in now) if now else newest[2]
        left.append(not now)
        paid, lost = paid + money, lost + (money if not now else 0)
    ways = Ways({
        "revenue_churn": lambda: (100 * lost / paid if paid else None, len(left)) if left else (None, 0),
        "customer_churn": lambda: share(left),
        "retention": lambda: share(not gone for gone in left),
    })  # fmt: skip
    return ways[name]()


def per_account(world: World, end: date | None) -> Answer:
    after = midnight(end or world.today) + timedelta(days=1) if end or world.today else datetime.max  # type: ignore[arg-type]
    paying = [[s[2] for s in spells if s[0] < after and (s[1] is None or s[1] >= after)] for spells in world.spells().values()]
    return mean([sum(money) for money in paying if money])


def stays(world: World, end: date | None) -> list[tuple[float, bool]]:
    """Months from an account's first day to its last or to the end of the period, and whether it had left by then."""
    after = midnight(end or world.today) + timedelta(days=1) if end or world.today else datetime.max  # type: ignore[arg-type]
    found = []
    for spells in world.spells().values():
        began, ends = min(s[0] for s in spells), [s[1] for s in spells]
        left = None if None in ends else max(filter(None, ends))
        if began < after:
            gone = left is not None and left < after
            found.append((minutes(began, left if gone and left else after) / MONTH, gone))
    return found


def lifetime(world: World, end: date | None) -> Answer:
    """What an account pays, times the months it is expected to stay of the 36 to come: day by day down the curve."""
    stayed = stays(world, end)
    still, months, at = 1.0, 0.0, 0.0
    for length in sorted({stay for stay, _ in stayed}):
        months += still * (min(length, 36) - min(at, 36))
        still *= 1 - sum(stay == length and gone for stay, gone in stayed) / sum(stay >= length for stay, _ in stayed)
        at = length
    paid, n = per_account(world, end)
    return (None if paid is None else paid * months), n


def by_formula(world: World, end: date | None) -> Answer:
    """What an account pays, divided by the share of customers lost a month."""
    stayed = stays(world, end)
    paid, n = per_account(world, end)
    lost, months = sum(gone for _, gone in stayed), sum(stay for stay, _ in stayed)
    return (paid * months / lost, n) if lost and months and paid is not None else (None, 0)


def margined(answer: Answer, margin: float) -> Answer:
    value, n = answer
    return (None if value is None else value * margin), n


def bought_again(world: World, start: date | None, end: date | None) -> Answer:
    """Who ordered in the period, and ordered again later in it."""
    after = midnight(end or world.today) + timedelta(days=1) if end or world.today else datetime.max  # type: ignore[arg-type]
    visits: dict[str, set[datetime]] = {}
    for order in world.purchases():
        at = order["ordered_at"] and world.local(order["ordered_at"])
        if at and order["customer"] and at < after and not (start and at < midnight(start)):
            visits.setdefault(order["customer"], set()).add(at)
    return share(len(moments) > 1 for moments in visits.values())
