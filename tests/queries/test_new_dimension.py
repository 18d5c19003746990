"""A dimension is one entry of a file: it filters, slices, has values and words, on the command line and in the filter bar too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import queries
from data.store import Store
from pages.content import addresses, filter_choices
from queries import Filters, comparison, decomposition, dimensions
from queries.__main__ import main
from queries.dimensions import BrokenDimension, UnknownDimension, load
from tests.queries.worlds import small_world

STATUS = """
[status]
label = "State"
phrase = "in state {}"
tables = ["tickets"]
more = 11
splits = 10
compares = 12
"""


@pytest.fixture
def entered(tmp_path: Path) -> Iterator[None]:
    """Our own dimensions, and one entry more about a column that nothing asks about today."""
    assert "status" not in dimensions.known()
    path = tmp_path / "dimensions.toml"
    path.write_text(dimensions.HERE.read_text() + STATUS)
    with dimensions.using(load(path)):
        yield


@pytest.mark.usefixtures("entered")
def test_it_has_values_that_filter_and_slice(world: Store) -> None:
    known = queries.options("status", world)
    slices = queries.answer("tickets_created", by="status", store=world).set_index("slice")["value"].to_dict()
    assert set(slices) == set(known) - {"spam", "merged", "deleted"}
    assert len(slices) > 2
    for value, count in slices.items():
        asked = Filters(status=(value,))
        assert asked.status == (value,)
        assert queries.answer("tickets_created", asked, store=world).iloc[0]["value"] == count
    assert queries.answer("csat", Filters(status=("solved",)), store=world).equals(queries.answer("csat", store=world))


@pytest.mark.usefixtures("entered")
def test_it_is_said_in_the_sentence_and_stands_in_the_bar_and_the_address() -> None:
    asked = Filters(status=("open", "new"), channel=("email",))
    assert asked.sentence(date(2026, 11, 20)) == "Email; in state open and new; all dates; calendar hours"
    assert filter_choices.slices()[-1] == "status"
    assert "status=open&status=new" in addresses.explicit("/tickets", asked, "1")


@pytest.mark.usefixtures("entered")
def test_changes_are_split_and_slices_compared_by_it(world: Store) -> None:
    march = Filters(range="custom", start=date(2024, 3, 5), end=date(2024, 3, 31))
    found = decomposition.split("csat_mean", "status", march, world)
    assert found is None, "answers have no state"
    assert "status" in dimensions.placed("splits")
    beside = comparison.beside("status", "open", "solved", ["tickets_created"], Filters(), world)
    assert beside[0].left["value"] < beside[0].right["value"]


@pytest.mark.usefixtures("entered")
def test_the_command_line_knows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "world.duckdb"
    small_world(Store.open(path)).close()
    assert main(["tickets_created", "--by", "status", "--where", "status=open", "--database", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["filters"]["status"] == ["open"]
    assert [row["slice"] for row in said["rows"]] == ["open"]
    assert main(["tickets_created", "--where", "status=asleep", "--database", str(path)]) == 2
    assert "status has no value 'asleep'" in capsys.readouterr().err


def test_without_its_entry_it_is_no_filter_and_no_slice(world: Store) -> None:
    with pytest.raises(ValueError, match="there is no filter 'status'; there are channel"):
        Filters(status=("open",))
    with pytest.raises(UnknownDimension):
        queries.answer("tickets_created", by="status", store=world)
    with pytest.raises(AttributeError):
        _ = Filters().status


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (STATUS.replace("label", "name"), "status: unknown key 'name'"),
        (STATUS.replace('label = "State"\n', ""), "status: 'label' is missing"),
        (STATUS.replace('"tickets"', '"ticket"'), "status: tables is 'ticket', must be one of tickets, answers, accounts"),
        (STATUS + 'kind = "date"', "status: kind is 'date', must be one of value, grain, clock"),
        (STATUS.replace("[status]", '["my status"]'), "'my status' is no name"),
    ],
)
def test_a_broken_entry_names_the_file_and_what_is_wrong(entry: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "dimensions.toml"
    path.write_text(entry)
    with pytest.raises(BrokenDimension, match=r"dimensions\.toml") as error:
        load(path)
    assert said in str(error.value)


def test_every_filter_has_a_phrase_that_holds_its_values() -> None:
    for name in dimensions.filters():
        assert dimensions.known()[name].phrase.count("{}") == 1
    for place in dimensions.PLACES:
        taken = [getattr(one, place) for one in dimensions.known().values() if getattr(one, place)]
        assert sorted(taken) == list(range(1, len(taken) + 1)), place
