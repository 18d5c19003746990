"""A report as one page that needs nobody: what the pages show, how it is counted, and until when the data goes."""

import json
import re
from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from html import escape
from pathlib import Path
from string import Template

import plotly.graph_objects as go

from pages.document import static
from pages.document.palette import DARK, LIGHT, Palette, template
from pages.document.report import Progress, Report, Section, silent
from pages.exports.html import assets, definition_list
from pages.exports.html.block_html import Printer

HERE = Path(__file__).parent
SHARED = re.compile(r"^(?:\.dp-[^{}]*\{[^}]*\}[ ]?)+", re.MULTILINE)  # whole rules, several in a line or one in several


class Html:
    """The page, with its scripts and fonts beside it; `assets.embedded` makes a single file of them."""

    ending = "html"
    mime = "text/html; charset=utf-8"

    def write(self, report: Report, progress: Progress = silent) -> bytes:
        """A single page under its own question needs no second heading."""
        printer, alone = Printer(), len(report.sections) == 1 and report.title == report.sections[0].question
        sections = [section(one, printer.blocks(one.blocks), alone) for one in report.sections]
        return filled(report, sections, printer.figures).encode("utf-8")


def section(page: Section, inside: str, alone: bool) -> str:
    heads = "" if alone else f'<p class="place">{escape(page.name)}</p><h2>{escape(page.question)}</h2>'
    return f'<section id="{page.path}">{heads}{inside}</section>'


def filled(report: Report, sections: list[str], figures: list[go.Figure]) -> str:
    note = f'<p class="note">{escape(report.note)}</p>' if report.note else ""
    return Template((HERE / "report_page.html").read_text("utf-8")).substitute(
        title=escape(report.title),
        note=note,
        about="".join(f"<li>{escape(line)}</li>" for line in report.about),
        ways=ways(report.sections),
        sections="".join(sections),
        promise=escape(report.promise),
        glossary=definition_list.entries(report.counted),
        style=style(),
        scripts=assets.scripts(),
        figures=kept(figures),
    )


def ways(pages: Sequence[Section]) -> str:
    if len(pages) < 2:
        return ""
    links = "".join(f'<a href="#{entry.path}">{escape(entry.name)}</a>' for entry in pages)
    return f'<nav aria-label="Pages of this report">{links}<a href="#counting">How it is counted</a></nav>'


def kept(figures: Sequence[go.Figure]) -> str:
    """The figures as JSON; no text in them can end the script element."""
    charts = []
    for figure in figures:
        chart = json.loads(str(figure.to_json()))
        chart["layout"].pop("template")
        charts.append({"data": chart["data"], "layout": chart["layout"]})
    common = json.loads(str(go.Figure(layout={"template": template(LIGHT)}).to_json()))["layout"]["template"]
    whole = {"template": common, "dark": turned(), "charts": charts}
    return json.dumps(whole, separators=(",", ":")).replace("<", "\\u003c")


@cache
def turned() -> dict[str, str]:
    """Each light colour with its dark one: a figure is drawn once, and the reader's browser picks the side."""
    return dict(zip(_colours(LIGHT), _colours(DARK), strict=True))


def _colours(palette: Palette) -> list[str]:
    found = [getattr(palette, field.name) for field in fields(palette)]
    return [colour for one in found for colour in ((one,) if isinstance(one, str) else one)]


@cache
def style() -> str:
    """The palette, the classes that reports share with the pages, and what only reports need."""
    shared = SHARED.findall(static.styles())
    own = (HERE / "report_page.css").read_text("utf-8")
    night = f"@media (prefers-color-scheme: dark) {{ @media screen {{ {variables(DARK)} }} }}"
    return "\n".join([assets.fonts(), variables(LIGHT), night, *shared, own])


def variables(palette: Palette) -> str:
    pairs = (f"--{field.name}: {getattr(palette, field.name)};" for field in fields(Palette))
    return ":root { " + " ".join(pair for pair in pairs if "(" not in pair) + " }"
