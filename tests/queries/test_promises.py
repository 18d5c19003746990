"""Promises: worked answers, a past that is judged by what held then, and a second way to every verdict."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import queries
from data.store import Store
from data.workspace import targets
from data.workspace.targets import Promise
from queries import Filters, row_search, target_verdicts
from queries.target_lines import aims
from queries.target_verdicts import Judged
from tests.queries.test_second_way import one_store as one_store
from tests.queries.worlds import fill

MONDAY = datetime(2025, 1, 6, 9)  # the first of nine weeks
LAST = MONDAY + timedelta(days=63, hours=12)
WITHIN_4H = Promise("first_reply_time", 90.0, 240.0)


def broken(judged: target_verdicts.Judged, store: Store) -> set[str]:
    """The tickets that broke it, as a page shows them and as a file has them."""
    asked = target_verdicts.broken(judged)
    assert asked is not None
    shown = row_search.page(asked, asked.worst, limit=1000, store=store)
    taken = [row for piece in row_search.pieces(asked, store) for row in piece["id"]]
    assert taken == shown["id"].tolist()
    assert shown[asked.worst].is_monotonic_decreasing
    return set(taken)


def ticket(at: int, created: datetime, waited: float | None, **more: object) -> dict[str, object]:
    replied = created + timedelta(minutes=waited) if waited is not None else None
    return {"source": "desk", "id": f"t{at}", "status": "open", "created_at": created, "first_reply_at": replied, **more}


def weekly(waits: list[list[float]], **more: object) -> list[dict[str, object]]:
    """A ticket an hour, from each Monday on; and one at the very end, so that all weeks are over."""
    made = [
        ticket(week * 1000 + at, MONDAY + timedelta(weeks=week, hours=at), waited, **more)
        for week, waited_for in enumerate(waits)
        for at, waited in enumerate(waited_for)
    ]
    return [*made, ticket(99_999, LAST, None)]


GOOD, HALF, BAD = [60.0] * 40, [60.0] * 35 + [600.0] * 5, [60.0] * 20 + [600.0] * 20


@pytest.fixture
def weeks(store: Store) -> Store:
    """Three good weeks, three bad, two good, one that lets nobody tell."""
    return fill(store, tickets=weekly([GOOD, GOOD, GOOD, BAD, BAD, BAD, GOOD, GOOD, HALF]))


def only(store: Store, filters: Filters | None = None) -> Judged:
    (found,) = target_verdicts.judge_all(filters or Filters(), store)
    return found


def test_met_missed_and_cannot_tell_come_from_the_interval() -> None:
    csat = Promise("csat", 85.0)
    assert target_verdicts.verdict(csat, 90, 86, 93, 100) == "met"
    assert target_verdicts.verdict(csat, 90, 85, 93, 100) == "met"
    assert target_verdicts.verdict(csat, 90, 84.9, 93, 100) == "unclear"
    assert target_verdicts.verdict(csat, 80, 70, 84.9, 100) == "missed"
    assert target_verdicts.verdict(csat, 80, 70, 85, 100) == "unclear"
    assert target_verdicts.verdict(csat, math.nan, math.nan, math.nan, 0) == "none"
    churn = Promise("customer_churn", 2.0)
    assert target_verdicts.verdict(churn, 1, 0.5, 2, 900) == "met"
    assert target_verdicts.verdict(churn, 4, 2.1, 6, 900) == "missed"
    assert target_verdicts.verdict(churn, 3, 1.9, 6, 900) == "unclear"


def test_what_is_counted_whole_leaves_no_doubt() -> None:
    assert target_verdicts.verdict(Promise("backlog", 20), 20, math.nan, math.nan, 20) == "met"
    assert target_verdicts.verdict(Promise("backlog", 20), 21, math.nan, math.nan, 21) == "missed"
    assert target_verdicts.verdict(Promise("backlog", 20), 0, math.nan, math.nan, 0) == "met"


def test_a_median_that_is_not_reached_yet_can_be_missed_but_not_met() -> None:
    slow = Promise("first_reply_time_mean", 60)
    assert target_verdicts.verdict(slow, math.nan, 90, math.nan, 40) == "missed"
    assert target_verdicts.verdict(slow, math.nan, 30, math.nan, 40) == "unclear"


def test_a_share_within_a_limit_counts_who_has_waited_longer_and_leaves_out_who_has_not(store: Store) -> None:
    rows = [ticket(at, MONDAY, 10) for at in range(6)]
    rows += [ticket(10 + at, MONDAY, None) for at in range(3)]  # waiting for two hours
    rows += [ticket(20 + at, MONDAY + timedelta(minutes=110), None) for at in range(2)]  # for ten minutes
    fill(store, tickets=[*rows, ticket(50, MONDAY + timedelta(minutes=120), 0)])
    targets.add(store, Promise("first_reply_time", 50.0, 60.0))
    found = only(store)
    assert (found.value, found.n) == (70.0, 10)
    assert broken(found, store) == {"t10", "t11", "t12"}


def test_any_limit_gives_the_share_that_a_single_look_gives(weeks: Store) -> None:
    for minutes, share in ((59.0, 0.0), (60.0, 100 * 295 / 360), (599.9, 100 * 295 / 360), (600.0, 100.0)):
        name = targets.add(weeks, Promise("first_reply_time", 90.0, minutes))
        assert only(weeks).value == pytest.approx(share)
        targets.forget(weeks, next(one for one in targets.every(weeks) if one.id == name))


def test_the_course_tells_every_week_and_the_first_breach(weeks: Store) -> None:
    targets.add(weeks, WITHIN_4H)
    found = only(weeks, Filters(range="last-90d"))
    assert found.grain == "week"
    assert found.course["verdict"].tolist() == ["met"] * 3 + ["missed"] * 3 + ["met"] * 2 + ["unclear"]
    assert found.missed == ["2025-01-27", "2025-02-03", "2025-02-10"]
    assert found.since is None, "it is not missed any more"
    assert found.verdict == "missed", "65 of 360 is clearly more than one in ten"


def test_missed_until_now_says_since_when(store: Store) -> None:
    fill(store, tickets=weekly([GOOD, BAD, GOOD, BAD, BAD]))
    targets.add(store, WITHIN_4H)
    found = only(store, Filters(range="custom", start=date(2025, 1, 6), end=date(2025, 2, 9)))
    assert found.missed[0] == "2025-01-13"
    assert found.since == "2025-01-27"


def test_the_time_before_a_change_is_judged_by_the_old_promise(weeks: Store) -> None:
    targets.add(weeks, WITHIN_4H)
    targets.change(weeks, targets.every(weeks)[0], Promise("first_reply_time", 40.0, 240.0), date(2025, 2, 3))
    found = only(weeks, Filters(range="last-90d"))
    assert found.course["goal"].tolist() == [90.0] * 4 + [40.0] * 5
    assert found.course["verdict"].tolist() == ["met"] * 3 + ["missed"] + ["unclear"] * 2 + ["met"] * 3
    assert found.filters.start == date(2025, 2, 3), "the verdict is about the days that the new promise has held"
    assert found.n == 200
    before = only(weeks, Filters(range="custom", start=date(2025, 1, 6), end=date(2025, 2, 2)))
    assert (before.version.promise.goal, before.n) == (90.0, 160)


def test_a_week_is_judged_by_what_held_on_its_first_day(weeks: Store) -> None:
    targets.add(weeks, WITHIN_4H)
    targets.change(weeks, targets.every(weeks)[0], Promise("first_reply_time", 40.0, 240.0), date(2025, 2, 5))
    assert only(weeks, Filters(range="last-90d")).course["goal"].tolist() == [90.0] * 5 + [40.0] * 4


def test_an_ended_promise_is_judged_until_its_last_day_and_no_longer(weeks: Store) -> None:
    targets.add(weeks, WITHIN_4H)
    targets.end(weeks, targets.every(weeks)[0], date(2025, 1, 26))
    found = only(weeks)
    assert (found.n, found.verdict) == (120, "met")
    assert target_verdicts.judge_all(Filters(range="custom", start=date(2025, 2, 1), end=date(2025, 2, 9)), weeks) == []


def test_what_is_corrected_from_the_start_keeps_no_history(weeks: Store) -> None:
    targets.add(weeks, WITHIN_4H, date(2025, 1, 6))
    targets.change(weeks, targets.every(weeks)[0], Promise("first_reply_time", 80.0, 240.0), date(2025, 1, 6))
    assert [one.promise.goal for one in targets.every(weeks)[0].versions] == [80.0]
    targets.change(weeks, targets.every(weeks)[0], Promise("first_reply_time", 70.0, 240.0), None)
    assert [(one.promise.goal, one.since) for one in targets.every(weeks)[0].versions] == [(70.0, None)]


def test_a_promise_for_some_is_about_them_only(store: Store) -> None:
    fill(store, tickets=[*weekly([GOOD], channel="chat"), *weekly([[600.0] * 40], channel="email")])
    targets.add(store, Promise("first_reply_time", 90.0, 240.0, channel="chat"))
    assert only(store).verdict == "met"
    assert only(store, Filters(channel=("chat", "email"))).n == 40
    assert target_verdicts.judge_all(Filters(channel=("email",)), store) == []


def test_each_ticket_is_held_to_the_promise_closest_to_it(store: Store) -> None:
    rows = [*weekly([[100.0] * 10], channel="chat"), *weekly([[100.0] * 10], channel="email")]
    fill(store, tickets=[{**row, "id": f"t{at}"} for at, row in enumerate(rows)])
    assert queries.answer("first_reply_within_target", store=store)["value"].iloc[0] == 100, "4 hours where nothing is promised"
    targets.add(store, Promise("first_reply_time", 90.0, 30.0, channel="chat"))
    by_channel = queries.answer("first_reply_within_target", by="channel", store=store).set_index("slice")["value"]
    assert by_channel["chat"] == 0
    assert by_channel["email"] == 100
    targets.add(store, Promise("first_reply_time", 50.0, 60.0))
    assert queries.answer("first_reply_within_target", store=store)["value"].iloc[0] == 0


def test_the_target_line_follows_the_history_and_the_filters(weeks: Store) -> None:
    targets.add(weeks, Promise("first_reply_time", 50.0, 240.0))
    targets.change(weeks, targets.every(weeks)[0], Promise("first_reply_time", 50.0, 60.0), date(2025, 2, 3))
    slices = ["2025-01-20", "2025-01-27", "2025-02-03"]
    assert list(aims("first_reply_time", "week", slices, Filters(), weeks).values()) == [240, 240, 60]
    assert aims("first_reply_time_p90", "week", slices, Filters(), weeks) == {}
    assert list(aims("first_reply_within_target", "week", slices, Filters(), weeks).values()) == [50, 50, 50]
    assert aims("first_reply_time", "week", slices, Filters(hours="business"), weeks) == {}
    targets.add(weeks, Promise("first_reply_time", 50.0, 5.0, channel="chat"))
    assert list(aims("first_reply_time", "week", slices, Filters(channel=("chat",)), weeks).values()) == [5, 5, 5]
    assert list(aims("first_reply_time", "week", slices, Filters(), weeks).values()) == [240, 240, 60]


def test_the_limits_of_an_earlier_version_are_taken_over(tmp_path: Path) -> None:
    old = Store.open(tmp_path / "old.duckdb")
    with old.writing() as cursor:  # as databases were before their version was kept
        cursor.execute("insert into settings values ('target_first_reply_minutes', '90.0')")
        cursor.execute("delete from settings where key = 'schema_version'")
    old.close()
    store = Store.open(tmp_path / "old.duckdb")
    assert [one.newest.promise for one in targets.every(store)] == [Promise("first_reply_time", None, 90.0)]
    assert store.setting("target_first_reply_minutes", "gone") == "gone"
    fill(store, tickets=weekly([[100.0] * 20]))
    assert queries.answer("first_reply_within_target", store=store)["value"].iloc[0] == 0
    assert only(store).verdict == "unclear", "how many should be within it nobody has said"
    store.close()
    again = Store.open(tmp_path / "old.duckdb")
    assert len(targets.every(again)) == 1
    again.close()


def wilson(hits: int, n: int) -> tuple[float, float]:
    z = 1.959964
    middle, reach = (hits + z * z / 2) / (n + z * z), z / (n + z * z) * math.sqrt(hits * (n - hits) / n + z * z / 4)
    return 100 * max(0.0, middle - reach), 100 * min(1.0, middle + reach)


waits = st.one_of(st.none(), st.sampled_from((0, 10, 59, 60, 61, 240, 5000)))
drawn = st.lists(st.tuples(st.integers(0, 28 * 24), waits, st.sampled_from(("chat", "email"))), min_size=1, max_size=60)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(rows=drawn, limit=st.sampled_from((10.0, 60.0, 300.0)), goal=st.sampled_from((20.0, 50.0, 90.0)), some=st.booleans())
def test_both_ways_agree(one_store: Store, rows: list[tuple[int, int | None, str]], limit: float, goal: float, some: bool) -> None:
    rows = [(0, 10, "chat"), *rows]  # where no ticket has a reply, nobody knows whether replies are told at all
    made = [ticket(at, MONDAY + timedelta(hours=hour), waited, channel=channel) for at, (hour, waited, channel) in enumerate(rows)]
    fill(one_store, tickets=made)
    for old in targets.every(one_store):
        targets.forget(one_store, old)
    targets.add(one_store, Promise("first_reply_time", goal, limit, channel="chat" if some else None))
    stamps = [stamp for row in made for stamp in (row["created_at"], row["first_reply_at"]) if stamp]
    now = max(stamps)  # type: ignore[type-var]

    def judged(of: list[dict[str, object]]) -> tuple[int, int, set[str]]:
        kept, late = 0, set()
        for row in of:
            replied, created = row["first_reply_at"], row["created_at"]
            waited = ((replied or now) - created).total_seconds() / 60  # type: ignore[operator]
            if waited > limit:
                late.add(str(row["id"]))
            elif replied:
                kept += 1
        return kept, kept + len(late), late

    mine = [row for row in made if not some or row["channel"] == "chat"]
    kept, n, late = judged(mine)
    found = target_verdicts.judge_all(Filters(), one_store)
    (one,) = found
    assert one.n == n
    if n:
        low, high = wilson(kept, n)
        assert one.value == pytest.approx(100 * kept / n)
        assert one.verdict == ("met" if low >= goal else "missed" if high < goal else "unclear")
        assert broken(one, one_store) == late
    for name, value, count in zip(one.course["slice"], one.course["value"], one.course["n"], strict=True):
        month = [row for row in mine if f"{row['created_at']:%Y-%m}" == name]
        kept, n, _ = judged(month)
        assert count == n
        assert n == 0 or value == pytest.approx(100 * kept / n)
