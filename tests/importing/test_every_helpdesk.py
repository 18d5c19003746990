"""Fifty tickets written the way each helpdesk documents its export: the numbers that come out must be the true ones."""

import csv
import io
import json
import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from data import formats
from data.cells import value_shapes
from data.importing.recognise import Unrecognised, guesses
from tests.importing.exports_as_written import FILES
from tests.importing.tickets_as_written import ISO, SOLVED, WORLD, Cell, ident, lasting, stamp

HEADERS = Path(__file__).parents[3] / "shared" / "headers.json"
VENDORS = {form.name for form in formats.bundled() if not form.generic} - {"ravenstack_tickets"}  # with names of their own
COUSINS = {"freshservice": ("freshdesk",)}  # the same maker's, the same columns
NAMED = [pytest.param(*entry, id=f"{place}-{entry[0]}") for place, entry in enumerate(FILES)]


def columns_of(name: str) -> list[str]:
    if not HEADERS.exists():
        pytest.skip("the shared list of headers (shared/headers.json) is not beside this checkout")
    known = json.loads(HEADERS.read_text(encoding="utf-8"))[name]
    assert known["verified"], f"{name} was never seen in a real file"
    return list(known["columns"])


def written(names: list[str], cells: dict[str, Cell], change: Callable[[str], str] = str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([change(name) for name in names])
    writer.writerows([cells.get(name, lambda ticket: "")(ticket) for name in names] for ticket in WORLD)
    return out.getvalue()


FOUND = """select id, created_at, solved_at, status,
  [first_reply_minutes, first_reply_business_minutes, (epoch(first_reply_at) - epoch(created_at)) / 60],
  [resolution_minutes, resolution_business_minutes, (epoch(solved_at) - epoch(created_at)) / 60]
  from tickets where source = '{}' order by id"""


def judged(found, names: list[str], cells: dict[str, Cell], whole: bool) -> None:
    """Every value that came out is the true one; of a whole file, all that is in it came out."""
    says = {cell for name, cell in cells.items() if name in names}
    told = next((cell for cell in says if cell.__qualname__.startswith("status.")), None)
    assert [row[0] for row in found] == [ticket.id for ticket in WORLD]
    for ticket, (_, created, solved, status_, replies, resolutions) in zip(WORLD, found, strict=True):
        assert created in (ticket.created, None)
        assert solved in (ticket.at(ticket.solved), None)
        for true, minutes in ((ticket.reply, replies), (ticket.solved, resolutions)):
            kept = [one for one in minutes if one is not None]
            # without the count of messages beside it, a zero cannot be told from "never answered"
            nothing = [0] * len(kept) if "First response time (s)" in names and "Number of agent messages" not in names else []
            assert kept == (pytest.approx([true] * len(kept)) if true is not None else nothing)
        if told and whole:
            assert (status_ in SOLVED) == (ticket.status in SOLVED)
            assert status_ in SOLVED or status_ == ticket.status


def filled_stamps(found) -> int:
    return sum(row[1] is not None for row in found)


def filled(found, place: int) -> int:
    return sum(any(one is not None for one in row[place]) for row in found)


@pytest.mark.parametrize(("name", "format_", "id_", "cells"), NAMED)
def test_the_export_gives_true_numbers(name, format_, id_, cells, bring, rows):
    names, cells = columns_of(name), cells | {id_: ident}
    assert set(cells) <= set(names)
    receipt = bring(written(names, cells), source="whole")
    assert (receipt.format, receipt.rows_read, receipt.set_aside) == (format_, 50, 0)
    found = rows(FOUND.format("whole"))
    judged(found, names, cells, whole=True)
    assert filled_stamps(found) == (50 if name != "jira_cloud_csv_new_casing" else 0)
    text = " ".join(cells).lower()
    if any(part in text for part in ("respon", "reply", "admin_reply")) and name != "zoho_desk_report_export":
        assert filled(found, 4) == sum(ticket.reply is not None for ticket in WORLD)
    if any(part in text for part in ("solv", "clos", "resolution")):
        assert filled(found, 5) == sum(ticket.solved is not None for ticket in WORLD)

    drift = random.Random(name)
    shuffled = drift.sample(names, len(names))
    receipt = bring(written(shuffled, cells, drift.choice([str.upper, str.lower, str.title])), source="drifted", name="drifted.csv")
    assert receipt.format == format_
    assert rows(FOUND.format("drifted")) == found


@pytest.mark.parametrize(("name", "format_", "id_", "cells"), NAMED)
def test_half_of_the_columns_give_nothing_false(name, format_, id_, cells, bring, rows):
    names, cells = columns_of(name), cells | {id_: ident}
    for seed in range(2):
        kept = half(names, id_, seed)
        try:
            receipt = bring(written(kept, cells), source=f"half{seed}", name=f"half{seed}.csv")
        except Unrecognised:  # so little was left that no one could tell
            continue
        judged(rows(FOUND.format(f"half{seed}")), kept, cells, whole=False)
        assert receipt.format in (format_, "tickets", *COUSINS.get(format_, ())), kept


def half(names: list[str], id_: str, seed: int) -> list[str]:
    dice = random.Random(f"{names}{seed}")
    return [one for one in names if one == id_ or dice.random() < 0.5]


@pytest.mark.parametrize(("name", "format_", "id_", "cells"), [one for one in NAMED if one.values[1] in VENDORS])
def test_half_of_the_names_are_mostly_enough(name, format_, id_, cells):
    names = columns_of(name)
    known = 0
    for seed in range(20):
        kept = list(dict.fromkeys(half(names, id_, seed)))
        found = guesses(kept, [value_shapes.of([])] * len(kept), formats.bundled())
        known += bool(found) and found[0].format.name in (format_, *COUSINS.get(format_, ()))
    assert known >= 17


def test_a_wide_header_is_recognised_at_once():
    names = [
        *dict.fromkeys(columns_of("jira_service_management_csv")),
        *(f"Custom field (Field {number})" for number in range(160)),
    ]
    seen = [value_shapes.of([])] * len(names)
    guesses(names, seen, formats.bundled())
    began = time.process_time()
    found = guesses(names, seen, formats.bundled())
    assert found[0].format.name == "jira"
    assert time.process_time() - began < 0.2  # a tenth of that where nothing else runs


@pytest.mark.parametrize(
    ("name", "format_", "cells", "scores"),
    [
        (
            "zendesk_satisfaction_ratings",
            "zendesk_ratings",
            {
                "id": lambda ticket: f"8{ticket.id}",
                "ticket_id": ident,
                "created_at": stamp("%Y-%m-%dT%H:%M:%SZ"),
                "reason_id": lambda ticket: "5",
                "updated_at": stamp("%Y-%m-%dT%H:%M:%SZ"),
                "score": lambda ticket: "offered" if not ticket.score else "good" if ticket.score > 3 else "bad",
            },
            lambda ticket: None if ticket.score is None else float(ticket.score > 3),
        ),
        (
            "chatwoot_csat",
            "chatwoot_csat",
            {
                "Rating": lambda ticket: str(ticket.score or 1),
                "Recorded date": stamp("%Y-%m-%d %H:%M:%S UTC"),
                "Agent Name": lambda ticket: "Kim (kim@shop.example)",
                "Link to the conversation": lambda ticket: f"https://chat.example/app/accounts/1/conversations/{ticket.id}",
            },
            lambda ticket: float(ticket.score or 1),
        ),
    ],
)
@pytest.mark.parametrize("drifted", [False, True])
def test_ratings_belong_to_their_tickets(name, format_, cells, scores, drifted, bring, rows):
    names = columns_of(name)
    if drifted:
        random.Random(2).shuffle(names)
    receipt = bring(written(names, cells, str.upper if drifted else str))
    assert receipt.format == format_
    found = rows(
        "select ticket_id, answered_at, score, kind, offered, score between scale_min and scale_max from responses order by 1"
    )
    assert [row[:5] for row in found] == [(ticket.id, ticket.created, scores(ticket), "csat", True) for ticket in WORLD]
    assert all(row[5] in (True, None) for row in found)


@pytest.mark.parametrize(
    ("unit", "factor"), [("milliseconds", 60_000), ("seconds", 60), ("minutes", 1), ("hours", 1 / 60), ("days", 1 / 1440)]
)
def test_a_unit_that_no_name_states_is_proved_by_the_stamps(unit, factor, bring, rows):
    cells = {
        "Ticket ID": ident,
        "Created at": stamp(ISO),
        "Solved at": stamp(ISO, "solved"),
        "First reply at": stamp(ISO, "reply"),
        "Resolution time": lasting("solved", factor),
        "First response time": lasting("reply", factor),
    }
    receipt = bring(written(list(cells), cells))
    assert rows("select count(resolution_minutes), count(first_reply_minutes) from tickets") == [
        (sum(ticket.solved is not None for ticket in WORLD), sum(ticket.reply is not None for ticket in WORLD))
    ]
    judged(rows(FOUND.format(receipt.source)), list(cells), cells, whole=True)
    assert {one["column"]: one["used_as"] for one in receipt.columns}["Resolution time"] == f"resolution ({unit})"


def test_numbers_that_agree_with_no_unit_are_left_out(bring, rows):
    dice = random.Random(5)
    cells = {
        "Ticket ID": ident,
        "Created at": stamp(ISO),
        "Solved at": stamp(ISO, "solved"),
        "Resolution time": lambda ticket: str(dice.randrange(1, 9999)),
    }
    receipt = bring(written(list(cells), cells))
    assert rows("select count(resolution_minutes) from tickets") == [(0,)]
    assert any("'Resolution time' holds numbers without a unit" in note for note in receipt.notes)


def test_a_proof_may_stand_below_the_first_rows(bring, rows):
    early = [f"{id},2024-01-01 10:00:00,," for id in range(2_500)]
    late = [f"{id},2024-01-01 10:00:00,2024-01-01 1{id % 9}:30:00,{id % 9 * 3600 + 1800}" for id in range(3_000, 3_100)]
    bring("Ticket ID,Created at,Solved at,Resolution time\n" + "\n".join(early + late) + "\n")
    assert rows("select count(resolution_minutes), min(resolution_minutes) from tickets") == [(100, 30)]


def test_the_event_log_of_an_incident_ends_with_its_last_state(bring, rows):
    lines = []
    for ticket in WORLD:
        for step, state in enumerate(("New", "Active", "Resolved" if ticket.solved else "Awaiting User Info")):
            solved = f"{ticket.at(ticket.solved):%d-%m-%Y %H:%M}" if ticket.solved and step == 2 else "?"
            changed = ticket.created + timedelta(minutes=step)
            lines.append(f"INC{ticket.id},{state},{step},{ticket.created:%d-%m-%Y %H:%M},{changed:%d-%m-%Y %H:%M},{solved}")
    receipt = bring("number,incident_state,sys_mod_count,opened_at,sys_updated_at,resolved_at\n" + "\n".join(lines) + "\n")
    assert receipt.format == "servicenow"
    assert rows("select id, created_at, solved_at, status from tickets order by id") == [
        (f"INC{ticket.id}", ticket.created, ticket.at(ticket.solved), "solved" if ticket.solved else "pending") for ticket in WORLD
    ]
