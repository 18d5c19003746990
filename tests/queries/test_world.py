"""Every metric has an answer worked out by hand on the small world."""

from __future__ import annotations

import math
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import queries
from data.store import Store
from queries import Filters

WORKED: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent.parent / "world" / "answers.toml").read_text())


def test_every_metric_is_worked_out_by_hand() -> None:
    assert set(queries.METRICS) - set(WORKED) == set(), "work the answer out in tests/world/answers.toml"
    assert set(WORKED) - set(queries.METRICS) == set()
    unsaid = {name: sorted({"why", "n", "excluded"} - set(worked)) for name, worked in WORKED.items()}
    assert not {name: keys for name, keys in unsaid.items() if keys}, "say these too in tests/world/answers.toml"


@pytest.mark.parametrize("name", WORKED)
def test_the_metric_gives_the_worked_answer(name: str, world: Store) -> None:
    worked = WORKED[name]
    row = queries.answer(name, store=world).iloc[0]
    assert worked["why"]
    assert row["slice"] == "all"
    assert row["n"] == worked["n"]
    assert math.isnan(row["value"]) if "value" not in worked else row["value"] == pytest.approx(worked["value"], abs=1e-6)
    for side in {"low", "high"} & set(worked):
        assert row[side] == pytest.approx(worked[side], rel=2e-4)
    assert queries.excluded(name, store=world) == worked["excluded"]


@pytest.mark.parametrize("name", WORKED)
def test_the_evidence_lists_the_rows_of_the_number_and_of_the_exclusions(name: str, world: Store) -> None:
    row = queries.answer(name, store=world).iloc[0]
    assert len(queries.rows(name, store=world)) == row["n"]
    assert len(queries.rows(name, left_out=True, store=world)) == sum(queries.excluded(name, store=world).values())


def test_churn_of_march(world: Store) -> None:
    march = Filters(range="custom", start=date(2024, 3, 1), end=date(2024, 3, 31))
    churn = queries.answer("customer_churn", march, store=world).iloc[0]
    assert (churn["value"], churn["n"]) == (25, 4), "c2 of c1 c2 c3 c7; c4 came later, c6 left before"
    assert queries.excluded("customer_churn", march, world) == {
        "not there when the period started": 2,
        "not known whether they left": 2,
    }
    money = queries.answer("revenue_churn", march, store=world).iloc[0]
    assert money["value"] == pytest.approx(100 * 50 / 260)


def test_churn_by_month_counts_who_was_there_when_the_month_began(world: Store) -> None:
    found = queries.answer("customer_churn", by="month", store=world).set_index("slice")
    assert found.loc["2024-03", ["value", "n"]].tolist() == [25, 4]
    assert found.loc["2024-02", ["value", "n"]].tolist() == [0, 3], "c1 c2 c3; c6 had left in January"
    assert "2024-01" not in found.index, "nobody was there when it began: no data, not 0"


def test_backlog_by_day_is_a_stock(world: Store) -> None:
    found = queries.answer("backlog", by="day", store=world).set_index("slice")["value"]
    assert found["2024-03-01"] == 0
    assert found["2024-03-04"] == 1
    assert found["2024-03-05"] == 1, "ticket 7 was reopened"
    assert found["2024-03-12"] == 2
    assert found["2024-03-13"] == 2
    assert found["2024-03-14"] == 1
    assert found["2024-03-30"] == 2
    assert found["2024-03-31"] == 4


def test_counting_by_event_takes_only_what_happened(world: Store) -> None:
    event = Filters(attribution="event")
    assert queries.answer("resolution_time", event, store=world).iloc[0]["n"] == 9
    assert queries.answer("first_reply_time", event, store=world).iloc[0]["n"] == 9


def test_business_hours_take_only_what_the_helpdesk_worked_out(world: Store) -> None:
    business = Filters(hours="business")
    for name, value in (("first_reply_time", 70), ("resolution_time", 900)):
        row = queries.answer(name, business, store=world).iloc[0]
        assert (row["value"], row["n"]) == (value, 1)
        assert sum(queries.excluded(name, business, world).values()) == 16
