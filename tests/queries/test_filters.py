"""Periods, comparisons and the sentence that says them."""

from __future__ import annotations

from datetime import date

import pytest

import queries
from data.store import Store
from queries import Filters

D = date
AS_OF = D(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "as_of", "start", "end"),
    [
        ("last-7d", AS_OF, D(2026, 11, 14), AS_OF),
        ("last-28d", D(2024, 3, 1), D(2024, 2, 3), D(2024, 3, 1)),
        ("last-90d", AS_OF, D(2026, 8, 23), AS_OF),
        ("last-12m", AS_OF, D(2025, 11, 21), AS_OF),
        ("last-12m", D(2024, 2, 29), D(2023, 3, 1), D(2024, 2, 29)),
        ("this-month", D(2024, 2, 29), D(2024, 2, 1), D(2024, 2, 29)),
        ("last-month", D(2024, 3, 31), D(2024, 2, 1), D(2024, 2, 29)),
        ("last-month", D(2026, 1, 1), D(2025, 12, 1), D(2025, 12, 31)),
        ("this-quarter", AS_OF, D(2026, 10, 1), AS_OF),
        ("this-year", AS_OF, D(2026, 1, 1), AS_OF),
        ("all", AS_OF, None, None),
    ],
)
def test_a_range_counts_back_from_the_newest_day(name: str, as_of: date, start: date | None, end: date | None) -> None:
    assert Filters(range=name).period(as_of) == (start, end)


@pytest.mark.parametrize(
    ("filters", "as_of", "start", "end"),
    [
        (Filters(range="last-7d"), AS_OF, D(2026, 11, 7), D(2026, 11, 13)),
        (Filters(range="last-90d"), AS_OF, D(2026, 5, 25), D(2026, 8, 22)),
        (Filters(range="last-month"), D(2024, 4, 10), D(2024, 2, 1), D(2024, 2, 29)),
        (Filters(range="this-month"), D(2024, 3, 31), D(2024, 2, 1), D(2024, 2, 29)),
        (Filters(range="this-quarter"), D(2026, 5, 31), D(2026, 1, 1), D(2026, 3, 2)),
        (Filters(range="this-year"), D(2024, 12, 31), D(2023, 1, 1), D(2023, 12, 31)),
        (Filters(range="custom", start=D(2024, 3, 1), end=D(2024, 3, 31)), AS_OF, D(2024, 1, 30), D(2024, 2, 29)),
        (Filters(range="custom", start=D(2024, 2, 29), end=D(2024, 2, 29), compare="year"), AS_OF, D(2023, 2, 28), D(2023, 2, 28)),
    ],
)
def test_the_period_before_is_as_long_and_never_overlaps(filters: Filters, as_of: date, start: date, end: date) -> None:
    before = filters.previous(as_of)
    assert before
    assert (before.start, before.end) == (start, end)
    now = filters.period(as_of)[0]
    assert now
    assert end < now


@pytest.mark.parametrize("filters", [Filters(), Filters(range="custom", start=AS_OF), Filters(range="last-7d", compare="none")])
def test_an_open_period_has_none_before(filters: Filters) -> None:
    assert filters.previous(AS_OF) is None


def test_without_data_a_relative_range_is_open() -> None:
    assert Filters(range="last-90d").period(None) == (None, None)


def test_a_reversed_period_and_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Filters(range="custom", start=AS_OF, end=D(2026, 1, 1))
    for wrong in ({"range": "last-5d"}, {"hours": "night"}, {"compare": "x"}, {"attribution": "x"}):
        with pytest.raises(ValueError, match="there are"):
            Filters(**wrong)  # type: ignore[arg-type]


def test_resolved_dates_keep_their_meaning_when_the_data_grow() -> None:
    kept = Filters(range="last-7d", channel=("email",)).resolved(AS_OF)
    assert kept.period(D(2030, 1, 1)) == (D(2026, 11, 14), AS_OF)
    assert kept.channel == ("email",)
    assert Filters().resolved(AS_OF) == Filters()


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (
            Filters(range="custom", start=D(2026, 8, 22), end=AS_OF, channel=("email", "chat"), segment=("enterprise",)),
            "Email and chat; enterprise customers; 22 Aug to 20 Nov 2026, compared with 23 May to 21 Aug; calendar hours",
        ),
        (Filters(), "All dates; calendar hours"),
        (Filters(range="last-28d", compare="year"), "24 Oct to 20 Nov 2026, compared with 24 Oct to 20 Nov 2025; calendar hours"),
        (Filters(range="last-12m", compare="none"), "21 Nov 2025 to 20 Nov 2026; calendar hours"),
        (
            Filters(range="custom", start=D(2026, 1, 1), end=D(2026, 1, 20)),
            "1 Jan to 20 Jan 2026, compared with 12 Dec to 31 Dec 2025; calendar hours",
        ),
        (Filters(range="custom", start=AS_OF), "Since 20 Nov 2026; calendar hours"),
        (Filters(range="custom", end=AS_OF, hours="business"), "Until 20 Nov 2026; business hours"),
        (
            Filters(range="custom", start=AS_OF, end=AS_OF, compare="none", attribution="event"),
            "20 Nov 2026; counted when answered or solved; calendar hours",
        ),
        (
            Filters(tag=("a", "b", "c"), priority=("high",), plan=("Pro",), country=("DE",), team=("Billing",)),
            "High priority; tagged a, b and c; team Billing; Pro plan; in DE; all dates; calendar hours",
        ),
    ],
)
def test_the_sentence(filters: Filters, said: str) -> None:
    assert filters.sentence(AS_OF) == said


@pytest.mark.parametrize(
    ("key", "value"), [("channel", "email"), ("channel", "chat"), ("customer", "c1"), ("source", "desk"), ("channel", "fax")]
)
def test_a_filter_never_adds_and_the_slices_add_up(world: Store, key: str, value: str) -> None:
    for name in ("tickets_created", "tickets_solved", "backlog"):
        whole = queries.answer(name, store=world).iloc[0]["value"]
        part = queries.answer(name, Filters(**{key: (value,)}), store=world).iloc[0]["value"]  # type: ignore[arg-type]
        assert part <= whole
        slices = queries.answer(name, by=key, store=world).set_index("slice")["value"]
        assert slices.sum() == whole
        assert slices.get(value, 0) == part


def test_periods_add_up_to_the_whole(world: Store) -> None:
    for grain in ("day", "week", "month", "quarter", "weekday", "hour"):
        assert queries.answer("tickets_created", by=grain, store=world)["value"].sum() == 14
    until, since = (Filters(range="custom", end=D(2024, 3, 5)), Filters(range="custom", start=D(2024, 3, 6)))
    assert sum(queries.answer("tickets_created", part, store=world).iloc[0]["value"] for part in (until, since)) == 14


def test_a_period_of_ones_own_to_compare_with_is_as_long_as_the_other() -> None:
    asked = Filters(range="last-28d", compare="custom", before=D(2025, 12, 24))
    earlier = asked.previous(D(2026, 3, 31))
    assert earlier is not None
    assert (earlier.start, earlier.end) == (D(2025, 12, 24), D(2026, 1, 20))
    assert asked.sentence(D(2026, 3, 31)) == "4 Mar to 31 Mar 2026, compared with 24 Dec 2025 to 20 Jan 2026; calendar hours"
    assert Filters(range="last-28d", compare="custom").previous(D(2026, 3, 31)) is None
