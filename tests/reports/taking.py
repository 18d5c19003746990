"""Reads files that were taken along with programs of others, and gathers reports to make them of."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
from pptx import Presentation
from pypdf import PdfReader

from data.store import Store
from pages import menu
from pages.content.page import collect as collect
from pages.document.blocks import Block, flat
from pages.document.report import Plan, Report, Section
from pages.exports.registry import FORMS
from pages.report import gather
from tests.pages import reporting

EVERYTHING = gather.printable(menu.entries())


def gathered_from(store: Store, title: str = "How are we doing?", note: str = "For the board.", **filters: Any) -> Report:
    plan = Plan(title, note, EVERYTHING, date(2026, 11, 22))
    return gather.report(plan, reporting.visit(store, **(filters or {"range": "last-90d"})))


def made_of(*blocks: Block, title: str = "A report") -> Report:
    section = Section("here", "Here", "What is here?", blocks)
    return Report(title, "", ("All time.", "Data up to 1 Nov 2026."), "Some are left out.", (section,), ())


def blocks(report: Report, kind: type) -> list[Any]:
    return [block for section in report.sections for block in flat(section.blocks) if isinstance(block, kind)]


def printed(report: Report, ending: str) -> bytes:
    return FORMS[ending].load().write(report)


def deck(file: bytes) -> Any:
    return Presentation(BytesIO(file))


def charts(file: bytes) -> list[Any]:
    return [shape.chart for slide in deck(file).slides for shape in slide.shapes if shape.has_chart]


def sheets(file: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(BytesIO(file))
    return {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}


def pages(file: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(file)).pages]


def everything(file: bytes, ending: str) -> str:
    """All text in a file, that of files within it as well."""
    return "\n".join(pages(file)) if ending == "pdf" else "\n".join(_parts(file))


def _parts(file: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                yield from _parts(archive.read(name))
            elif name.endswith((".xml", ".rels")):
                yield archive.read(name).decode("utf-8")
