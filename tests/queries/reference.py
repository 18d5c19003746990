"""The second way: every metric row by row in plain Python, from the definitions and not from the SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.queries.reference_history import changes, completed, only_told

Row = dict[str, Any]
DROPPED = ("spam", "deleted", "merged")
ENDED = ("solved", "closed", *DROPPED)


@dataclass(frozen=True)
class Wait:
    """How long, and whether it is over; `why` says that it must not be counted."""

    minutes: float | None = None
    over: bool = False
    why: str | None = None


def minutes(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() / 60


class World:
    """Everything a helpdesk and a billing file say about one small world."""

    def __init__(
        self,
        timezone: str,
        tickets: Sequence[Row],
        messages: Sequence[Row],
        responses: Sequence[Row],
        subscriptions: Sequence[Row],
        events: Sequence[Row] = (),
        orders: Sequence[Row] = (),
    ):
        self.zone = ZoneInfo(timezone)
        self.orders = orders
        tickets = tickets or only_told(events)
        stamps = [at for row in tickets for at, _, _ in changes(row, events, messages)]
        tickets = completed(tickets, events, messages)
        self.tickets, self.messages, self.responses, self.subscriptions = tickets, messages, responses, subscriptions
        stamps += [
            row["own"][name]
            for row in tickets
            for name in ("created_at", "first_reply_at", "first_solved_at", "solved_at", "updated_at")
        ]
        heard = {row["id"] for row in tickets}
        stamps += [row["sent_at"] for row in messages if row["ticket_id"] in heard and row["public"] is not False]
        self.as_of = max((stamp for stamp in stamps if stamp), default=None)
        said = [self.local(stamp) for row in self.responses for stamp in [self.said_at(row)] if stamp]
        spells = [
            self.local(stamp)
            for row in subscriptions
            if not row["trial"]
            for stamp in (row["started_at"], row["ended_at"])
            if stamp
        ]
        newest = max(
            [
                *([self.local(self.as_of)] if self.as_of else []),
                *said,
                *spells,
                *(self.local(at) for order in self.purchases() for at in [order["ordered_at"]] if at),
                *filter(
                    None,
                    (
                        row["csat_at"] and self.local(row["csat_at"])
                        for row in tickets
                        if row["csat_score"] is not None or row["csat_offered"]
                    ),
                ),
            ],
            default=None,
        )
        self.today = newest.date() if newest else None
        holds = any(row["told"]["held"] or row["told"]["since"] for row in tickets)
        for row in tickets:
            if row["on_hold_minutes"] is None and holds and row["told"]["status"]:
                since = row["told"]["since"]
                running = minutes(since, self.as_of) if since and self.as_of and self.is_open(row) else 0
                row["on_hold_minutes"] = row["told"]["held"] + running

    def local(self, stamp: datetime) -> datetime:
        return stamp.replace(tzinfo=ZoneInfo("UTC")).astimezone(self.zone).replace(tzinfo=None)

    # --- tickets
    def is_open(self, ticket: Row) -> bool:
        if ticket["status"] is None:
            return ticket["own_solved_at"] is None and ticket["resolution_minutes"] is None
        return ticket["status"] not in ENDED

    def knows_open(self) -> bool:
        """Whether anything tells an open ticket from a closed one."""
        return any(
            row["status"] is not None or row["own_solved_at"] or row["resolution_minutes"] is not None or row["told"]["first"]
            for row in self.tickets
        )

    def at_midnight(self, *stamps: datetime | None) -> bool:
        return any(stamp and time() in (stamp.time(), self.local(stamp).time()) for stamp in stamps)

    def by_day(self, name: str) -> bool:
        """Whether a column holds dates only while the created times have a time of day."""
        stamps = [row[name] for row in self.tickets if row[name]]
        timed = any(row["created_at"] and row["created_at"].time() != time() for row in self.tickets)
        return timed and len(stamps) >= 5 and all(self.local(stamp).time() == time() for stamp in stamps)

    def between(self, ticket: Row, name: str) -> float | None:
        if not ticket["created_at"] or not ticket[name]:
            return None
        if self.by_day(name):
            return (self.local(ticket[name]).date() - self.local(ticket["created_at"]).date()).days * 1440.0
        return minutes(ticket["created_at"], ticket[name])

    def stamped(self, ticket: Row, stamp: str, duration: str) -> float | None:
        """Stamps are exact, unless the file has lost their time of day and has the duration as well."""
        by_stamps = self.between(ticket, stamp)
        if ticket[duration] is not None and (by_stamps is None or self.at_midnight(ticket["created_at"], ticket[stamp])):
            return float(ticket[duration])
        return by_stamps

    def thread(self, ticket: Row) -> Row:
        """What the messages say: when the customer asked, when a person answered, whether an agent began."""
        said = sorted(
            (m for m in self.messages if m["ticket_id"] == ticket["id"] and m["public"] is not False), key=lambda m: m["sent_at"]
        )
        agents = [m for m in said if m["author_role"] == "agent"]
        asked = next((m["sent_at"] for m in said if m["author_role"] == "customer"), None)
        found: Row = {
            "bot": any(m["author_role"] == "bot" for m in said),
            "newest": said[-1]["sent_at"] if said else None,
            "asked": asked,
            "began": False,
            "agents": len({m["author_id"] for m in agents if m["author_id"]}),
            "reply": None,
            "replies": None,
            "last": max((m["sent_at"] for m in said if m["author_role"] in ("agent", "customer")), default=None),
        }
        if agents and (asked is None or agents[0]["sent_at"] < asked):
            form = ticket["created_at"] and agents[0]["sent_at"] > ticket["created_at"] + timedelta(minutes=1)
            found |= (
                {"asked": ticket["created_at"], "reply": agents[0]["sent_at"], "replies": len(agents)} if form else {"began": True}
            )
            if form:
                return found
        if asked is not None:
            later = [m["sent_at"] for m in agents if m["sent_at"] >= asked]
            found |= {"reply": later[0] if later else None, "replies": len(later)}
        return found

    def replies(self, ticket: Row) -> int | None:
        heard: int | None = self.thread(ticket)["replies"]
        return heard if heard is not None else ticket["replies"]

    def reply_took(self, ticket: Row) -> float | None:
        """Minutes until a person replied, below zero where the stamps say so; None where nobody is known to have."""
        thread = self.thread(ticket)
        if thread["reply"]:
            return minutes(thread["asked"], thread["reply"])
        took = self.stamped(ticket, "first_reply_at", "first_reply_minutes")
        stamp = ticket["first_reply_at"]
        if not stamp and ticket["created_at"] and ticket["first_reply_minutes"] is not None:
            stamp = ticket["created_at"] + timedelta(minutes=ticket["first_reply_minutes"])
        by_bot = thread["bot"] and not (stamp and stamp > thread["newest"])
        by_stamps = self.between(ticket, "first_reply_at")
        none = ticket["replies"] == 0 and (by_stamps if by_stamps is not None else ticket["first_reply_minutes"]) == 0
        return None if by_bot or none else took

    def reply(self, ticket: Row) -> Wait:
        thread, took = self.thread(ticket), self.reply_took(ticket)
        known = any(row["first_reply_at"] or row["first_reply_minutes"] is not None or self.has_reply(row) for row in self.tickets)
        if ticket["status"] in DROPPED or ticket["started_by_agent"] or thread["began"]:
            return Wait(why="dropped or agent")
        if took is not None:
            return Wait(took, True) if took >= 0 else Wait(why="negative")
        if not ticket["created_at"] or not known or (self.replies(ticket) or 0) > 0 or not self.is_open(ticket) or not self.as_of:
            return Wait(why="unknown or never")
        return Wait(minutes(thread["asked"] or ticket["created_at"], self.as_of), False)

    def has_reply(self, ticket: Row) -> bool:
        return any(
            m["author_role"] == "agent" and m["public"] is not False for m in self.messages if m["ticket_id"] == ticket["id"]
        )

    def solving(self, ticket: Row) -> Wait:
        if ticket["status"] in DROPPED:
            return Wait(why="dropped")
        if self.is_open(ticket):
            known = any(
                row["own_solved_at"] or row["resolution_minutes"] is not None or row["told"]["first"] for row in self.tickets
            )
            return (
                Wait(minutes(ticket["created_at"], self.as_of), False)
                if ticket["created_at"] and known and self.as_of
                else Wait(why="unknown")
            )
        took = self.took(ticket)
        return Wait(took, True) if took is not None and took >= 0 else Wait(why="unknown or negative")

    def took(self, ticket: Row) -> float | None:
        """The export's own stamps and durations come before what the history tells."""
        own = self.stamped(ticket, "own_solved_at", "resolution_minutes")
        made, last = ticket["created_at"], ticket["told"]["last"]
        return own if own is not None or not made or not last else minutes(made, last)

    def first_solving(self, ticket: Row) -> Wait:
        """Until first solved; where nothing was reopened, the last time was the first."""
        if ticket["status"] in DROPPED:
            return Wait(why="dropped")
        made, first, column = ticket["created_at"], ticket["first_solved_at"], ticket["first_resolution_minutes"]
        lost = not first or self.at_midnight(made) or first.time() == time()
        took = column if column is not None and lost else minutes(made, first) if made and first else None
        if took is None and ticket["reopens"] == 0 and not self.is_open(ticket):
            took = self.took(ticket)
        told = ticket["told"]["first"]
        took = minutes(made, told) if took is None and made and told else took
        if took is not None:
            return Wait(took, True) if took >= 0 else Wait(why="negative")
        known = any(
            row["first_solved_at"]
            or row["first_resolution_minutes"] is not None
            or (row["own"]["reopens"] == 0 and (row["own_solved_at"] or row["resolution_minutes"] is not None))
            or row["told"]["first"]
            for row in self.tickets
        )
        waiting = made and self.is_open(ticket) and not ticket["reopens"] and known and self.as_of
        return Wait(minutes(made, self.as_of), False) if waiting and self.as_of else Wait(why="unknown")

    # --- surveys: one row an answer or an offer, the latest of a ticket
    def said_at(self, row: Row) -> datetime | None:
        if row["answered_at"] or (row["score"] is None and row["asked_at"]):
            return row["answered_at"] or row["asked_at"]  # type: ignore[no-any-return]
        ticket = next((t for t in self.tickets if t["id"] == row["ticket_id"]), None)
        if ticket and ticket["solved_at"] and not self.is_open(ticket):
            return ticket["solved_at"]  # type: ignore[no-any-return]
        return (ticket and ticket["created_at"]) or row["asked_at"]

    def asked(self, kind: str) -> list[Row]:
        rows = [row for row in self.responses if row["kind"] == kind]
        latest: dict[object, Row] = {}
        for row in sorted(
            rows, key=lambda r: (r["score"] is not None, r["answered_at"] is not None, r["answered_at"] or datetime.min, r["id"])
        ):
            latest[row["ticket_id"] or ("alone", row["id"])] = row
        found = list(latest.values())
        if kind == "csat":
            surveyed = {row["ticket_id"] for row in rows}
            found += [
                {
                    "ticket_id": t["id"],
                    "score": t["csat_score"],
                    "scale_min": 1,
                    "scale_max": t["csat_scale"],
                    "asked_at": None,
                    "answered_at": t["csat_at"],
                    "offered": t["csat_offered"],
                    "channel": None,
                }
                for t in self.tickets
                if (t["csat_score"] is not None or t["csat_offered"]) and t["id"] not in surveyed
            ]
        channels = {t["id"]: t["channel"] for t in self.tickets}
        return [row | {"channel": row["channel"] or channels.get(row["ticket_id"])} for row in found]

    @staticmethod
    def counts(row: Row) -> bool:
        return row["score"] is not None and row["scale_max"] is not None and row["scale_min"] <= row["score"] <= row["scale_max"]

    # --- customers
    def purchases(self) -> list[Row]:
        """One row an order that was not withdrawn: what one of its lines says is true of all."""
        lines: dict[str, list[Row]] = {}
        for row in self.orders:
            lines.setdefault(row["order_id"], []).append(row)
        return [
            {
                "customer": min((row["customer_id"] for row in rows if row["customer_id"]), default=None),
                "ordered_at": min((row["ordered_at"] for row in rows if row["ordered_at"]), default=None),
            }
            for rows in lines.values()
            if not any(row["cancelled_at"] or row["status"] in ("voided", "Failed") for row in rows)
        ]

    def spells(self) -> dict[str, list[tuple[datetime, datetime | None, float]]]:
        found: dict[str, list[tuple[datetime, datetime | None, float]]] = {}
        for row in self.subscriptions:
            if not row["trial"]:
                ended = self.local(row["ended_at"]) if row["ended_at"] else None
                found.setdefault(row["customer_id"], []).append((self.local(row["started_at"]), ended, row["mrr"]))
        return found
