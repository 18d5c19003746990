"""Why a number changed: the parts are worked out by hand, and add up whatever the data are like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import queries
from data import samples
from data.importing import import_file
from data.store import Store
from queries import Filters, decomposition
from tests.queries.worlds import fill


def answer(**cells: tuple[float, float]) -> pd.DataFrame:
    rows = [(name, value, value - 1, value + 1, n) for name, (value, n) in cells.items()]
    return pd.DataFrame(rows, columns=["slice", "value", "low", "high", "n"])


def parts(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    return decomposition.kitagawa(before, now).set_index("slice")


def whole(frame: pd.DataFrame) -> float:
    return float((frame["value"] * frame["n"]).sum() / frame["n"].sum())


def test_the_worked_example() -> None:
    """Shares .6 and .4 with 90 and 70 %, then .4 and .6 with 92 and 72 %: 82 to 80, -4 by the mix and +2 within."""
    found = parts(answer(a=(90, 60), b=(70, 40)), answer(a=(92, 40), b=(72, 60)))
    assert found["mix"].to_dict() == pytest.approx({"a": -2.0, "b": -2.0})
    assert found["rate"].to_dict() == pytest.approx({"a": 1.0, "b": 1.0})


def test_the_kidney_stones() -> None:
    """Charig 1986: both kinds of stones went worse (93 to 87, 73 to 69 %), and the whole went better (78.00 to 82.57 %)."""
    open_surgery = answer(small=(8100 / 87, 87), large=(19200 / 263, 263))
    keyhole = answer(small=(23400 / 270, 270), large=(5500 / 80, 80))
    found = parts(open_surgery, keyhole)
    assert found["mix"].sum() == pytest.approx(9.94, abs=0.01)
    assert found["rate"].sum() == pytest.approx(-5.37, abs=0.01)
    assert (found["rate"] < 0).all()


def test_what_is_there_in_one_period_only_is_all_mix() -> None:
    found = parts(answer(a=(80, 90), gone=(50, 10)), answer(a=(80, 50), new=(20, 50)))
    assert found["seen"].to_dict() == {"a": "both", "gone": "gone", "new": "new"}
    assert found["rate"].to_dict() == {"a": 0, "gone": 0, "new": 0}
    # the whole goes from 77 to 50, its middle is 63.5: new = .5 x (20 - 63.5), gone = -.1 x (50 - 63.5), a = -.4 x (80 - 63.5)
    assert found["mix"].to_dict() == pytest.approx({"new": -21.75, "gone": 1.35, "a": -6.6})


def test_more_of_what_lies_below_the_whole_pulls_it_down() -> None:
    found = parts(answer(chat=(60, 10), email=(90, 90)), answer(chat=(60, 50), email=(90, 50)))
    assert (found["mix"] < 0).all()


def test_no_rows_have_no_parts() -> None:
    assert decomposition.kitagawa(answer(), answer()).empty


cells = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.floats(-100, 100, allow_subnormal=False), st.integers(1, 1_000_000)), min_size=1
)


@settings(max_examples=80, deadline=None)
@given(before=cells, now=cells)
def test_the_parts_add_up_to_the_change(before: dict[str, tuple[float, int]], now: dict[str, tuple[float, int]]) -> None:
    earlier, later = answer(**before), answer(**now)
    found = parts(earlier, later)
    assert abs(found["mix"].sum() + found["rate"].sum() - (whole(later) - whole(earlier))) <= 1e-9
    assert not found[["mix", "rate"]].isna().any().any()


@settings(max_examples=60, deadline=None)
@given(before=cells, now=cells)
def test_the_other_way_round_every_part_turns_its_sign(
    before: dict[str, tuple[float, int]], now: dict[str, tuple[float, int]]
) -> None:
    there, back = parts(answer(**before), answer(**now)), parts(answer(**now), answer(**before))
    for name in ("mix", "rate"):
        assert (there[name] + back[name].reindex(there.index)).abs().max() <= 1e-9


@pytest.mark.parametrize("name", sorted(queries.METRICS))
def test_only_means_and_shares_are_split(name: str) -> None:
    metric = queries.metric(name)
    assert not (decomposition.splits(metric) and decomposition.ranked(metric))
    assert all(decomposition.splits(queries.metric(other)) for other in metric.stands_in)
    assert not (metric.stands_in and decomposition.splits(metric))


def test_a_median_is_refused(world: Store) -> None:
    assert decomposition.split("first_reply_time", "channel", Filters(range="last-7d"), world) is None
    assert queries.metric("first_reply_time").stands_in == ("first_reply_within_target", "first_reply_time_mean")


def test_a_row_about_two_themes_counts_half_in_each(store: Store) -> None:
    fill(store, tickets=[ticket(at, 3, "refund and password reset", 5) for at in range(4)] + [ticket(9, 20, "refund", 1)])
    filters = Filters(range="custom", start=date(2026, 3, 16), end=date(2026, 3, 31))
    found = decomposition.split("csat", "theme", filters, store)
    assert found is not None
    assert found.mix + found.rate == pytest.approx(found.change.difference, abs=1e-9)
    assert found.parts["n_before"].sum() == pytest.approx(4)
    assert found.parts["n_before"].nunique() <= 2


def ticket(at: int, day: int, subject: str, score: int) -> dict[str, object]:
    stamp = f"2026-03-{day:02d} 10:00"
    return {
        "source": "desk",
        "id": at,
        "import_id": 1,
        "subject": subject,
        "status": "solved",
        "created_at": stamp,
        "solved_at": stamp,
        "csat_score": score,
        "csat_scale": 5,
        "csat_at": stamp,
    }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("sample")
    opened = Store.open(folder / "sample.duckdb")
    for path in samples.generate(folder):
        import_file.import_file(opened, path, source="sample")
    yield opened
    opened.close()


LAUNCH = Filters(range="custom", start=date(2026, 3, 1), end=date(2026, 3, 31))


def test_the_flood_of_chats_at_the_launch_is_mix(sample: Store) -> None:
    found = decomposition.most_telling("first_reply_within_target", LAUNCH, sample)
    assert found[0].by == "channel"
    chat = found[0].parts.set_index("slice").loc["chat"]
    assert chat["mix"] == (found[0].parts["mix"].abs().max())
    assert chat["mix"] > 3 * abs(chat["rate"])
    assert found[0].mix > 5 > 0 > found[0].rate


@pytest.mark.parametrize("name", [name for name, metric in queries.METRICS.items() if decomposition.splits(metric)])
def test_every_split_of_the_sample_adds_up(name: str, sample: Store) -> None:
    for found in decomposition.most_telling(name, LAUNCH, sample):
        assert found.mix + found.rate == pytest.approx(found.change.difference, abs=1e-9, rel=1e-9), found.by


def test_of_twenty_parts_one_that_barely_moves_is_chance() -> None:
    """Alone it would pass; among twenty looked at at once one does so by chance (Benjamini-Hochberg)."""
    quiet = [{"slice": f"s{at}", "value": 50.0, "low": 45.0, "high": 55.0, "n": 400.0} for at in range(19)]
    moved = {"slice": "one", "value": 57.5, "low": 52.5, "high": 62.5, "n": 400.0}
    before = pd.DataFrame([*quiet, moved | {"value": 50.0, "low": 45.0, "high": 55.0}])
    parts = decomposition._judged(queries.metric("csat"), decomposition.kitagawa(before, pd.DataFrame([*quiet, moved])))
    assert not parts["real"].any()
    alone = decomposition._judged(queries.metric("csat"), decomposition.kitagawa(before.tail(1), pd.DataFrame([moved])))
    assert alone["real"].tolist() == [True]
