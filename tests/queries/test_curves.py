"""What is read off a survival curve in flights of steps, and off one curve for several numbers, is what the whole curve says."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pandas as pd
import pytest

import queries
from data.store import Store
from queries import METRICS, Ask, Filters, engine, survival_curves
from tests.queries.worlds import fill, small_world

SHARES = [0.05, 0.5, 0.9, 0.99]
WALKED_WHOLE = """
  select slice, share, min(minutes) filter (surviving <= 1 - share + 1e-9) as value,
    min(minutes) filter (low <= 1 - share + 1e-9) as low, min(minutes) filter (high <= 1 - share + 1e-9) as high
  from survival_of('waits'), (select unnest($shares) as share) group by all order by slice, share"""
IN_FLIGHTS = "select slice, share, value, low, high from done_by_each('waits', $shares) order by slice, share"
COUNTED = "select slice, count(*) as n from waits where minutes is not null group by slice order by slice"
TOLD = "select distinct slice, n from done_by_each('waits', [0.5]) order by slice"
LOOKS = {
    "to the second": lambda draw: draw.expovariate(1 / 300),
    "to the hour": lambda draw: 60.0 * draw.randrange(40),
    "nearly all alike": lambda draw: float(draw.choice([0, 0, 0, 5])),
    "one in a thousand far off": lambda draw: draw.expovariate(1 / 30) * (1000 if draw.random() < 0.001 else 1),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = engine.opened(Store.open(tmp_path_factory.mktemp("curves") / "curves.duckdb"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("small") / "small.duckdb")
    yield small_world(opened)
    opened.close()


def waits(seed: int, look: str, still: float) -> pd.DataFrame:
    """Slices of 1 to some thousand waits, of which this part still lasts."""
    draw = random.Random(f"{seed} {look} {still}")
    sizes = {name: draw.choice([1, 2, 63, 64, 65, 200, 1500, 4000]) for name in ("a", "b", "c")}
    rows = [(name, LOOKS[look](draw), draw.random() >= still) for name, size in sizes.items() for _ in range(size)]
    return pd.DataFrame([*rows, ("a", None, True)], columns=["slice", "minutes", "seen"])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("still", [0.0, 0.02, 0.4, 0.9, 1.0])
def test_flights_cross_a_share_where_the_whole_curve_does(empty: Store, look: str, still: float) -> None:
    for seed in range(4):
        with empty.cursor() as cursor:
            cursor.register("waits", waits(seed, look, still))
            whole, flown = (cursor.execute(sql, {"shares": SHARES}).df() for sql in (WALKED_WHOLE, IN_FLIGHTS))
            counted, told = cursor.execute(COUNTED).df(), cursor.execute(TOLD).df()
        steps = flown.merge(whole, on=["slice", "share"], how="left", suffixes=("", "_whole"))  # no step at all: no line there
        for side in ("value", "low", "high"):
            assert steps[side].astype(float).equals(steps[f"{side}_whole"].astype(float)), (seed, side)
        assert counted.to_dict() == told.to_dict()


@pytest.mark.parametrize("name", [name for name in METRICS if survival_curves.kin(name)])
@pytest.mark.parametrize("by", [None, "channel", "month"])
def test_a_number_read_with_its_kin_is_that_of_its_own_query(world: Store, name: str, by: str | None) -> None:
    told = queries.answer(name, Filters(range="all"), by, world)
    own = engine.table(
        world, queries.sql_of(name, Filters(range="all"), by, world), Filters(range="all").parameters(queries.as_of(world).date())
    )
    known = told[told["n"] > 0].set_index("slice").sort_index().astype(float)
    assert len(known), "nothing was compared"
    pd.testing.assert_frame_equal(known, own.set_index("slice").sort_index().astype(float), check_names=False)


def test_kin_are_read_off_the_same_waits(world: Store) -> None:
    assert (
        survival_curves.kin("first_reply_time")
        == survival_curves.kin("first_reply_time_p90")
        == ("first_reply_time", "first_reply_time_p90")
    )
    assert set(survival_curves.kin("resolution_time")) == {"resolution_time", "resolution_time_p90"}
    assert survival_curves.kin("first_resolution_time") == ("first_resolution_time",)
    assert survival_curves.kin("csat") == ()


def test_asking_for_one_makes_its_kin_known(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = small_world(Store.open(tmp_path_factory.mktemp("kin") / "kin.duckdb"))
    asked: list[str] = []
    real = engine.table
    try:
        engine.table = lambda *what: asked.append(what[1]) or real(*what)  # type: ignore[assignment, func-returns-value]
        queries.answers([Ask(name, Filters(range="all")) for name in ("resolution_time", "resolution_time_p90")], store)
        queries.answer("resolution_time_p90", Filters(range="all"), store=store)
    finally:
        engine.table = real  # type: ignore[assignment]
        store.close()
    assert sum("done_by_each" in sql for sql in asked) == 1


def test_a_world_without_any_wait_has_no_number_and_no_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = fill(Store.open(tmp_path_factory.mktemp("none") / "none.duckdb"))
    assert queries.answer("first_reply_time_p90", Filters(range="all"), store=store)["n"].tolist() == [0]
    store.close()
