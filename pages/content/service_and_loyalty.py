"""From service to loyalty to revenue: what the data allows to say, and how much of it could be joined."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

import queries
from pages.content import ask
from pages.document import charts, number_format, tables
from pages.document.blocks import Chart, Column, Finding, Findings, Notice, Table
from pages.document.tables import Columns
from queries import significance

SAID = {  # the worse half of a pair, the better one, and what people call the worse
    "csat": ("bad", "good", "Dissatisfied customers", "satisfied ones"),
    "nps": ("detractor", "promoter", "Detractors", "promoters"),
}
FELT = {
    "bad": "dissatisfied (CSAT)",
    "good": "satisfied (CSAT)",
    "detractor": "detractors (NPS)",
    "passive": "passives (NPS)",
    "promoter": "promoters (NPS)",
}
NOTE = "Associated with, not caused by: price, product and delivery move both."
AT_RISK: Columns = {
    "name": "Customer",
    "mrr": Column("Pays a month", "money"),
    "segment": "Segment",
    "plan": "Plan",
    "last_csat": Column("Last CSAT", "count"),
    "last_nps": Column("Last NPS", "count"),
    "tickets": Column("Tickets", "count"),
    "wait": Column("Waited, median", "minutes"),
}


def answer() -> Findings | None:
    """One sentence for each survey: do those who are unhappy leave? Both are looked at at once, and judged together."""
    groups = dict(ask.view("churn_by_satisfaction").set_index(["kind", "answer"]).iterrows())
    told = [kind for kind, (worse, better, *_) in SAID.items() if {(kind, worse), (kind, better)} <= set(groups)]
    pairs = [(groups[kind, SAID[kind][0]], groups[kind, SAID[kind][1]]) for kind in told]
    changes = [significance.change(queries.metric("customer_churn"), bad, good) for bad, good in pairs]
    said = [
        Finding(_leaving(kind, bad, good, change, real), n=min(bad["n"], good["n"]))
        for kind, (bad, good), change, real in zip(told, pairs, changes, significance.surviving(changes), strict=True)
    ]
    why = ask.evidence("customer_churn", view="churn_by_satisfaction")
    return Findings("In short", (*said, *_stake()), evidence=why) if said else None


def _leaving(kind: str, bad: "pd.Series[float]", good: "pd.Series[float]", change: significance.Change, real: bool) -> str:
    *_, name, others = SAID[kind]
    shares = (
        f"{number_format.show(bad['value'], 'percent', bad['n'])} against {number_format.show(good['value'], 'percent', good['n'])}"
    )
    if change.direction == "unknown":
        return f"{name} and {others}: too few to say who leaves more often."
    if not real:
        return f"{name} left about as often as {others} ({shares}): no more than chance."
    return f"{name} left {'more' if change.difference > 0 else 'less'} often than {others}: {shares}. More than chance."


def _stake() -> Iterator[Finding]:
    for _, first in ask.view("at_risk").head(1).iterrows():
        paying = (
            f" They pay {number_format.show(first['of_mrr'], 'money')} a month." if number_format.known(first["of_mrr"]) else ""
        )
        many = number_format.count(first["of_customers"], "customer", "customers")
        yield Finding(
            f"Last said to be dissatisfied, or would not recommend, and still here: {many}.{paying}", n=first["of_customers"]
        )


def by_answer() -> Chart | None:
    found = ask.view("churn_by_satisfaction")
    found = found[found["answer"] != "none"].assign(
        slice=lambda frame: [FELT[said] for said in frame["answer"]], question=lambda frame: frame["kind"]
    )
    if found.empty:
        return None
    return charts.dots(
        "Who leaves, by what they said last",
        found,
        unit="percent",
        by="answer",
        better="lower",
        counted="customers",
        note=NOTE,
        evidence=ask.evidence("customer_churn", view="churn_by_satisfaction"),
    )


def by_service() -> Chart | None:
    """Churn of those without a ticket, by wait, and by whether a ticket came back."""
    found = ask.view("churn_by_service")
    if len(found) < 2:
        return None
    asked = found["about"].where(found["about"] == "wait", "returns")
    return charts.dots(
        "Who leaves, by how they were served",
        found.assign(slice=[_served(row) for _, row in found.iterrows()], question=asked),
        unit="percent",
        by="service",
        better="lower",
        counted="customers",
        ordered=True,
        note=f"By tickets of the half year before. {NOTE}",
        evidence=ask.evidence("customer_churn", view="churn_by_service"),
    )


def _served(row: "pd.Series[Any]") -> str:
    return f"waited up to {number_format.duration(row['wait_to'])}" if row["about"] == "wait" else str(row["about"])


def at_risk() -> Table | None:
    found = ask.view("at_risk")
    if found.empty:
        return None
    if "customer" in found:  # not for viewers
        found = found.assign(name=found["organization"].fillna(found["name"]).fillna(found["customer"]))
    finding = "Still here, but last dissatisfied or unlikely to recommend. The largest first."
    why = ask.evidence("retention", view="at_risk")
    return tables.table("Customers at risk", found, AT_RISK, finding=finding, file_name="at-risk", evidence=why)


def coverage() -> Notice | None:
    """How much of the chain could be joined at all."""
    for _, row in ask.view("matched").iterrows():
        tickets, answers = (
            number_format.show(100 * row[name] / row["customers"], "percent") for name in ("with_tickets", "with_answers")
        )
        everyone = number_format.count(row["customers"], "customer", "customers")
        return Notice(
            f"Of {everyone}, {tickets} have a ticket and {answers} have answered a survey.",
            "The others are in no group above that needs one. Customers are joined by id or e-mail.",
            counts=(row["customers"], row["with_tickets"], row["with_answers"]),
            evidence=ask.evidence("retention", view="matched"),
        )
    return None
