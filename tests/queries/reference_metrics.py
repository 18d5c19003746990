"""The second way, continued: the metrics over the rows that reference.World has judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from statistics import fmean, median

from tests.queries.reference import DROPPED, Row, Wait, World, minutes
from tests.queries.second_ways import Answer, Ways

HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)


def share(hits: Iterable[bool | None]) -> Answer:
    known = [hit for hit in hits if hit is not None]
    return (100 * sum(known) / len(known), len(known)) if known else (None, 0)


def mean(values: Sequence[float]) -> Answer:
    return (fmean(values), len(values)) if values else (None, 0)


def middle(values: Sequence[float]) -> Answer:
    return (median(values), len(values)) if values else (None, 0)


def done_by(waits: Sequence[Wait], part: Fraction) -> Answer:
    """Kaplan-Meier, one wait after the other."""
    still, left, value = Fraction(1), len(waits), None
    for end in sorted({w.minutes for w in waits}):  # type: ignore[type-var]
        at = [w for w in waits if w.minutes == end]
        still *= 1 - Fraction(sum(w.over for w in at), left)
        left -= len(at)
        if any(w.over for w in at) and still <= 1 - part:
            value = end
            break
    return value, len(waits)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def waits(world: World, kind: Callable[[Row], Wait], tickets: Sequence[Row]) -> list[Wait]:
    return [wait for wait in map(kind, tickets) if wait.why is None]


def promise(found: Sequence[Wait], target: float) -> Answer:
    return share(w.over and w.minutes <= target for w in found if w.over or w.minutes > target)  # type: ignore[operator]


def kept(tickets: Sequence[Row]) -> list[Row]:
    return [t for t in tickets if t["status"] not in DROPPED]


def lengths(tickets: Sequence[Row], name: str) -> list[float]:
    return [t[name] for t in tickets if t[name] is not None and t[name] >= 0]


def promises(ticket: Row) -> list[bool]:
    return [ticket[name] for name in ("first_reply_sla_met", "resolution_sla_met") if ticket[name] is not None]


def one_reply(world: World, tickets: Sequence[Row]) -> Answer:
    solved = [t for t in kept(tickets) if not world.is_open(t) and (world.replies(t) or 0) >= 1]
    return share(world.replies(t) == 1 and not t["reopens"] for t in solved)


def each_reply(world: World, tickets: Sequence[Row]) -> list[float]:
    """The waits for every reply, walking through each conversation; a form asks when it is sent."""
    found = []
    for ticket in kept(tickets):
        said = [m for m in world.messages if m["ticket_id"] == ticket["id"] and m["public"] is not False]
        said = sorted(
            (m for m in said if m["author_role"] in ("customer", "agent")),
            key=lambda m: (m["sent_at"], m["author_role"] == "agent"),
        )
        form = said and said[0]["author_role"] == "agent" and ticket["created_at"] and not ticket["started_by_agent"]
        late = form and said[0]["sent_at"] > ticket["created_at"] + timedelta(minutes=1)
        asked = ticket["created_at"] if late else None
        for message in said:
            if message["author_role"] == "customer":
                asked = asked or message["sent_at"]
            elif asked:
                found.append(minutes(asked, message["sent_at"]))
                asked = None
    return found


def next_contact(world: World, ticket: Row, on_topic: bool) -> datetime | None:
    """When this customer next wrote of their own accord; among tickets of the same moment, ids say which came first."""
    return min(
        (
            world.local(t["created_at"])
            for t in kept(world.tickets)
            if t["customer_id"] == ticket["customer_id"]
            and t["created_at"]
            and (t["created_at"], t["id"]) > (ticket["created_at"], ticket["id"])
            and not (t["started_by_agent"] or world.thread(t)["began"])
            and not (on_topic and t["topic"] and ticket["topic"] and t["topic"] != ticket["topic"])
        ),
        default=None,
    )


def came_back(world: World, tickets: Sequence[Row]) -> Answer:
    found = []
    for ticket in kept(tickets):
        if ticket["customer_id"] and ticket["created_at"]:
            until = world.local(ticket["created_at"]) + timedelta(days=7)
            again = next_contact(world, ticket, on_topic=False)
            if until <= world.local(world.as_of):  # type: ignore[arg-type]
                found.append(bool(again and again <= until))
    return share(found)


def first_contact(world: World, tickets: Sequence[Row]) -> Answer:
    found = []
    for ticket in kept(tickets):
        known = ticket["customer_id"] and ticket["created_at"] and ticket["solved_at"]
        if known and not world.is_open(ticket) and (world.replies(ticket) or 0) >= 1:
            until = max(world.local(ticket["created_at"]), world.local(ticket["solved_at"])) + timedelta(days=7)
            again = next_contact(world, ticket, on_topic=True)
            if until <= world.local(world.as_of):  # type: ignore[arg-type]
                found.append(world.replies(ticket) == 1 and not ticket["reopens"] and not (again and again <= until))
    return share(found)


def reopened(world: World, tickets: Sequence[Row]) -> Answer:
    return share(t["reopens"] > 0 for t in kept(tickets) if t["reopens"] is not None and (not world.is_open(t) or t["reopens"] > 0))


def agents(world: World, tickets: Sequence[Row]) -> Answer:
    held = [world.thread(t)["agents"] or t["assignees"] or 0 for t in kept(tickets)]
    return mean([count for count in held if count > 0])


def followed_up(world: World, tickets: Sequence[Row]) -> Answer:
    found = []
    for ticket in kept(tickets):
        wrote = sorted(
            (m["sent_at"], m["author_id"])
            for m in world.messages
            if m["ticket_id"] == ticket["id"] and m["public"] is not False and m["author_role"] == "agent" and m["author_id"]
        )
        others = [at for at, author in wrote if author != wrote[0][1]]
        if others:
            found.append(max(at for at, author in wrote if author == wrote[0][1]) > min(others))
    return share(found)


def by_bot(world: World, tickets: Sequence[Row], alone: bool) -> Answer:
    """Of the tickets a bot wrote on: those that a person replied to, or those that were solved without."""
    found = []
    for ticket in kept(tickets):
        person = world.reply_took(ticket) is not None or (world.replies(ticket) or 0) > 0
        if world.thread(ticket)["bot"] and (person or not world.is_open(ticket)):
            found.append(person is not alone)
    return share(found)


def self_served(world: World, tickets: Sequence[Row]) -> Answer:
    told = any(t["channel"] == "self-service" for t in world.tickets)
    return share(t["channel"] == "self-service" for t in kept(tickets) if told and t["channel"])


def contact(world: World, tickets: Sequence[Row]) -> Answer:
    found = []
    for ticket in kept(tickets):
        thread = world.thread(ticket)
        if not world.is_open(ticket) and thread["asked"] and thread["last"] and thread["last"] >= thread["asked"]:
            found.append(minutes(min(filter(None, (thread["asked"], ticket["created_at"]))), thread["last"]))
    return mean(found)


def over_tickets(world: World, name: str, tickets: Sequence[Row]) -> Answer:
    """One metric over the tickets given."""
    reply, solving = waits(world, world.reply, tickets), waits(world, world.solving, tickets)
    replied, solved = [w.minutes or 0.0 for w in reply if w.over], [w.minutes or 0.0 for w in solving if w.over]
    whole = [t for t in kept(tickets)]
    ways = Ways({
        "tickets_created": lambda: (len(whole), len(whole)),
        "first_reply_time": lambda: done_by(reply, HALF),
        "first_reply_time_p90": lambda: done_by(reply, NINE_TENTHS),
        "first_reply_time_mean": lambda: mean(replied),
        "first_reply_time_answered": lambda: middle(replied),
        "first_reply_within_target": lambda: promise(reply, 240),
        "resolution_time": lambda: done_by(solving, HALF),
        "resolution_time_p90": lambda: done_by(solving, NINE_TENTHS),
        "resolution_time_mean": lambda: mean(solved),
        "resolution_time_solved": lambda: middle(solved),
        "first_resolution_time": lambda: done_by(waits(world, world.first_solving, tickets), HALF),
        "resolution_within_target": lambda: promise(solving, 4320),
        "one_reply_resolution": lambda: one_reply(world, tickets),
        "reopen_rate": lambda: reopened(world, tickets),
        "agents_per_ticket": lambda: agents(world, tickets),
        "contact_duration": lambda: contact(world, tickets),
        "escalation_rate": lambda: share(t["escalated"] for t in whole),
        "reply_time": lambda: middle(each_reply(world, tickets)),
        "reply_time_mean": lambda: mean(each_reply(world, tickets)),
        "transfer_follow_up_rate": lambda: followed_up(world, tickets),
        "bot_resolved": lambda: by_bot(world, tickets, alone=True),
        "bot_handoff": lambda: by_bot(world, tickets, alone=False),
        "self_service_ratio": lambda: self_served(world, tickets),
        "repeat_contact_rate": lambda: came_back(world, tickets),
        "first_contact_resolution": lambda: first_contact(world, tickets),
        "transfer_rate": lambda: share(t["groups"] > 1 for t in whole if t["groups"]),
        "reassignment_rate": lambda: share(t["assignees"] > 1 for t in whole if t["assignees"]),
        "sla_met": lambda: share(False not in flags for flags in map(promises, whole) if flags),
        "on_hold_time": lambda: mean(lengths(whole, "on_hold_minutes")),
        "touch_time": lambda: mean(lengths(whole, "touch_minutes")),
        "off_hours_share": lambda: (None, 0),  # these worlds have no calendar; test_business_hours counts by one
        "off_hours_wait": lambda: (None, 0),
        "requester_wait_time": lambda: middle(lengths(whole, "requester_wait_minutes")),
    })  # fmt: skip
    return ways[name]()


def over_answers(world: World, name: str, rows: Sequence[Row]) -> Answer:
    scores = [(row["score"], row["scale_max"]) for row in rows if world.counts(row)]
    positive = {1: 1, 3: 3, 5: 4, 7: 6, 10: 8}
    count, promoters, detractors = len(scores), sum(s >= 9 for s, _ in scores), sum(s <= 6 for s, _ in scores)
    asked = share(row["score"] is not None for row in rows if row["offered"])
    ways = Ways({
        "csat_response_rate": lambda: asked, "nps_response_rate": lambda: asked,
        "csat": lambda: share(score >= positive[scale] for score, scale in scores),
        "csat_mean": lambda: mean([score for score, _ in scores]),
        "nps": lambda: (100 * (promoters - detractors) / count, count) if count else (None, 0),
        "nps_promoters": lambda: share(s >= 9 for s, _ in scores),
        "nps_detractors": lambda: share(s <= 6 for s, _ in scores),
        "nps_passives": lambda: share(s in (7, 8) for s, _ in scores),
    })  # fmt: skip
    return ways[name]()


def backlog(world: World, tickets: Sequence[Row], end: date | None) -> Answer:
    """Created before the midnight that ends the day, and not solved before it."""
    if not world.knows_open():
        return None, 0
    found = 0
    for ticket in kept(tickets):
        if not ticket["created_at"]:
            found += world.is_open(ticket) and end is None
            continue
        at = midnight(end or world.today) + timedelta(days=1) if end or world.today else datetime.max  # type: ignore[arg-type]
        still = world.is_open(ticket) or (ticket["solved_at"] is not None and world.local(ticket["solved_at"]) >= at)
        found += world.local(ticket["created_at"]) < at and still
    return found, found
