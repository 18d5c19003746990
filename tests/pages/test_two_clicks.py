"""For every number, chart, table and quote of a page: what it is, whether it is real and which rows, in one click."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

import queries
from pages import context, menu
from pages.access.reader import Reader
from pages.content import explanations, feedback
from pages.content.page import collect
from pages.context import Context
from pages.document import number_format
from pages.document.blocks import Block, Findings, Notice, Side, Table, Tile, Tiles
from queries import Filters, views

READ = ("overview", "response-times", "resolution", "satisfaction", "loyalty", "churn", "themes", "service-and-loyalty")
PAGES = [entry for entry in menu.entries() if entry.path in READ]  # the others ask their reader something, or are ways themselves


@pytest.fixture
def look(sample) -> Context:
    return Context(Reader("manager"), Filters(range="last-90d"), sample, queries.as_of(sample))


def flat(blocks: Sequence[Block]) -> Iterator[Block | Tile]:
    for block in blocks:
        if isinstance(block, Side):
            yield from flat(block.blocks)
        elif isinstance(block, Tiles):
            yield from block.tiles
        else:
            yield block


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.path)
def test_everything_on_a_page_opens_its_evidence(entry, look):
    made = list(flat(collect(entry.file, look)))
    assert made
    silent = [block for block in made if block.evidence is None and not (isinstance(block, Notice) and not block.counts)]
    assert not [block for block in silent if not (isinstance(block, Findings) and all(one.links for one in block.findings))]


@pytest.mark.parametrize("kind", ["csat", "nps", "ces"])
def test_quotes_of_every_survey_open_a_number_that_there_is(kind, look, monkeypatch):
    theme = str(feedback.themes.table(look.filters, look.store)["theme"].iloc[0])
    said = feedback.themes.quotes(theme, look.filters, look.store).assign(kind=kind)
    monkeypatch.setattr(feedback.themes, "quotes", lambda *asked, **more: said)
    with context.of(look):
        assert queries.metric(feedback.quotes(theme).evidence.metric).rows == "answers"


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.path)
def test_a_tile_shows_the_number_that_its_evidence_and_the_command_line_give(entry, look):
    for tile in flat(collect(entry.file, look)):
        if isinstance(tile, Tile):
            metric = queries.metric(tile.evidence.metric)
            found = queries.answer(metric.id, tile.evidence.filters, store=look.store).iloc[0]
            assert tile.value == number_format.show(found["value"], metric.unit, found["n"])


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.path)
def test_a_picture_of_its_own_shape_says_what_it_shows_and_by_which_sql(entry, look):
    with context.of(look):
        proofs = [block.evidence for block in flat(collect(entry.file, look))]
    for proof in [one for one in proofs if one and one.view]:
        said = explanations.drawn(proof.view)
        assert all(line in said for line in views.definition(proof.view).caveat)
        assert views.definition(proof.view).sql.removeprefix("with ") in views.sql_of(
            proof.view, proof.filters, proof.by, look.store
        )


def test_every_line_of_the_themes_leads_to_its_tickets(look):
    look = replace(look, filters=Filters(range="last-90d", channel=("email",)))
    script = next(entry.file for entry in PAGES if entry.path == "themes")
    table = next(block for block in collect(script, look) if isinstance(block, Table))
    assert len(table.frame)
    for theme, address in zip(table.frame["theme"], table.frame[table.onward], strict=True):
        asked = parse_qs(urlsplit(address).query)
        assert (asked["theme"], asked["channel"], asked["behind"]) == ([theme], ["email"], ["tickets_created"])
        assert urlsplit(address).path == "/tickets"
