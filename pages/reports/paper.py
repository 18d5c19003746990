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

from pages.elements.blocks import Block, Chart, Evidence, Finding, Findings, Notice, Side, Table, Tile, Tiles
from pages.elements.html import ARROWS
from pages.elements.palette import LIGHT
from pages.reports import glossary, ink, letters, numbers, plain
from pages.reports.gathered import Report, Section, Tell
from pages.reports.letters import marked, styles

EDGE = 48.0
WIDTH = A4[0] - 2 * EDGE
GAP = 14.0
COUNTING = "How it is counted"
WIDE = ("heat", "cohorts", "matrix")  # drawings whose cells need the whole width


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


def written(report: Report, tell: Tell = lambda stage, share: None) -> bytes:
    """The whole file."""
    out = BytesIO()
    document = Document(out, pagesize=A4, title=plain.line(report.title, 200), author="Deskpulse", lang="en", invariant=1)
    body = Frame(EDGE, EDGE + 14, WIDTH, A4[1] - 2 * EDGE - 14, 0, 0, 0, 0)
    foot = partial(_foot, said=f"{report.title} · {report.about[0]}")
    document.addPageTemplates(PageTemplate("page", body, onPage=foot))
    parts = list(_front(report))
    for place, section in enumerate(report.sections):
        tell(f"Drawing {section.name}", place / max(len(report.sections), 1))
        parts += [*([PageBreak()] if place or len(report.sections) > 1 else []), *_section(section)]
    document.multiBuild([*parts, *_counting(report)])
    return out.getvalue()


def _foot(canvas: Any, document: Any, said: str) -> None:
    canvas.setFillColor(HexColor(LIGHT.muted))
    canvas.setFont(letters.REGULAR, 7.5)
    canvas.drawString(EDGE, EDGE - 12, letters.cut(said, WIDTH - 60, 7.5))
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
    for block in section.blocks:
        yield from _block(block, WIDTH)


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
            yield from (_table(*numbers.lines(block), width), Spacer(0, GAP))
        case Findings():
            said = list(map(_sentence, block.findings)) or [Paragraph(marked(block.nothing), styles()["text"])]
            yield KeepTogether([*_titled(block.title, block.finding), *said, Spacer(0, GAP)])
        case Notice():
            yield Paragraph(marked(block.sentence), styles()["quiet"])


def _beside(block: Side, width: float) -> Iterator[Flowable]:
    """Two columns of drawings; anything wider has the lines to itself."""
    if len(block.blocks) != 2 or not all(isinstance(part, Chart) and part.kind not in WIDE for part in block.blocks):
        for part in block.blocks:
            yield from _block(part, width)
        return
    half = (width - GAP) / 2
    cells = [list(_chart(part, half)) for part in block.blocks if isinstance(part, Chart)]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (0, 0), GAP)]
    style += [("RIGHTPADDING", (1, 0), (1, 0), 0), ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
    yield Grid([cells], [half + GAP, half], style=style)


def _chart(chart: Chart, width: float) -> Iterator[Flowable]:
    yield from _titled(chart.title, chart.finding)
    if ink.drawable(chart):
        yield ink.Drawing(chart, width)
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
        name = f'<a href="#{glossary.anchor(tile.evidence.metric)}">{name}</a>'
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
    said = f'<font name="{letters.BOLD}" color="{shade}">{mark}</font> ' if mark else ""
    way = _way(one.evidence)
    return Paragraph(f"{said}{marked(one.sentence)}{way}", styles()["text"])


def _way(evidence: Evidence | None) -> str:
    """From a drawing or a sentence to how its number is counted."""
    if evidence is None:
        return ""
    return f' <a href="#{glossary.anchor(evidence.metric)}" color="{LIGHT.accent}" size="8">How this is counted</a>'


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], width: float) -> Flowable:
    """Its head is repeated on every page that it goes over to."""
    cell = styles()["cell"]
    made = [[Paragraph(f"<b>{marked(said)}</b>", cell) for said in headings]]
    made += [[Paragraph(marked(said), cell) for said in row] for row in rows]
    share = [2.4, *([1.0] * (len(headings) - 1))]
    style = [("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(LIGHT.line)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [("LEFTPADDING", (0, 0), (-1, -1), 2), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    return Grid(made, [width * one / sum(share) for one in share], repeatRows=1, style=style)


def _counting(report: Report) -> Iterator[Flowable]:
    """Every number's definition, where the links of the drawings lead."""
    yield PageBreak()
    yield Paragraph(COUNTING, styles()["heading"])
    yield Paragraph(marked(report.promise, 2000), styles()["quiet"])
    for one in report.counted:
        head = Paragraph(f'<a name="{glossary.anchor(one.metric)}"/>{marked(one.title)}', styles()["name"])
        lines = [Paragraph(f"<b>{marked(name)}:</b> {marked(text, 2000)}", styles()["text"]) for name, text in one.lines]
        yield KeepTogether([head, Paragraph(marked(one.question), styles()["quiet"]), *lines])
