"""What happens to each ticket: who writes when, when it is solved, whether it comes back, where it stands at the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.samples import office_hours
from data.samples.company import (
    AS_OF,
    BILLING,
    CHANNELS,
    CHAT,
    DAY,
    ENTERPRISE,
    ENTERPRISE_PACE,
    LAUNCH,
    LAUNCH_CHAT_WAIT,
    MONDAY_BILLING,
    NEVER,
    PRIORITY_PACE,
    REOPEN,
    URGENT,
    Flags,
    Floats,
    Ints,
)
from data.samples.tickets import Tickets

ROUNDS = 4
# how a ticket goes: answered; solved without an answer; merged into another; deleted as spam; never finished
ANSWERED, SILENT, MERGED, SPAM, STUCK = range(5)
_LIVE = np.asarray([channel.live for channel in CHANNELS])


@dataclass
class Course:
    """One place a ticket; moments are NEVER where they have not happened by the end of the two years."""

    kind: Ints
    customer: Ints  # one column a round: when the customer writes
    agent: Ints  # one column a round: when a person answers in public
    solved_first: Ints
    reopened_at: Ints
    solved: Ints
    hold_until: Ints  # on hold from the last customer message until then; 0 if it never was

    @property
    def replies(self) -> Ints:
        """Public answers by people."""
        count: Ints = (self.agent < NEVER).sum(axis=1).astype(np.int64)
        return count

    @property
    def first_reply(self) -> Ints:
        """The first of them."""
        return self.agent[:, 0]

    @property
    def last_reply(self) -> Ints:
        """The last of them, 0 without any."""
        last: Ints = np.where(self.agent < NEVER, self.agent, 0).max(axis=1)
        return last

    @property
    def last_asked(self) -> Ints:
        """The customer's last message that asks for something."""
        last: Ints = np.where(self.customer < NEVER, self.customer, 0).max(axis=1)
        return last

    @property
    def reopens(self) -> Ints:
        """Once or never."""
        return (self.reopened_at < NEVER).astype(np.int64)


def pace(rng: np.random.Generator, them: Tickets) -> Floats:
    """How many times longer than usual this ticket waits."""
    skill = np.exp(0.18 * rng.standard_normal(32))[them.agent]
    launch = (LAUNCH[0] <= them.created) & (them.created < LAUNCH[1])
    hour, weekday = office_hours.hour(them.created), office_hours.weekday(them.created)
    late = (them.channel == CHAT) & ((hour < 8) | (hour > 19) | (weekday > 4))
    monday = (them.team == BILLING) & (weekday == 0)
    found: Floats = skill * np.asarray(PRIORITY_PACE)[them.priority]
    found *= np.where(launch, np.where(them.channel == CHAT, LAUNCH_CHAT_WAIT, 1.15), 1.0)
    found *= np.where(them.segment == ENTERPRISE, ENTERPRISE_PACE, 1.0) * np.where(monday, MONDAY_BILLING, 1.0)
    return found * np.where(late, 3.0, 1.0)


def answer(rng: np.random.Generator, them: Tickets, at: Ints, pacing: Floats, medians: tuple[float, ...]) -> Ints:
    """When a person answers what was written at that moment: live channels and urgent tickets around the clock."""
    n = them.size
    spread = np.asarray([channel.spread for channel in CHANNELS])[them.channel]
    seconds = np.exp(spread * rng.standard_normal(n)) * np.asarray(medians)[them.channel] * pacing * 60
    wait = np.maximum(seconds, 12).astype(np.int64)
    round_the_clock = _LIVE[them.channel] | ((them.priority == URGENT) & (rng.random(n) < 0.7))
    return np.where(round_the_clock, at + wait, office_hours.office_later(at, wait))


def settle(rng: np.random.Generator, them: Tickets, answered: Ints) -> Ints:
    """When it is marked solved: soon after the answer, or days later when it waits for the customer."""
    n = them.size
    soon = np.where(_LIVE[them.channel], office_hours.lognormal(rng, 6.0, 0.7, n), office_hours.lognormal(rng, 20.0, 1.0, n))
    waits = ~_LIVE[them.channel] & (rng.random(n) < 0.42)
    return answered + np.where(waits, 2 * DAY + (rng.random(n) * 2 * DAY).astype(np.int64), soon)


def rounds(rng: np.random.Generator, them: Tickets, reopened: Flags) -> Ints:
    """How many public answers each ticket takes; coming back takes one more."""
    usual = office_hours.pick(rng, (0.79, 0.16, 0.04), them.size) + 1
    return usual + reopened


def play(rng: np.random.Generator, them: Tickets, tricky: Flags) -> Course:
    """The course of every ticket up to the end of the two years."""
    n = them.size
    kind = office_hours.pick(rng, (0.9705, 0.015, 0.008, 0.004, 0.0025), n)
    reopened = (kind == ANSWERED) & (rng.random(n) < np.where(tricky, REOPEN + 0.05, REOPEN))
    count = np.where(np.isin(kind, (ANSWERED, STUCK)), rounds(rng, them, reopened), 0)
    never = np.full(n, NEVER)
    course = Course(kind, np.full((n, ROUNDS), NEVER), np.full((n, ROUNDS), NEVER), never, never, never, np.zeros_like(never))
    pacing = pace(rng, them)
    for turn in range(ROUNDS):
        _take_turn(rng, them, course, turn, count, reopened, pacing)
    _solve(rng, them, course, reopened)
    _hold(rng, course, tricky)
    return cut(course)


def _take_turn(
    rng: np.random.Generator, them: Tickets, course: Course, turn: int, count: Ints, reopened: Flags, pacing: Floats
) -> None:
    """The customer writes, a person answers; the last turn of a reopened ticket comes after it was marked solved."""
    written = them.created if turn == 0 else _write_back(rng, them, course, turn, reopened & (count == turn + 1))
    medians = tuple(channel.first if turn == 0 else channel.follow for channel in CHANNELS)
    answered = answer(rng, them, written, pacing if turn == 0 else np.sqrt(pacing), medians)
    takes = turn < count
    course.customer[:, turn] = np.where(takes | (turn == 0), written, NEVER)
    course.agent[:, turn] = np.where(takes, answered, NEVER)


def _write_back(rng: np.random.Generator, them: Tickets, course: Course, turn: int, reopens: Flags) -> Ints:
    n, before = them.size, course.agent[:, turn - 1]
    pause = np.where(_LIVE[them.channel], office_hours.lognormal(rng, 4.0, 0.8, n), office_hours.lognormal(rng, 300.0, 1.0, n))
    marked = settle(rng, them, before)
    course.solved_first = np.where(reopens, marked, course.solved_first)
    written = np.where(reopens, marked + office_hours.lognormal(rng, 1100.0, 0.8, n), before + pause)
    course.reopened_at = np.where(reopens, written, course.reopened_at)
    return written


def _solve(rng: np.random.Generator, them: Tickets, course: Course, reopened: Flags) -> None:
    """When each ticket is solved for good; tickets nobody answered are tidied away in office hours."""
    tidied = office_hours.office_later(them.created, office_hours.lognormal(rng, 90.0, 0.9, them.size))
    solved = np.where(course.kind == ANSWERED, settle(rng, them, course.last_reply), NEVER)
    course.solved = np.where(np.isin(course.kind, (SILENT, MERGED)), tidied, solved)
    course.solved_first = np.where(reopened, course.solved_first, course.solved)


def _hold(rng: np.random.Generator, course: Course, tricky: Flags) -> None:
    """Some wait for engineering during part of the last wait for an answer."""
    held = (rng.random(len(tricky)) < np.where(tricky, 0.12, 0.02)) & (course.kind == ANSWERED)
    wait = (course.last_reply - course.last_asked) * (0.3 + 0.5 * rng.random(len(tricky)))
    course.hold_until = np.where(held, course.last_asked + wait.astype(np.int64), 0)


def cut(course: Course) -> Course:
    """Forget what would happen after the end of the two years."""
    for name in ("customer", "agent", "solved_first", "reopened_at", "solved"):
        moments = getattr(course, name)
        setattr(course, name, np.where(moments > AS_OF, NEVER, moments))
    # marked solved in time and not yet back: to the helpdesk this is simply solved
    waiting = (course.solved_first < NEVER) & (course.reopened_at == NEVER)
    course.solved = np.where(waiting, course.solved_first, course.solved)
    course.hold_until = np.where(course.hold_until > AS_OF, 0, course.hold_until)
    return course
