"""Churn: "Who leaves, and what does it cost?"

Shared: whole
For: all
About: numbers
"""

from collections.abc import Iterator

from pages import context
from pages.content import ask, page, service_and_loyalty, standard_charts
from pages.document import charts, notices, tables
from pages.document.blocks import Block, Column, Notice
from pages.document.tables import Columns
from pages.screen.settings import gross_margin_form

TILES = ("customer_churn", "retention", "revenue_churn", "revenue_per_account")
VALUE = ("lifetime_value", "lifetime_value_simple", "lifetime_revenue", "repeat_purchase_rate")
MISSING = notices.missing("customers", "A customer or subscription export with start and end dates, or a churn flag,")
LOST: Columns = {
    "organization": "Customer",
    "ended_at": "Left",
    "mrr": Column("Paid a month", "money"),
    "segment": "Segment",
    "plan": "Plan",
    "tickets": Column("Tickets", "count"),
    "last_csat": Column("Last CSAT", "count"),
    "last_nps": Column("Last NPS", "count"),
}
COUNTS_HERE = "Subscriptions count here, because they say when. Undo their import to go by the other files."


def worth() -> Block | None:
    value = VALUE if gross_margin_form.known(context.current().store) else VALUE[2:]
    caption = "" if len(value) == len(VALUE) else "With the gross margin (Settings) it becomes a lifetime value."
    return ask.row(value, "What a customer is worth", caption)


def disagreement() -> Iterator[Block]:
    for _, found in ask.view("churn_disagreement").iterrows():
        said = {"marked as gone in the customer file": found["flagged"], "gone by a recorded churn event": found["recorded"]}
        parts = ", ".join(f"{count:,} are {words}" for words, count in said.items() if count)
        yield Notice(
            f"The files disagree about who has left. Of {found['paying']:,} with a running subscription, {parts}.",
            COUNTS_HERE,
            counts=(found["paying"], *(count for count in said.values() if count)),
            evidence=ask.evidence("customer_churn", view="churn_disagreement"),
        )


def course() -> list[Block]:
    return standard_charts.over_time(
        ("Customers lost a month", "customer_churn"), ("Revenue lost a month", "revenue_churn"), grain="month"
    )


def slices() -> list[Block]:
    return standard_charts.sliced("customer_churn", "segment", "plan", "country", title="Churn by {}")


def staying() -> Block | None:
    cells = ask.view("cohorts").rename(columns={"month": "age", "share": "value", "customers": "n"})
    why = ask.evidence("retention", view="cohorts")
    return charts.cohorts("What is left of each month's newcomers", cells, evidence=why) if len(cells) else None


def lost() -> Block | None:
    gone = ask.view("lost_customers")
    why = ask.evidence("customer_churn", view="lost_customers")
    return (
        tables.table("Customers lost in this period", gone, LOST, file_name="lost-customers", evidence=why) if len(gone) else None
    )


page.show(lambda: ask.row(TILES) or MISSING, worth, disagreement, course, slices, service_and_loyalty.by_answer, staying, lost)
