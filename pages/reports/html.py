"""A report as one page that needs nobody: what the pages show, how it is counted, and until when the data goes."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

import plotly.graph_objects as go

from pages import visit
from pages.access import Reader
from pages.elements import draw, look, values
from pages.elements.palette import DARK, LIGHT, Palette, template
from pages.menu import Entry
from pages.reports import assets, glossary, privacy
from pages.reports.printed import Printer
from pages.reports.privacy import Rules
from pages.visit import Visit

HERE = Path(__file__).parent
SHARED = re.compile(r"^\.dp-[^{}]*\{[^}]*\}", re.MULTILINE)  # whole rules, however many lines they take
Tell = Callable[[str, float], object]


class NothingToShare(ValueError):
    """Why this cannot be shared, in a sentence."""


@dataclass(frozen=True)
class Plan:
    """What is to be printed, and what the sharer says about it."""

    title: str
    note: str
    pages: tuple[Entry, ...]
    made: date
    k: int = privacy.K
    name_agents: bool = False


def report(plan: Plan, now: Visit, tell: Tell = lambda stage, share: None) -> str:
    """The whole page. Every page script runs once, as for somebody who may look and not see personal data."""
    if now.filters.customer:
        raise NothingToShare("What is filtered to a customer cannot be shared.")
    now = replace(now, reader=Reader("viewer"))
    rules, printer, sections, names = Rules(max(plan.k, privacy.K), plan.name_agents), Printer(), [], []
    for place, entry in enumerate(plan.pages):
        tell(f"Printing {entry.name}", place / (len(plan.pages) + 1))
        blocks = privacy.safe(draw.collected(entry.file, now), rules)
        names += glossary.metrics(blocks)
        sections.append(section(entry, printer.blocks(blocks), alone=len(plan.pages) == 1 and plan.title == entry.question))
    tell("Writing down how it is counted", len(plan.pages) / (len(plan.pages) + 1))
    with visit.of(now):
        words = glossary.entries(list(dict.fromkeys(names)), rules)
    return filled(plan, now, rules, sections, words, printer.figures)


def section(entry: Entry, inside: str, alone: bool) -> str:
    """One page. A single one under its own question needs no second heading."""
    heads = "" if alone else f'<p class="place">{escape(entry.name)}</p><h2>{escape(entry.question)}</h2>'
    return f'<section id="{entry.path}">{heads}{inside}</section>'


def filled(plan: Plan, now: Visit, rules: Rules, sections: list[str], words: str, figures: list[go.Figure]) -> str:
    note = f'<p class="note">{escape(plan.note)}</p>' if plan.note else ""
    return Template((HERE / "page.html").read_text("utf-8")).substitute(
        title=escape(plan.title),
        note=note,
        about="".join(f"<li>{escape(line)}</li>" for line in about(plan, now, rules)),
        ways=ways(plan.pages),
        sections="".join(sections),
        promise=escape(promise(rules)),
        glossary=words,
        style=style(),
        scripts=assets.scripts(),
        figures=kept(figures),
    )


def about(plan: Plan, now: Visit, rules: Rules) -> list[str]:
    """Which rows, how new they are, and when this was made."""
    shown = replace(now.filters, agent=tuple(rules.agent(name) for name in now.filters.agent))
    newest = f"Data up to {values.day(now.as_of)}, {now.as_of:%H:%M}. " if now.as_of else ""
    return [f"{shown.sentence(now.today)}.", f"{newest}Shared on {values.day(datetime(*plan.made.timetuple()[:3]))}."]


def promise(rules: Rules) -> str:
    agents = "" if rules.name_agents else " Agents are numbered instead of named."
    return (
        f"95 % sure means that the true value lies in the range 19 times out of 20. Numbers that rest on {rules.few} rows are "
        f"not shown, nor are those that would give one away; they read “hidden”.{agents}"
    )


def ways(pages: Sequence[Entry]) -> str:
    if len(pages) < 2:
        return ""
    links = "".join(f'<a href="#{entry.path}">{escape(entry.name)}</a>' for entry in pages)
    return f'<nav aria-label="Pages of this report">{links}<a href="#counting">How it is counted</a></nav>'


def kept(figures: Sequence[go.Figure]) -> str:
    """The figures as JSON; no text in them can end the script element."""
    charts = []
    for figure in figures:
        chart = json.loads(str(figure.to_json()))
        chart["layout"].pop("template", None)
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
    shared = SHARED.findall((look.HERE / "look.css").read_text("utf-8"))
    own = (HERE / "report.css").read_text("utf-8")
    night = f"@media (prefers-color-scheme: dark) {{ @media screen {{ {variables(DARK)} }} }}"
    return "\n".join([assets.fonts(), variables(LIGHT), night, *shared, own])


def variables(palette: Palette) -> str:
    pairs = (f"--{field.name}: {getattr(palette, field.name)};" for field in fields(Palette))
    return ":root { " + " ".join(pair for pair in pairs if "(" not in pair) + " }"


def printable(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Pages that are made of blocks alone. Those that ask their reader something, or list rows, are not printed."""
    told = ("Service", "Customers")
    return tuple(entry for entry in entries if entry.group in told and "import streamlit" not in entry.file.read_text("utf-8"))
