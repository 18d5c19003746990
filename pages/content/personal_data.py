"""Which columns of rows a reader may see."""

import pandas as pd

from pages.access.reader import Reader
from queries import columns


def masked(frame: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Who may not see personal data sees the columns that are listed as not personal, and no other."""
    allowed = set(columns.for_everybody())
    return frame if reader.sees_personal_data else frame[[name for name in frame if name in allowed]]
