"""Tiles, headings and quotes as HTML with classes of styles.css. Everything that comes from data is escaped here."""

from collections.abc import Sequence
from html import escape
from math import isnan, nan
from urllib.parse import quote

from pages.document.blocks import Finding, Quote, Tile
from pages.document.number_format import NOTHING

ARROWS = {"up": "↑", "down": "↓", "flat": "→"}
WORDS = {"better": "better", "worse": "worse"}
SURE = "The true value lies in this range 19 times out of 20; below it, how many it is worked out from"
WIDTH, TALL = 120.0, 28.0


def tile(shown: Tile) -> str:
    """Name, value, change, course, small print: always in this order, so that a row of tiles lines up."""
    value = f'<div class="dp-value{" dp-none" if shown.value == NOTHING else ""}">{escape(shown.value)}</div>'
    small = "".join(f"<div>{escape(line)}</div>" for line in shown.small)
    return (
        f'<div class="dp-tile{" dp-weak" if shown.weak else ""}"><div class="dp-name">{escape(shown.name)}</div>{value}'
        f'<div class="dp-change">{change(shown)}</div>{course(shown)}<div class="dp-small" title="{SURE}">{small}</div></div>'
    )


def change(shown: Tile) -> str:
    """An arrow and words carry the verdict; the colour only repeats it."""
    if shown.change is None:
        return ""
    verdict, moved = shown.change.direction, shown.change
    arrow = "" if verdict == "noise" else f'<span aria-hidden="true">{ARROWS[moved.arrow]}</span> '
    word = f' <span class="dp-sr">({WORDS[verdict]})</span>' if verdict in WORDS else ""
    return f'<span class="dp-{verdict}">{arrow}{escape(moved.sentence)}{word}</span>'


def course(shown: Tile) -> str:
    """The sparkline: gaps stay gaps, a running period is dotted, the target is dashed.

    Streamlit takes <svg> out of HTML, so the drawing is a mask over a coloured box; the colour then follows the theme.
    """
    known = [value for value in shown.course if not isnan(value)]
    if len(known) < 2:
        return ""
    aims = [nan if shown.target is None else shown.target] * len(shown.course) if not shown.promised else shown.promised
    ends = [*known, *(aim for aim in aims if not isnan(aim))]
    low, high = min(ends), max(ends)
    points = [_point(i, value, len(shown.course), low, high) for i, value in enumerate(shown.course)]
    whole, last = (points[:-1], points[-2:]) if shown.unfinished else (points, [])
    end = next(point for point in reversed(points) if point)
    lines = f"{_stroke(_path(whole), 1.7)}{_stroke(_path(last), 1.7, '1 4')}{_stroke(f'M{end[0]:.1f} {end[1]:.1f}h.01', 5.5)}"
    steps = _stroke(_steps(aims, low, high), 1, "4 3")
    target = _layer("target", steps) if steps else ""
    words = escape(f"{shown.name}: course over the period", quote=True)
    return f'<div class="dp-course" role="img" aria-label="{words}">{target}{_layer("line", lines)}</div>'


def _layer(name: str, strokes: str) -> str:
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -4 {WIDTH} {TALL + 8}" preserveAspectRatio="none" fill="none" '
        f'stroke="#000" stroke-linecap="round" stroke-linejoin="round">{strokes}</svg>'
    )
    return f'<i class="dp-{name}" style="mask-image:url(\'data:image/svg+xml,{quote(picture)}\')"></i>'


def _stroke(path: str, width: float, dashes: str = "") -> str:
    if not path:
        return ""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="{path}" stroke-width="{width}"{dashed} vector-effect="non-scaling-stroke"/>'


def _height(value: float, low: float, high: float) -> float:
    return TALL / 2 if high == low else TALL * (1 - (value - low) / (high - low))


def _steps(aims: Sequence[float], low: float, high: float) -> str:
    """Level for as long as a target holds, each place as wide as the next."""
    wide = WIDTH / max(len(aims), 1)
    return "".join(
        f"M{first * wide:.1f} {_height(aim, low, high):.1f}H{last * wide:.1f}"
        for first, last, aim in _level(aims)
        if not isnan(aim)
    )


def _level(aims: Sequence[float]) -> list[tuple[int, int, float]]:
    """Runs of equal targets: from which place to which."""
    runs: list[tuple[int, int, float]] = []
    for at, aim in enumerate(aims):
        if runs and (runs[-1][2] == aim or (isnan(aim) and isnan(runs[-1][2]))):
            runs[-1] = (runs[-1][0], at + 1, aim)
        else:
            runs.append((at, at + 1, aim))
    return runs


def _point(i: int, value: float, count: int, low: float, high: float) -> tuple[float, float] | None:
    return None if isnan(value) else (2 + (WIDTH - 4) * i / max(count - 1, 1), _height(value, low, high))


def _path(points: list[tuple[float, float] | None]) -> str:
    """A point between two gaps becomes a short stroke, or it would not be seen."""
    text, pen = [], False
    for point in points:
        if point:
            text.append(f"{'L' if pen else 'M'}{point[0]:.1f} {point[1]:.1f}" + ("" if pen else "h.01"))
        pen = point is not None
    return "".join(text)


def titled(title: str, under: str = "", level: int = 3) -> str:
    finding = f'<p class="dp-finding">{escape(under)}</p>' if under else ""
    return f'<div class="dp-head"><h{level} class="dp-title">{escape(title)}</h{level}>{finding}</div>'


def question(text: str, sentence: str) -> str:
    """The page's own title."""
    return f'<h1 class="dp-question">{escape(text)}</h1>' + (f'<p class="dp-sentence">{escape(sentence)}</p>' if sentence else "")


def note(text: str) -> str:
    return f'<p class="dp-note">{escape(text)}</p>'


def way(label: str, target: str) -> str:
    """A link to another page of ours, in the same window."""
    return f'<a class="dp-way" href="{escape(target, quote=True)}" target="_self">{escape(label)}</a>'


def quotes(shown: tuple[Quote, ...]) -> str:
    items = (
        f'<figure class="dp-quote dp-edge-{quote.direction}"><blockquote>{escape(quote.text)}</blockquote>'
        f"<figcaption>{escape(quote.about)}</figcaption></figure>"
        for quote in shown
    )
    return f'<div class="dp-quotes">{"".join(items)}</div>'


def finding(shown: Finding) -> str:
    said = f" “{shown.quote}”" if shown.quote else ""
    mark = shown.mark or WORDS.get(shown.direction, "·").capitalize()
    links = "".join(
        f'&ensp;<a href="{escape(target, quote=True)}" target="_self">{escape(label)}</a>' for label, target in shown.links
    )
    word = f'<span class="dp-{shown.direction} dp-mark">{escape(mark)}</span>'
    return f"<li>{word}<span>{escape(shown.sentence + said)}{links}</span></li>"


def findings(shown: tuple[Finding, ...], nothing: str) -> str:
    if not shown:
        return note(nothing)
    return f'<ul class="dp-findings">{"".join(map(finding, shown))}</ul>'
