"""Draws blocks with Streamlit, in order and as they are made."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

import streamlit as st

import queries
from data.store import Store
from pages import context, menu
from pages.content import filter_choices
from pages.document import figures, markup
from pages.document.blocks import Block, Chart, Evidence, Findings, Notice, Quotes, Side, Table, Tiles
from pages.screen import data_table, evidence_dialog, theme

LONG = 26  # letters of a name that fit beside each other in a tile; values below longer ones would stand lower
FEW = "Hidden: all of it rests on too few."
CONTROLS = {"responsive": True, "displaylogo": False, "modeBarButtons": [["toImage"]]}  # a picture of it is all the bar offers


class Screen:
    """The sink of a page that is looked at: every block is drawn where it comes."""

    def place(self) -> AbstractContextManager[object]:
        return st.container()

    def put(self, block: Block) -> None:
        one(block)


def one(block: Block) -> None:
    """Draws a single block where it is called."""
    match block:
        case Tiles():
            _tiles(block)
        case Chart():
            _chart(block)
        case Table():
            with _card(block) as key:
                data_table.draw(block, f"table-{key}", to_take=context.current().fit is None)
        case Quotes():
            with _card(block):
                st.html(markup.quotes(block.quotes))
        case Findings():
            with _card(block):
                st.html(markup.findings(block.findings, block.nothing))
        case Notice():
            _notice(block)
        case Side():
            for column, part in zip(st.columns(list(block.widths) or len(block.blocks)), block.blocks, strict=True):
                with column:
                    one(part)


@contextmanager
def _card(block: Chart | Table | Quotes | Findings) -> Iterator[str]:
    """A framed place with title, finding and the way to the evidence; yields its key."""
    key = context.current().key(slug(block.title))
    with st.container(border=True, key=f"card-{key}", gap="small", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="top", key=f"head-{key}", gap="small"):
            st.html(markup.titled(block.title, block.finding))
            if block.evidence:
                _opener(block.evidence, key, "Evidence")
        yield key


def _tiles(row: Tiles) -> None:
    now = context.current()
    if row.title:
        st.html(markup.titled(row.title, row.caption, 2))
    with st.container(key=now.key("tiles-row-long" if any(len(tile.name) > LONG for tile in row.tiles) else "tiles-row")):
        for tile in row.tiles:
            key = now.key(f"tile-{slug(tile.name)}")
            with st.container(border=True, key=key):
                st.html(markup.tile(tile))
                if tile.evidence:
                    _opener(tile.evidence, key, f"Where does this come from: {tile.name}")
    if row.caption and not row.title:
        st.html(markup.note(row.caption))


def _chart(chart: Chart) -> None:
    with _card(chart) as key:
        if figures.is_empty(chart):
            st.html(markup.note(FEW if any("hidden" in one.frame for one in chart.series) else "No data in this selection."))
            return
        figure = figures.figure(chart, theme.current())
        spoken = ". ".join(text for text in (chart.title, chart.finding) if text)
        shared: dict[str, Any] = {"key": f"chart-{key}", "theme": None, "config": _controls(chart), "alt": spoken}
        if chart.kind == "dots" and chart.by in filter_choices.slices() and context.current().fit is None:
            narrow = partial(_narrow, chart.by, f"chart-{key}", context.current().store)
            st.plotly_chart(figure, on_select=narrow, selection_mode="points", **shared)
        else:
            st.plotly_chart(figure, **shared)
        if chart.note:
            st.html(markup.note(chart.note))


def _controls(chart: Chart) -> dict[str, Any]:
    return CONTROLS | {"toImageButtonOptions": {"format": "png", "scale": 2, "filename": slug(chart.title)}}


def _narrow(dimension: str, key: str, store: Store) -> None:
    """A click on a dot filters the page by its slice."""
    points = st.session_state[key].selection.points
    names = [str(point.get("customdata")) for point in points if point.get("customdata")]
    known = [name for name in names if name in queries.options(dimension, store)]
    if known:
        st.session_state[dimension] = known


def _opener(why: Evidence, key: str, label: str) -> None:
    now = context.current()
    if now.fit is None:  # for readers of a live link there is no way to rows and SQL, whatever the block says
        evidence_dialog.opener(why, now.store, now.reader, key, label)


def _notice(notice: Notice) -> None:
    now = context.current()
    key = now.key("large-notice" if notice.large else "notice-")
    with st.container(border=True, key=key, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="top", key=f"head-{key}", gap="small"):
            st.html(markup.titled(notice.sentence, notice.detail))
            if notice.evidence:
                _opener(notice.evidence, key, "Evidence")
        target = next((entry for entry in menu.visible(now.reader.role) if entry.path == notice.page), None)
        if target:
            st.page_link(target.file, label=notice.action, icon=":material/arrow_forward:")


def slug(text: str) -> str:
    """A key that stays the same as long as the title does; titles are unique on a page."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "untitled"
