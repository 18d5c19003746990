"""Churn: "Who leaves, and what does it cost?" """

from pages import visit
from pages.elements import ask, charts, draw, notices, tables
from pages.elements.blocks import Column

TILES = ("customer_churn", "retention", "revenue_churn", "revenue_per_account")
MISSING = notices.missing("customers", "A customer or subscription export with start and end dates, or a churn flag,")

FELT = {
    "good": "satisfied (CSAT)",
    "bad": "dissatisfied (CSAT)",
    "promoter": "promoters (NPS)",
    "passive": "passives (NPS)",
    "detractor": "detractors (NPS)",
}
LOST = {
    "organization": "Customer",
    "segment": "Segment",
    "plan": "Plan",
    "ended_at": "Left",
    "mrr": Column("Paid a month", "money"),
    "tickets": Column("Tickets", "count"),
    "last_csat": Column("Last CSAT", "count"),
    "last_nps": Column("Last NPS", "count"),
}


def course():
    customers, revenue = ask.long("month", "customer_churn", "revenue_churn")
    partial = ask.partial("month")
    return (
        [
            charts.trend(
                "Customers lost a month",
                customers,
                unit="percent",
                by="month",
                partial=partial,
                better="lower",
                counted="customers",
                finding=ask.YEAR,
                evidence=ask.evidence("customer_churn", "month"),
            ),
            charts.trend(
                "Revenue lost a month",
                revenue,
                unit="percent",
                by="month",
                partial=partial,
                better="lower",
                counted="customers",
                evidence=ask.evidence("revenue_churn", "month"),
            ),
        ]
        if customers["n"].sum()
        else None
    )


def slices():
    dimensions = ("segment", "plan", "country")
    answers = ask.answers(*(("customer_churn", by) for by in dimensions))
    made = [
        charts.dots(
            f"Churn by {by}",
            answer,
            unit="percent",
            by=by,
            better="lower",
            counted="customers",
            evidence=ask.evidence("customer_churn", by),
        )
        for by, answer in zip(dimensions, answers, strict=True)
        if len(answer) > 1
    ]
    return ask.pairs(made)


def satisfied():
    found = ask.view("churn_by_satisfaction")
    found = found[found["answer"] != "none"].assign(slice=lambda frame: [FELT[answer] for answer in frame["answer"]])
    return (
        charts.dots(
            "Churn by what customers said last",
            found,
            unit="percent",
            by="answer",
            better="lower",
            counted="customers",
            note="Associated with, not caused by: price, product and delivery move both.",
        )
        if len(found)
        else None
    )


def staying():
    cells = ask.view("cohorts")
    return (
        charts.cohorts(
            "What is left of each month's newcomers", cells.rename(columns={"month": "age", "share": "value", "customers": "n"})
        )
        if len(cells)
        else None
    )


def lost():
    gone = ask.view("lost_customers")
    return tables.table("Customers lost in this period", gone, LOST, file_name="lost-customers") if len(gone) else None


if visit.current().empty:
    draw.each(notices.first_start())
else:
    draw.each(lambda: ask.row(TILES) or MISSING, course, slices, satisfied, staying, lost)
