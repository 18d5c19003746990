"""The forms in which a report can be taken along: the one list that the buttons, the addresses and the commands go by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from pages.document import safe_text
from pages.document.report import Report, Tell


@dataclass(frozen=True)
class Form:
    """What people call it, what its files end in, and which module prints it."""

    name: str
    ending: str
    kind: str  # as browsers and mail programs are told
    module: str
    icon: str
    said: str

    def written(self, report: Report, tell: Tell = lambda stage, share: None) -> bytes:
        """The printers are large and seldom needed: each is loaded when somebody first asks for it."""
        print_it: Callable[[Report, Tell], bytes] = import_module(f"pages.exports.{self.module}").written
        return print_it(report, tell)

    def file_name(self, title: str) -> str:
        return safe_text.file_name(title, self.ending)


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS: Mapping[str, Form] = {
    form.ending: form
    for form in (
        Form("Slides", "pptx", f"{OFFICE}.presentationml.presentation", "pptx.deck", ":material/slideshow:", "slides"),
        Form("Spreadsheet", "xlsx", f"{OFFICE}.spreadsheetml.sheet", "xlsx.workbook", ":material/table_view:", "the spreadsheet"),
        Form("PDF", "pdf", "application/pdf", "pdf.document", ":material/picture_as_pdf:", "the PDF"),
    )
}
