"""The ticket table as Zendesk's account export writes it, every column worked out from the same course of events."""

from __future__ import annotations

from typing import Any

import numpy as np

from data.samples import office_hours
from data.samples.comments import blank
from data.samples.company import (
    AGENTS,
    AS_OF,
    CHANNELS,
    DAY,
    ENTERPRISE,
    HOUR,
    LAUNCH,
    NEVER,
    PRIORITIES,
    TEAMS,
    Flags,
    Ints,
)
from data.samples.customers import CUSTOMER_ID
from data.samples.people import People
from data.samples.surveys import Csat
from data.samples.tickets import Tickets
from data.samples.timeline import MERGED, SPAM, Course

TICKET_ID = 100001
CLOSES_AFTER = 4 * DAY
CUSTOM_STATUS = {
    "New": "Not started", "Open": "With us", "Pending": "With the customer",
    "Hold": "With engineering", "Solved": "Done", "Closed": "Done",
}  # fmt: skip


def ticket_rows(
    rng: np.random.Generator,
    them: Tickets,
    course: Course,
    people: People,
    themes: dict[str, Any],
    words: dict[str, list[str]],
    score: list[str],
) -> dict[str, list[Any]]:
    """All columns of the export in its own order, then the text of the first message."""
    who = them.who.tolist()
    solved, assigned = course.solved < NEVER, _assigned(rng, them, course)
    status = _status(rng, them, course, assigned)
    first, last = _assignments(rng, them, course)
    tagged = (rng.random(them.size) < 0.86) & (course.kind != SPAM)
    theme = them.theme.tolist()
    labels = [entry["label"] for entry in themes.values()]
    moved = assigned.astype(np.int64)
    number = (them.who + CUSTOMER_ID).tolist()
    return {
        "Summation column": [1] * them.size,
        "Id": (np.arange(them.size) + TICKET_ID).tolist(),
        "Requester": [people.name[i] for i in who],
        "Requester id": number,
        "Requester external id": number,
        "Requester email": [people.email[i] for i in who],
        "Requester domain": [people.domain[i] for i in who],
        "Submitter": [people.name[i] for i in who],
        "Assignee": blank([AGENTS[i] for i in them.agent.tolist()], assigned),
        "Group": [TEAMS[i] for i in them.team.tolist()],
        "Subject": words["subject"],
        "Tags": _tags(rng, them, course, list(themes), tagged),
        "Status": status,
        "Priority": [PRIORITIES[i] for i in them.priority.tolist()],
        "Via": [CHANNELS[i].name for i in them.channel.tolist()],
        "Ticket type": [list(themes.values())[i]["kind"] for i in theme],
        "Created at": office_hours.stamps(them.created),
        "Updated at": office_hours.stamps(_updated(them, course, last)),
        "Assigned at": blank(office_hours.stamps(last), assigned),
        "Organization": [people.company[i] for i in who],
        "Due date": [""] * them.size,
        "Initially assigned at": blank(office_hours.stamps(first), assigned),
        "Solved at": blank(office_hours.stamps(course.solved), solved),
        "Resolution time": blank(((course.solved - them.created + HOUR // 2) // HOUR).tolist(), solved),
        "Satisfaction Score": score,
        "Group stations": (moved * (1 + them.transferred)).tolist(),
        "Assignee stations": (moved * (1 + (them.transferred | them.reassigned))).tolist(),
        "Reopens": course.reopens.tolist(),
        "Replies": course.replies.tolist(),
        **_durations(them, course),
        "Ticket Category [list]": blank([labels[i] for i in theme], tagged),
        "Status [list]": _custom_status(status),
        "Description": words["description"],
    }


def satisfaction_words(size: int, csat: Csat, comment: list[str]) -> list[str]:
    """The word each ticket carries for its survey: the very answers of the survey file, rating 4 and 5 being good."""
    found = ["Not Offered"] * size
    for ticket, score, said in zip(csat.ticket.tolist(), csat.score.tolist(), comment, strict=True):
        word = "Good" if score >= 4 else "Bad"
        found[ticket] = "Offered" if score < 0 else f"{word} with comment" if said else word
    return found


def _durations(them: Tickets, course: Course) -> dict[str, list[Any]]:
    solved, answered = course.solved < NEVER, course.first_reply < NEVER
    pending = _pending(course)
    table: dict[str, list[Any]] = {}
    spans = (
        ("First reply time", [(them.created, course.first_reply)], answered),
        ("First resolution time", [(them.created, course.solved_first)], course.solved_first < NEVER),
        ("Full resolution time", [(them.created, course.solved)], solved),
        ("Agent wait time", pending, solved),
    )
    for name, parts, known in spans:
        table[f"{name} in minutes"] = blank(_minutes(parts, known, False), known)
        table[f"{name} in minutes within business hours"] = blank(_minutes(parts, known, True), known)
    for suffix, business in (("", False), (" within business hours", True)):
        # the customer waits whenever the ticket is neither pending nor solved
        idle = np.where(course.reopens > 0, course.solved_first, 0), np.where(course.reopens > 0, course.reopened_at, 0)
        whole = _span([(them.created, course.solved)], solved, business)
        wait = whole - _span(pending, solved, business) - _span([idle], solved, business)
        table[f"Requester wait time in minutes{suffix}"] = blank((np.maximum(wait, 0) // 60).tolist(), solved)
    held = course.hold_until > 0
    hold = [(course.last_asked, course.hold_until)]
    table["On hold time in minutes"] = blank(_minutes(hold, held & solved, False), solved)
    table["On hold time in minutes within business hours"] = blank(_minutes(hold, held & solved, True), solved)
    return table


def _pending(course: Course) -> list[tuple[Ints, Ints]]:
    """Spans in which the desk waits for the customer: from an answer to the next message, or to being solved."""
    spans = []
    for turn in range(course.agent.shape[1]):
        begins = course.agent[:, turn]
        following = course.customer[:, turn + 1] if turn + 1 < course.agent.shape[1] else np.full(len(begins), NEVER)
        ends = np.minimum(np.minimum(following, course.solved), np.where(course.solved_first > begins, course.solved_first, NEVER))
        there = (begins < NEVER) & (ends < NEVER)
        spans.append((np.where(there, begins, 0), np.where(there, ends, 0)))
    return spans


def _span(parts: list[tuple[Ints, Ints]], known: Flags, business: bool) -> Ints:
    total = np.zeros(len(known), dtype=np.int64)
    for begins, ends in parts:
        begins, ends = np.where(known, begins, 0), np.where(known, ends, 0)
        total += office_hours.worked(ends) - office_hours.worked(begins) if business else ends - begins
    return total


def _minutes(parts: list[tuple[Ints, Ints]], known: Flags, business: bool) -> list[int]:
    found: list[int] = (_span(parts, known, business) // 60).tolist()
    return found


def _assigned(rng: np.random.Generator, them: Tickets, course: Course) -> Flags:
    """Nobody holds most of the tickets that nobody has answered yet."""
    waiting = (course.replies == 0) & (course.solved == NEVER)
    held: Flags = ~waiting | (rng.random(them.size) < 0.45)
    return held


def _assignments(rng: np.random.Generator, them: Tickets, course: Course) -> tuple[Ints, Ints]:
    """First and latest time somebody took the ticket."""
    first_touch = np.minimum(np.minimum(course.first_reply, course.solved), AS_OF)
    first = them.created + ((first_touch - them.created) * 0.6 * rng.random(them.size)).astype(np.int64)
    until = np.maximum(course.last_reply, first_touch)
    moved = first + ((until - first) * (0.2 + 0.7 * rng.random(them.size))).astype(np.int64)
    return first, np.where(them.transferred | them.reassigned, moved, first)


def _updated(them: Tickets, course: Course, assigned: Ints) -> Ints:
    closed = np.where(course.solved + CLOSES_AFTER <= AS_OF, course.solved + CLOSES_AFTER, 0)
    solved = np.where(course.solved < NEVER, course.solved, 0)
    latest: Ints = np.max([closed, course.last_asked, solved, assigned, course.last_reply, course.hold_until], axis=0)
    return np.minimum(latest, AS_OF)


def _status(rng: np.random.Generator, them: Tickets, course: Course, assigned: Flags) -> list[str]:
    """Where each ticket stands on the last evening."""
    open_ = np.where(assigned, "Open", "New")
    waiting = np.where(rng.random(them.size) < 0.75, "Pending", np.where(rng.random(them.size) < 0.5, "Hold", "Open"))
    open_ = np.where(course.last_reply > course.last_asked, waiting, open_)
    done = np.where(course.solved + CLOSES_AFTER <= AS_OF, "Closed", "Solved")
    found: list[str] = np.where(course.kind == SPAM, "Deleted", np.where(course.solved < NEVER, done, open_)).tolist()
    return found


def _custom_status(status: list[str]) -> list[str]:
    return [CUSTOM_STATUS.get(word, "") for word in status]


def _tags(rng: np.random.Generator, them: Tickets, course: Course, names: list[str], tagged: Flags) -> list[str]:
    launch = (LAUNCH[0] <= them.created) & (them.created < LAUNCH[1]) & (rng.random(them.size) < 0.4)
    columns = (
        blank([names[i] for i in them.theme.tolist()], tagged),
        blank(["vip"] * them.size, them.segment == ENTERPRISE),
        blank(["larkfield_4"] * them.size, launch),
        blank(["closed_by_merge"] * them.size, course.kind == MERGED),
        blank(["spam"] * them.size, course.kind == SPAM),
    )
    return [" ".join(tag for tag in tags if tag) for tags in zip(*columns, strict=True)]
