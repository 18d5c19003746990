"""What each column of a file is: our best guess, corrected by the manager, and five rows as they would be read."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from data.files.read_table import Unreadable
from data.formats import Format
from data.headers.names import MINUTES
from data.importing import mapping, preview
from data.importing.mapping import Draft, Guess
from data.importing.recognise import Unrecognised
from data.store import Store
from pages.document import markup, number_format
from pages.screen.importing import receipt_card

ROWS_ARE = {
    "tickets": "a ticket",
    "messages": "a message of a ticket",
    "responses": "a survey answer",
    "customers": "a customer",
    "subscriptions": "a subscription",
    "churn_events": "a customer who left",
    "orders": "a line of an order",
    "events": "a change of a ticket",
}
UNUSED = "Not used"
SCALES = {None: "Let the values decide", 3.0: "up to 3", 5.0: "up to 5", 7.0: "up to 7", 10.0: "up to 10", 100.0: "up to 100"}
ORDERS = {None: "Let the file tell", "dmy": "Day first: 3/4 is 3 April", "mdy": "Month first: 3/4 is 4 March"}
AT_ONCE = 40  # columns shown before the rest is asked for
NAMES = {
    "csat": "CSAT score",
    "csat question score": "CSAT score",
    "nps": "NPS score",
    "nps question score": "NPS score",
    "ces question score": "CES score",
    "id": "Id of the row",
    "mrr": "Recurring revenue a month",
    "public": "Seen by the customer (yes or no)",
    "internal": "Internal note (yes or no)",
}
SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
KINDS = {"when": "moment", "duration": "duration", "flag": "yes or no"}


def whole(head: preview.Head, base: Format | None) -> Draft:
    """What a row is, and how dates and times are meant."""
    first = mapping.draft(head.header, head.looks, base)
    zones = [None, *number_format.zones()]
    left, middle, right = st.columns(3)
    tables = list(ROWS_ARE)
    table = left.selectbox(
        "Each row is", tables, tables.index(first.base.table), format_func=lambda one: ROWS_ARE[one], key="columns-table"
    )
    one = first if table == first.base.table else mapping.draft(head.header, head.looks, mapping.generic(table))
    orders = list(ORDERS)
    order = middle.selectbox(
        "Dates", orders, orders.index(one.date_order), format_func=lambda one: ORDERS[one], key="columns-order"
    )
    zone = right.selectbox(
        "Times without a zone are in",
        zones,
        zones.index(one.timezone),
        format_func=lambda one: one or "The workspace's zone",
        key="columns-zone",
    )
    return replace(one, date_order=order, timezone=zone)


def columns(one: Draft) -> Draft:
    """One line a column: its name and first values, what it is, and what its numbers count."""
    st.html(markup.titled("Columns", level=3))
    more = len(one.guesses) > AT_ONCE and st.toggle(f"Show all {len(one.guesses)} columns", key="columns-all")
    shown = one.guesses if more else [guess for guess in one.guesses if guess.examples or guess.column][:AT_ONCE]
    titles = {name: title_of(column.name, column.kind) for name, column in mapping.choosable(one.base).items()}
    told = {guess.place: _column(one, guess, titles) for guess in shown}
    return replace(one, guesses=tuple(told.get(guess.place, guess) for guess in one.guesses))


def _column(one: Draft, guess: Guess, titles: Mapping[str, str]) -> Guess:
    key = f"{one.base.table}-{guess.place}"
    left, middle, right = st.columns([5, 4, 3], vertical_alignment="center")
    left.html(_seen(guess))
    options: list[str | None] = [None, *titles]
    chosen = middle.selectbox(
        f"What {_spoken(guess.header)} is",
        options,
        options.index(guess.column),
        format_func=lambda name: titles.get(name, UNUSED) if name else UNUSED,
        key=f"columns-is-{key}",
        label_visibility="collapsed",
    )
    kind = mapping.choosable(one.base)[chosen].kind if chosen else ""
    by = guess.by if chosen == guess.column else "said"
    if kind == "duration":
        units = list(MINUTES)
        at = units.index(guess.unit) if guess.unit in units else None
        unit = right.selectbox(
            "Its numbers count", units, at, placeholder="Numbers count ...", key=f"columns-unit-{key}", label_visibility="collapsed"
        )
        return replace(guess, column=chosen, unit=unit, by=by)
    if kind == "score":
        scales = list(SCALES)
        at = scales.index(guess.scale) if guess.scale in scales and chosen == guess.column else 0
        scale = right.selectbox(
            "Highest score",
            scales,
            at,
            format_func=lambda one: SCALES[one],
            key=f"columns-scale-{key}",
            label_visibility="collapsed",
        )
        return replace(guess, column=chosen, scale=scale, by=by)
    if guess.by == "values" and chosen == guess.column:
        right.html('<p class="dp-note">guessed by its values</p>')
    return replace(guess, column=chosen, by=by)


def _seen(guess: Guess) -> str:
    """The column's name above its most frequent values."""
    examples = " · ".join(guess.examples) or "empty in the first rows"
    return f'<div class="cw-column"><b>{escape(guess.header)}</b><span>{escape(examples)}</span></div>'


def _spoken(text: str) -> str:
    """What a screen reader says of a name in the label of its box. Labels are drawn as Markdown, hidden ones too, and all that
    Markdown lives by are the signs of ASCII."""
    return " ".join(SIGNS.sub(" ", text).split()) or "this"


def title_of(name: str, kind: str) -> str:
    """`first_reply_minutes` is called `First reply, duration`."""
    if name in NAMES:
        return NAMES[name]
    words = name.removesuffix("_minutes").removesuffix("_at").replace("_", " ").replace("business", "in business hours")
    ending = f", {KINDS[kind]}" if kind in KINDS else ""
    return f"{words[:1].upper()}{words[1:]}{ending}"


def meanings(one: Draft) -> Draft:
    """Words of status, priority, channel and role that mean nothing here yet."""
    unknown = mapping.unknown_words(one)
    if not unknown:
        return one
    st.html(markup.titled("Words", "These words are not known here. What do they mean?", level=3))
    said: dict[str, dict[str, str]] = {}
    for column, words in unknown.items():
        for word in words:
            left, right = st.columns([5, 7], vertical_alignment="center")
            left.html(f'<div class="cw-column"><b>{escape(word)}</b><span>{escape(title_of(column, ""))}</span></div>')
            meant = right.selectbox(
                f"What {_spoken(word)} means",
                mapping.meanings_of(column),
                None,
                placeholder="Leave as it is",
                key=f"columns-word-{column}-{word}",
                label_visibility="collapsed",
            )
            if meant:
                said.setdefault(column, {})[word] = meant
    return replace(one, meanings=said)


def previewed(head: preview.Head, name: str, form: Format, store: Store) -> bool:
    """Five rows as they would be read, and what could not be."""
    st.html(markup.titled("How it would be read", level=3))
    try:
        found = preview.preview(store, head, form, name)
    except (Unrecognised, Unreadable):
        st.html(markup.note("Say at least of one column what it is."))
        return False
    st.html(preview_table(found) + (receipt_card.listed("Good to know", list(found.notes)) if found.notes else ""))
    said = [f"Dates {receipt_card.dates(found.date_order)}." if found.date_order else "", f"Times in {found.timezone}."]
    if found.no_record:
        aside = number_format.count(found.no_record, "row", "rows")
        said.append(f"{aside} of the first {found.rows:,} would be set aside: no id, or a line of totals.")
    st.html(markup.note(" ".join(filter(None, said))))
    return True


def preview_table(found: preview.Preview) -> str:
    """Our columns downwards, the rows across; a cell that cannot be read shows what stands in the file."""
    rows = []
    for one in found.columns:
        cells = [
            value if value is not None else f"cannot be read: {cell}" if cell else ""
            for value, cell in zip(one.values, one.cells, strict=True)
        ]
        unread = f"{one.unread:,} cannot be read" if one.unread else ""
        rows.append((title_of(one.column, ""), one.header, *(_short(one.column, cell) for cell in cells), unread))
    width = max((len(one.values) for one in found.columns), default=0)
    names = ("Here", "In the file", *(f"Row {number}" for number in range(1, width + 1)), f"Of the first {found.rows:,}")
    return f"<div class='rc-scroll'>{receipt_card.html_table(names, rows, 'cw-preview')}</div>"


def _short(column: str, cell: str) -> str:
    """Durations as people say them; long texts cut."""
    if column.endswith("_minutes") and cell.replace(".", "", 1).isdigit():
        return number_format.duration(float(cell))
    return cell if len(cell) <= 48 else cell[:47] + "…"
