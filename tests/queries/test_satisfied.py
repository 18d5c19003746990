"""From which score on a customer is a satisfied one: custom for each scale, unless the workspace says otherwise."""

from __future__ import annotations

import pytest

import queries
from data.derived import csat_thresholds
from data.store import Store
from queries import csat_scale
from tests.queries.worlds import fill

CSAT = queries.metric("csat")


def answered(store: Store, top: int, scores: range) -> Store:
    said = {"source": "survey", "kind": "csat", "scale_min": 1, "scale_max": top, "answered_at": "2024-03-02 10:00"}
    return fill(store, responses=[said | {"id": f"{score}", "score": score} for score in scores])


def csat(store: Store) -> float:
    return float(queries.answer("csat", store=store)["value"].iloc[0])


@pytest.mark.parametrize(("top", "satisfied_scores"), [(3, 1), (4, 2), (5, 2), (6, 2), (7, 2), (10, 3)])
def test_without_a_choice_the_custom_of_the_scale_holds(store: Store, top: int, satisfied_scores: int) -> None:
    assert csat(answered(store, top, range(1, top + 1))) == pytest.approx(100 * satisfied_scores / top)


def test_a_threshold_of_ones_own_counts_at_once_and_can_be_taken_back(store: Store) -> None:
    answered(store, 10, range(1, 11))
    assert (csat(store), csat_scale.title(CSAT, store)) == (30, "CSAT (8 to 10 of 10)")
    csat_thresholds.keep(store, 10, 9)
    assert (csat(store), csat_scale.title(CSAT, store)) == (20, "CSAT (9 to 10 of 10)")
    csat_thresholds.keep(store, 10, None)
    assert csat(store) == 30


def test_a_threshold_is_for_its_scale_only(store: Store) -> None:
    answered(store, 5, range(1, 6))
    csat_thresholds.keep(store, 10, 2)
    assert (csat(store), csat_scale.title(CSAT, store), csat_scale.said(CSAT, store)) == (40, "CSAT", "4 to 5 of 5")
    csat_thresholds.keep(store, 5, 5)
    assert (csat(store), csat_scale.title(CSAT, store)) == (20, "CSAT (5 of 5)")


def test_only_what_asks_for_satisfaction_says_who_is_satisfied(store: Store) -> None:
    answered(store, 10, range(1, 11))
    assert [name for name, metric in queries.METRICS.items() if csat_scale.said(metric, store)] == ["csat"]
