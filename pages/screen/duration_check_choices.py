"""Which tickets stand behind a difference between file and stamps."""

from pandas import DataFrame

from pages import context
from pages.content import page_choices, personal_data
from pages.document import tables
from pages.document.blocks import Column, Table
from pages.document.tables import Columns
from pages.screen import url_choices
from queries import duration_check
from queries.duration_check import PAIRS

COLUMNS: Columns = {
    "id": "Ticket",
    "reason": Column("May be because", wide=True),
    "told": Column("In the file", "minutes"),
    "worked": Column("By the stamps", "minutes"),
    "apart": Column("Apart", "minutes"),
    "subject": Column("Subject", wide=True),
    "status": "Status",
    "channel": "Channel",
    "team": "Team",
    "agent": "Agent",
    "customer": "Customer",
    "created_at": "Created",
    "source": "Source",
}


def apart(found: DataFrame) -> Table | None:
    """The tickets on which a pair disagrees, chosen above them; nobody outside sees tickets."""
    if page_choices.fixed():
        return None
    odd = [pair for pair in PAIRS if ((found["pair"] == pair) & found["reason"].notna()).any()]
    if not odd:
        return None
    now = context.current()
    pair = url_choices.among("pair", "Show tickets that disagree on", odd, PAIRS.__getitem__, 320)
    frame = personal_data.masked(duration_check.apart(pair, now.filters, now.store), now.reader)
    return tables.table(
        f"Tickets that disagree: {PAIRS[pair].lower()}",
        frame,
        COLUMNS,
        file_name=f"crosscheck-{pair.replace(' ', '-')}",
        link="url",
    )
