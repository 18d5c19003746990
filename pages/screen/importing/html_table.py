"""Small tables to read, in receipts and in the mapping form."""

from collections.abc import Sequence
from html import escape


def html_table(names: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    """Small tables to read; a name that begins with # stands over numbers."""
    marks = [" class='rc-n'" if name.startswith("#") else "" for name in names]
    head = "".join(f"<th{mark}>{escape(name.lstrip('#'))}</th>" for name, mark in zip(names, marks, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{mark}>{escape(cell)}</td>" for cell, mark in zip(row, marks, strict=True)) + "</tr>" for row in rows
    )
    return f"<table class='rc-table {kind}'><tr>{head}</tr>{body}</table>"
