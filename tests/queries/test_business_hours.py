"""Business hours of our own: worked by hand around changes of clocks, and minute by minute over random calendars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import queries
from data.derived import calendars
from data.derived.calendars import Calendar
from data.store import Store
from queries import Filters, business_hours
from tests.queries.by_the_minute import Watch
from tests.queries.worlds import fill

BUSINESS = Filters(hours="business")
BERLIN = Calendar(country="DE", subdivision="BE", free_days=frozenset({(date(2025, 4, 22), False), (date(2000, 12, 24), True)}))
# Says that the export has times of day, whatever the others are.
ANCHOR = {"source": "desk", "id": "anchor", "status": "solved", "created_at": datetime(2025, 1, 7, 10, 11)}
ROUND_THE_CLOCK = {day: ((0, 1440),) for day in range(1, 8)}


def stamp(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-{text}")


def ticket(name: str, created: str, replied: str | None = None, solved: str | None = None, **more: object) -> dict[str, object]:
    stamps = {"first_reply_at": replied, "solved_at": solved}
    return {
        "source": "desk",
        "id": name,
        "status": "solved" if solved else "open",
        "created_at": stamp(created),
        **{column: stamp(text) for column, text in stamps.items() if text},
        **more,
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("hours") / "hours.duckdb")
    yield opened
    opened.close()


def counted(store: Store, *kept: Calendar, zone: str = "Europe/Berlin", **tables: object) -> pd.DataFrame:
    """The facts about these rows by these calendars, by ticket."""
    for known in calendars.every(store):
        calendars.remove(store, known.team)
    fill(store, timezone=zone, **tables)  # type: ignore[arg-type]
    for calendar in kept:
        calendars.keep(store, calendar)
    queries.as_of(store)
    with store.cursor() as cursor:
        return cursor.execute("select * from facts").df().set_index("id")


@pytest.mark.parametrize(
    ("created", "replied", "minutes", "why"),
    [
        ("03-25 08:00", "03-25 08:30", 30, "within a day"),
        ("03-25 06:00", "03-25 08:15", 15, "7:00 to 9:15 in winter time: from 8:00 UTC"),
        ("03-25 17:00", "03-26 08:10", 10, "created in the evening"),
        ("03-25 17:00", "03-25 18:00", 0, "a reply in the evening"),
        ("03-28 15:30", "03-31 07:15", 45, "Friday 16:30 to Monday 9:15, and the clocks went forward"),
        ("10-24 14:30", "10-27 08:15", 45, "Friday 16:30 to Monday 9:15, and the clocks went back"),
        ("03-29 12:00", "03-30 12:00", 0, "a weekend"),
        ("04-17 14:30", "04-23 07:30", 60, "Good Friday, Easter Monday and a Tuesday of our own are free"),
        ("03-07 15:30", "03-10 08:30", 60, "8 March is free in Berlin, a Saturday anyway"),
        ("12-23 15:30", "12-29 08:05", 35, "24 December every year, 25 and 26 by law, then a weekend"),
        ("01-06 08:00", "01-13 08:00", 5 * 480, "a week, and Epiphany is no holiday in Berlin"),
    ],
)
def test_a_wait_worked_by_hand(store: Store, created: str, replied: str, minutes: float, why: str) -> None:
    found = counted(store, BERLIN, tickets=[ticket("1", created, replied, replied)]).loc["1"]
    assert found["reply_business_minutes"] == minutes, why
    assert found["resolution_business_minutes"] == minutes, why
    assert (found["reply_business_from"], found["solving_business_from"]) == ("calendar", "calendar")


@pytest.mark.parametrize(("month", "day", "minutes"), [(3, 30, 23 * 60), (10, 26, 25 * 60), (3, 29, 1440)])
def test_round_the_clock_a_day_is_as_long_as_its_clocks_make_it(store: Store, month: int, day: int, minutes: int) -> None:
    midnight = datetime(2025, month, day)
    ahead = timedelta(hours=1 if month == 3 else 2)
    ends = midnight - ahead + timedelta(minutes=minutes)
    row = ticket("1", "01-01 12:00") | {"created_at": midnight - ahead, "first_reply_at": ends, "updated_at": ends}
    kept = Calendar(hours=ROUND_THE_CLOCK, free_days=frozenset({(date(2025, month, day), False)}))
    closed, there = (
        counted(store, calendar, tickets=[row, ANCHOR]).loc["1"] for calendar in (kept, Calendar(hours=ROUND_THE_CLOCK))
    )
    assert (there["reply_business_minutes"], closed["reply_business_minutes"]) == (minutes, 0)


def test_a_night_shift_loses_and_gains_the_hour_of_the_clocks(store: Store) -> None:
    nights = Calendar(hours={6: calendars.read_hours("22-6")})
    rows = [ticket("spring", "03-29 12:00", "03-30 12:00"), ticket("autumn", "10-25 12:00", "10-26 12:00")]
    found = counted(store, nights, tickets=rows)["reply_business_minutes"]
    assert found.to_dict() == {"spring": 7 * 60, "autumn": 9 * 60}


def test_a_leap_day_counts(store: Store) -> None:
    row = ticket("1", "01-01 12:00") | {"created_at": datetime(2024, 2, 28, 8), "first_reply_at": datetime(2024, 3, 1, 8)}
    assert counted(store, BERLIN, tickets=[row]).loc["1", "reply_business_minutes"] == 960


def test_an_open_wait_has_a_length_by_the_calendar(store: Store) -> None:
    rows = [ticket("answered", "03-28 15:00", "03-31 07:20"), ticket("open", "03-28 15:45", updated_at=stamp("03-31 07:40"))]
    counted(store, BERLIN, tickets=rows)
    found = queries.answer("first_reply_time", BUSINESS, store=store).iloc[0]
    assert found["n"] == 2
    assert found["value"] == 80, "answered after 60 + 20; the other has waited 15 + 40 and left before"
    assert queries.excluded("first_reply_time", BUSINESS, store) == {}


def test_each_reply_counts_in_business_hours(store: Store) -> None:
    said = [("03-28 15:30", "customer"), ("03-31 07:15", "agent"), ("03-31 20:00", "customer"), ("04-01 08:00", "agent")]
    messages = [
        {"source": "desk", "id": str(at), "ticket_id": "1", "sent_at": stamp(sent), "author_role": role, "public": True}
        for at, (sent, role) in enumerate(said)
    ]
    counted(store, BERLIN, tickets=[ticket("1", "03-28 15:30")], messages=messages)
    found = queries.answer("reply_time", BUSINESS, store=store).iloc[0]
    assert (found["value"], found["n"]) == (52.5, 2), "45, and 60 on the morning after"


def test_a_team_with_hours_of_its_own_is_counted_by_them(store: Store) -> None:
    late = Calendar(team="Night desk", timezone="America/New_York", hours={day: ((600, 1080),) for day in range(1, 8)})
    rows = [ticket("day", "03-25 16:00", "03-25 20:00"), ticket("late", "03-25 16:00", "03-25 20:00", team="Night desk")]
    messages = [
        {"source": "desk", "id": f"{name}{at}", "ticket_id": name, "sent_at": stamp(f"03-25 {hour}:00"), "author_role": role}
        for name in ("day", "late")
        for at, hour, role in ((1, 16, "customer"), (2, 20, "agent"))
    ]
    found = counted(store, BERLIN, late, tickets=rows)
    assert found["reply_business_minutes"].to_dict() == {"day": 0, "late": 240}, "New York: 12:00 to 16:00"
    counted(store, BERLIN, late, tickets=rows, messages=messages)
    by_team = queries.answer("reply_time", BUSINESS, by="team", store=store).set_index("slice")["value"]
    assert by_team.to_dict() == {"not set": 0, "Night desk": 240}


def test_without_a_calendar_the_helpdesks_own_count_stands_and_with_one_where_stamps_are_missing(store: Store) -> None:
    rows = [
        ticket("both", "03-25 08:00", "03-25 09:00", first_reply_business_minutes=7),
        ticket("ready-made", "03-25 08:00", first_reply_business_minutes=9),
    ]
    alone = counted(store, tickets=rows)
    assert alone["reply_business_minutes"].to_dict() == {"both": 7, "ready-made": 9}
    assert set(alone["reply_business_from"]) == {"helpdesk"}
    assert business_hours.said(queries.metric("first_reply_time"), BUSINESS, store) == (
        "business hours: 2 as the helpdesk worked it out in its own business hours"
    )
    ours = counted(store, BERLIN, tickets=rows)
    assert ours["reply_business_minutes"].to_dict() == {"both": 60, "ready-made": 9}
    assert business_hours.counted(queries.metric("first_reply_time"), BUSINESS, store) == {"calendar": 1, "helpdesk": 1}


def test_dates_without_a_time_of_day_are_not_counted_by_a_calendar(store: Store) -> None:
    row = ticket("1", "03-25", "03-26", "03-28")
    found = counted(store, BERLIN, tickets=[row], zone="UTC").loc["1"]
    assert pd.isna(found["reply_business_minutes"])
    assert pd.isna(found["created_off_hours"])
    assert not business_hours.known(store)


def test_a_changed_calendar_counts_at_once(store: Store) -> None:
    counted(store, BERLIN, tickets=[ticket("1", "04-22 08:00", "04-22 09:00")])
    wait = lambda: queries.answer("first_reply_time", BUSINESS, store=store).iloc[0]["value"]  # noqa: E731
    assert wait() == 0, "a free day of our own"
    calendars.keep(store, Calendar())
    assert wait() == 60


def test_the_wait_is_split_into_nobody_there_and_the_queue(store: Store) -> None:
    rows = [
        ticket("evening", "03-25 17:00", "03-26 08:10"),  # 15 h 10 min, 10 of them in the queue
        ticket("day", "03-25 08:00", "03-25 08:30"),
        ticket("weekend", "03-29 12:00"),
        ticket("gone", "03-25 08:00", status="spam"),
    ]
    counted(store, BERLIN, tickets=rows)
    share = queries.answer("off_hours_share", store=store).iloc[0]
    assert (share["value"], share["n"]) == (pytest.approx(200 / 3), 3)
    closed = queries.answer("off_hours_wait", store=store).iloc[0]
    assert (closed["value"], closed["n"]) == (450, 2), "900 and 0"
    assert queries.excluded("off_hours_wait", store=store) == {"still waiting": 1, "spam": 1}
    whole, queue = (
        queries.answer("first_reply_time_mean", Filters(hours=of), store=store).iloc[0] for of in ("calendar", "business")
    )
    assert closed["value"] + queue["value"] == whole["value"], "the two parts add up"


# --- the second way
minutes = st.integers(0, 1439)
spans = st.lists(minutes, min_size=2, max_size=6, unique=True).map(
    lambda at: tuple(zip(sorted(at)[: len(at) // 2 * 2 : 2], sorted(at)[1::2], strict=False))
)
nights = st.one_of(
    st.just(()), st.builds(lambda opens, length: ((opens, opens + length),), st.integers(1000, 1439), st.integers(1, 700))
)
weeks = st.one_of(
    st.dictionaries(st.integers(1, 7), spans, min_size=1),
    st.dictionaries(st.sampled_from((1, 3, 5)), nights.filter(bool), min_size=1),
    st.just(ROUND_THE_CLOCK),
)
days = st.builds(lambda at, yearly: (date(2025, 3, 24) + timedelta(days=at), yearly), st.integers(0, 250), st.booleans())
calendars_of_all_kinds = st.builds(
    Calendar,
    timezone=st.sampled_from((None, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "UTC")),
    hours=weeks,
    free_days=st.frozensets(days, max_size=4),
)
around = st.sampled_from(("2025-03-27", "2025-10-23", "2024-02-27", "2024-12-29", "2025-04-03", "2025-09-25", "2025-11-01"))
moments = st.builds(lambda day, second: datetime.fromisoformat(day) + timedelta(seconds=second), around, st.integers(0, 7 * 86400))
pairs = st.builds(lambda since, seconds: (since, since + timedelta(seconds=seconds)), moments, st.integers(0, 4 * 86400))


@settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@example(Calendar(hours={6: ((1320, 1800),)}), [(datetime(2025, 3, 29, 20), datetime(2025, 3, 30, 12))])
@example(Calendar(hours={7: ((150, 160), (170, 600))}), [(datetime(2025, 10, 25, 20), datetime(2025, 10, 26, 12, 0, 1))])
@given(calendars_of_all_kinds, st.lists(pairs, min_size=1, max_size=4))
def test_both_ways_agree_to_the_second(store: Store, calendar: Calendar, waits: list[tuple[datetime, datetime]]) -> None:
    rows = [
        {"source": "desk", "id": str(at), "status": "solved", "created_at": since, "first_reply_at": until, "solved_at": until}
        for at, (since, until) in enumerate(waits)
    ]
    found = counted(store, calendar, tickets=[*rows, ANCHOR])
    watch = Watch(calendar, calendar.timezone or "Europe/Berlin")
    for at, (since, until) in enumerate(waits):
        assert abs(found.loc[str(at), "reply_business_minutes"] - watch.between(since, until)) < 1e-9, (since, until)
        assert found.loc[str(at), "created_off_hours"] == (not watch.there(since)), since


def test_public_holidays_come_from_the_country_and_its_part() -> None:
    berlin, munich = (calendars.free(Calendar(country="DE", subdivision=part), 2025, 2025) for part in ("BE", "BY"))
    assert date(2025, 1, 6) in munich
    assert date(2025, 1, 6) not in berlin
    assert calendars.countries()["US"] == "United States"
    assert calendars.subdivisions("DE")["BE"] == "Berlin"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9-17", ((540, 1020),)),
        ("9:00–12:30, 13.00-17:00", ((540, 750), (780, 1020))),
        ("22:00-6:00", ((1320, 1800),)),
        ("0-24", ((0, 1440),)),
        ("", ()),
    ],
)
def test_hours_are_read_and_written(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert calendars.read_hours(text) == spans
    assert calendars.read_hours(calendars.write_hours(spans)) == spans


@pytest.mark.parametrize("text", ["nine to five", "9", "25-26", "9:70-12", "9-17-18", "24-2"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(calendars.Unreadable):
        calendars.read_hours(text)


def test_hours_that_overlap_or_are_none_at_all_are_refused(store: Store) -> None:
    for week in ({}, {1: ()}, {1: ((540, 700), (600, 800))}, {7: ((1320, 1900),), 1: ((400, 500),)}):
        with pytest.raises(calendars.Unreadable):
            calendars.keep(store, Calendar(hours=week))  # type: ignore[arg-type]


def test_free_days_are_read_and_written() -> None:
    text = "12-24\n2026-05-15\n2026-12-27 to 2026-12-30"
    found = calendars.read_free_days(text)
    assert len(found) == 6
    assert calendars.write_free_days(found) == text
    for wrong in ("2026-02-30", "2026-12-30 to 2026-12-27", "13-24", "Christmas", "2026-01-01 to 2036-01-01"):
        with pytest.raises(calendars.Unreadable):
            calendars.read_free_days(wrong)


def test_a_calendar_is_kept_as_it_was_said(tmp_path: Path) -> None:
    opened = Store.open(tmp_path / "kept.duckdb")
    team = Calendar("Billing's", "Asia/Tokyo", "JP", None, {1: ((540, 720), (780, 1020)), 6: ((1320, 1800),)}, BERLIN.free_days)
    for calendar in (team, BERLIN, Calendar()):
        calendars.keep(opened, calendar)
    assert calendars.every(opened) == [Calendar(), team]
    calendars.remove(opened, None)
    assert calendars.every(opened) == [team]
    opened.close()
