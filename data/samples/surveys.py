"""Who is asked, who answers, and with which score: satisfaction after a ticket, recommendation every quarter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.samples import office_hours
from data.samples.company import (
    AS_OF,
    CHANNELS,
    CSAT_BASE,
    CSAT_REOPENED,
    CSAT_SLOW,
    DAY,
    HOUR,
    LOW_RESPONSE,
    LOW_WAVE,
    NEVER,
    NPS_RESPONSE,
    RISING,
    SLOW_AFTER,
    WAVES,
    Flags,
    Floats,
    Ints,
    moment,
)
from data.samples.customers import Customers
from data.samples.tickets import Tickets, rising_share
from data.samples.timeline import ANSWERED, Course

OFFERED = 0.72
CSAT_RESPONSE = 0.27
BLANK = -1


@dataclass
class Csat:
    """One place an offered survey; score is BLANK and answered NEVER without an answer."""

    ticket: Ints
    sent: Ints
    answered: Ints
    score: Ints


@dataclass
class Nps:
    """One place a customer asked in a wave."""

    who: Ints
    wave: Ints
    sent: Ints
    answered: Ints
    score: Ints
    theme: Ints


def content(rng: np.random.Generator, them: Tickets, course: Course, names: list[str]) -> Floats:
    """How likely each ticket's customer is to be satisfied."""
    likely = np.full(them.size, CSAT_BASE) + 0.03 * rng.standard_normal(32)[them.agent]
    likely += np.where(course.first_reply - them.created > SLOW_AFTER, CSAT_SLOW, 0.0)
    likely += np.where(course.reopens > 0, CSAT_REOPENED, 0.0)
    likely += np.where(them.theme == names.index(RISING), -0.06, 0.0)
    likely += np.where(them.theme == names.index("service"), -0.12, 0.0)
    return np.clip(likely, 0.03, 0.985)


def satisfaction(rng: np.random.Generator, them: Tickets, course: Course, names: list[str]) -> Csat:
    """One survey after most solved tickets; about a quarter are answered."""
    n = them.size
    live = np.asarray([channel.live for channel in CHANNELS])[them.channel]
    sent = course.solved + np.where(live, 600 + (rng.random(n) * 1800).astype(np.int64), DAY)
    offered = (course.kind == ANSWERED) & (course.replies > 0) & (rng.random(n) < OFFERED) & (sent <= AS_OF)
    answered = sent + office_hours.lognormal(rng, 260.0, 1.3, n)
    replied = offered & (rng.random(n) < CSAT_RESPONSE) & (answered <= AS_OF)
    good = rng.random(n) < content(rng, them, course, names)
    score = np.where(good, 5 - (rng.random(n) < 0.34), 3 - office_hours.pick(rng, (0.34, 0.28, 0.38), n))
    ticket = np.flatnonzero(offered)
    replied, answered, score = replied[ticket], answered[ticket], score[ticket]
    return Csat(ticket, sent[ticket], np.where(replied, answered, NEVER), np.where(replied, score, BLANK))


def recommendation(rng: np.random.Generator, them: Customers, happy: Floats, themes: Floats, rising: int) -> Nps:
    """Quarterly waves to nine in ten customers of more than a month; happiness at support colours the score."""
    everyone = np.arange(them.size)
    parts = [_wave(rng, them, everyone, place, happy, themes, rising) for place in range(len(WAVES))]
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Nps(*joined)


def _wave(
    rng: np.random.Generator, them: Customers, everyone: Ints, wave: int, happy: Floats, themes: Floats, rising: int
) -> tuple[Ints, ...]:
    name, day = WAVES[wave]
    first = moment(day) + 10 * HOUR
    asked = them.active(everyone, np.full(them.size, first)) & (them.signed < first - 30 * DAY) & (rng.random(them.size) < 0.9)
    who = np.flatnonzero(asked)
    n = len(who)
    sent = first + np.arange(n) // 4  # four e-mails a second
    rate = LOW_RESPONSE if name == LOW_WAVE else NPS_RESPONSE
    answered = sent + office_hours.lognormal(rng, 700.0, 1.3, n)
    replied = (rng.random(n) < rate) & (answered <= AS_OF)
    feeling = 8.1 + 0.9 * them.mood[who] + 3.0 * happy[who] + 1.65 * rng.standard_normal(n)
    score = np.clip(np.rint(feeling), 0, 10).astype(np.int64)
    theme = np.where(rng.random(n) < rising_share(sent), rising, office_hours.pick(rng, themes, n))
    return who, np.full(n, wave), sent, np.where(replied, answered, NEVER), np.where(replied, score, BLANK), theme


def support_happiness(size: int, who: Ints, good: Flags) -> Floats:
    """Share of good answers of each customer against the usual, shrunk where there are few."""
    total = np.bincount(who, minlength=size)
    surplus: Floats = (np.bincount(who, weights=good, minlength=size) - 0.8 * total) / (total + 1.0)
    return surplus
