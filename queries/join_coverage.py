"""How many rows of one source find their counterpart in the other tables: tickets their customers, answers their tickets."""

from __future__ import annotations

from dataclasses import dataclass

from data.store import Store
from queries import engine

TICKETS = "select id as key from tickets"
CUSTOMERS = "select id as key from customers union select lower(email) from customers where email is not null"
BY_TICKET = (("tickets", TICKETS, "ticket_id", "null"),)
BY_CUSTOMER = (("customers", CUSTOMERS, "customer_id", "lower(customer_email)"),)
BY_ACCOUNT = (("customers", "select id as key from customers", "customer_id", "null"),)
JOINS = {
    "tickets": BY_CUSTOMER,
    "messages": BY_TICKET,
    "events": BY_TICKET,
    "responses": (*BY_TICKET, *BY_CUSTOMER),
    "subscriptions": BY_CUSTOMER,
    "orders": BY_CUSTOMER,
    "churn_events": BY_ACCOUNT,
}


@dataclass(frozen=True)
class Joined:
    """Of the rows that name one, how many name a ticket or customer that is here."""

    to: str  # "tickets" or "customers"
    naming: int
    found: int


def of(table: str, source: str, store: Store | None = None) -> list[Joined]:
    """For each table that rows of this one may name; without those that none of them names, or that are empty."""
    store = engine.opened(store)
    return engine.remembered(store, ("joins", table, source), lambda: _of(table, source, store))


def _of(table: str, source: str, store: Store) -> list[Joined]:
    counted = [(to, _count(store, table, source, keys, first, second)) for to, keys, first, second in JOINS.get(table, ())]
    return [Joined(to, naming, found) for to, (naming, found, there) in counted if naming and there]


def _count(store: Store, table: str, source: str, keys: str, first: str, second: str) -> tuple[int, int, int]:
    """Rows that name one, those that find it, and how many there are to find."""
    sql = f"""
        with keys as (select distinct key from ({keys})),
        named as (select {first} as first, {second} as second from {table} where source = $source),
        found as (
          select n.first is not null or n.second is not null as naming,
            coalesce(n.first in (select key from keys), false) or coalesce(n.second in (select key from keys), false) as there
          from named n
        )
        select count(*) filter (naming), count(*) filter (there), (select count(*) from keys) from found"""
    with store.cursor() as cursor:
        row = cursor.execute(sql, {"source": source}).fetchone() or (0, 0, 0)
    return int(row[0]), int(row[1]), int(row[2])
