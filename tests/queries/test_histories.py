"""What a history tells where the ticket table is silent: worked by hand, and both ways over random histories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

import queries
from data.importing import import_file
from data.store import Store
from queries import Ask
from tests.queries.reference import Row, World
from tests.queries.test_second_way import ask, expected, same
from tests.queries.worlds import fill

TOLD = (
    "reopen_rate",
    "first_resolution_time",
    "resolution_time",
    "resolution_time_mean",
    "on_hold_time",
    "transfer_rate",
    "reassignment_rate",
    "agents_per_ticket",
    "tickets_solved",
    "backlog",
    "one_reply_resolution",
    "first_contact_resolution",
    "first_reply_time",
)
OWN = {
    "first_solved_at": lambda dice: moment(dice),
    "solved_at": lambda dice: moment(dice),
    "first_resolution_minutes": lambda dice: dice.choice((5.0, 240.0)),
    "resolution_minutes": lambda dice: dice.choice((7.5, 5000.0)),
    "on_hold_minutes": lambda dice: dice.choice((0.0, 30.0)),
    "reopens": lambda dice: dice.randint(0, 2),
    "assignees": lambda dice: dice.randint(0, 3),
    "groups": lambda dice: dice.randint(0, 3),
}
ELSE = ("first_reply_minutes", "updated_at", "csat_at", "csat_score", "csat_offered", "csat_scale", "started_by_agent", "topic")
STATES = ("new", "open", "open", "pending", "hold", "hold", "solved", "solved", "solved", "closed", "deleted", None)


def moment(dice: Random) -> datetime:
    """Few different ones, so that many things happen at once."""
    return datetime(2024, 3, 29) + timedelta(days=dice.randint(0, 4), minutes=dice.choice((0, 30, 540, 1439)))


def a_ticket(dice: Random, at: int) -> Row:
    """Most of its own columns are silent."""
    ticket = {"source": "desk", "id": f"t{at}", "internal_id": f"1000{at}", "channel": "email", "customer_id": dice.choice("cd")}
    ticket |= {"status": dice.choice((None, "open", "solved", "closed")), "created_at": moment(dice), "replies": dice.randint(0, 2)}
    ticket |= {"first_reply_at": dice.choice((None, moment(dice))), **dict.fromkeys(ELSE)}
    return ticket | {name: make(dice) if dice.random() < 0.2 else None for name, make in OWN.items()}


def an_event(dice: Random, at: int) -> Row:
    """Half of them know their ticket by its inner id."""
    field = dice.choice(("status", "status", "status", "assignee", "team", "subject"))
    value = dice.choice(STATES) if field == "status" else dice.choice(("a", "b", "c", None))
    ticket = f"{dice.choice(('t', '1000'))}{dice.randint(0, 3)}"
    return {"source": "log", "id": f"e{at}", "ticket_id": ticket, "changed_at": moment(dice), "field": field, "value": value}


def a_world(seed: int) -> dict[str, Any]:
    dice = Random(seed)
    found: dict[str, Any] = {"timezone": dice.choice(("UTC", "Europe/Berlin")), "responses": [], "subscriptions": []}
    found["tickets"] = [a_ticket(dice, at) for at in range(dice.randint(0, 4))]
    found["events"] = [an_event(dice, at) for at in range(dice.randint(2, 30))]
    found["messages"] = [a_message(dice, at) for at in range(dice.choice((0, 0, 3)) if found["tickets"] else 0)]
    return found


def a_message(dice: Random, at: int) -> Row:
    """It may close its ticket, open it again or hand it on."""
    said = {"source": "desk", "id": f"m{at}", "ticket_id": f"t{dice.randint(0, 3)}", "sent_at": moment(dice), "author_id": "a"}
    did = {"ticket_status": dice.choice((None, "closed", "open")), "ticket_agent": dice.choice((None, "z"))}
    return said | {"author_role": dice.choice(("agent", "customer")), "public": False} | did


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("histories") / "random.duckdb")
    yield opened
    opened.close()


@pytest.mark.parametrize("seeds", [range(first, first + 12) for first in range(0, 48, 12)], ids=str)
def test_both_ways_agree_about_histories(one_store: Store, seeds: range) -> None:
    for told in map(a_world, seeds):
        fill(one_store, **told)
        world = World(**told)
        for name in TOLD:
            overall = ask(one_store, Ask(name))
            same(name, overall.get("all", (float("nan"), 0)), expected(world, name, lambda *_: True), world, "overall")


MONDAY = datetime(2024, 3, 4, 9)


def change(ticket: str, hours: float, value: str, field: str = "status", source: str = "zendesk") -> Row:
    at = MONDAY + timedelta(hours=hours)
    return {
        "source": source,
        "id": f"{ticket}-{field}-{hours}-{value}",
        "ticket_id": ticket,
        "changed_at": at,
        "field": field,
        "value": value,
    }


def bare_ticket(name: str, **more: object) -> Row:
    return {"source": "zendesk", "id": name, "created_at": MONDAY, "status": "closed", "replies": 1, "customer_id": name} | more


# 1: solved after 2 h, reopened after 5, on hold from 6 to 8, solved again after 10, closed four days later
# 2: solved after 4 h and closed by a robot; 3: waits, on hold for the last 3 h; 4: thrown away after it was solved
HISTORY = [
    *(
        change("1", hours, value)
        for hours, value in ((0, "new"), (2, "solved"), (5, "open"), (6, "hold"), (8, "open"), (10, "solved"))
    ),
    *(change("1", hours, who, "assignee") for hours, who in ((0, "ann"), (5, "bob"), (6, "ann"))),
    *(change("1", hours, team, "team") for hours, team in ((0, "billing"), (5, "technical"))),
    *(change("2", hours, value) for hours, value in ((0, "open"), (4, "solved"), (100, "closed"))),
    *(change("2", hours, who, "assignee") for hours, who in ((0, "ann"),)),
    *(change("3", hours, value) for hours, value in ((0, "new"), (197, "hold"))),
    *(change("4", hours, value) for hours, value in ((1, "solved"), (2, "deleted"))),
    change("1", 106, "closed"),
    change("2", 200, "urgent", "priority"),
]
TICKETS = [bare_ticket("1"), bare_ticket("2"), bare_ticket("3", status="hold", replies=None), bare_ticket("4", status="deleted")]


@pytest.fixture
def told(store: Store) -> Store:
    return fill(
        store,
        tickets=[*TICKETS, bare_ticket("5", status="open", replies=0, created_at=MONDAY + timedelta(hours=200))],
        events=HISTORY,
    )


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("reopen_rate", 50, 2),  # 1 of 1 and 2: closing what is solved is no second solving, and 4 is gone
        ("first_resolution_time", 240, 4),  # 120, 240; 3 and 5 still wait: half are done by 240
        ("resolution_time_mean", (600 + 240) / 2, 2),  # to the last solving, not to the closing days later
        ("on_hold_time", (120 + 0 + 180) / 3, 3),  # 3 has been on hold until the data end; of 5 nothing is told
        ("reassignment_rate", 50, 2),  # ann and bob, however often they take turns; ann alone
        ("transfer_rate", 100, 1),
        ("agents_per_ticket", 1.5, 2),
        ("tickets_solved", 2, 2),
        ("first_contact_resolution", 50, 2),  # 1 was reopened
        ("one_reply_resolution", 50, 2),
    ],
)
def test_a_history_tells_what_the_ticket_table_does_not(name: str, value: float, n: int, told: Store) -> None:
    row = queries.answer(name, store=told).iloc[0]
    assert (row["value"], row["n"]) == (pytest.approx(value), n)


def test_the_tickets_own_columns_come_first(store: Store) -> None:
    own = {
        "reopens": 0,
        "assignees": 3,
        "groups": 1,
        "on_hold_minutes": 7,
        "solved_at": MONDAY + timedelta(hours=11),
        "first_resolution_minutes": 5,
    }
    fill(store, tickets=[bare_ticket("1", **own)], events=HISTORY)
    wanted = {
        "reopen_rate": 0,
        "reassignment_rate": 100,
        "transfer_rate": 0,
        "on_hold_time": 7,
        "resolution_time_mean": 660,
        "first_resolution_time": 5,
    }
    assert {name: queries.answer(name, store=store).iloc[0]["value"] for name in wanted} == wanted


def test_without_a_hold_in_the_history_nobody_says_nought_minutes(store: Store) -> None:
    fill(store, tickets=TICKETS, events=[event for event in HISTORY if event["value"] != "hold"])
    assert queries.excluded("on_hold_time", store=store) == {"no on-hold time in the file": 3, "deleted": 1}


def test_a_history_from_another_export_finds_its_tickets_by_either_id(store: Store) -> None:
    tickets = [bare_ticket("KEY-1", internal_id="1"), bare_ticket("KEY-2", internal_id="2")]
    fill(store, tickets=tickets, events=[event | {"source": "log"} for event in HISTORY])
    assert queries.answer("resolution_time_mean", store=store).iloc[0]["value"] == 420


def test_a_history_file_completes_a_ticket_table_whichever_comes_first(store: Store, tmp_path: Path) -> None:
    (tmp_path / "tickets.csv").write_text(
        "id,_fivetran_synced,assignee_id,created_at,group_id,requester_id,status,subject,updated_at,via_channel\n"
        "1595,2024-03-20 02:32:49,7,2024-03-04 09:00:00,3,c1,closed,Hello,2024-03-09 09:00:00,email\n"
    )
    (tmp_path / "history.csv").write_text(
        "field_name,ticket_id,updated,_fivetran_synced,user_id,value\n"
        "status,1595,2024-03-04 09:00:00,2024-03-20 02:32:49,,new\n"
        "status,1595,2024-03-04 11:00:00,2024-03-20 02:32:49,7,solved\n"
        "status,1595,2024-03-04 12:00:00,2024-03-20 02:32:49,,open\n"
        "status,1595,2024-03-04 13:30:00,2024-03-20 02:32:49,7,solved\n"
        "status,1595,2024-03-08 13:30:00,2024-03-20 02:32:49,,closed\n"
    )
    receipts = [import_file.import_file(store, tmp_path / name) for name in ("history.csv", "tickets.csv")]
    assert [receipt.table for receipt in receipts] == ["events", "tickets"]
    assert queries.answer("reopen_rate", store=store).iloc[0]["value"] == 100
    assert queries.answer("first_resolution_time", store=store).iloc[0]["value"] == 120
    assert queries.answer("resolution_time", store=store).iloc[0]["value"] == 270
    import_file.undo(store, receipts[0].import_id)
    assert queries.answer("reopen_rate", store=store).iloc[0]["n"] == 0


def test_a_history_without_any_ticket_table_is_one(store: Store) -> None:
    fill(store, events=HISTORY)
    wanted = {"reopen_rate": (50, 2), "resolution_time_mean": (420, 2), "tickets_created": (3, 3), "reassignment_rate": (50, 2)}
    for name, (value, n) in wanted.items():
        row = queries.answer(name, store=store).iloc[0]
        assert (row["value"], row["n"]) == (value, n), name
        assert len(queries.rows(name, store=store)) == n
    by_team = queries.answer("tickets_created", by="team", store=store).set_index("slice")["value"]
    assert by_team.to_dict() == {"technical": 1, "not set": 2}
    fill(store, tickets=[bare_ticket("9")], events=HISTORY)
    assert queries.answer("tickets_created", store=store).iloc[0]["n"] == 1
