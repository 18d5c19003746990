"""Another helpdesk's number beside ours: worked out by hand, and a second way on random worlds; steps and tickets are exact."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import queries
from data.importing import import_file
from data.store import Store
from queries import Filters, engine, helpdesk_match
from queries.helpdesks import CHOICES, METRIC, OURS, RULES, helpdesks
from tests.queries import helpdesk_rules
from tests.queries.worlds import fill

MARCH = Filters(range="custom", start=date(2026, 3, 1), end=date(2026, 3, 31))
PERIOD = (datetime(2026, 3, 1), datetime(2026, 4, 1))
AS_OF = datetime(2026, 3, 31, 12)
NUMBERS = [(one.id, number) for one in helpdesks().values() for number in one.numbers]


def ticket(name: str, created: str, reply: float | None, solved: float | None, replies: int = 1, **more: Any) -> dict[str, Any]:
    """A ticket whose reply and solving are so many minutes after its creation."""
    at = datetime.fromisoformat(created)
    after = {key: None if wait is None else at + timedelta(minutes=wait) for key, wait in (("reply", reply), ("solved", solved))}
    row = {
        "source": "desk",
        "id": name,
        "import_id": 1,
        "status": "open" if solved is None else "solved",
        "created_at": at,
        "first_reply_at": after["reply"],
        "first_solved_at": after["solved"],
        "solved_at": after["solved"],
        "updated_at": None,
        "replies": replies,
        "reopens": 0,
        "assignees": 1,
        "started_by_agent": False,
        "csat_score": None,
        "csat_scale": None,
        "csat_at": None,
    }
    return row | more


def scored(score: int, day: str) -> dict[str, Any]:
    return {"csat_score": score, "csat_scale": 5, "csat_at": datetime.fromisoformat(day)}


WORLD = [
    ticket("plain", "2026-03-02 09:00", 10, 60, **scored(5, "2026-03-02 12:00")),
    ticket("twice", "2026-03-03 09:00", 20, 120, 2, **scored(4, "2026-03-03 12:00")),
    ticket(
        "reopened",
        "2026-03-04 09:00",
        60,
        300,
        reopens=1,
        first_solved_at=datetime(2026, 3, 4, 10, 40),
        **scored(3, "2026-03-04 15:00"),
    ),
    ticket("silent", "2026-03-05 09:00", None, 30, 0),
    ticket("outbound", "2026-03-06 09:00", 5, 40, started_by_agent=True),
    ticket("waiting", "2026-03-30 12:00", None, None, 0, updated_at=AS_OF),
    ticket("earlier", "2026-02-27 09:00", 4320, 5760, 3, **scored(1, "2026-03-04 09:00")),
    ticket("junk", "2026-03-08 09:00", 1, 2, status="spam"),
]
# By hand, of the tickets above: their number and from how many, per helpdesk. Ours is the last line.
BY_HAND = {
    ("zendesk", "first_reply"): (20, 5),  # solved in March: 5 10 20 60 4320
    ("freshdesk", "first_reply"): (1102.5, 4),  # those first replied to in March, as at Help Scout
    ("intercom", "first_reply"): (20, 3),  # middle of 10 20 60
    ("gorgias", "first_reply"): (40, 4),  # replied in March: 10 20 60 4320
    ("helpscout", "first_reply"): (1102.5, 4),  # their mean
    ("chatwoot", "first_reply"): (1102.5, 4),
    ("zendesk", "resolution"): (90, 6),  # solved in March: 30 40 60 120 300 5760
    ("freshdesk", "resolution"): (6310 / 6, 6),
    ("intercom", "resolution"): (60, 5),  # created in March: 30 40 60 120 300
    ("gorgias", "resolution"): (90, 6),
    ("helpscout", "resolution"): (1256, 5),  # without the one nobody answered: 40 60 120 300 5760
    ("chatwoot", "resolution"): (6310 / 6, 6),
    ("zendesk", "csat"): (50, 4),  # 5 and 4 of 5 4 3 1
    ("freshdesk", "csat"): (50, 4),
    ("intercom", "csat"): (50, 4),
    ("helpscout", "csat"): (25, 4),  # two good, one bad
    ("chatwoot", "csat"): (50, 4),
    ("zendesk", "one_touch"): (80, 5),  # all but the one with two replies
    ("freshdesk", "one_touch"): (40, 5),  # solved in March, answered: two of five
    ("gorgias", "one_touch"): (40, 5),
    ("helpscout", "one_touch"): (40, 5),
    ("intercom", "one_touch"): (75, 4),  # one agent each; the reopened one does not count
}
OURS_BY_HAND = {"first_reply": (20, 4), "resolution": (60, 6), "csat": (50, 4), "one_touch": (50, 4)}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return engine.opened(fill(Store.open(tmp_path_factory.mktemp("desk") / "desk.duckdb"), tickets=WORLD))


@pytest.mark.parametrize(("helpdesk", "number"), BY_HAND)
def test_the_worked_answers(helpdesk: str, number: str, desk: Store) -> None:
    found = helpdesk_match.match(helpdesk, number, MARCH, desk)
    assert (found.theirs, found.n_theirs) == (pytest.approx(BY_HAND[helpdesk, number][0]), BY_HAND[helpdesk, number][1])
    assert (found.ours, found.n_ours) == OURS_BY_HAND[number]


def test_every_number_has_a_worked_answer() -> None:
    assert {*BY_HAND} == {(helpdesk, number) for helpdesk, number in NUMBERS if number != "reply_time"}


@pytest.mark.parametrize(
    ("helpdesk", "number", "expected"),
    [
        (
            "zendesk",
            "first_reply",
            [
                ("attribution", -5, {"earlier"}),
                ("started_by_agent", 5, {"outbound"}),
                ("statistic", 0, set()),
                ("waiting", 0, {"waiting"}),
            ],
        ),
        ("zendesk", "one_touch", [("unanswered", -5, {"silent"}), ("reopened", -25, {"reopened"})]),
        (
            "helpscout",
            "resolution",
            [
                ("attribution", 130 - 1256, {"earlier"}),
                ("answered", -20, {"silent"}),
                ("statistic", 60 - 110, {"twice", "reopened"}),  # above the mean of 110
                ("waiting", 0, {"waiting"}),
            ],
        ),
        ("helpscout", "csat", [("statistic", 25, {"earlier"})]),
        ("intercom", "one_touch", [("touch", -25, {"twice"})]),
    ],
)
def test_each_step_has_its_effect_and_its_tickets(
    helpdesk: str, number: str, expected: list[tuple[str, float, set[str]]], desk: Store
) -> None:
    found = helpdesk_match.match(helpdesk, number, MARCH, desk)
    assert [(step.rule, pytest.approx(step.effect)) for step in found.steps] == [(rule, effect) for rule, effect, _ in expected]
    for step, (_, _, names) in zip(found.steps, expected, strict=True):
        assert set(helpdesk_match.tickets(found, step, MARCH, desk)["id"]) == names
        assert step.rows == len(names)


REPLIES = [
    ("a", "2026-03-02 09:00", "customer"),
    ("a", "2026-03-02 09:10", "agent"),
    ("a", "2026-03-02 10:00", "customer"),
    ("a", "2026-03-02 10:50", "agent"),
    ("b", "2026-02-28 09:00", "customer"),
    ("b", "2026-03-01 09:00", "agent"),
]


@pytest.mark.parametrize(
    ("helpdesk", "expected"), [("intercom", (30, 2)), ("helpscout", (500, 3)), ("chatwoot", (500, 3))]
)  # 10 and 50 in March's tickets; 1440 more was sent in March
def test_the_worked_answers_of_each_reply(helpdesk: str, expected: tuple[float, int], store: Store) -> None:
    tickets = [ticket("a", "2026-03-02 09:00", None, 200, 2), ticket("b", "2026-02-28 09:00", None, 3000)]
    messages = [
        {"source": "desk", "id": at, "import_id": 1, "ticket_id": name, "sent_at": sent, "author_role": role, "public": True}
        for at, (name, sent, role) in enumerate(REPLIES)
    ]
    fill(store, tickets=tickets, messages=messages)
    found = helpdesk_match.match(helpdesk, "reply_time", MARCH, store)
    assert (found.theirs, found.n_theirs) == expected
    assert (found.ours, found.n_ours) == (30, 2)
    for step in found.steps:
        assert len(helpdesk_match.tickets(found, step, MARCH, store)) == step.rows


def test_business_hours_are_asked_for_where_none_are_known(desk: Store) -> None:
    assert helpdesk_match.match("freshdesk", "first_reply", MARCH, desk).needs_calendar
    assert not helpdesk_match.match("zendesk", "first_reply", MARCH, desk).needs_calendar


def test_business_hours_of_the_file_make_a_step(store: Store) -> None:
    """100 and 20 minutes by the clock, 40 and 20 in business hours: a mean of 30, then of 60."""
    rows = [
        ticket("a", "2026-03-02 09:00", 100, 200, first_reply_business_minutes=40),
        ticket("b", "2026-03-03 09:00", 20, 200, first_reply_business_minutes=20),
    ]
    fill(store, tickets=rows)
    found = helpdesk_match.match("freshdesk", "first_reply", MARCH, store)
    assert not found.needs_calendar
    assert (found.theirs, found.steps[0].rule, found.steps[0].after) == (30, "hours", 60)
    assert set(helpdesk_match.tickets(found, found.steps[0], MARCH, store)["id"]) == {"a"}


@pytest.mark.parametrize(("helpdesk", "number"), NUMBERS)
def test_an_empty_store_has_no_numbers_and_no_error(helpdesk: str, number: str, store: Store) -> None:
    found = helpdesk_match.match(helpdesk, number, Filters(), store)
    assert math.isnan(found.theirs)
    assert math.isnan(found.ours)
    assert not any(step.rows for step in found.steps)


minutes_after = st.integers(1, 30 * 1440)


@st.composite
def tickets(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Anything a ticket table may say, with a last ticket that says when the data ends."""
    rows = []
    for at in range(draw(st.integers(0, 14))):
        created = datetime(2026, 2, 10) + timedelta(minutes=draw(st.integers(1, 40 * 1440)))
        reply, open_still = draw(st.none() | minutes_after), draw(st.booleans())
        first = draw(minutes_after)
        reopened = draw(st.booleans())
        last = first + draw(minutes_after) if reopened else first
        score, scale = draw(st.none() | st.integers(1, 3)), draw(st.sampled_from([3, 5, 7]))
        row = ticket(f"t{at}", str(created), reply, None if open_still else last, 0 if reply is None else draw(st.integers(1, 3)))
        row |= {
            "reopens": int(reopened),
            "first_solved_at": created + timedelta(minutes=first) if reopened or not open_still else None,
        }
        row |= {"assignees": draw(st.integers(1, 2)), "started_by_agent": draw(st.booleans())}
        row["status"] = row["status"] if open_still else draw(st.sampled_from(["solved", "solved", "closed", "spam", "merged"]))
        if score is not None:
            row |= {"csat_score": draw(st.integers(1, scale)), "csat_scale": scale, "csat_at": created + timedelta(days=2)}
        rows.append({name: None if isinstance(cell, datetime) and cell > END else cell for name, cell in row.items()})
    return [_sound(row) for row in rows] + [ticket("last", "2026-01-01 09:00", 1, 2, first_solved_at=None, updated_at=END)]


END = datetime(2026, 4, 25)


def _sound(row: dict[str, Any]) -> dict[str, Any]:
    """What had not happened when the data ended did not happen."""
    if row["solved_at"] is None:
        row |= {"status": "open"}
    if row["first_reply_at"] is None:
        row |= {"replies": 0}
    if row["csat_at"] is None:
        row |= {"csat_score": None, "csat_scale": None}
    if row["reopens"] and row["first_solved_at"] is None:
        row |= {"reopens": 0}
    return row


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=tickets())
def test_the_second_way_finds_the_same_numbers_steps_and_tickets(rows: list[dict[str, Any]], store: Store) -> None:
    fill(store, tickets=rows)
    for helpdesk, number in NUMBERS:
        if number == "reply_time":
            continue
        found = helpdesk_match.match(helpdesk, number, MARCH, store)
        own = queries.answer(METRIC[number], MARCH, store=store)
        assert same(found.ours, own["value"].iloc[0])
        assert found.n_ours == own["n"].iloc[0]
        chain = [helpdesk_match.theirs(found.number, MARCH, False), *(dict(step.later) for step in found.steps)]
        counted = [helpdesk_rules.population(number, rules, rows, PERIOD, END) for rules in chain]
        expected = [helpdesk_rules.value(rules, one) for rules, one in zip(chain, counted, strict=True)]
        shown = [found.theirs, *(step.after for step in found.steps)]
        assert all(same(one, other) for one, other in zip(shown, expected, strict=True)), (helpdesk, number, shown, expected)
        assert found.n_theirs == len(counted[0])
        if not any(math.isnan(one) for one in shown):
            assert sum(step.effect for step in found.steps) == pytest.approx(found.ours - found.theirs, abs=1e-9)
        for at, step in enumerate(found.steps):
            before, after = counted[at], counted[at + 1]
            names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
            if step.theirs == "mean":
                names = {name for name, (measure, _) in before.items() if measure > step.before}
            assert set(helpdesk_match.tickets(found, step, MARCH, store)["id"]) == names, (helpdesk, number, step.rule)
            assert step.rows == len(names)


def same(one: float, other: float | None) -> bool:
    if other is None or math.isnan(other):
        return math.isnan(one)
    return one == pytest.approx(other, abs=1e-9)


# Rules that only make sense for some numbers.
BESIDE_THE_POINT = [
    *((number, "attribution", "answered") for number in OURS if number != "csat"),
    *((number, "statistic", share) for number in OURS if number != "csat" for share in ("share", "balance")),
    *(("csat", "statistic", time) for time in ("mean", "median", "curve")),
    *((number, "attribution", "replied") for number in ("csat", "resolution", "one_touch")),
]
RULE_SETS = [
    (number, rule, choice)
    for number in OURS
    for rule in RULES[number]
    for choice in CHOICES[rule]
    if number != "reply_time" and rule != "hours" and (number, rule, choice) not in BESIDE_THE_POINT
]


@pytest.mark.parametrize(("number", "rule", "choice"), RULE_SETS)
def test_every_choice_of_every_rule_is_counted_as_it_says(number: str, rule: str, choice: str, desk: Store) -> None:
    """Also those that no helpdesk here makes: the next one may."""
    rules = helpdesk_match.ours(number, MARCH) | {rule: choice}
    expected = helpdesk_rules.population(number, rules, WORLD, PERIOD, AS_OF)
    shown, n = helpdesk_match._value(number, rules, MARCH, desk)
    assert n == len(expected)
    assert same(shown, helpdesk_rules.value(rules, expected))


@pytest.mark.parametrize("helpdesk", ["zendesk", "freshdesk", "gorgias", "chatwoot"])
def test_the_helpdesk_of_an_imported_file_is_suggested(helpdesk: str, store: Store) -> None:
    assert helpdesk_match.suggested(store) == "zendesk"
    import_file.import_file(store, Path(__file__).parents[1] / "formats" / helpdesk / "export.csv")
    assert helpdesk_match.suggested(store) == helpdesk
