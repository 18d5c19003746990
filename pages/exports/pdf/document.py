"""A report as a PDF on A4: contents, pages, drawings of lines and letters, definitions; made without any browser."""

from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageBreak, PageTemplate, Paragraph, Spacer
from reportlab.platypus import Table as Grid
from reportlab.platypus.tableofcontents import TableOfContents

from pages.document import chart_tables, safe_text
from pages.document.blocks import Block, Chart, Evidence, Finding, Findings, Notice, Side, Table, Tile, Tiles
from pages.document.markup import ARROWS
from pages.document.palette import LIGHT
from pages.document.report import Progress, Report, Section, anchor, silent
from pages.exports import fonts
from pages.exports.fonts import marked, styles
from pages.exports.pdf import vector_charts

EDGE = 48.0
WIDTH = A4[0] - 2 * EDGE
GAP = 14.0
CELL = 8.0  # size of letters in tables
SHORT = 8  # sentences in half the width
COUNTING = "How it is counted"
WIDE = ("heat", "cohorts", "matrix", "waterfall")  # drawings whose cells need the whole width


class Document(BaseDocTemplate):
    """Tells the contents on which page a heading came to stand."""

    def afterFlowable(self, made: Flowable) -> None:
        style = getattr(getattr(made, "style", None), "name", "")
        if style == "heading":
            said = made.getPlainText()
            key = f"h-{self.page}-{said.encode().hex()}"  # the library reads it as Python: an apostrophe would end it
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(said, key, 0, True)
            self.notify("TOCEntry", (0, marked(said), self.page, key))


class Pdf:
    """On A4, drawn without any browser."""

    ending = "pdf"
    mime = "application/pdf"

    def write(self, report: Report, progress: Progress = silent) -> bytes:
        """The whole file."""
        out = BytesIO()
        document = Document(out, pagesize=A4, title=safe_text.line(report.title, 200), author="Deskpulse", lang="en", invariant=1)
        body = Frame(EDGE, EDGE + 14, WIDTH, A4[1] - 2 * EDGE - 14, 0, 0, 0, 0)
        foot = partial(_foot, said=f"{report.title} · {report.about[0]}")
        document.addPageTemplates(PageTemplate("page", body, onPage=foot))
        parts = list(_front(report))
        for place, section in enumerate(report.sections):
            progress(f"Drawing {section.name}", place / max(len(report.sections), 1))
            parts += [*([PageBreak()] if place or len(report.sections) > 1 else []), *_section(section)]
        document.multiBuild([*parts, *_counting(report)])
        return out.getvalue()


def _foot(canvas: Any, document: Any, said: str) -> None:
    canvas.setFillColor(HexColor(LIGHT.muted))
    canvas.setFont(fonts.REGULAR, 7.5)
    canvas.drawString(EDGE, EDGE - 12, fonts.cut(said, WIDTH - 60, 7.5))
    canvas.drawRightString(A4[0] - EDGE, EDGE - 12, f"Page {document.page}")


def _front(report: Report) -> Iterator[Flowable]:
    """What this is; with several pages, where they stand."""
    yield Paragraph(marked(report.title), styles()["title"])
    if report.note:
        yield Paragraph(marked(report.note, 2000), styles()["text"])
    for said in report.about:
        yield Paragraph(marked(said), styles()["quiet"])
    yield Spacer(0, GAP)
    if len(report.sections) > 1:
        contents = TableOfContents(dotsMinLevel=-1)
        contents.levelStyles = [styles()["way"]]
        yield contents


def _section(section: Section) -> Iterator[Flowable]:
    yield Paragraph(marked(section.name), styles()["place"])
    yield Paragraph(marked(section.question), styles()["heading"])
    for block in _paired(section.blocks):
        yield from _block(block, WIDTH)


def _paired(blocks: Sequence[Block]) -> Iterator[Block]:
    """Two short lists of sentences after one another stand beside each other."""
    held: Findings | None = None
    for block in blocks:
        if held is not None and isinstance(block, Findings) and _narrow(block):
            yield Side((held, block))
            held = None
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, Findings) and _narrow(block) else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _block(block: Block, width: float) -> Iterator[Flowable]:
    match block:
        case Side():
            yield from _beside(block, width)
        case Tiles():
            yield KeepTogether([*_titled(block.title, block.caption), _tiles(block.tiles, width), Spacer(0, GAP)])
        case Chart():
            yield KeepTogether(list(_chart(block, width)))
        case Table():
            yield from _titled(block.title, block.finding)
            yield _table(*chart_tables.lines(block), width)
        case Findings():
            said = list(map(_sentence, block.findings)) or [Paragraph(marked(block.nothing), styles()["text"])]
            yield KeepTogether([*_titled(block.title, block.finding), *said, Spacer(0, GAP)])
        case Notice():
            yield Paragraph(marked(block.sentence), styles()["quiet"])


def _beside(block: Side, width: float) -> Iterator[Flowable]:
    """Two columns of drawings or of sentences; anything wider has the lines to itself."""
    if len(block.blocks) != 2 or not all(map(_narrow, block.blocks)):
        for part in block.blocks:
            yield from _block(part, width)
        return
    half = (width - GAP) / 2
    cells = [[one for made in _block(part, half) for one in _apart(made)][:-1] for part in block.blocks]  # without the gap below
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (0, 0), GAP)]
    style += [("RIGHTPADDING", (1, 0), (1, 0), 0), ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
    yield Grid([cells], [half + GAP, half], style=style, spaceAfter=GAP)  # a spacer would start a page of its own


def _narrow(part: Block) -> bool:
    """Whether half the width is enough; a cell cannot go over to the next page."""
    if isinstance(part, Findings):
        return len(part.findings) <= SHORT
    return isinstance(part, Chart) and part.kind not in WIDE


def _apart(made: Flowable) -> list[Flowable]:
    return list(made._content) if isinstance(made, KeepTogether) else [made]


def _chart(chart: Chart, width: float) -> Iterator[Flowable]:
    yield from _titled(chart.title, chart.finding)
    if vector_charts.drawable(chart):
        yield vector_charts.Drawing(chart, width)
    elif chart.kind == "waterfall" and chart.series:
        yield _table(*chart_tables.cells(chart), width)
    else:
        yield Paragraph("Nothing that could be shown here.", styles()["quiet"])
    foot = f"{marked(chart.note)}{_way(chart.evidence)}"
    if foot:
        yield Paragraph(foot, styles()["small"])
    yield Spacer(0, GAP)


def _titled(title: str, under: str) -> Iterator[Flowable]:
    if title:
        yield Paragraph(marked(title), styles()["name"])
    if under:
        yield Paragraph(marked(under), styles()["small"])
    yield Spacer(0, 4)


def _tiles(tiles: Sequence[Tile], width: float) -> Flowable:
    """Beside each other in frames, as on the page."""
    if not tiles:
        return Spacer(0, 0)
    lines = [("BOX", (at, 0), (at, 0), 0.6, HexColor(LIGHT.line)) for at in range(len(tiles))]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), *lines]
    return Grid([[_tile(tile) for tile in tiles]], [width / len(tiles)] * len(tiles), style=style)


def _tile(tile: Tile) -> list[Flowable]:
    name = marked(tile.name)
    if tile.evidence:
        name = f'<a href="#{anchor(tile.evidence.metric)}">{name}</a>'
    small = styles()["small"]
    made = [Paragraph(name, small), Paragraph(marked(tile.value), styles()["value" if len(tile.value) < 9 else "long"])]
    if tile.change:
        verdict = tile.change.direction
        shade = getattr(LIGHT, verdict) if verdict in ("better", "worse") else LIGHT.muted
        arrow = "" if verdict == "noise" else f"{ARROWS[tile.change.arrow]} "
        made.append(Paragraph(f'<font color="{shade}">{marked(arrow + tile.change.sentence)}</font>', small))
    return [*made, *(Paragraph(marked(said), small) for said in tile.small)]


def _sentence(one: Finding) -> Flowable:
    mark = marked(one.verdict)
    shade = getattr(LIGHT, one.direction) if one.direction in ("better", "worse") else LIGHT.muted
    said = f'<font name="{fonts.BOLD}" color="{shade}">{mark}</font> ' if mark else ""
    way = _way(one.evidence)
    return Paragraph(f"{said}{marked(one.sentence)}{way}", styles()["text"])


def _way(evidence: Evidence | None) -> str:
    """From a drawing or a sentence to how its number is counted."""
    if evidence is None:
        return ""
    return f' <a href="#{anchor(evidence.metric)}" color="{LIGHT.accent}" size="8">How this is counted</a>'


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], width: float) -> Flowable:
    """Its head is repeated on every page that it goes over to; each column is as wide as its cells want to be."""
    sides = [styles()["cell" if chart_tables.worded(row[at] for row in rows) else "number"] for at in range(len(headings))]
    made = [[Paragraph(f"<b>{marked(said)}</b>", side) for said, side in zip(headings, sides, strict=True)]]
    made += [[Paragraph(marked(safe_text.joined(said)), side) for said, side in zip(row, sides, strict=True)] for row in rows]
    widths = _widths([[heading, *(safe_text.joined(row[at]) for row in rows)] for at, heading in enumerate(headings)], width)
    style = [("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LIGHT.line)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [("LEFTPADDING", (0, 0), (-1, -1), 2), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    return Grid(made, widths, repeatRows=1, style=style, spaceAfter=GAP)


def _widths(columns: Sequence[Sequence[str]], width: float) -> list[float]:
    """Each gets its longest word; what is left goes to those whose lines are longer."""
    least = [max(_width(word, at == 0) for at, said in enumerate(column) for word in said.split(" ") or [""]) for column in columns]
    wanted = [max(_width(said) for said in column[1:]) if column[1:] else 0.0 for column in columns]
    wanted = [min(max(one, low), max(WIDTH / 3, low)) for one, low in zip(wanted, least, strict=True)]
    if sum(least) > width or sum(wanted) <= width:
        pick = least if sum(least) > width else wanted
        return [width * one / sum(pick) for one in pick]
    share = (width - sum(least)) / (sum(wanted) - sum(least))
    return [low + (one - low) * share for one, low in zip(wanted, least, strict=True)]


def _width(said: str, bold: bool = False) -> float:
    return fonts.width(fonts.plainly(said, 200), CELL, bold) + 9


def _counting(report: Report) -> Iterator[Flowable]:
    """Every number's definition, where the links of the drawings lead."""
    yield PageBreak()
    yield Paragraph(COUNTING, styles()["heading"])
    yield Paragraph(marked(report.promise, 2000), styles()["quiet"])
    for one in report.counted:
        head = Paragraph(f'<a name="{anchor(one.metric)}"/>{marked(one.title)}', styles()["name"])
        lines = [Paragraph(f"<b>{marked(name)}:</b> {marked(text, 2000)}", styles()["text"]) for name, text in one.lines]
        yield KeepTogether([head, Paragraph(marked(one.question), styles()["quiet"]), *lines])
