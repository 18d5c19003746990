"""Which columns of rows name a person or quote one."""

import pandas as pd

from pages.access.reader import Reader

PERSONAL = {
    "customer",
    "customer_name",
    "organization",
    "requester",
    "requester_email",
    "email",
    "name",
    "phone",
    "subject",
    "comment",
    "text",
    "body",
}


def masked(frame: pd.DataFrame, reader: Reader) -> pd.DataFrame:
    """Without columns that name a person or quote one, unless the reader may see them."""
    return frame if reader.sees_personal_data else frame.drop(columns=[name for name in frame if name in PERSONAL])
