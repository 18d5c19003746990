"""Two slices beside each other have the numbers each has alone, and differences are judged together."""

from __future__ import annotations

import pytest

import queries
from data.store import Store
from queries import Filters, comparison, significance

NAMES = ["first_reply_time", "resolution_time", "csat", "customer_churn"]


def test_both_sides_are_what_the_number_is_for_each_slice(world: Store) -> None:
    found = comparison.beside("channel", "email", "chat", NAMES, Filters(channel=("phone",)), world)
    assert {one.metric.id for one in found} <= {"first_reply_time", "resolution_time", "csat"}
    assert found
    for one in found:
        whole = queries.answer(one.metric.id, Filters(), "channel", world).set_index("slice")
        assert one.left["value"] == pytest.approx(whole.loc["email", "value"])
        assert one.right["value"] == pytest.approx(whole.loc["chat", "value"])
        assert one.change.difference == pytest.approx(one.left["value"] - one.right["value"])


def test_customers_have_no_channel_and_a_segment_reaches_them() -> None:
    assert comparison.applicable("channel", NAMES) == NAMES[:3]
    assert comparison.applicable("segment", NAMES) == NAMES


def test_differences_are_judged_together(world: Store) -> None:
    found = comparison.beside("channel", "email", "chat", NAMES, Filters(), world)
    assert [one.real for one in found] == significance.surviving([one.change for one in found])


def test_what_one_side_has_no_number_for_is_not_compared(world: Store) -> None:
    assert comparison.beside("channel", "email", "no such channel", NAMES, Filters(), world) == []
    with pytest.raises(KeyError):
        comparison.beside("customer", "a", "b", NAMES, Filters(), world)
