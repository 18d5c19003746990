"""Prints blocks as HTML that reads without scripts; drawings are left to a script, their numbers stand below them."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import plotly.graph_objects as go

from pages.document import chart_tables, figures, markup, report
from pages.document.blocks import Block, Chart, Evidence, Finding, Findings, Notice, Quotes, Side, Table, Tile, Tiles
from pages.document.palette import LIGHT


class Printer:
    """Turns blocks into text, and keeps the figures that are to be drawn in it."""

    def __init__(self) -> None:
        self.figures: list[go.Figure] = []

    def blocks(self, shown: Sequence[Block]) -> str:
        return "".join(f'<div class="block">{self.block(block)}</div>' for block in shown)

    def block(self, block: Block) -> str:
        match block:
            case Tiles():
                return _tiles(block)
            case Chart():
                return self.chart(block)
            case Table():
                return _card(block.title, block.finding, chart_tables.of_table(block), block.evidence)
            case Findings():
                said = markup.findings(tuple(map(_linked, block.findings)), block.nothing)
                return _card(block.title, block.finding, said, block.evidence)
            case Side():
                return f'<div class="side">{self.blocks(block.blocks)}</div>'
            case Notice():
                return f'<p class="quiet card">{escape(block.sentence)}</p>'
            case Quotes():
                raise TypeError("what customers wrote does not leave the house")

    def chart(self, chart: Chart) -> str:
        """Title, finding, a place for the drawing, and all its numbers."""
        if not chart.series or figures.is_empty(chart):
            return _card(chart.title, chart.finding, markup.note("Nothing that could be shown here."), chart.evidence)
        drawn = figures.bare(_drawable(chart), LIGHT)
        self.figures.append(drawn)
        spoken = escape(". ".join(text for text in (chart.title, chart.finding) if text), quote=True)
        place = (
            f'<div class="plot" data-chart="{len(self.figures) - 1}" role="img" aria-label="{spoken}" '
            f'style="min-height:{int(drawn.layout.height or 264)}px"></div>'
        )
        note = markup.note(chart.note) if chart.note else ""
        details = f"<details open><summary>The numbers</summary>{chart_tables.of_chart(chart)}</details>"
        foot = f'<div class="foot">{details}{_how(chart.evidence)}</div>'
        return f'<figure class="card">{markup.titled(chart.title, chart.finding)}{place}{note}{foot}</figure>'


def _drawable(chart: Chart) -> Chart:
    """Dots without a number have no place; elsewhere they leave a gap."""
    if chart.kind not in ("dots", "matrix"):
        return chart
    kept = tuple(replace(one, frame=one.frame[one.frame["n"].notna()].reset_index(drop=True)) for one in chart.series)
    return replace(chart, series=kept)


def _tiles(row: Tiles) -> str:
    title = f'<div class="row-title">{markup.titled(row.title, row.caption, 3)}</div>' if row.title else ""
    below = markup.note(row.caption) if row.caption and not row.title else ""
    return f'{title}<div class="tiles">{"".join(map(_tile, row.tiles))}</div>{below}'


def _tile(tile: Tile) -> str:
    """The whole tile leads to how it is counted."""
    if tile.evidence is None:
        return f'<div class="card">{markup.tile(tile)}</div>'
    return f'<a class="card" href="#{report.anchor(tile.evidence.metric)}">{markup.tile(tile)}</a>'


def _linked(one: Finding) -> Finding:
    """A sentence leads to how its number is counted."""
    if one.evidence is None:
        return one
    return replace(one, links=(("How it is counted", f"#{report.anchor(one.evidence.metric)}"),))


def _card(title: str, finding: str, inside: str, evidence: Evidence | None) -> str:
    foot = f'<div class="foot">{_how(evidence)}</div>' if evidence else ""
    return f'<div class="card">{markup.titled(title, finding)}{inside}{foot}</div>'


def _how(evidence: Evidence | None) -> str:
    return f'<a class="how" href="#{report.anchor(evidence.metric)}">How this is counted</a>' if evidence else ""
