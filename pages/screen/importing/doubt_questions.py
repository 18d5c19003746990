"""What a file left open, as questions: each with what every answer would make of the numbers, and answered by one click."""

from collections.abc import Sequence

import streamlit as st

from data.cells.doubts import UNKNOWN, Doubt
from data.importing.doubt_records import Recorded
from data.store import Store
from pages.document import markup, number_format
from pages.jobs import import_jobs
from pages.screen.importing.html_table import html_table
from queries import METRICS, doubt_consequences, import_history
from queries.doubt_consequences import Consequences
from queries.import_history import Imported

ASSUMED = "assumed for now"
HOLDS = "Numbers that rest on what is open say so. What you answer holds for later files of this kind as well."
KEPT = "'{answer}' holds for the next file of this kind. The rows that are here need theirs: undo this import and bring it again."
LATER = "Show what each answer would make of the numbers"
AT_ONCE = 4 << 20  # bytes of a file that is read under every answer without being asked
FEW = 5  # questions that are shown before the rest is folded


def draw(one: Imported, store: Store) -> None:
    """Nothing where the file left nothing open."""
    found = [*enumerate(import_history.doubts(one.id, store))]  # words of the file stand in ids: a place is a safer key
    asked = [(place, doubt) for place, doubt in found if doubt.doubt.answer is None]
    answered = [(place, doubt) for place, doubt in found if doubt.doubt.answer is not None]
    if asked:
        _asked(one, asked, store)
    if answered:
        label = number_format.count(len(answered), "question answered", "questions answered")
        with st.expander(label, type="compact", key=f"answered-{one.id}"):
            for place, doubt in answered:
                _question(one, place, doubt, Consequences(), store)


def _asked(one: Imported, asked: Sequence[tuple[int, Recorded]], store: Store) -> None:
    title = number_format.count(len(asked), "open question", "open questions")
    st.html(markup.titled(title, HOLDS))
    told = _consequences(one, store)
    for place, doubt in asked[:FEW]:
        _question(one, place, doubt, told, store)
    if asked[FEW:]:
        with st.expander(f"{len(asked) - FEW} more", type="compact", key=f"more-doubts-{one.id}"):
            for place, doubt in asked[FEW:]:
                _question(one, place, doubt, told, store)


def _consequences(one: Imported, store: Store) -> Consequences:
    """Of a large file only when somebody asks: it is read once for every answer."""
    size = import_history.file_size(one.id, store)
    if import_jobs.server.busy or (size > AT_ONCE and not st.toggle(LATER, key=f"consequences-{one.id}")):
        return Consequences()
    with st.spinner("Reading the file under each answer"):
        return doubt_consequences.of_import(store, one.id)


def _question(one: Imported, place: int, recorded: Recorded, told: Consequences, store: Store) -> None:
    doubt = recorded.doubt
    with st.container(border=True, key=f"notice-doubt-{one.id}-{place}", gap="small"):
        st.html(markup.titled(doubt.question, touched(doubt)))
        st.html(readings(doubt, told))
        if sentence := told.untold.get(doubt.id):
            st.html(markup.note(sentence))
        if doubt.answer is None and (kept := import_history.remembered_answer(recorded, store)):
            st.html(markup.note(KEPT.format(answer=kept)))
        with st.container(horizontal=True):
            for way in doubt.alternatives:
                if way.answer != UNKNOWN and st.button(
                    button(way.answer, doubt),
                    key=f"{way.answer.replace(' ', '-')}-{one.id}-{place}",
                    disabled=import_jobs.server.busy or way.answer == doubt.answer,
                ):
                    import_jobs.answer(store, one.id, doubt.id, way.answer, one.file)
                    st.rerun()


def touched(doubt: Doubt) -> str:
    """`Created at: 1,200 rows.`"""
    rows = number_format.count(doubt.rows, "row", "rows")
    return f"{doubt.column}: {rows}." if doubt.column else f"{rows[:1].upper()}{rows[1:]}."


def button(answer: str, doubt: Doubt) -> str:
    """The answer as a button says it."""
    said = f"{answer[:1].upper()}{answer[1:]}"
    return f"{said}, as assumed" if answer == doubt.assumed and doubt.answer is None else said


def readings(doubt: Doubt, told: Consequences) -> str:
    """Every answer with its words and, as far as they are known, the numbers it would give."""
    numbers = told.numbers.get(doubt.id, {})
    names = list(next(iter(numbers.values()), {}))
    rows = []
    for way in doubt.alternatives:
        state = "as answered" if way.answer == doubt.answer else ASSUMED if way.answer == doubt.assumed and not doubt.answer else ""
        shown = [number_format.show(numbers[way.answer][name], METRICS[name].unit) for name in names]
        rows.append((f"{way.answer[:1].upper()}{way.answer[1:]}", way.words, *shown, state))
    titles = ("Answer", "What it means", *(f"#{METRICS[name].title}" for name in names), "")
    return f"<div class='rc-scroll'>{html_table(titles, rows)}</div>"
