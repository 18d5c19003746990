"""A report as a mail: HTML that mail programs understand (tables, styles in each tag), and the same in plain text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from pages.document import chart_sentences, chart_tables, safe_text
from pages.document.blocks import Block, Chart, Finding, Findings, Notice, Table, Tile, Tiles, flat
from pages.document.markup import ARROWS
from pages.document.palette import LIGHT
from pages.document.report import Report

FONT = "font-family:Inter,'Segoe UI',Helvetica,Arial,sans-serif"
LINES = 13  # of a table of numbers; all of them are in the other forms
WHOLE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light"><title>{title}</title></head><body style="margin:0;background:{page}">'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">'
    '<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:640px;background:{card};'
    'border:1px solid {line}"><tr><td style="padding:28px 32px;{font};color:{ink};font-size:15px;line-height:1.5">{inside}'
    "</td></tr></table>"
    "</td></tr></table></body></html>"
)


@dataclass(frozen=True)
class Mail:
    """What is sent."""

    subject: str
    html: str
    text: str


def written(report: Report) -> Mail:
    """The finding of the first block is the subject: many readers see no more of it."""
    first = next((block for section in report.sections for block in flat(section.blocks)), None)
    subject = safe_text.line(chart_sentences.headline(first) if isinstance(first, Findings) else report.title, 120)
    return Mail(subject, _html(report), _text(report))


def _html(report: Report) -> str:
    parts = [_tag("h1", report.title, "font-size:22px;line-height:1.3;margin:0 0 8px")]
    parts += [_quiet(said) for said in (*report.about, report.note) if said]
    for section in report.sections:
        if len(report.sections) > 1:
            parts.append(_tag("h2", section.question, "font-size:18px;margin:28px 0 4px"))
        parts += [part for block in flat(section.blocks) for part in _block(block)]
    parts += [_tag("h3", "How it is counted", "font-size:14px;margin:28px 0 4px"), *_counted(report), _quiet(report.promise)]
    colours = {"page": LIGHT.page, "card": LIGHT.card, "line": LIGHT.line, "ink": LIGHT.ink}
    return WHOLE.format(title=_safe(report.title), inside="".join(parts), font=FONT, **colours)


def _counted(report: Report) -> Iterator[str]:
    for one in report.counted:
        here = next((text for name, text in one.lines if name == "Here"), "")
        formula = next((text for name, text in one.lines if name == "Formula"), "")
        yield _quiet(f"{one.title}: {formula}. {here}", f"counted-{one.metric}")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Tiles():
            yield from _headed(block.title, block.caption)
            yield _rows([_tile(tile) for tile in block.tiles])
        case Findings():
            yield from _headed(block.title, block.finding)
            yield _rows([_finding(one) for one in block.findings]) if block.findings else _quiet(block.nothing)
        case Chart() if block.series:
            yield from _headed(block.title, chart_sentences.chart(block) or block.finding)
            yield _numbers(*chart_tables.cells(block))
        case Table():
            yield from _headed(block.title, block.finding)
            yield _numbers(*chart_tables.lines(block))
        case Notice():
            yield _quiet(block.sentence)


def _headed(title: str, under: str) -> Iterator[str]:
    if title:
        yield _tag("h3", title, "font-size:15px;margin:22px 0 4px")
    if under:
        yield _quiet(under)


def _tile(tile: Tile) -> str:
    shade = _shade(tile.change.direction) if tile.change else LIGHT.muted
    return (
        f"{_safe(tile.name)} <strong>{_safe(tile.value)}</strong><br>"
        f'<span style="color:{shade};font-size:13px">{_safe(_moved(tile))}</span> '
        f'<span style="color:{LIGHT.muted};font-size:13px">{_safe(" · ".join(tile.small))}</span>'
    )


def _moved(tile: Tile) -> str:
    if tile.change is None:
        return ""
    return f"{'' if tile.change.direction == 'noise' else f'{ARROWS[tile.change.arrow]} '}{tile.change.sentence}"


def _finding(one: Finding) -> str:
    mark = f'<strong style="color:{_shade(one.direction)}">{_safe(one.verdict)}</strong> ' if one.verdict else ""
    way = f' <a href="#counted-{one.evidence.metric}" style="color:{LIGHT.accent};font-size:12px">how?</a>' if one.evidence else ""
    return f"{mark}{_safe(one.sentence)}{way}"


def _shade(direction: str) -> str:
    return str(getattr(LIGHT, direction)) if direction in ("better", "worse") else LIGHT.muted


def _rows(lines: Sequence[str]) -> str:
    cells = (f'<tr><td style="padding:7px 0;border-bottom:1px solid {LIGHT.grid}">{one}</td></tr>' for one in lines)
    return f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0">{"".join(cells)}</table>'


def _numbers(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if len(headings) > 8:  # weekdays by hours do not fit into a mail
        return _quiet("The numbers are in the report.")
    style = f"padding:3px 8px 3px 0;border-bottom:1px solid {LIGHT.grid};font-size:13px;text-align:"
    made = [_line("th", headings, style), *(_line("td", row, style) for row in rows[:LINES])]
    more = _quiet(f"And {len(rows) - LINES} more.") if len(rows) > LINES else ""
    return f'<table width="100%" cellpadding="0" cellspacing="0">{"".join(made)}</table>{more}'


def _line(tag: str, cells: Sequence[str], style: str) -> str:
    sides = ("left", *(["right"] * (len(cells) - 1)))
    made = (f'<{tag} style="{style}{side}">{_safe(said)}</{tag}>' for said, side in zip(cells, sides, strict=True))
    return f"<tr>{''.join(made)}</tr>"


def _quiet(said: str, name: str = "") -> str:
    anchor = f' id="{name}"' if name else ""
    return f'<p{anchor} style="color:{LIGHT.muted};font-size:13px;margin:0 0 6px">{_safe(said)}</p>' if said else ""


def _tag(name: str, said: str, style: str) -> str:
    return f'<{name} style="{style}">{_safe(said)}</{name}>'


def _safe(said: str) -> str:
    return escape(safe_text.text(said, 2000)).replace("\n", "<br>")


def _text(report: Report) -> str:
    """What a reader without HTML sees, and what others search in."""
    lines = [report.title, "=" * len(report.title), *report.about, *([report.note] if report.note else [])]
    for section in report.sections:
        if len(report.sections) > 1:
            lines += ["", section.question, "-" * len(section.question)]
        for block in flat(section.blocks):
            lines += ["", *SPOKEN[type(block)](block)] if type(block) in SPOKEN else []
    counted = [f"- {one.title}: {next((text for name, text in one.lines if name == 'Here'), '')}" for one in report.counted]
    return safe_text.text("\n".join([*lines, "", "How it is counted", *counted, "", report.promise]), 200_000) + "\n"


def _tiles_said(block: Tiles) -> list[str]:
    return [block.title, *map(_tile_said, block.tiles)]


def _tile_said(tile: Tile) -> str:
    moved = f", {tile.change.sentence}" if tile.change else ""
    small = " (" + ", ".join(tile.small) + ")" if tile.small else ""
    return f"- {tile.name}: {tile.value}{moved}{small}"


def _findings_said(block: Findings) -> list[str]:
    said = [f"- {f'{one.verdict}: ' if one.verdict else ''}{one.sentence}" for one in block.findings]
    return [block.title, *(said or [block.nothing])]


def _chart_said(block: Chart) -> list[str]:
    return [block.title, chart_sentences.chart(block) or block.finding or "The numbers are in the report."]


SPOKEN: dict[type, Callable[..., list[str]]] = {
    Tiles: _tiles_said,
    Findings: _findings_said,
    Chart: _chart_said,
    Table: lambda block: [block.title, *("- " + ", ".join(filter(None, row)) for row in chart_tables.lines(block)[1][:LINES])],
    Notice: lambda block: [block.sentence],
}
