"""Tickets and answers are tagged when first asked about, once, and again only when something changed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

import queries
from data.derived import facts
from data.store import Store
from data.themes import tagging
from queries.filters import Filters

Read = Callable[[str], set[tuple[str, str]]]


def test_subject_and_description_tell_a_tickets_themes(world: Store, themes_of: Read) -> None:
    tagging.up_to_date(world)
    found = themes_of("ticket_themes")
    assert {id for id, theme in found if theme == "refunds"} == {"1", "2", "4", "6", "7", "8"}
    assert {id for id, theme in found if theme == "login"} == {"3", "4"}
    assert "5" not in {id for id, _ in found}


def test_an_answer_is_about_its_comment_and_its_ticket(world: Store, themes_of: Read) -> None:
    tagging.up_to_date(world)
    found = themes_of("answer_themes")
    assert {id for id, theme in found if theme == "refunds"} == {"r1", "r2", "r5"}
    assert ("r1", "waiting") in found
    assert ("r3", "login") in found


def test_nothing_is_done_until_themes_are_asked_for(world: Store, themes_of: Read) -> None:
    queries.answer("csat", store=world)
    assert not themes_of("ticket_themes")
    queries.answer("csat", by="theme", store=world)
    assert themes_of("ticket_themes")


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: queries.rows("tickets_created", Filters(theme=("refunds",)), store=store),
        lambda store: queries.excluded("tickets_created", Filters(theme=("refunds",)), store=store),
        lambda store: queries.view("wait_heatmap", Filters(theme=("refunds",)), store=store),
        lambda store: queries.answers([queries.Ask("csat", Filters(theme=("refunds",)))], store=store),
    ],
)
def test_every_door_tags_first(world: Store, themes_of: Read, ask: Callable[[Store], object]) -> None:
    ask(world)
    assert themes_of("ticket_themes")


def test_the_filter_names_every_theme_without_waiting_for_tags(world: Store, themes_of: Read) -> None:
    assert "refunds" in queries.options("theme", world)
    assert not themes_of("ticket_themes")


def test_tags_are_made_once(world: Store) -> None:
    tagging.up_to_date(world)
    before = world.version()
    tagging.up_to_date(world)
    tagging._checked.clear()  # as after a restart
    tagging.up_to_date(world)
    assert world.version() == before


def test_new_data_is_tagged_and_gone_data_forgotten(world: Store, themes_of: Read) -> None:
    tagging.up_to_date(world)
    with world.writing() as cursor:
        cursor.execute("delete from tickets where id = '1'")
        cursor.execute("insert into tickets by name select 'desk' as source, '9' as id, 'Webhook fails' as subject")
        cursor.execute("insert into imports by name select '1' as id")
        facts.rebuild(cursor)
    tagging.up_to_date(world)
    assert "1" not in {id for id, _ in themes_of("ticket_themes")}
    assert ("9", "integrations") in themes_of("ticket_themes")


def test_an_edited_taxonomy_tags_anew(world: Store, monkeypatch: pytest.MonkeyPatch, themes_of: Read) -> None:
    tagging.up_to_date(world)
    monkeypatch.setattr(tagging, "themes", lambda: tagging_of("login"))
    tagging._themes_sql.cache_clear()
    tagging._checked.clear()
    try:
        tagging.up_to_date(world)
        assert {theme for _, theme in themes_of("ticket_themes")} == {"login"}
    finally:
        tagging._themes_sql.cache_clear()


def tagging_of(name: str) -> tuple[object, ...]:
    from data.themes.taxonomy import themes

    return tuple(theme for theme in themes() if theme.id == name)


def test_many_readers_at_once_tag_once(world: Store) -> None:
    before = int(world.version())
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda _: len(queries.answer("csat", by="theme", store=world)), range(16)))
    assert len(set(found)) == 1
    assert int(world.version()) == before + 1


def test_a_theme_filter_reaches_tickets_and_answers(world: Store) -> None:
    refunds = Filters(theme=("refunds",))
    assert queries.answer("tickets_created", refunds, store=world)["value"].tolist() == [5]  # spam is not counted
    csat = queries.answer("csat", refunds, store=world)
    assert (csat["value"][0], csat["n"][0]) == (0, 2)
