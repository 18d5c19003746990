"""Tables of rows on the screen: words for people over numbers for sorting."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st
from pandas import DataFrame
from pandas.io.formats.style import Styler
from streamlit.column_config import Column as Heading
from streamlit.column_config import LinkColumn

from pages.document import number_format
from pages.document.blocks import Column, Table
from pages.document.safe_csv import csv

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROW, ALL, SOME = 34, 12, 10  # height of a row; as many are shown whole; of more, so many
STYLED = 2000  # rows up to which every cell is written out in words


def draw(shown: Table, key: str, to_take: bool = True) -> None:
    """Sortable and searchable, at most as high as a screen; a row cut in half says that there are more below."""
    links = {name: label for name, label in ((shown.link, "open"), (shown.onward, "tickets")) if name in shown.frame}
    picked = with_links(shown.frame[[*shown.columns, *links]], shown.link)
    ways = {name: LinkColumn("", display_text=label, width="small") for name, label in links.items()}
    st.dataframe(
        worded(picked, shown.columns),
        key=key,
        hide_index=True,
        column_config=heads(shown.columns) | ways,
        height=_height(len(picked)),
        row_height=ROW,
        placeholder="",
    )
    if not to_take:
        return
    with st.container(horizontal=True, gap="small"):
        _file(shown, "CSV", "csv", "text/csv", partial(csv, picked.drop(columns=shown.onward, errors="ignore")), f"{key}-csv")
        _file(shown, "Spreadsheet", "xlsx", WORKBOOK, partial(_workbook, shown), f"{key}-xlsx")


def _height(rows: int) -> int:
    return ROW * (rows + 1) + 2 if rows <= ALL else ROW * (SOME + 1) + ROW // 2


def _file(shown: Table, label: str, ending: str, kind: str, made: Callable[[], bytes], key: str) -> None:
    """Made when somebody asks for it."""
    name, icon = f"{shown.file_name}.{ending}", ":material/download:"
    st.download_button(label, made, name, kind, key=key, type="tertiary", icon=icon, on_click="ignore")


def _workbook(shown: Table) -> bytes:
    from pages.exports.xlsx import workbook  # only here: it is large, seldom needed, and stands on this module

    return workbook.of_table(shown.title, shown.frame, shown.columns)


def with_links(frame: DataFrame, column: str) -> DataFrame:
    """Addresses come from files: only those of the web are links, whatever else a cell says."""
    if column not in frame:
        return frame
    web = frame[column].astype("string").str.match(r"https?://", case=False).fillna(False)
    return frame.assign(**{column: frame[column].where(web.astype(bool), None)})


def heads(columns: Mapping[str, Column]) -> dict[str, Any]:
    """Headings for Streamlit's table."""
    return {name: Heading(column.label, width="large" if column.wide else None) for name, column in columns.items()}


def worded(frame: DataFrame, columns: Mapping[str, Column]) -> DataFrame | Styler:
    """Words for people over numbers for sorting."""
    words: dict[Any, str | Callable[[Any], str] | None] = {
        name: partial(number_format.show, unit=column.unit) for name, column in columns.items() if column.unit
    }
    words |= {name: number_format.day for name in frame.select_dtypes("datetime")}
    return frame.style.format(words, na_rep="") if words and len(frame) <= STYLED else frame
