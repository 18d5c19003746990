"""Every column that is handed out is listed, and a column that is not is seen by nobody who may not see personal data."""

from __future__ import annotations

from pathlib import Path

import pytest

import queries
from data.derived import facts
from data.store import Store
from pages.access.reader import Reader
from pages.content.personal_data import masked
from queries import METRICS, Filters, columns, compose, duration_check, engine, helpdesk_match, row_search, sql_names, views
from queries.columns import BrokenColumn, load
from queries.helpdesks import helpdesks
from queries.question import Question
from queries.row_search import Selection

MARCH = Filters(range="last-90d")
RELATIONS = ("tickets", "returns", "turns", "stock", "answers", "remarks", "accounts", "customers_at_start", "customers_at_end")
RELATIONS_OF_DATA = [name for name in facts.IN_ORDER if name not in ("stamps", "every_ticket")]  # macros; the columns of schema.sql
CUSTOMERS = {"customer", "name", "organization"}


def unlisted(names: object) -> set[str]:
    return {str(name) for name in names} - set(columns.known())  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", ["facts", "answers", "accounts"])
def test_every_column_of_the_derived_tables_is_listed(table: str, world: Store) -> None:
    assert not unlisted(engine.table(engine.opened(world), f"select * from {table} limit 0", {}))


def test_every_column_of_every_derived_relation_is_explained(store: Store) -> None:
    """In its own file, or, of what people see, in the list of columns."""
    with store.writing() as cursor:
        facts.rebuild(cursor)
        described = {name: [row[0] for row in cursor.execute(f"describe {name}").fetchall()] for name in RELATIONS_OF_DATA}
    for relation, there in described.items():
        text = (facts.HERE / f"{relation}.sql").read_text()
        named = [line.removeprefix("--   ").split("  ")[0] for line in text.splitlines() if line.startswith("--   ")]
        explained = {name for names in named for name in names.split(", ")}
        assert set(there) <= explained or not unlisted(there), relation
        assert text.startswith("--"), relation


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_column_that_a_metric_may_use_is_listed(relation: str, world: Store) -> None:
    asked = compose.Scope("tickets", "created_at")
    sql = compose.view_sql(asked, f"select * from {relation} limit 0", Filters(), None, engine.extent(engine.opened(world)))
    assert not unlisted(engine.table(world, sql, Filters().parameters(None)))


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("left_out", [False, True])
def test_every_column_of_rows_is_listed(name: str, left_out: bool, world: Store) -> None:
    assert not unlisted(queries.rows(name, left_out=left_out, store=world))


@pytest.mark.parametrize("name", views.views())
def test_every_column_of_a_view_is_listed(name: str, world: Store) -> None:
    view = views.definition(name)
    own = dict.fromkeys(sql_names.placeholders(view.sql) - set(Question(view, MARCH).on(world).parameters))
    assert not unlisted(queries.view(name, MARCH, store=world, **own))


def test_every_column_of_tickets_that_are_counted_in_two_ways_is_listed(world: Store) -> None:
    assert not unlisted(duration_check.apart("reply", MARCH, world))
    for number in helpdesks()["zendesk"].numbers:
        found = helpdesk_match.match("zendesk", number, MARCH, world)
        for step in found.steps:
            assert not unlisted(helpdesk_match.tickets(found, step, MARCH, world))


def test_what_is_not_listed_is_shown_to_nobody_else(world: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if somebody had added a column and had not said whether it is personal."""
    asked = Selection("tickets_created", Filters(), search="email", for_everybody=True)
    assert "channel" in row_search.columns(asked, world)
    assert row_search.count(asked, world) == 6
    rest = {name: one for name, one in columns.known().items() if name != "channel"}
    monkeypatch.setattr(columns, "known", lambda: rest)
    engine.forget()
    assert "channel" not in row_search.columns(asked, world)
    assert row_search.count(asked, world) == 0, "it is not searched either"
    assert "channel" in row_search.columns(Selection("tickets_created", Filters()), world)
    frame = queries.rows("tickets_created", store=world)
    assert {"channel", "customer", "subject"} & set(masked(frame, Reader("viewer"))) == set()
    assert {"channel", "customer", "subject"} <= set(masked(frame, Reader("manager")))
    monkeypatch.undo()
    engine.forget()


def test_a_viewer_sees_no_customer_and_a_manager_does(world: Store) -> None:
    for everybody in (True, False):
        shown = row_search.columns(Selection("customer_churn", Filters(), for_everybody=everybody), world)
        assert CUSTOMERS & set(shown) == (set() if everybody else CUSTOMERS)
        assert "segment" in shown


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('x = { label = "X", meaning = "an x" }', "x: 'personal' is missing"),
        ('x = { label = "X", meaning = "an x", personal = "no" }', "x: personal is 'no', must be true or false"),
        ('x = { label = "X", meaning = "an x", personal = false, secret = true }', "x: unknown key 'secret'"),
    ],
)
def test_an_entry_that_does_not_say_whether_it_is_personal_is_refused(entry: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "columns.toml").write_text(entry)
    with pytest.raises(BrokenColumn, match=r"columns\.toml") as error:
        load(tmp_path / "columns.toml")
    assert said in str(error.value)
