"""A report as slides: one for each block, its finding as the title, charts that can be edited, definitions in the notes."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from pptx.presentation import Presentation as Deck

from pages.elements.blocks import Block, Chart, Findings, Notice, Side, Table, Tiles
from pages.reports import deck, glossary, native, numbers, plain, told
from pages.reports.gathered import Report, Section
from pages.reports.html import Tell

ROWS = 12  # lines of a table that can be read from the back of a room
SAID = 12  # sentences on a slide


def written(report: Report, tell: Tell = lambda stage, share: None) -> bytes:
    """The whole file."""
    show = deck.new()
    _first(show, report)
    for place, section in enumerate(report.sections):
        tell(f"Drawing {section.name}", place / max(len(report.sections), 1))
        for block in flat(section.blocks):
            for part in _parts(block):
                _slide(show, report, section, part)
    _last(show, report)
    show.core_properties.title, show.core_properties.author = plain.line(report.title, 200), "Deskpulse"
    out = BytesIO()
    show.save(out)
    return out.getvalue()


def _parts(block: Block) -> Iterator[Block]:
    """More sentences than a slide holds go on on the next; none is left out."""
    if not isinstance(block, Findings) or len(block.findings) <= SAID:
        yield block
        return
    for start in range(0, len(block.findings), SAID):
        yield replace(block, findings=block.findings[start : start + SAID])


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """What stands beside each other on a page has a slide each."""
    for block in blocks:
        if isinstance(block, Side):
            yield from flat(block.blocks)
        else:
            yield block


def _first(show: Deck, report: Report) -> None:
    page = deck.page(show, report.title, large=True)
    deck.words(page, [*report.about, report.note] if report.note else list(report.about), deck.BODY, 16)
    page.slide.notes_slide.notes_text_frame.text = plain.text(report.promise)


def _slide(show: Deck, report: Report, section: Section, block: Block) -> None:
    if isinstance(block, Notice) or (isinstance(block, Chart) and not native.drawable(block)):
        return
    page = deck.page(show, told.headline(block), section.name, _under(block))
    match block:
        case Tiles():
            deck.cards(page, block.tiles)
        case Chart():
            native.draw(page, block)
        case Table():
            headings, rows = numbers.lines(block)
            deck.table(page, headings, rows[:ROWS])
        case Findings():
            deck.sentences(page, block.findings[told.leads(block) :])
    deck.foot(page, " ".join(report.about), len(show.slides))
    page.slide.notes_slide.notes_text_frame.text = notes(report, block)


def _under(block: Block) -> str:
    """What the title leaves open: the question it answers, and how sure it is."""
    match block:
        case Chart():
            return " ".join(filter(None, (_question(block), block.finding, block.note, native.sure(block))))
        case Table():
            more = f"The first {ROWS} of {len(block.frame)} lines; all are in the spreadsheet." if len(block.frame) > ROWS else ""
            return " ".join(filter(None, (block.finding, more)))
        case Tiles():
            return ". ".join(filter(None, (block.title, block.caption)))
        case Findings():
            return f"{block.title}. {block.finding}".strip() if told.leads(block) else block.finding
    return ""


def _question(chart: Chart) -> str:
    return (
        ""
        if told.headline(chart).startswith(chart.title)
        else chart.title
        if chart.title.endswith(("?", "."))
        else f"{chart.title}."
    )


def notes(report: Report, block: Block) -> str:
    """How each number on the slide is counted, and all of a chart's numbers."""
    names = glossary.metrics([block])
    parts = [_told(one) for one in report.counted if one.metric in names]
    if isinstance(block, Chart):
        headings, rows = numbers.cells(block)
        parts.append("\n".join("\t".join(map(plain.line, row)) for row in (headings, *rows[:200])))
    return plain.text("\n\n".join(filter(None, parts)), 20_000).strip()


def _told(one: glossary.Counted) -> str:
    return "\n".join([f"{one.title}: {one.question}", *(f"{name}: {text}" for name, text in one.lines)])


def _last(show: Deck, report: Report) -> None:
    """What is not in here and why, and how to read the rest."""
    left = [
        plain.line(block.sentence) for section in report.sections for block in flat(section.blocks) if isinstance(block, Notice)
    ]
    page = deck.page(show, "How to read these numbers")
    deck.words(page, [report.promise, "How each is counted stands in the notes of its slide.", *dict.fromkeys(left)], deck.BODY, 14)
    deck.foot(page, " ".join(report.about), len(show.slides))
