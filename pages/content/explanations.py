"""What a number means, in words: its definition, how sure it is, from which rows."""

import re

import queries
from data.store import Store
from pages.document import number_format, tiles
from queries import Filters, Metric, business_hours, csat_scale, views

JOINER = "\u2060"


def drawn(view: str) -> str:
    """What a picture of a shape of its own shows, of the number above."""
    found = views.definition(view)
    return " ".join(["Shown here:", found.title, *found.caveat])


def said(metric: Metric, filters: Filters, store: Store) -> str:
    """The number itself, how sure it is, from how many, and under which filters."""
    value, low, high, n = tiles.numbers(queries.answer(metric.id, filters, store=store))
    interval = number_format.span(low, high, metric.unit, n)
    sure = f"95 % sure: {interval}" if interval else ""
    counted = number_format.count(n, *tiles.COUNTED[metric.rows])
    as_of = queries.as_of(store)
    facts = [tiles.main(metric, value, low, n), sure, counted, filters.sentence(as_of.date() if as_of else None)]
    return plain(" · ".join(fact for fact in facts if fact))


def plain(text: str) -> str:
    """Filter values come from files: nothing in them is taken for Markdown. Addresses, icons and emoji are looked for once the
    backslashes are gone; a joiner that nobody sees parts them."""
    parted = re.sub(r":(?=/|\S*:)|@(?=\w)|www(?=\.)", rf"\g<0>{JOINER}", text, flags=re.IGNORECASE)
    return re.sub(r"([\\`*_{}\[\]<>#+\-!|~$:&])", r"\\\1", parted)


def told(metric: Metric, filters: Filters, store: Store) -> list[tuple[str, str]]:
    """How it is counted, each line with its name; what a metric does not say is not there."""
    lines = [
        ("Formula", metric.formula),
        ("Satisfied", csat_scale.said(metric, store)),
        ("Clock", metric.clock),
        ("Needs", metric.needs),
        ("Hours", business_hours.said(metric, filters, store)),
    ]
    return [(name, text) for name, text in lines if text]
