"""Whatever the data are like, every metric by every dimension answers slice, value, low, high, n with sane values."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

import queries
from data.store import Store
from queries import Filters, dimensions
from tests.queries.edges import WORLDS
from tests.queries.worlds import fill, small_world


@pytest.fixture(scope="module", params=["small", *WORLDS])
def name_of_world(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def any_world(name_of_world: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("edge") / "world.duckdb")
    yield small_world(opened) if name_of_world == "small" else fill(opened, **WORLDS[name_of_world])  # type: ignore[arg-type]
    opened.close()


def thinned(dimensions: list[str], world: str, name: str) -> list[str]:
    """On the small world every other one, in turns; on the others three for each metric, not the same everywhere."""
    if world == "small":
        return dimensions[list(queries.METRICS).index(name) % 2 :: 2]
    at = (list(WORLDS).index(world) * 5 + list(queries.METRICS).index(name)) % len(dimensions)
    return (dimensions * 2)[at : at + 3]


def sane(frame: pd.DataFrame, unit: str, by: str | None) -> None:
    assert list(frame.columns) == ["slice", "value", "low", "high", "n"]
    assert frame["slice"].map(lambda name: isinstance(name, str)).all()
    assert frame["slice"].is_unique
    assert (frame["n"] >= 0).all()
    assert frame["n"].notna().all()
    assert by is not None or frame["slice"].tolist() == ["all"]
    for value, low, high, n in frame[["value", "low", "high", "n"]].astype(float).itertuples(index=False):
        assert n > 0 or not value > 0, "a value without anything behind it"
        assert not value < low - 1e-9
        assert not value > high + 1e-9
        assert not low > high
        if unit == "percent":
            assert not value < 0
            assert not value > 100
            assert not low < 0
            assert not high > 100
        if unit == "points":
            assert not abs(value) > 100
            assert not low < -100
            assert not high > 100
        if unit in ("minutes", "count", "agents"):
            assert not value < 0


def test_every_metric_by_every_dimension(any_world: Store, name_of_world: str) -> None:
    for name, metric in queries.METRICS.items():
        asked = [queries.Ask(name, by=by) for by in (None, *thinned(sorted(dimensions.of_rows(metric.rows)), name_of_world, name))]
        for ask, frame in zip(asked, queries.answers(asked, store=any_world), strict=True):
            sane(frame, metric.unit, ask.by)


def test_every_row_is_either_counted_or_left_out_with_a_reason(any_world: Store, name_of_world: str) -> None:
    choices = [Filters(), Filters(hours="business"), Filters(attribution="event")]
    for at, name in enumerate(queries.METRICS):
        for filters in choices if name_of_world == "small" else [choices[at % 3]]:
            n = queries.answer(name, filters, store=any_world).iloc[0]["n"]
            left_out = queries.excluded(name, filters, any_world)
            assert n == len(queries.rows(name, filters, store=any_world)), name
            assert sum(left_out.values()) == len(queries.rows(name, filters, left_out=True, store=any_world)), name
