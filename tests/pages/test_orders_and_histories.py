"""Repeat purchases stand on the churn page only where there are orders; a history alone fills the pages about tickets."""

from pathlib import Path

import pytest

from data.importing import import_file
from data.store import Store
from pages.content.page import FAILED
from tests.pages.whole import opened, said
from tests.queries.worlds import fill

ORDERS = """Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name
#1,ann@example.com,paid,EUR,26.00,2024-01-31 12:00:00,1,Mug
#1,ann@example.com,,,,2024-01-31 12:00:00,2,Tea
#2,ann@example.com,paid,EUR,9.00,2024-02-28 12:00:00,1,Tea
#3,bob@example.com,paid,EUR,9.00,2024-03-01 12:00:00,1,Tea
"""


def test_repeat_purchases_stand_beside_churn_where_there_are_orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(tmp_path / "shop.duckdb")
    (tmp_path / "orders.csv").write_text(ORDERS)
    import_file.import_file(store, tmp_path / "orders.csv")
    app = opened(monkeypatch, store, "churn", range="all")
    assert not app.exception
    assert FAILED.sentence not in said(app)
    assert "Repeat purchases" in said(app)
    fill(store, customers=[{"source": "crm", "id": f"c{at}", "churned": at % 2 == 0} for at in range(20)])
    assert "Repeat purchases" not in said(opened(monkeypatch, store, "churn", range="all"))


@pytest.mark.parametrize("path", ["", "resolution", "tickets"])
def test_a_page_opens_on_a_history_alone(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(tmp_path / "history.duckdb")
    (tmp_path / "history.csv").write_text(
        "field_name,ticket_id,updated,_fivetran_synced,user_id,value\n"
        "status,1595,2024-03-04 09:00:00,2024-03-20 02:32:49,,new\n"
        "status,1595,2024-03-04 11:00:00,2024-03-20 02:32:49,7,solved\n"
    )
    import_file.import_file(store, tmp_path / "history.csv")
    app = opened(monkeypatch, store, path, range="all")
    assert not app.exception
    assert FAILED.sentence not in said(app)
