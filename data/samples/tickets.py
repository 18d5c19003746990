"""Who writes, when, through which channel, about what, and whose desk it lands on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from data.samples import office_hours
from data.samples.company import (
    CHANNELS,
    CHAT,
    DAY,
    DAYS,
    ENTERPRISE,
    ENTERPRISE_DESK,
    LAUNCH,
    LAUNCH_CHATS,
    RISING,
    RISING_SHARE,
    SEGMENT_TICKETS,
    START,
    TEAM_SIZES,
    TEAMS,
    TICKETS_DRAWN,
    Flags,
    Floats,
    Ints,
    moment,
)
from data.samples.customers import Customers

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

CLOSED_DAYS = (
    "2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21",
    "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06",
)  # fmt: skip
QUIET_DAYS = ("2024-12-24", "2024-12-31", "2025-05-05", "2025-08-25", "2025-12-24", "2025-12-31", "2026-05-04", "2026-08-31")
WEEKDAYS = (1.18, 1.08, 1.02, 1.0, 0.88)
NEWCOMER = 60 * DAY
Columns = TypeVar("Columns", bound="DataclassInstance")


@dataclass
class Tickets:
    """One place a ticket in every array, in the order they were created."""

    created: Ints
    channel: Ints
    who: Ints  # place in the customers
    segment: Ints
    theme: Ints
    team: Ints
    agent: Ints  # place in the agents: who holds it in the end
    first_agent: Ints  # who answered first
    priority: Ints
    transferred: Flags
    reassigned: Flags

    @property
    def size(self) -> int:
        """How many tickets."""
        return len(self.created)


def keep(columns: Columns, wanted: Flags) -> Columns:
    """The same columns with only the wanted rows."""
    kept: dict[str, Any] = {field.name: getattr(columns, field.name)[wanted] for field in fields(columns)}
    return type(columns)(**kept)


def volume() -> Floats:
    """Expected tickets of each channel (rows) on each day (columns), in no particular unit."""
    day = START + np.arange(DAYS) * DAY
    weekday = office_hours.weekday(day)
    month = day.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12
    calm = np.where(month == 7, 0.86, 1.0) * np.where(np.isin(day, [moment(d) for d in CLOSED_DAYS]), 0.15, 1.0)
    calm *= np.where(np.isin(day, [moment(d) for d in QUIET_DAYS]), 0.5, 1.0)
    growth = 1.0 + 0.5 * np.arange(DAYS) / DAYS
    launch = (LAUNCH[0] <= day) & (day < LAUNCH[1])
    rows = []
    for place, channel in enumerate(CHANNELS):
        shape = np.asarray((*WEEKDAYS, channel.weekend, channel.weekend))[weekday]
        flood = np.where(launch, LAUNCH_CHATS if place == CHAT else 1.12, 1.0)
        rows.append(channel.share * shape * calm * growth * flood)
    return np.asarray(rows)


def arrivals(rng: np.random.Generator, n: int) -> tuple[Ints, Ints]:
    """When each ticket is created and through which channel."""
    channel, day = np.divmod(office_hours.pick(rng, volume().ravel(), n), DAYS)
    second = rng.integers(0, 3600, n)
    for place, kind in enumerate(CHANNELS):
        mine = channel == place
        second[mine] += office_hours.pick(rng, kind.hours, int(mine.sum())) * 3600
    created = START + day * DAY + second
    order = np.argsort(created, kind="stable")
    return created[order], channel[order]


def writers(rng: np.random.Generator, them: Customers, created: Ints) -> Ints:
    """A customer for each ticket, drawn again until it is one who was paying at the time."""
    weight = tuple(np.asarray(SEGMENT_TICKETS)[them.segment] * np.exp(0.5 * rng.standard_normal(them.size)))
    who = office_hours.pick(rng, weight, len(created))
    for _ in range(200):
        again = np.flatnonzero(~them.active(who, created))
        if not len(again):
            break
        who[again] = office_hours.pick(rng, weight, len(again))
    return who


def subjects(rng: np.random.Generator, themes: dict[str, Any], created: Ints, newcomer: Flags) -> Ints:
    """A theme for each ticket; the rising theme takes its share of the date, the others share the rest."""
    names = list(themes)
    rising = names.index(RISING)
    others = tuple(0.0 if name == RISING else float(themes[name]["share"]) for name in names)
    theme = office_hours.pick(rng, others, len(created))
    theme[newcomer & (rng.random(len(created)) < 0.35)] = names.index("onboarding")
    theme[rng.random(len(created)) < rising_share(created)] = rising
    return theme


def rising_share(at: Ints) -> Floats:
    """How likely a text of that date is about the rising theme."""
    steps = np.asarray([moment(day) for day, _ in RISING_SHARE])
    shares: Floats = np.asarray([share for _, share in RISING_SHARE])
    return shares[np.searchsorted(steps, at, side="right") - 1]


def agent_of(rng: np.random.Generator, team: Ints) -> Ints:
    """Somebody of the team; the first in each team take a little more."""
    start = np.concatenate([[0], np.cumsum(TEAM_SIZES)])[:-1]
    place = (rng.random(len(team)) ** 1.15 * np.asarray(TEAM_SIZES)[team]).astype(np.int64)
    found: Ints = start[team] + place
    return found


def desks(rng: np.random.Generator, themes: dict[str, Any], theme: Ints, channel: Ints, segment: Ints) -> Ints:
    """The team that ends up with each ticket."""
    n = len(theme)
    team = np.asarray([TEAMS.index(entry["team"]) for entry in themes.values()])[theme]
    front = np.isin(channel, (CHAT, 3)) & (rng.random(n) < 0.45)
    team = np.where(front, 0, team)
    return np.where((segment == ENTERPRISE) & (rng.random(n) < 0.6), ENTERPRISE_DESK, team)


def draw(rng: np.random.Generator, them: Customers, themes: dict[str, Any], scale: float) -> Tickets:
    """All tickets, before anyone has answered."""
    n = round(TICKETS_DRAWN * scale)
    created, channel = arrivals(rng, n)
    who = writers(rng, them, created)
    segment = them.segment[who]
    theme = subjects(rng, themes, created, created - them.signed[who] < NEWCOMER)
    team = desks(rng, themes, theme, channel, segment)
    agent = agent_of(rng, team)
    transferred = (rng.random(n) < 0.11) & (team > 0)
    reassigned = ~transferred & (rng.random(n) < 0.08)
    earlier = np.where(transferred, agent_of(rng, np.zeros(n, dtype=np.int64)), agent_of(rng, team))
    first = np.where((transferred | reassigned) & (rng.random(n) < 0.6), earlier, agent)
    priority = office_hours.pick(rng, (0.15, 0.62, 0.18, 0.05), n)
    priority = np.where((segment == ENTERPRISE) & (rng.random(n) < 0.3), np.minimum(priority + 1, 3), priority)
    return Tickets(created, channel, who, segment, theme, team, agent, first, priority, transferred, reassigned)
