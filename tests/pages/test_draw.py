"""Drawing: a broken part leaves a sentence, and a report gets the very blocks that the page shows."""

from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import queries
from data.store import Store
from pages import context
from pages.access.reader import Reader
from pages.content.page import FAILED, collect
from pages.document.blocks import Chart, Notice, Side, Tiles
from queries import Filters

DEMO = Path(__file__).parent / "demo.py"


@pytest.fixture
def look(store) -> context.Context:
    return context.Context(Reader("manager"), Filters(range="last-90d"), store, queries.as_of(store))


def shown(script, look: context.Context) -> AppTest:
    def run(path, look):
        import runpy

        import streamlit as st

        from pages import context, menu
        from pages.content import page
        from pages.screen import draw

        st.navigation([st.Page(entry.file, url_path=entry.path) for entry in menu.entries()])
        with context.of(look), page.into(draw.Screen()):
            runpy.run_path(path)

    return AppTest.from_function(run, kwargs={"path": str(script), "look": look}, default_timeout=60).run()


def page(folder: Path, body: str) -> Path:
    script = folder / "page.py"
    script.write_text(f"from pages.content.page import show\nfrom pages.document.blocks import *\n{body}\n")
    return script


def text(app: AppTest) -> str:
    return " ".join(str(element.proto) for element in app.main if hasattr(element, "proto")) + str(app.main)


def test_the_demonstration_draws_every_block(look):
    app = shown(DEMO, look)
    assert not app.exception
    assert text(app).count("could not be worked out") == 1  # the part that is broken on purpose


def test_what_stands_after_a_broken_part_is_drawn(look, tmp_path):
    app = shown(page(tmp_path, 'show(lambda: Notice("first"), lambda: 1 / 0, lambda: Notice("last"))'), look)
    said = text(app)
    assert not app.exception
    assert said.index("first") < said.index("could not be worked out") < said.index("last")


def test_two_blocks_of_one_name_stand_beside_each_other(look, tmp_path):
    app = shown(page(tmp_path, 'show(*[lambda: Findings("Same", ())] * 3, *[Notice("Same")] * 2)'), look)
    assert not app.exception
    assert "could not be worked out" not in text(app)


def test_a_maker_may_have_nothing_to_say(look, tmp_path):
    assert not shown(page(tmp_path, "show(lambda: None, lambda: [])"), look).exception


def test_a_report_gets_the_blocks_of_the_page(look):
    made = collect(DEMO, look)
    assert isinstance(made[0], Tiles)
    assert made[0].tiles[0].name == "First reply"
    assert made[0].tiles[0].answer is not None
    assert sum(isinstance(block, Side) for block in made) == 5
    assert [block.title for block in made if isinstance(block, Chart)] == ["Does more work make us slower?", "Created and solved"]
    assert next(block.sentence for block in made if isinstance(block, Notice)) == FAILED.sentence


def test_a_visit_knows_whether_there_is_data(look, store, tmp_path):
    assert not look.empty
    assert not context.Context(look.reader, look.filters, store, None).empty  # data without dates is data too
    assert context.Context(look.reader, look.filters, Store.open(tmp_path / "nothing.duckdb"), None).empty
    assert look.today == datetime(2025, 11, 19).date()
