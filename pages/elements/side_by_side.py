"""Two slices beside each other, as people read them: what differs in a sentence, all numbers in a table, and their course."""

from collections.abc import Sequence

import streamlit as st
from pandas import DataFrame, Series

import queries
from pages import visit
from pages.elements import ask, charts, choices, link, tables, tiles, values, verdicts
from pages.elements.blocks import Block, Chart, Column, Finding, Findings, Notice, Table
from pages.elements.filter_bar import SLICES
from queries import Ask, Filters, beside
from queries.beside import Beside
from queries.masking import mask

NUMBERS = (
    "first_reply_time",
    "first_reply_time_p90",
    "first_reply_within_target",
    "resolution_time",
    "first_contact_resolution",
    "reopen_rate",
    "agents_per_ticket",
    "csat",
    "nps",
    "customer_churn",
)
COURSES = ("first_reply_time", "resolution_time", "csat")
PERSONAL = "Two agents beside each other are left out of shared pages."
NONE = "No difference is more than chance."


def bound() -> None:
    """The part that lives in the address."""
    choices.in_address("slices", list(beside.DIMENSIONS))


def sides() -> tuple[str, str, str] | None:
    """The dimension and the two values of the address, else the two largest; None where nothing has two values."""
    now = visit.current()
    known = {by: found for by in beside.DIMENSIONS if len(found := queries.options(by, now.store)) > 1}
    if not known:
        return None
    by = _dimension(list(known))
    left = _value("This one", "left", known[by])
    return by, left, _value("against", "right", [value for value in known[by] if value != left])


def _dimension(words: list[str]) -> str:
    return choices.among("slices", "Compare by", words, SLICES.__getitem__, 200)


def _value(label: str, key: str, words: list[str]) -> str:
    if choices.fixed():
        return choices.said(key) if choices.said(key) in words else words[0]
    if st.session_state.get(key, words[0]) not in words:
        st.session_state[key] = words[0]  # of another dimension: unless told, a browser goes on showing what it had
    return str(st.selectbox(label, words, key=key, bind="query-params", width=220))


def compared(by: str, left: str, right: str) -> list[Block]:
    """The page below its question."""
    now = visit.current()
    if now.smallest and by == "agent":
        return [Notice(PERSONAL)]
    found = beside.beside(by, left, right, NUMBERS, now.filters, now.store, now.heartbeat)
    if not found:
        return [Findings(f"{left} and {right}", (), "Neither has numbers that the other has too, in this selection.")]
    one, other = (mask(name) if now.smallest else name for name in (left, right))
    sides = [beside.narrowed(now.filters, by, name) for name in (left, right)]
    return [sentences(found, one, other, sides), table(found, one, other), *courses(by, left, right)]


def sentences(found: list[Beside], left: str, right: str, sides: Sequence[Filters] = ()) -> Findings:
    """What differs more than chance, the clearest first, with the rows of both sides."""
    real = sorted((one for one in found if one.real), key=lambda one: -verdicts.clearness(one.change))
    said = [
        Finding(
            _sentence(one, left, right),
            links=tuple(_rows_of(name, one, side) for name, side in zip((left, right), sides, strict=False)),
            n=float(min(one.left["n"], one.right["n"])),
        )
        for one in real
    ]
    return Findings(f"{left} against {right}", tuple(said), NONE)


def _rows_of(name: str, one: Beside, side: Filters) -> tuple[str, str]:
    here = visit.current()
    return f"Rows of {name}", link.onward("tickets", side.resolved(here.today), here.store.version(), behind=one.metric.id)


def _sentence(one: Beside, left: str, right: str) -> str:
    mine, other = (values.show(row["value"], one.metric.unit, row["n"]) for row in (one.left, one.right))
    return f"{one.metric.title}: {left} {mine}, {right} {other}: {verdicts.size(one.change, one.metric)}."


def table(found: list[Beside], left: str, right: str) -> Table:
    """Every number for both, the difference with its interval, and whether it is more than chance."""
    frame = DataFrame([_row(one) for one in found])
    columns: dict[str, Column | str] = {
        "number": "Number",
        "left": left,
        "left_sure": "95 % sure",
        "right": right,
        "right_sure": "95 % sure ",
        "difference": "Difference",
        "verdict": "Real?",
        "n": Column("n at least", "count"),
    }
    return tables.table("All numbers", frame, columns, counted="n", file_name="compared")


def _row(one: Beside) -> dict[str, object]:
    unit = one.metric.unit
    left, right = (tiles.main(one.metric, *_numbers(row)) for row in (one.left, one.right))
    return {
        "number": one.metric.title,
        "left": left,
        "left_sure": values.span(one.left["low"], one.left["high"], unit, one.left["n"]),
        "right": right,
        "right_sure": values.span(one.right["low"], one.right["high"], unit, one.right["n"]),
        "difference": "the same" if left == right or not one.change.difference else verdicts.size(one.change, one.metric),
        "verdict": _verdict(one),
        "n": min(one.left["n"], one.right["n"]),
    }


def _numbers(row: "Series[float]") -> tuple[float, float, float]:
    return float(row["value"]), float(row["low"]), float(row["n"])


def _verdict(one: Beside) -> str:
    if one.change.direction == "unknown":
        return "too few to say" if min(one.left["n"], one.right["n"]) < values.FEW else "not judged"
    return "yes" if one.real else "no"


def courses(by: str, left: str, right: str) -> list[Block]:
    """Both over time, one chart a number."""
    now = visit.current()
    if now.as_of is None:
        return []
    names, grain = beside.applicable(by, COURSES), ask.by_time()
    sides = {value: beside.narrowed(now.filters, by, value) for value in (left, right)}
    found = queries.answers([Ask(name, side, grain) for name in names for side in sides.values()], now.store, now.heartbeat)
    pairs = zip(names, found[::2], found[1::2], strict=True)
    return ask.pairs([_course(name, {left: one, right: other}, grain) for name, one, other in pairs if _both(one, other)])


def _both(one: DataFrame, other: DataFrame) -> bool:
    return bool(one["n"].sum() and other["n"].sum())


def _course(name: str, answers: dict[str, DataFrame], grain: str) -> Chart:
    metric = queries.metric(name)
    shared = {"unit": metric.unit, "by": grain, "partial": ask.partial(), "better": metric.better}
    proof = ask.evidence(name, grain)
    return charts.trend(metric.title, answers, counted=tiles.COUNTED[metric.rows][1], evidence=proof, **shared)
