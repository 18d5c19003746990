"""Intervals and estimates against figures from the literature and from printed tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import queries
from data.store import Store
from queries import engine
from tests.queries.worlds import fill

MERCAPTOPURINE = [
    "6",
    "6",
    "6",
    "6+",
    "7",
    "9+",
    "10",
    "10+",
    "11+",
    "13",
    "16",
    "17+",
    "19+",
    "20+",
    "22",
    "23",
    "25+",
    "32+",
    "32+",
    "34+",
    "35+",
]  # Freireich 1963
T_975 = {
    1: 12.7062,
    2: 4.30265,
    3: 3.18245,
    4: 2.77645,
    5: 2.57058,
    6: 2.44691,
    7: 2.36462,
    8: 2.30600,
    9: 2.26216,
    10: 2.22814,
    12: 2.17881,
    15: 2.13145,
    20: 2.08596,
    30: 2.04227,
    60: 2.00030,
    120: 1.97993,
    1000: 1.96234,
}


@pytest.fixture(scope="module")
def macros(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = engine.opened(Store.open(tmp_path_factory.mktemp("known") / "known.duckdb"))
    yield opened
    opened.close()


def asked(store: Store, sql: str) -> list[tuple[float, ...]]:
    with store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718), (20, 20, 0.8389, 1)],
)
def test_wilson(macros: Store, k: int, n: int, low: float, high: float) -> None:
    [found] = asked(macros, f"select wilson_low({k}, {n}), wilson_high({k}, {n})")
    assert found == pytest.approx((100 * low, 100 * high), abs=0.006)


def test_a_share_of_nothing_has_no_interval(macros: Store) -> None:
    assert asked(macros, "select wilson_low(0, 0), wilson_high(0, 0)") == [(None, None)]


@pytest.mark.parametrize("df", T_975)
def test_t_point_is_the_printed_one(macros: Store, df: int) -> None:
    assert asked(macros, f"select t_point({df})")[0][0] == pytest.approx(T_975[df], rel=2e-4)


def test_one_value_has_a_mean_and_no_interval(macros: Store) -> None:
    assert asked(macros, "with m as (select 'all' as slice, 5 as measure) select value, low, high, n from mean_of('m')") == [
        (5, None, None, 1)
    ]


def waits() -> str:
    rows = ", ".join(f"('all', {case.rstrip('+')}, {'+' not in case})" for case in MERCAPTOPURINE)
    return f"with waits as (select * from (values {rows}) w(slice, minutes, seen))"


def test_kaplan_meier_on_freireich(macros: Store) -> None:
    found = {
        minutes: rest
        for minutes, *rest in asked(
            macros, f"{waits()} select minutes, surviving, surviving * sqrt(greenwood), low, high from survival_of('waits')"
        )
    }
    assert {minutes: round(rest[0], 4) for minutes, rest in found.items()} == {
        6: 0.8571,
        7: 0.8067,
        10: 0.7529,
        13: 0.6902,
        16: 0.6275,
        22: 0.5378,
        23: 0.4482,
    }
    assert found[6][1:] == pytest.approx([0.0764, 0.6197, 0.9516], abs=1e-4)
    assert found[10][2:] == pytest.approx([0.5032, 0.8894], abs=1e-4)


def test_logrank_on_freireich(macros: Store) -> None:
    placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    rows = ", ".join(
        [
            *(f"(true, {case.rstrip('+')}, {'+' not in case})" for case in MERCAPTOPURINE),
            *(f"(false, {case}, true)" for case in placebo),
        ]
    )
    [(observed, expected, chi)] = asked(
        macros, f"with waits as (select * from (values {rows}) w(later, minutes, seen)) from logrank_of('waits')"
    )
    assert observed == 9
    assert expected == pytest.approx(19.25, abs=0.01)
    assert chi == pytest.approx(16.793, abs=5e-4)


def test_the_median_counts_those_still_waiting(macros: Store) -> None:
    [(value, low, high, n)] = asked(macros, f"{waits()} select value, low, high, n from done_by('waits', 0.5)")
    assert (value, n) == (23, 21)
    assert low == 13, "at 10 the band still starts above a half (.5032)"
    assert high is None, "the upper side of the band never falls to a half"
    assert asked(
        macros, f"{waits()}, done as (select slice, minutes as measure from waits where seen) select value from median_of('done')"
    ) == [(10,)]
    assert asked(macros, f"{waits()} select value from done_by('waits', 0.9)") == [(None,)], "not reached"


def nps(promoters: int, passives: int, detractors: int) -> str:
    groups = " union all ".join(
        f"select 'all' as slice, '{name}' as nps_group from range({count})"
        for name, count in (("promoter", promoters), ("passive", passives), ("detractor", detractors))
    )
    return f"with votes as ({groups}) select value, low, high, n from nps_of('votes')"


def test_nps_and_its_adjusted_wald_interval(macros: Store) -> None:
    [(value, low, high, n)] = asked(macros, nps(50, 30, 20))
    assert (value, n) == (30, 100)
    centre, margin = 30 / 103, 1.959964 * ((71.5 / 103 - (30 / 103) ** 2) / 103) ** 0.5
    assert (low, high) == pytest.approx((100 * (centre - margin), 100 * (centre + margin)), abs=1e-6)
    assert (high - low) / 2 == pytest.approx(15.31, abs=0.25), "close to the plain Wald margin"
    [(_, low, high, _)] = asked(macros, nps(500, 300, 200))
    assert (high - low) / 2 == pytest.approx(4.84, abs=0.02)
    [(value, low, high, _)] = asked(macros, nps(1, 0, 0))
    assert low <= value <= high == 100


def test_churn_without_dates_is_the_share_churned_in_the_file(store: Store) -> None:
    """The counts of the IBM Telco file, by contract."""
    contracts = {"Month-to-month": (1655, 3875), "One year": (166, 1473), "Two year": (48, 1695)}
    fill(
        store,
        customers=[
            {"source": "telco", "id": f"{plan}{i}", "plan": plan, "churned": i < churned}
            for plan, (churned, whole) in contracts.items()
            for i in range(whole)
        ],
    )
    row = queries.answer("customer_churn", store=store).iloc[0]
    assert row["value"] == pytest.approx(26.537, abs=1e-3)
    assert row["n"] == 7043
    found = queries.answer("customer_churn", by="plan", store=store).set_index("slice")["value"]
    assert {name: round(value, 2) for name, value in found.items()} == {
        "Month-to-month": 42.71,
        "One year": 11.27,
        "Two year": 2.83,
    }
    assert queries.answer("retention", store=store).iloc[0]["value"] == pytest.approx(100 - row["value"])


def test_the_usual_formula_of_lifetime_value(store: Store) -> None:
    """100 a month at a margin of 80 % and a churn of 5 % a month: 1,600."""
    fill(
        store,
        customers=[{"source": "crm", "id": f"c{i}", "mrr": 100, "tenure_months": 10, "churned": i < 10} for i in range(20)],
    )
    assert queries.answer("lifetime_value_simple", store=store).iloc[0]["n"] == 0, "no margin is set"
    store.set("margin", "80")
    row = queries.answer("lifetime_value_simple", store=store).iloc[0]
    assert (row["value"], row["n"]) == (pytest.approx(1600), 10), "10 of 20 left in 200 months: 5 % a month; 10 still pay"
    assert queries.answer("lifetime_value", store=store).iloc[0]["value"] == pytest.approx(80 * 10), "all are watched 10 months"
