"""What goes along with satisfaction: published shares, the same by regression, and nothing said of too little."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray

from data.store import Store
from queries import Filters, view
from queries.drivers import beyond, drivers, lmg
from tests.queries.worlds import fill

# Brownlee's stack loss: air flow, water temperature, acid concentration; loss.
STACKLOSS = """80 27 89 42, 80 27 88 37, 75 25 90 37, 62 24 87 28, 62 22 87 18, 62 23 87 18, 62 24 93 19, 62 24 93 20, 58 23 87 15,
58 18 80 14, 58 18 89 14, 58 17 88 13, 58 18 82 11, 58 19 93 12, 50 18 89 8, 50 18 86 7, 50 19 72 8, 50 19 79 8, 50 20 80 9,
56 20 82 15, 70 20 91 15"""
Table = NDArray[np.float64]


def sums(rows: Table) -> Table:
    table = np.column_stack([np.ones(len(rows)), rows])
    return table.T @ table


def test_the_shares_of_the_stack_loss_are_the_published_ones() -> None:
    shares = lmg(sums(np.array([line.split() for line in STACKLOSS.split(",")], dtype=float)))
    assert shares == pytest.approx([0.4685, 0.3887, 0.0563], abs=5e-5)
    assert shares.sum() == pytest.approx(0.9136, abs=5e-5)


def gained(rows: Table) -> Table:
    """The same by entering the features in every order, with a least squares fit for each step."""
    count = rows.shape[1] - 1

    def explained(chosen: tuple[int, ...]) -> float:
        design = np.column_stack([np.ones(len(rows)), rows[:, list(chosen)]])
        left = rows[:, -1] - design @ np.linalg.lstsq(design, rows[:, -1], rcond=None)[0]
        return 1 - float(left @ left) / float(((rows[:, -1] - rows[:, -1].mean()) ** 2).sum())

    orders = list(permutations(range(count)))
    gains = np.zeros(count)
    for order in orders:
        for at, one in enumerate(order):
            gains[one] += explained(order[: at + 1]) - explained(order[:at])
    return gains / len(orders)


def answered(store: Store, count: int = 600) -> Table:
    """Answers that hang on the wait, a little on the agents, which go with the wait; and on no reopening."""
    random = np.random.default_rng(7)
    wait = np.round(random.exponential(200, count)) + 1
    agents = 1 + (wait + random.normal(0, 200, count) > 300).astype(int)
    reopens = random.integers(0, 2, count)
    happy = random.random(count) < 0.95 - 0.001 * np.minimum(wait, 600) - 0.1 * (agents - 1)
    ticket = {"source": "desk", "status": "solved", "created_at": "2024-03-01 10:00", "replies": 1}
    tickets = [
        ticket | {"id": at, "first_reply_minutes": wait[at], "assignees": agents[at], "reopens": reopens[at]} for at in range(count)
    ]
    scores = [{"csat_score": 5 if one else 1, "csat_scale": 5, "csat_at": "2024-03-02 10:00"} for one in happy]
    fill(store, tickets=[one | score for one, score in zip(tickets, scores, strict=True)])
    return np.column_stack([np.log1p(wait), agents, reopens > 0, happy]).astype(float)


def test_the_database_gives_the_shares_that_regressions_give(store: Store) -> None:
    expected = gained(answered(store))
    found = drivers(Filters(), store)
    assert found is not None
    assert found.n == 600
    assert found.told == pytest.approx(100 * expected.sum())
    by_name = found.parts.set_index("slice")
    assert list(by_name.index) == ["wait for the first reply", "agents on the ticket", "reopened"]
    assert by_name["value"].tolist() == pytest.approx(list(100 * expected / expected.sum()))
    assert by_name["sign"].tolist()[:2] == [-1, -1]
    assert ((by_name["low"] <= by_name["value"]) & (by_name["value"] <= by_name["high"])).all()
    assert by_name.loc["wait for the first reply", "low"] > by_name.loc["reopened", "high"]


def test_of_few_answers_or_one_sided_ones_nothing_is_said(store: Store) -> None:
    answered(store, 150)
    assert drivers(Filters(), store) is None
    answered(store)
    with store.writing() as cursor:
        cursor.execute("update answers set positive = true")
    assert drivers(Filters(), store) is None


def test_satisfaction_by_hands_and_returns_counts_every_answer_once_a_group(store: Store) -> None:
    rows = answered(store)
    found = view("csat_by_service", store=store).set_index(["about", "step"])
    for key, picked in {("agents", 1): rows[:, 1] == 1, ("agents", 2): rows[:, 1] == 2, ("reopened", 0): rows[:, 2] == 0}.items():
        assert found.loc[key, "n"] == picked.sum()
        assert found.loc[key, "value"] == pytest.approx(100 * rows[picked, -1].mean())
    assert found.loc["reopened"]["n"].sum() == found.loc["agents"]["n"].sum() == 600


def test_what_tells_no_more_than_chance_is_known_as_such() -> None:
    """Known points of chi squared, and answers that hang on nothing: R squared is above 0, and one in twenty stands out."""
    assert [round(beyond(point, freedom), 3) for freedom, point in enumerate((3.841, 5.991, 7.815, 9.488, 11.070), 1)] == [0.05] * 5
    random, found = np.random.default_rng(3), []
    for _ in range(400):
        rows = np.column_stack([random.normal(size=(300, 4)), random.random(300) < 0.8])
        found.append(beyond(300 * float(lmg(sums(rows)).sum()), 4) < 0.05)
    assert 0.02 < np.mean(found) < 0.08
