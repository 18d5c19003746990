"""Two ways to each number: the SQL and plain Python over random small worlds must agree exactly."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import queries
from data.store import Store
from queries import Ask, Filters
from tests.queries import reference_customers as customers
from tests.queries import reference_metrics as second
from tests.queries.random_worlds import worlds
from tests.queries.reference import Row, World
from tests.queries.reference_moods import balance
from tests.queries.second_ways import Answer, NoSecondWay
from tests.queries.worlds import fill

MARGIN = 0.6


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        opened = Store.open(Path(folder) / "random.duckdb")
        opened.set("margin", str(100 * MARGIN))
        yield opened
        opened.close()


def expected(
    world: World, name: str, keep: Callable[[Row, datetime | None], bool], start: date | None = None, end: date | None = None
) -> Answer:
    """The second way's answer over the rows `keep` lets through, by row and by the local moment that places it in time."""

    def local(stamp: datetime | None) -> datetime | None:
        return world.local(stamp) if stamp else None

    rows = queries.METRICS[name].rows
    if name == "sentiment_balance":
        both = [row for kind in ("csat", "nps") for row in world.asked(kind)]
        return balance([row for row in both if keep(row, local(world.said_at(row)))])
    if rows == "answers":
        return second.over_answers(
            world,
            name,
            [row for row in world.asked(name[:3] if name.startswith("nps") else "csat") if keep(row, local(world.said_at(row)))],
        )
    if rows == "accounts":
        if name == "repeat_purchase_rate":
            return customers.bought_again(world, start, end)
        paid = {
            "revenue_per_account": customers.per_account,
            "lifetime_revenue": customers.lifetime,
            "lifetime_value": lambda world, end: customers.margined(customers.lifetime(world, end), MARGIN),
            "lifetime_value_simple": lambda world, end: customers.margined(customers.by_formula(world, end), MARGIN),
        }
        return paid[name](world, end) if name in paid else customers.churn(world, name, start, end)
    if name == "backlog":
        return second.backlog(world, [t for t in world.tickets if keep(t, None)], end)
    if name == "tickets_solved":
        solved = [t for t in second.kept(world.tickets) if not world.is_open(t) and keep(t, local(t["solved_at"]))]
        return len(solved), len(solved)
    return second.over_tickets(world, name, [t for t in world.tickets if keep(t, local(t["created_at"]))])


def same(name: str, found: tuple[float, int], wanted: Answer, world: World, said: str) -> None:
    value, n = found
    nothing = value is None or math.isnan(value)
    assert n == wanted[1], (name, said, found, wanted)
    if wanted[0] is None or (wanted[1] == 0 and nothing):
        assert nothing, (name, said, found, wanted)
    else:
        assert abs(value - wanted[0]) < 1e-9 * max(1, abs(wanted[0])), (name, said, found, wanted)


EMPTY = World("UTC", [], [], [], [])


@pytest.mark.parametrize("name", queries.METRICS)
def test_every_metric_has_a_second_way(name: str) -> None:
    assert expected(EMPTY, name, lambda *_: True)[1] == 0


@pytest.mark.parametrize("ways", [second.over_tickets, second.over_answers, lambda *asked: customers.churn(*asked, None)])
def test_a_metric_without_one_says_where_to_write_it(ways: Callable[..., Answer]) -> None:
    with pytest.raises(NoSecondWay, match=r"queries/metrics/weekend_share\.sql has no second way yet: .* tests/queries/reference_"):
        ways(EMPTY, "weekend_share", [])


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(given_world=worlds)
def test_both_ways_agree(one_store: Store, given_world: dict[str, object]) -> None:
    fill(one_store, **given_world)  # type: ignore[arg-type]
    world = World(**given_world)  # type: ignore[arg-type]
    for at, name in list(enumerate(queries.METRICS))[len(world.messages) % 2 :: 2]:  # half of them at a time, to stay quick
        overall = ask(one_store, Ask(name))
        same(name, overall.get("all", (math.nan, 0)), expected(world, name, lambda *_: True), world, "overall")
        (by_channel, in_march, by_month)[(at // 2 + len(world.tickets)) % 3](one_store, world, name)  # in turns, to stay quick


def ask(store: Store, asked: Ask) -> dict[str, tuple[float, int]]:
    frame = queries.answer(asked.metric, asked.filters, asked.by, store)
    return {row.slice: (row.value, row.n) for row in frame.itertuples()}


def by_channel(store: Store, world: World, name: str) -> None:
    if queries.METRICS[name].rows == "accounts":
        return
    found = ask(store, Ask(name, by="channel"))
    for channel in ("email", "chat", "phone", "self-service", None):
        wanted = expected(world, name, lambda row, _, channel=channel: row["channel"] == channel)  # type: ignore[misc]
        same(name, found.get(channel or "not set", (math.nan, 0)), wanted, world, f"channel {channel}")
    some = ask(store, Ask(name, Filters(channel=("email", "chat"))))
    same(name, some["all"], expected(world, name, lambda row, _: row["channel"] in ("email", "chat")), world, "email and chat")


def in_march(store: Store, world: World, name: str) -> None:
    start, end = date(2024, 3, 1), date(2024, 3, 31)
    found = ask(store, Ask(name, Filters(range="custom", start=start, end=end)))
    wanted = expected(world, name, lambda _, at: (at is not None and start <= at.date() <= end) or name == "backlog", start, end)
    same(name, found["all"], wanted, world, "in March")


def by_month(store: Store, world: World, name: str) -> None:
    found = ask(store, Ask(name, by="month"))
    for year, month, last in ((2024, 2, 29), (2024, 3, 31)):
        start, end = date(year, month, 1), date(year, month, last)
        if not world.today or start > world.today:  # the data do not reach that month: it has no answer, not an empty one
            continue
        if queries.METRICS[name].rows == "accounts" and not found:
            continue
        wanted = expected(
            world,
            name,
            lambda _, at, start=start, end=end: (at is not None and start <= at.date() <= end) or name == "backlog",
            start,
            end,
        )  # type: ignore[misc]
        same(name, found.get(f"{year}-{month:02}", (math.nan, 0)), wanted, world, f"month {month}")
