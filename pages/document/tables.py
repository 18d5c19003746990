"""Tables of rows: values read like everywhere else and still sort by size; CSV files open safely in a spreadsheet."""

from collections.abc import Mapping
from typing import Any

from pandas import DataFrame

from pages.document.blocks import Column, Table

Columns = Mapping[str, Column | str]


def table(title: str, frame: DataFrame, columns: Columns, **more: Any) -> Table:
    """`columns` in reading order; a plain string is a heading for text. Columns without a single value are not shown."""
    named = {key: Column(column) if isinstance(column, str) else column for key, column in columns.items()}
    filled = {key: column for key, column in named.items() if key in frame and frame[key].notna().any()}
    return Table(title, frame, filled, **more)
