"""Which rows a reader may ask for behind a number."""

from pages.access.reader import Reader
from pages.content import personal_data
from queries import Filters, Metric
from queries.row_search import Question


def question(
    metric: Metric, filters: Filters, reader: Reader, search: str = "", left_out: bool = False, reason: str = ""
) -> Question:
    """What this reader may ask: personal columns are neither shown nor searched for those who may not see them."""
    hidden = () if reader.sees_personal_data else tuple(sorted(personal_data.PERSONAL))
    return Question(metric.id, filters, left_out, search, reason, hidden)
