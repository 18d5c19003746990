"""Which rows a reader may ask for behind a number."""

from pages.access.reader import Reader
from queries import Filters, Metric
from queries.row_search import Selection


def question(
    metric: Metric, filters: Filters, reader: Reader, search: str = "", left_out: bool = False, reason: str = ""
) -> Selection:
    """What this reader may ask: personal columns are neither shown nor searched for those who may not see them."""
    return Selection(metric.id, filters, left_out, search, reason, for_everybody=not reader.sees_personal_data)
