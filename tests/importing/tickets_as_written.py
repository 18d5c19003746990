"""Fifty tickets, and the ways their cells can be written."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

ISO = "%Y-%m-%d %H:%M:%S"
SOLVED = ("solved", "closed")


@dataclass(frozen=True)
class Ticket:
    id: str
    created: datetime
    reply: int | None  # minutes
    solved: int | None  # minutes
    status: str
    score: int | None

    def at(self, minutes: int | None) -> datetime | None:
        return None if minutes is None else self.created + timedelta(minutes=minutes)


def world() -> list[Ticket]:
    dice = random.Random(11)
    made = []
    for number in range(50):
        reply = None if number % 6 == 5 else dice.randrange(1, 600)
        solved = None if reply is None or number % 5 == 4 else reply + dice.randrange(30, 6000)
        status = SOLVED[number % 2] if solved else ("open", "pending")[number % 2]
        created = datetime(2024, 3, 1) + timedelta(days=number, minutes=dice.randrange(1440))
        made.append(Ticket(str(4000 + number), created, reply, solved, status, dice.randrange(1, 6) if solved else None))
    return made


WORLD = world()
Cell = Callable[[Ticket], str]


def stamp(form: str, which: str = "created", shift: int = 0) -> Cell:
    def written(ticket: Ticket) -> str:
        found = ticket.created if which == "created" else ticket.at(getattr(ticket, which))
        return (found + timedelta(hours=shift)).strftime(form) if found else ""

    return written


def unix(which: str = "created") -> Cell:
    def written(ticket: Ticket) -> str:
        found = ticket.created if which == "created" else ticket.at(getattr(ticket, which))
        return str(int((found - datetime(1970, 1, 1)).total_seconds())) if found else ""

    return written


def lasting(which: str, factor: float = 1, none: str = "") -> Cell:
    """Minutes times `factor`, in whole numbers where it is."""

    def written(ticket: Ticket) -> str:
        minutes = getattr(ticket, which)
        return none if minutes is None else f"{minutes * factor:.10g}"

    return written


def clock(which: str) -> Cell:
    def written(ticket: Ticket) -> str:
        minutes = getattr(ticket, which)
        return "" if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}:00"

    return written


def words(which: str) -> Cell:
    def written(ticket: Ticket) -> str:
        minutes = getattr(ticket, which)
        return "-" if minutes is None else f"{minutes // 60}h {minutes % 60}m"

    return written


def status(**named: str) -> Cell:
    return lambda ticket: named[ticket.status]


def score(ticket: Ticket) -> str:
    return str(ticket.score or "")


def ident(ticket: Ticket) -> str:
    return ticket.id
