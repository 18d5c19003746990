"""The forms in which a report leaves: the one list that the buttons, the addresses and the commands go by."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from pages.document import safe_text
from pages.document.report import Progress, Report, silent


class Exporter(Protocol):
    """Writes a report as a file of one kind. It knows the report and nothing else: no store, no reader, no other exporter."""

    ending: str
    mime: str

    def write(self, report: Report, progress: Progress = silent) -> bytes:
        """The whole file."""


@dataclass(frozen=True)
class Form:
    """What people call a kind of file, and the exporter that writes it."""

    name: str
    ending: str
    module: str
    exporter: str
    icon: str
    phrase: str

    def load(self) -> Exporter:
        """Exporters are large and seldom needed: each is loaded when somebody first asks for it."""
        return cast(Exporter, getattr(import_module(f"pages.exports.{self.module}"), self.exporter)())

    def file_name(self, title: str) -> str:
        return safe_text.file_name(title, self.ending)


FORMS: Mapping[str, Form] = {
    form.ending: form
    for form in (
        Form("Slides", "pptx", "pptx.deck", "Slides", ":material/slideshow:", "slides"),
        Form("Spreadsheet", "xlsx", "xlsx.workbook", "Spreadsheet", ":material/table_view:", "the spreadsheet"),
        Form("PDF", "pdf", "pdf.document", "Pdf", ":material/picture_as_pdf:", "the PDF"),
    )
}
