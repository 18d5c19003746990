"""The messages of every ticket: the customer's, the agents', the assistant's and the notes nobody outside sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from data.samples import office_hours
from data.samples.company import AGENT_ID, AGENTS, AS_OF, ASSISTANT, ASSISTANT_ID, CHANNELS, CHAT, NEVER, Flags, Ints, Words
from data.samples.customers import CUSTOMER_ID
from data.samples.people import People
from data.samples.texts import Phrases, first_name
from data.samples.tickets import Tickets
from data.samples.timeline import MERGED, ROUNDS, SPAM, Course

MESSAGE_ID = 4100000000001
CUSTOMER, AGENT, BOT = "Customer", "Agent", "Bot"
_GREETING = ("Hi,", "Hello,", "Good morning,", "Hello Larkfield team,", "Hi there,", "Dear support,")


@dataclass
class Pile:
    """Messages of one sort: of which ticket, when, by whom, and the text."""

    ticket: Ints
    at: Ints
    role: str
    author: Ints  # place in the customers or agents
    body: list[str]
    public: bool = True


def openings(
    rng: np.random.Generator, phrases: Phrases, them: Tickets, course: Course, people: People
) -> tuple[list[str], list[str]]:
    """Subject and first message; letters have a greeting and a name, chats do not."""
    n = them.size
    spam = course.kind == SPAM
    pairs = [text.split("\t") for text in phrases.matters(them.theme, spam)]
    faulty = phrases.faulty[them.theme]
    context = np.where(faulty, phrases.common("context_fault", n), phrases.common("context_plain", n))
    ask = np.where(faulty, phrases.common("ask_fault", n), phrases.common("ask_plain", n))
    shape = np.where(spam, 0, rng.integers(0, 4, n)).tolist()
    said = [_join(pair[1], *rest) for pair, *rest in zip(pairs, context, ask, shape, strict=True)]
    hello = rng.integers(0, len(_GREETING), n).tolist()
    letter = ((them.channel == 0) & (rng.random(n) < 0.8) & ~spam).tolist()
    named = [first_name(people.name[i]) for i in them.who.tolist()]
    rows = zip(said, letter, hello, named, strict=True)
    text = [f"{_GREETING[h]}\n\n{body}\n\nRegards\n{name}" if long else body for body, long, h, name in rows]
    return [pair[0] for pair in pairs], text


def _join(problem: str, context: str, ask: str, shape: int) -> str:
    if shape == 0:
        return problem
    if shape == 1:
        return f"{problem} {context}"
    return f"{problem} {ask}" if shape == 2 else f"{problem} {context} {ask}"


def pile_up(
    rng: np.random.Generator, phrases: Phrases, them: Tickets, course: Course, people: People, opening: list[str]
) -> list[Pile]:
    """Every message of every ticket, sort by sort."""
    everyone = np.arange(them.size)
    piles = [Pile(everyone, them.created, CUSTOMER, them.who, opening), _bot(phrases, them), *_notes(rng, phrases, them, course)]
    for turn in range(ROUNDS):
        piles.append(_answers(phrases, them, course, people, turn))
        if turn:
            piles.append(_follow_ups(phrases, them, course, turn))
    piles.append(_thanks(rng, phrases, them, course))
    return piles


def _bot(phrases: Phrases, them: Tickets) -> Pile:
    chats = np.flatnonzero(them.channel == CHAT)
    nobody, body = np.zeros(len(chats), dtype=np.int64), phrases.common("bot", len(chats)).tolist()
    return Pile(chats, them.created[chats] + 3, BOT, nobody, body)


def _answers(phrases: Phrases, them: Tickets, course: Course, people: People, turn: int) -> Pile:
    rows = np.flatnonzero(course.agent[:, turn] < NEVER)
    part = phrases.about("answer", them.theme[rows]) if turn == 0 else phrases.common("second", len(rows))
    comes_back = (turn > 1) & (rows % 5 < 3)  # the first one, after somebody else has written
    author = np.where((turn == 0) | comes_back, them.first_agent[rows], them.agent[rows])
    before, after = phrases.common("apology", len(rows)), phrases.common("closing", len(rows))
    before = np.where(them.channel[rows] == 3, phrases.common("call", len(rows)), before)
    to, signed = [people.name[i] for i in them.who[rows].tolist()], [AGENTS[i] for i in author.tolist()]
    letter = np.isin(them.channel[rows], (0, 2)).tolist()
    texts = zip(before.tolist(), part.tolist(), after.tolist(), to, signed, letter, strict=True)
    body = [
        f"Hi {first_name(t)},\n\n{b} {p} {a}\n\n{first_name(s)}, Larkfield" if long else f"Hi {first_name(t)}! {b} {p} {a}"
        for b, p, a, t, s, long in texts
    ]
    return Pile(rows, course.agent[rows, turn], AGENT, author, body)


def _follow_ups(phrases: Phrases, them: Tickets, course: Course, turn: int) -> Pile:
    rows = np.flatnonzero(course.customer[:, turn] < NEVER)
    at = course.customer[rows, turn]
    returns = at == course.reopened_at[rows]
    body = np.where(returns, phrases.common("reopening", len(rows)), phrases.common("followup", len(rows)))
    return Pile(rows, at, CUSTOMER, them.who[rows], body.tolist())


def _thanks(rng: np.random.Generator, phrases: Phrases, them: Tickets, course: Course) -> Pile:
    last = course.last_reply
    settled = (course.solved < NEVER) & (last > 0) & (rng.random(them.size) < 0.04)
    rows = np.flatnonzero(settled & (course.solved - last > 60))
    at = last[rows] + ((course.solved[rows] - last[rows]) * 0.8).astype(np.int64)
    return Pile(rows, at, CUSTOMER, them.who[rows], phrases.common("thanks", len(rows)).tolist())


def _notes(rng: np.random.Generator, phrases: Phrases, them: Tickets, course: Course) -> list[Pile]:
    """Notes written before the first public answer, and the remark on a merged ticket."""
    n = them.size
    first = np.where(course.first_reply < NEVER, course.first_reply, np.minimum(course.solved, AS_OF))
    noted: Flags = (rng.random(n) < np.where(np.isin(them.team, (1, 4)), 0.28, 0.12)) & ~np.isin(course.kind, (MERGED, SPAM))
    rows = np.flatnonzero(noted & (first - them.created > 10))
    at = them.created[rows] + ((first[rows] - them.created[rows]) * (0.3 + 0.65 * rng.random(len(rows)))).astype(np.int64)
    merged = np.flatnonzero((course.kind == MERGED) & (course.solved < NEVER))
    remarks = phrases.common("merged", len(merged)).tolist()
    return [
        Pile(rows, at, AGENT, them.first_agent[rows], phrases.common("note", len(rows)).tolist(), public=False),
        Pile(merged, course.solved[merged], AGENT, them.agent[merged], remarks, public=False),
    ]


def message_rows(piles: list[Pile], them: Tickets, people: People, ticket_ids: Ints) -> dict[str, list[Any]]:
    """The table of messages, oldest first."""
    ticket, at = np.concatenate([p.ticket for p in piles]), np.concatenate([p.at for p in piles])
    order = np.lexsort((ticket, at))
    body = np.asarray([text for pile in piles for text in pile.body], dtype=object)
    author = np.asarray([name for pile in piles for name in _names(pile, people)], dtype=object)
    author_id = np.concatenate([_ids(pile) for pile in piles])
    role = np.asarray([pile.role for pile in piles for _ in pile.body], dtype=object)
    public = np.asarray(["true" if pile.public else "false" for pile in piles for _ in pile.body], dtype=object)
    names: Words = np.asarray([channel.name for channel in CHANNELS], dtype=object)
    return {
        "Message ID": (np.arange(len(at)) + MESSAGE_ID).tolist(),
        "Ticket ID": ticket_ids[ticket[order]].tolist(),
        "Created at": office_hours.stamps(at[order]),
        "Author ID": author_id[order].tolist(),
        "Author": author[order].tolist(),
        "Author role": role[order].tolist(),
        "Public": public[order].tolist(),
        "Channel": names[them.channel[ticket[order]]].tolist(),
        "Body": body[order].tolist(),
    }


def _names(pile: Pile, people: People) -> list[str]:
    if pile.role == BOT:
        return [ASSISTANT] * len(pile.body)
    names = people.name if pile.role == CUSTOMER else list(AGENTS)
    return [names[i] for i in pile.author.tolist()]


def _ids(pile: Pile) -> Ints:
    base = {CUSTOMER: CUSTOMER_ID, AGENT: AGENT_ID, BOT: ASSISTANT_ID}[pile.role]
    return pile.author + base
