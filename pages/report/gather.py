"""A report before it is printed: the blocks of its pages, safe to hand out, and what is said about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pages import context
from pages.access.reader import Reader
from pages.content.page import collect
from pages.context import Context
from pages.document import cell_suppression, number_format
from pages.document.blocks import metrics
from pages.document.report import NothingToShare, Plan, Progress, Report, Section, silent
from pages.menu import Entry
from pages.report import glossary, overlap, previous_period, redaction
from pages.report.block_counts import Pair
from pages.report.redaction_rules import Rules
from queries import Filters


def report(plan: Plan, now: Context, tell: Progress = silent, others: Sequence[Filters] = ()) -> Report:
    """Every page script runs once, as for somebody who may look and not see personal data; and for what others can see."""
    if now.filters.customer:
        raise NothingToShare("What is filtered to a customer cannot be shared.")
    k = max(plan.k, cell_suppression.K)
    asked = replace(now, reader=Reader("viewer"), chosen=now.chosen or {}, smallest=k)
    now = previous_period.comparable(asked, others, k)
    rules, sections = knowing(Rules(k, plan.name_agents), now), []
    near: list[Pair] = []
    for place, entry in enumerate(plan.pages):
        tell(f"Reading {entry.name}", place / (len(plan.pages) + 1))
        made = collect(entry.file, now)
        overlap.noted(entry.file, now, made)
        beside_it = overlap.pairs(entry.file, now, others)
        near += beside_it
        blocks = tuple(redaction.safe(made, replace(rules, near=beside_it)))
        sections.append(Section(entry.path, entry.name, entry.question, blocks))
    tell("Writing down how it is counted", len(plan.pages) / (len(plan.pages) + 1))
    names = list(dict.fromkeys(name for section in sections for name in metrics(section.blocks)))
    with context.of(now):
        counted = tuple(glossary.counted(names, replace(rules, near=near)))
    said = about(plan, now, rules) + ((previous_period.UNCOMPARED,) if now is not asked else ())
    return Report(plan.title, plan.note, said, promise(rules), tuple(sections), counted)


def knowing(rules: Rules, now: Context) -> Rules:
    """The same rules, with what readers of this selection know anyway: each number as a whole, and since when."""
    return replace(rules, total=lambda metric: overlap.total(metric, now), start=now.filters.period(now.today)[0])


def about(plan: Plan, now: Context, rules: Rules) -> tuple[str, ...]:
    """Which rows, how new they are, and when this was made."""
    shown = now.filters.narrowed(agent=tuple(map(rules.number, now.filters.agent)))
    newest = f"Data up to {number_format.day(now.as_of)}, {now.as_of:%H:%M}. " if now.as_of else ""
    return f"{shown.sentence(now.today)}.", f"{newest}Shared on {number_format.day(datetime(*plan.made.timetuple()[:3]))}."


def promise(rules: Rules) -> str:
    agents = "" if rules.name_agents else " Agents are numbered instead of named."
    return (
        f"95 % sure means that the true value lies in the range 19 times out of 20. Numbers that rest on {rules.few} rows are "
        f"not shown, nor are those that would give one away; they read “hidden”.{agents}"
    )


def printable(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Pages that are made of blocks alone; what one may choose there stays as it was."""
    return tuple(entry for entry in entries if entry.shared != "never")


def usual(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Of those, the ones of a whole report: about everything, and not about one choice."""
    return tuple(entry for entry in entries if entry.shared == "whole")
