"""The words that go with a score: what people liked, what annoyed them, now and then with a phone number."""

from __future__ import annotations

from typing import Any

import numpy as np

from data.samples import office_hours
from data.samples.company import AGENTS, NEVER, SLOW_AFTER, WAVES, Ints, Words
from data.samples.customers import Customers
from data.samples.people import People
from data.samples.surveys import Csat, Nps
from data.samples.texts import Phrases, first_name
from data.samples.tickets import Tickets
from data.samples.timeline import Course

SILENT_CSAT, SILENT_NPS = 0.30, 0.32
CONTRARY = 0.03  # words that do not match the score: people mix up the ends of a scale
PRIVATE = 0.012


def csat_rows(
    rng: np.random.Generator, phrases: Phrases, csat: Csat, them: Tickets, course: Course, people: People, ticket_ids: Ints
) -> dict[str, list[Any]]:
    """The table of satisfaction surveys, in the order they were sent."""
    who = them.who[csat.ticket]
    scored = csat.score >= 0
    good = _mostly(rng, csat.score >= 4)
    spoken = _csat_words(rng, phrases, csat, them, course, good)
    email = [people.email[i] for i in who.tolist()]
    wanted = scored & (rng.random(len(who)) > SILENT_CSAT)
    comment = _finish(rng, phrases, spoken, wanted, them.agent[csat.ticket], email)
    return {
        "Response ID": (np.arange(len(who)) + 900001).tolist(),
        "Ticket ID": ticket_ids[csat.ticket].tolist(),
        "Customer email": email,
        "Sent at": office_hours.stamps(csat.sent),
        "Answered at": blank(office_hours.stamps(csat.answered), scored),
        "Rating": blank(csat.score.tolist(), scored),
        "Comment": comment,
    }


def nps_rows(rng: np.random.Generator, phrases: Phrases, nps: Nps, them: Customers, people: People) -> dict[str, list[Any]]:
    """The table of recommendation surveys, wave by wave."""
    n = len(nps.who)
    scored = nps.score >= 0
    high = _mostly(rng, nps.score >= 9)
    low = ~high & (nps.score <= 6)
    unhappy = np.where(low, phrases.common("detractor", n), phrases.common("passive", n))
    main = np.where(high, phrases.common("promoter", n), unhappy)
    grumbles = low | (~high & (rng.random(n) < 0.5))
    reason = np.where(grumbles, phrases.about("complaint", nps.theme), phrases.about("praise", nps.theme))
    email = [people.email[i] for i in nps.who.tolist()]
    agent = rng.integers(0, len(AGENTS), n)
    end = np.where(low, phrases.common("bad_end", n), phrases.common("good_end", n))
    end = np.where(high | low, end, phrases.common("passive", n))
    comment = _finish(rng, phrases, _mix(rng, main, reason, end), scored & (rng.random(n) > SILENT_NPS), agent, email)
    return {
        "Response ID": (np.arange(n) + 700001).tolist(),
        "Customer ID": them.ids[nps.who].tolist(),
        "Customer email": email,
        "Survey": [WAVES[i][0] for i in nps.wave.tolist()],
        "Sent at": office_hours.stamps(nps.sent),
        "Answered at": blank(office_hours.stamps(nps.answered), scored),
        "How likely are you to recommend us? (0-10)": blank(nps.score.tolist(), scored),
        "Comment": comment,
    }


def blank(values: list[Any], wanted: Any) -> list[Any]:
    """Values where wanted, nothing elsewhere."""
    return [value if keep else "" for value, keep in zip(values, wanted.tolist(), strict=True)]


def _mostly(rng: np.random.Generator, flag: Any) -> Any:
    return flag ^ (rng.random(len(flag)) < CONTRARY)


def _csat_words(rng: np.random.Generator, phrases: Phrases, csat: Csat, them: Tickets, course: Course, good: Any) -> Words:
    n = len(csat.ticket)
    theme = them.theme[csat.ticket]
    slow = (course.first_reply - them.created > SLOW_AFTER)[csat.ticket]
    again = (course.reopened_at < NEVER)[csat.ticket]
    happy = np.where(rng.random(n) < 0.25, phrases.common("good_agent", n), phrases.common("good", n))
    cause = np.where(slow & (rng.random(n) < 0.6), phrases.common("slow", n), phrases.common("bad", n))
    cause = np.where(again & (rng.random(n) < 0.7), phrases.common("again", n), cause)
    cause = np.where((csat.score == 3) & (rng.random(n) < 0.6), phrases.common("okay", n), cause)
    main = np.where(good, happy, cause)
    end = np.where(good, phrases.common("good_end", n), phrases.common("bad_end", n))
    return _mix(rng, main, np.where(good, phrases.about("praise", theme), phrases.about("complaint", theme)), end)


def _mix(rng: np.random.Generator, main: Words, reason: Words, end: Words) -> Words:
    """The general remark, the particular one, or both in either order; some add a last word."""
    n = len(main)
    shape = office_hours.pick(rng, (0.22, 0.30, 0.29, 0.19), n)
    said = np.where(shape == 0, main, np.where(shape == 1, reason, np.where(shape == 2, main + " " + reason, reason + " " + main)))
    return np.where((rng.random(n) < 0.35) & (end != main), said + " " + end, said)


def _finish(rng: np.random.Generator, phrases: Phrases, said: Words, wanted: Any, agent: Ints, email: list[str]) -> list[str]:
    """Names filled in, some typed in a hurry, a few with a way to call back."""
    n = len(said)
    hurry = rng.random(n)
    private = np.where(rng.random(n) < PRIVATE, phrases.common("private", n), "")
    phone = rng.integers(0, 1000, n).tolist()
    texts = [f"{text} {extra}".strip() for text, extra in zip(said.tolist(), private.tolist(), strict=True)]
    rows = zip(wanted.tolist(), texts, agent.tolist(), email, phone, hurry.tolist(), strict=True)
    return [_polish(*row) if keep else "" for keep, *row in rows]


def _polish(text: str, agent: int, email: str, digits: int, hurry: float) -> str:
    if "{" in text:  # numbers of the range kept free for films and books
        text = text.replace("{agent}", first_name(AGENTS[agent])).replace("{email}", email)
        text = text.replace("{phone}", f"+44 20 7946 0{digits:03}")
    if hurry < 0.12:
        return text.lower().rstrip(".")
    return text.rstrip(".") if hurry < 0.22 else text + "!" * (hurry > 0.99)
