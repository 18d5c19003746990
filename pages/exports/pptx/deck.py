"""A report as slides: one for each block, its finding as the title, charts that can be edited, definitions in the notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO

from pptx.presentation import Presentation as Deck

from pages.document import chart_sentences, chart_tables, safe_text
from pages.document.blocks import Block, Chart, Finding, Findings, Notice, Table, Tiles, flat, metrics
from pages.document.report import Counted, Progress, Report, Section, silent
from pages.exports.pptx import native_charts, slide_layout

ROWS = 12  # lines of a table that can be read from the back of a room
SAID = 12  # sentences on a slide
BELOW = 3  # of them below a row of numbers
LINES = 15  # of several lists of them, with what they are about


class Slides:
    """A slide for each block."""

    ending = "pptx"
    mime = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    def write(self, report: Report, progress: Progress = silent) -> bytes:
        """The whole file."""
        show = slide_layout.new()
        _first(show, report)
        for place, section in enumerate(report.sections):
            progress(f"Drawing {section.name}", place / max(len(report.sections), 1))
            for blocks in together(part for block in flat(section.blocks) for part in _parts(block)):
                _slide(show, report, section, *blocks)
        _last(show, report)
        show.core_properties.title, show.core_properties.author = safe_text.line(report.title, 200), "Deskpulse"
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


def together(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """A slide for each; but few sentences go below the numbers before them, or with the sentences before them."""
    made: list[tuple[Block, ...]] = []
    for block in blocks:
        if isinstance(block, Notice):
            continue
        if isinstance(block, Findings) and made and _room(made[-1], block):
            made[-1] = (*made[-1], block)
        else:
            made.append((block,))
    return _joined(made)


def _joined(made: Sequence[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """One sentence alone is no slide: it goes below the last numbers that have room."""
    kept: list[tuple[Block, ...]] = []
    for blocks in made:
        alone = blocks[0] if len(blocks) == 1 and isinstance(blocks[0], Findings) and len(blocks[0].findings) < 2 else None
        to = next((at for at in reversed(range(len(kept))) if isinstance(kept[at][0], Tiles) and len(kept[at]) < BELOW), None)
        if alone is None or to is None:
            kept.append(blocks)
        else:
            kept[to] = (*kept[to], alone)
    return kept


def _room(held: tuple[Block, ...], more: Findings) -> bool:
    if isinstance(held[0], Tiles):
        return len(held) == 1 and len(more.findings) <= BELOW
    lists = [one for one in (*held, more) if isinstance(one, Findings)]
    return len(lists) == len(held) + 1 and sum(len(one.findings) + 1 for one in lists) <= LINES


def _first(show: Deck, report: Report) -> None:
    page = slide_layout.page(show, report.title, large=True)
    slide_layout.words(page, [*([report.note] if report.note else []), *report.about], page.body, 16)
    slide_layout.notes(page, safe_text.text(report.promise))


def _slide(show: Deck, report: Report, section: Section, block: Block, *more: Block) -> None:
    """What stands on it is said by its first block."""
    steps = isinstance(block, Chart) and block.kind == "waterfall" and bool(block.series)
    if isinstance(block, Chart) and not steps and not native_charts.drawable(block):
        return
    page, below = (
        slide_layout.page(show, chart_sentences.headline(block), section.name, "" if more and _said(block) else _under(block)),
        None,
    )
    match block:
        case Tiles():
            below = slide_layout.cards(page, block.tiles)
        case Chart() if steps:
            headings, rows = chart_tables.cells(block)
            slide_layout.table(page, headings, rows[:ROWS])
        case Chart():
            native_charts.draw(page, block)
        case Table():
            headings, rows = chart_tables.lines(block)
            slide_layout.table(page, headings, rows[:ROWS])
        case Findings():
            slide_layout.sentences(
                page, _named(block, *more) if more else [("", block.findings[chart_sentences.leads(block) :])], page.body
            )
    if below:
        slide_layout.sentences(page, _named(*more), below)
    slide_layout.foot(page, " ".join(report.about), len(show.slides))
    slide_layout.notes(page, "\n\n".join(filter(None, (notes(report, one) for one in (block, *more)))))


def _said(block: Block) -> bool:
    return isinstance(block, Findings)


def _named(*blocks: Block) -> list[tuple[str, Sequence[Finding]]]:
    """Sentences under what they are about."""
    found = [block for block in blocks if isinstance(block, Findings)]
    return [(". ".join(filter(None, (one.title, one.finding))), one.findings or (Finding(one.nothing),)) for one in found]


def _under(block: Block) -> str:
    """What the title leaves open: the question it answers, and how sure it is."""
    match block:
        case Chart():
            return " ".join(filter(None, (_question(block), block.finding, block.note, native_charts.sure(block))))
        case Table():
            more = f"The first {ROWS} of {len(block.frame)} lines; all are in the spreadsheet." if len(block.frame) > ROWS else ""
            return " ".join(filter(None, (block.finding, more)))
        case Tiles():
            title = "" if chart_sentences.headline(block).startswith(block.title.rstrip("?")) else block.title
            return " ".join(filter(None, (title if title.endswith(("?", ".")) or not title else f"{title}.", block.caption)))
        case Findings():
            return f"{block.title}. {block.finding}".strip() if chart_sentences.leads(block) else block.finding
    return ""


def _question(chart: Chart) -> str:
    if chart_sentences.headline(chart).startswith((chart.title, chart_sentences.about(chart))):
        return ""
    return chart.title if chart.title.endswith(("?", ".")) else f"{chart.title}."


def notes(report: Report, block: Block) -> str:
    """How each number on the slide is counted, and all of a chart's numbers."""
    names = metrics([block])
    parts = [_told(one) for one in report.counted if one.metric in names]
    if isinstance(block, Chart):
        headings, rows = chart_tables.cells(block)
        parts.append("\n".join("\t".join(map(safe_text.line, row)) for row in (headings, *rows[:200])))
    return safe_text.text("\n\n".join(filter(None, parts)), 20_000).strip()


def _told(one: Counted) -> str:
    return "\n".join([f"{one.title}: {one.question}", *(f"{name}: {text}" for name, text in one.lines)])


def _last(show: Deck, report: Report) -> None:
    """What is not in here and why, and how to read the rest."""
    left = [
        safe_text.line(block.sentence) for section in report.sections for block in flat(section.blocks) if isinstance(block, Notice)
    ]
    page = slide_layout.page(show, "How to read these numbers")
    slide_layout.words(
        page, [report.promise, "How each is counted stands in the notes of its slide.", *dict.fromkeys(left)], page.body, 14
    )
    slide_layout.foot(page, " ".join(report.about), len(show.slides))
