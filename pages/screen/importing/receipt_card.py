"""What became of a file: every row accounted for, every column named, and what was proved or assumed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from data.importing import saved_formats
from data.store import Store
from pages.document import markup, number_format, safe_csv
from queries import import_history, join_coverage
from queries.import_history import Imported
from queries.join_coverage import Joined

PARTS = (("kept", "new"), ("updated", "updated"), ("unchanged", "already there"), ("set_aside", "set aside"))
ROWS = {
    "tickets": "tickets",
    "messages": "messages",
    "responses": "survey answers",
    "customers": "customers",
    "subscriptions": "subscriptions",
    "churn_events": "cancellations",
    "events": "changes of tickets",
    "orders": "lines of orders",
}
CORRECT = "To bring in rows that were set aside, correct them and drop them here; what is here already stays as it is."
UNREAD = "A cell that cannot be read is left empty, and its row counts for everything else."
PROOFS = {
    "year first": "year first, as written",
    "day first": "day first, proved by days above 12",
    "month first": "month first, proved by days above 12",
    "assumed day first": "day first, assumed: no date in the file proves it",
}
FEW = 10  # kinds of problems that are listed before the rest is folded


def draw(one: Imported, store: Store) -> None:
    """The whole receipt."""
    with st.container(gap="small"):
        _parts(one, store)


def _parts(one: Imported, store: Store) -> None:
    st.html(counts(one) + facts(one))
    if notes := one.receipt.get("notes"):
        st.html(listed("Good to know", notes))
    problems(one, store)
    st.html(joined(join_coverage.of(one.table, one.source, store)) + unlocked(one.receipt.get("unlocks") or {}))
    if columns := one.receipt.get("columns"):
        with st.expander(_columns_said(columns), type="compact"):
            st.html(became(columns))


def title(one: Imported) -> str:
    """`Zendesk ticket export, 30,112 rows`."""
    named = next((form.title for form in saved_formats.known() if form.name == one.format), one.format)
    return f"{named[:1].upper()}{named[1:]}, {number_format.count(one.rows_read, 'row', 'rows')}"


def counts(one: Imported) -> str:
    """Rows read = new + updated + already there + set aside, as one bar and in numbers."""
    amounts = [(key, label, getattr(one, key)) for key, label in PARTS if getattr(one, key) or key in ("kept", "set_aside")]
    bar = "".join(f'<i class="rc-{key}" style="flex-grow:{amount}"></i>' for key, _, amount in amounts if amount)
    sums = "".join(
        f'<span class="rc-plus" aria-hidden="true">{"=" if place == 0 else "+"}</span>'
        f'<span class="rc-part"><i class="rc-{key}" aria-hidden="true"></i><b>{number_format.number(amount)}</b> {label}</span>'
        for place, (key, label, amount) in enumerate(amounts)
    )
    read = (
        f'<span class="rc-part"><b>{number_format.number(one.rows_read)}</b> {"row" if one.rows_read == 1 else "rows"} read</span>'
    )
    return f'<div class="rc-bar" aria-hidden="true">{bar}</div><div class="rc-sum">{read}{sums}</div>'


def facts(one: Imported) -> str:
    """What every stamp was taken for, and how far the data goes."""
    said = [
        ("Became", ROWS.get(one.table, one.table)),
        ("Source", one.source),
        ("Dates", dates(one.date_order)),
        ("Times in", one.timezone),
        ("Data up to", f"{one.as_of.day} {one.as_of:%b %Y %H:%M}" if one.as_of else ""),
    ]
    pairs = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in said if text)
    return f'<dl class="rc-facts">{pairs}</dl>'


def dates(order: str | None) -> str:
    """The order of day and month, and whether the file proved it."""
    return PROOFS.get(order or "", order or "")


def listed(heading: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<div class="rc-notes"><h4>{escape(heading)}</h4><ul>{items}</ul></div>'


def problems(one: Imported, store: Store) -> None:
    """Each kind of problem with its count and first line, and the rows themselves to take along."""
    troubles: Sequence[Mapping[str, Any]] = one.receipt.get("problems") or ()
    if not troubles:
        st.html(markup.note("Every row and every cell could be read."))
        return
    st.html(trouble_table(troubles))
    aside, kept = ([trouble for trouble in troubles if bool(trouble["set_aside"]) is set_aside] for set_aside in (True, False))
    st.html(markup.note(" ".join([CORRECT] * bool(aside) + [UNREAD] * bool(kept))))
    with st.container(horizontal=True):
        if aside:
            _file("Rows set aside, with reasons", f"{one.id}-set-aside", partial(problem_file, one.id, True, store))
            _file("Rows to correct and bring again", f"{one.id}-to-correct", partial(rows_to_correct, one, store))
        if kept:
            _file("Cells in question", f"{one.id}-cells", partial(problem_file, one.id, False, store))


def _file(label: str, name: str, content: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        content,
        f"{name}.csv",
        "text/csv",
        key=f"problems-{name}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def problem_file(import_id: str, aside: bool, store: Store) -> bytes:
    found = import_history.problems(import_id, aside, store)
    return safe_csv.csv(found if aside else found.drop(columns="record"))


def rows_to_correct(one: Imported, store: Store) -> bytes:
    """As they stood in the file, with a mark that makes spreadsheets read UTF-8."""
    return import_history.to_correct(one, store).encode("utf-8-sig")


def joined(found: Sequence[Joined]) -> str:
    return listed("How it joins with the rest", list(map(_joined, found))) if found else ""


def _joined(one: Joined) -> str:
    """`Of 2,000 rows with a customer, 1,930 find theirs here (97 %).`"""
    rows, named = number_format.count(one.naming, "row", "rows"), one.to[:-1]
    if one.found == one.naming:
        return f"{'The' if one.naming == 1 else 'All'} {rows} with a {named} find{'s' if one.naming == 1 else ''} theirs here."
    return f"Of {rows} with a {named}, {number_format.number(one.found)} find theirs here ({100 * one.found / one.naming:.0f} %)."


def unlocked(unlocks: Mapping[str, Sequence[Mapping[str, str]]]) -> str:
    """What the file makes possible, in one sentence; what it would need for the rest, folded."""
    possible = [one["gives"] for one in unlocks.get("possible", ())]
    missing = [(one["gives"], one["column"]) for one in unlocks.get("missing", ())]
    said = f'<div class="rc-notes"><h4>What it makes possible</h4><p>{escape(_sentence(possible))}</p></div>' if possible else ""
    if not missing:
        return said
    table = html_table(("For", "the file would need"), [(_capital(gives), column) for gives, column in missing])
    summary = f"{number_format.count(len(missing), 'more column', 'more columns')} would tell more"
    return said + f"<div class='rc-scroll'><details><summary>{summary}</summary>{table}</details></div>"


def _sentence(parts: Sequence[str]) -> str:
    return f"{_capital('; '.join(parts))}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def trouble_table(troubles: Sequence[Mapping[str, Any]]) -> str:
    """Rows that were lost before cells that were, the most frequent first."""
    ordered = sorted(troubles, key=lambda trouble: (not trouble["set_aside"], -trouble["count"]))
    names = ("What was wrong", "Column", "#How often", "#First in line", "What was done")
    rows = [_trouble(one) for one in ordered]
    more = ""
    if rows[FEW:]:
        summary = number_format.count(len(rows[FEW:]), "more kind", "more kinds")
        more = f"<details><summary>{summary}</summary>{html_table(names, rows[FEW:])}</details>"
    return f"<div class='rc-scroll'>{html_table(names, rows[:FEW])}{more}</div>"


def _trouble(one: Mapping[str, Any]) -> tuple[str, ...]:
    first = number_format.number(one["first_line"]) if one["first_line"] else ""
    done = "row set aside" if one["set_aside"] else "row kept"
    return str(one["reason"]), str(one["column"] or ""), number_format.number(one["count"]), first, done


def html_table(names: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> str:
    """Small tables to read; a name that begins with # stands over numbers."""
    marks = [" class='rc-n'" if name.startswith("#") else "" for name in names]
    head = "".join(f"<th{mark}>{escape(name.lstrip('#'))}</th>" for name, mark in zip(names, marks, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{mark}>{escape(cell)}</td>" for cell, mark in zip(row, marks, strict=True)) + "</tr>" for row in rows
    )
    return f"<table class='rc-table {kind}'><tr>{head}</tr>{body}</table>"


def _columns_said(columns: Sequence[Mapping[str, Any]]) -> str:
    used = sum(bool(column["used_as"]) for column in columns)
    unused = len(columns) - used
    return f"{number_format.count(used, 'column', 'columns')} used" + (f", {unused} not used" if unused else "")


def became(columns: Sequence[Mapping[str, Any]]) -> str:
    """The file's columns and ours; those nobody needs are listed below."""
    used = [(str(one["column"]), "→", str(one["used_as"])) for one in columns if one["used_as"]]
    unused = ", ".join(escape(str(one["column"])) for one in columns if not one["used_as"])
    rest = f'<p class="dp-note"><b>Not used:</b> {unused}</p>' if unused else ""
    return f"<div class='rc-scroll'>{html_table(('In the file', '', 'Here'), used, 'rc-narrow')}</div>{rest}"
