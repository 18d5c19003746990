"""The look of slides: 16:9, the house's colours as the theme's own, and the few things that stand on a slide."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Length, Pt

from pages.document import safe_text
from pages.document.blocks import Finding, Tile
from pages.document.markup import ARROWS
from pages.document.palette import LIGHT
from pages.exports import fonts

WIDE, TALL, EDGE = 13.333, 7.5, 0.6
FONT = "Arial"  # on every machine; ours would be replaced by something of other widths
TITLE_ONLY = 5
THEME = {
    "dk1": LIGHT.ink,
    "lt1": LIGHT.card,
    "dk2": LIGHT.muted,
    "lt2": LIGHT.page,
    **{f"accent{number}": colour for number, colour in enumerate(LIGHT.series, 1)},
    "hlink": LIGHT.accent,
    "folHlink": LIGHT.muted,
}


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def inches(self) -> tuple[Length, Length, Length, Length]:
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


BODY = Box(EDGE, 1.95, WIDE - 2 * EDGE, 4.9)


@dataclass(frozen=True)
class Page:
    """A slide with its title, and the room that is left below."""

    slide: Slide
    body: Box = BODY


def new() -> Deck:
    """An empty deck. The layouts are stretched to the width, so that a slide added by hand looks like ours."""
    show = Presentation()
    stretch = Inches(WIDE) / show.slide_width
    show.slide_width, show.slide_height = Inches(WIDE), Inches(TALL)
    for holder in (show.slide_master, *show.slide_layouts):
        for shape in holder.placeholders:
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.width, shape.top, shape.height = int(left * stretch), int(width * stretch), top, height
    _themed(show)
    return show


def _themed(show: Deck) -> None:
    """Colours and typeface of the theme; charts and shapes added later take them up."""
    from lxml import etree  # python-pptx brings it

    part = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    tree = etree.fromstring(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    for name, colour in THEME.items():
        place = tree.find(f".//a:clrScheme/a:{name}", space)
        for old in list(place):
            place.remove(old)
        etree.SubElement(place, f"{{{space['a']}}}srgbClr", val=colour.lstrip("#"))
    for latin in tree.iterfind(".//a:fontScheme/*/a:latin", space):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def page(show: Deck, title: str, place: str = "", under: str = "", large: bool = False) -> Page:
    """A slide whose title is a title to PowerPoint too: outlines and screen readers find it."""
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    said = safe_text.joined(safe_text.line(title, 160))
    size = 34 if large else 24 if _height(said, 24, bold=True) < 0.9 else 20
    top, height = 0.62, _height(said, size, bold=True)
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = Box(EDGE, top, BODY.width, height).inches()
    frame = head.text_frame
    _run(frame, said, size, LIGHT.ink, bold=True)
    frame.vertical_anchor, frame.word_wrap, frame.margin_left, frame.margin_right = MSO_ANCHOR.TOP, True, 0, 0
    frame.margin_top = frame.margin_bottom = 0
    if place:
        _text(slide, Box(EDGE, 0.32, BODY.width, 0.3), safe_text.line(place, 80), 11, LIGHT.accent, bold=True)
    top += height
    if under:
        below = safe_text.line(under, 400)
        _text(slide, Box(EDGE, top, BODY.width, 0.1 + _height(below, 12)), below, 12, LIGHT.muted)
        top += 0.2 + _height(below, 12)
    top = max(top, BODY.top)
    return Page(slide, Box(EDGE, top, BODY.width, BODY.top + BODY.height - top))


def _height(said: str, size: float, bold: bool = False) -> float:
    """Inches that a text takes over the whole width; our letters are a little wider than those of slides."""
    return ceil(fonts.width(fonts.plainly(said), size, bold) / (BODY.width * 72)) * size * 1.2 / 72


def foot(shown: Page, said: str, number: int) -> None:
    """Which rows, and until when the data goes: on every slide, because slides are torn out of decks."""
    _text(shown.slide, Box(EDGE, 7.0, WIDE - 2 * EDGE - 0.8, 0.3), safe_text.line(said, 240), 9, LIGHT.muted)
    box = _text(shown.slide, Box(WIDE - EDGE - 0.8, 7.0, 0.8, 0.3), str(number), 9, LIGHT.muted)
    box.paragraphs[0].alignment = PP_ALIGN.RIGHT


def notes(shown: Page, said: str) -> None:
    """Words for the speaker."""
    frame: Any = shown.slide.notes_slide.notes_text_frame  # None only in a template without a place for them
    frame.text = said


def words(shown: Page, lines: Sequence[str], box: Box, size: int) -> None:
    """Paragraphs below each other."""
    frame = _text(shown.slide, box, "", size, LIGHT.ink)
    for place, said in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _run(paragraph, safe_text.text(said, 1500), size, LIGHT.ink if place == 0 else LIGHT.muted)
        paragraph.space_after = Pt(size * 0.7)


def sentences(shown: Page, parts: Sequence[tuple[str, Sequence[Finding]]], box: Box) -> None:
    """Each with its verdict in words and in colour; what they are about stands above them where it is said."""
    count = sum(len(found) + bool(head) for head, found in parts)
    size = 18 if count < 7 else 13
    frame, first = _text(shown.slide, box, "", size, LIGHT.ink), True
    for head, found in parts:
        lines: list[str | Finding] = [*([head] if head else []), *found]
        for said in lines:
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            first = False
            paragraph.space_after = Pt(size * 0.7)
            if isinstance(said, str):
                paragraph.space_before = Pt(size * 0.5)
                _run(paragraph, safe_text.line(said), size - 3, LIGHT.muted, bold=True)
            else:
                _sentence(paragraph, said, size)


def _sentence(paragraph: Any, one: Finding, size: int) -> None:
    if one.verdict:
        shade = getattr(LIGHT, one.direction) if one.direction in ("better", "worse") else LIGHT.muted
        _run(paragraph, f"{one.verdict}  ", size - 3, shade, bold=True)
    _run(paragraph, safe_text.line(one.sentence), size, LIGHT.ink)


def cards(shown: Page, tiles: Sequence[Tile]) -> Box:
    """Numbers beside each other, with change, interval and n; says what room is left below them."""
    gap, tall, body = 0.2, 2.4, shown.body
    width = min((body.width + gap) / max(len(tiles), 1) - gap, 3.2)
    for place, tile in enumerate(tiles):
        box = Box(EDGE + place * (width + gap), body.top + 0.2, width, tall)
        card = shown.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.inches())
        card.fill.solid()
        card.fill.fore_color.rgb, card.line.color.rgb, card.line.width = rgb(LIGHT.card), rgb(LIGHT.line), Pt(1)
        card.shadow.inherit = False
        _card(card.text_frame, tile)
    return Box(EDGE, body.top + tall + 0.5, body.width, body.height - tall - 0.5)


def _card(frame: Any, tile: Tile) -> None:
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    quiet = LIGHT.faint if tile.weak else LIGHT.ink
    lines = [(tile.name, 12, LIGHT.muted, False), (tile.value, 26, quiet, True)]
    if tile.change:
        verdict = tile.change.direction
        arrow = "" if verdict == "noise" else f"{ARROWS[tile.change.arrow]} "
        colour = getattr(LIGHT, verdict) if verdict in ("better", "worse") else LIGHT.muted
        lines.append((f"{arrow}{tile.change.sentence}", 12, colour, False))
    lines += [(said, 11, LIGHT.muted, False) for said in tile.small]
    for place, (said, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(5)
        _run(paragraph, safe_text.line(said, 120), size, colour, bold)


def table(shown: Page, headings: Sequence[str], rows: Sequence[Sequence[str]], size: int = 11) -> Any:
    """A table that stays one: its cells can be edited."""
    body = shown.body
    height = min(0.34 * (len(rows) + 1), body.height)
    made = shown.slide.shapes.add_table(len(rows) + 1, len(headings), *Box(EDGE, body.top, body.width, height).inches()).table
    made.horz_banding = False
    widest = [max(len(row[at]) for row in (headings, *rows)) for at in range(len(headings))]
    shares = [min(max(width + 2, 8) + (0 if at else 3), 40) for at, width in enumerate(widest)]
    for at, share in enumerate(shares):
        made.columns[at].width = Inches(BODY.width * share / sum(shares))
    for down, row in enumerate((headings, *rows)):
        for across, said in enumerate(row):
            cell(made.cell(down, across), said, size, head=down == 0, right=across > 0)
    return made


def cell(place: Any, said: str, size: float, fill: str = LIGHT.card, head: bool = False, right: bool = False) -> None:
    place.margin_left = place.margin_right = Inches(0.06)
    place.margin_top = place.margin_bottom = Inches(0.02)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    place.fill.solid()
    place.fill.fore_color.rgb = rgb(LIGHT.grid if head else fill)
    _run(place.text_frame, safe_text.line(said, 120), size, LIGHT.ink, bold=head)
    place.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT


def _text(slide: Slide, box: Box, said: str, size: float, colour: str, bold: bool = False) -> Any:
    frame = slide.shapes.add_textbox(*box.inches()).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    if said:
        _run(frame, said, size, colour, bold)
    return frame


def _run(place: Any, said: str, size: float, colour: str, bold: bool = False) -> None:
    """Text with its looks, into a paragraph or the first one of a frame."""
    paragraph = place.paragraphs[0] if hasattr(place, "paragraphs") else place
    paragraph.alignment = paragraph.alignment or PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = said
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = rgb(colour)


def rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.lstrip("#")))
