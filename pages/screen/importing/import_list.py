"""Every import with its receipt, and the way back: an undo says what it takes away before it does."""

from collections.abc import Sequence

import streamlit as st

from data.importing import saved_formats
from data.store import Store
from pages.content import explanations
from pages.document import markup, number_format
from pages.jobs import import_jobs
from pages.screen.importing import mapping_wizard, receipt_card
from queries.import_history import Imported

SHOWN = 20
ASSUMED = "No date in it is later than the 12th of a month, so it proves neither. 03/04 was taken for 3 April."
ALONE = "This is sample data of an invented company.", "Take it out before you bring your own files."
MIXED = "Sample data counts in every number, beside your own.", "Take it out to see only your own."


def draw(found: Sequence[Imported], store: Store) -> None:
    """The newest stands open; the others open, and are only then worked out, at a click."""
    st.html(markup.titled("What came in", level=2))
    total = len(found)
    most = SHOWN if total <= SHOWN or not st.toggle(f"Show all {total}", key="all-imports") else total
    for place, one in enumerate(found[:most]):
        opened = st.expander(_label(one), expanded=place == 0, key=f"import-{one.id}", on_change="rerun")
        if opened.open:
            with opened:
                _one(one, store)


def _label(one: Imported) -> str:
    aside = f" · {number_format.number(one.set_aside)} set aside" if one.set_aside else ""
    return explanations.plain(f"{receipt_card.title(one)}{aside} · {one.file} · {one.at.day} {one.at:%b %Y %H:%M}")


def _one(one: Imported, store: Store) -> None:
    receipt_card.draw(one, store)
    _question(one, store)
    with st.container(horizontal=True):
        if st.button("Undo this import", key=f"undo-{one.id}", type="tertiary", icon=":material/undo:"):
            st.dialog("Undo this import?")(_confirm)([one], store, one.file)
        job = import_jobs.of_import(one.id)
        if job and not import_jobs.server.busy:
            before = next((form for form in saved_formats.known() if form.name == one.format), None)  # it may have been forgotten
            mapping_wizard.offer(job, store, "A column is not right", before)


def _question(one: Imported, store: Store) -> None:
    """What the file could not prove is asked, as long as the file is here to be read again."""
    job = import_jobs.of_import(one.id)
    if job is None or import_jobs.server.busy or not import_jobs.doubtful(job.receipt):
        return
    with st.container(border=True, key=f"notice-dates-{one.id}", gap="small"):
        st.html(markup.titled("Does the day or the month come first in this file's dates?", ASSUMED))
        with st.container(horizontal=True):
            if st.button("The day, as assumed", key=f"day-{one.id}"):
                import_jobs.server.dismiss(job.id)
                st.rerun()
            if st.button("The month: read it again", key=f"month-{one.id}"):
                import_jobs.read_again(store, job, date_order="mdy")
                st.rerun()


def remove_sample(found: Sequence[Imported], store: Store) -> None:
    """A standing reminder while invented numbers are among the real ones."""
    invented = [one for one in found if one.source == import_jobs.SAMPLE]
    if not invented or import_jobs.server.busy:
        return
    alone = len(invented) == len(found)
    with st.container(border=True, key="notice-sample", horizontal=True, vertical_alignment="center"):
        st.html(markup.titled(*(ALONE if alone else MIXED)))
        if st.button("Remove the sample data", key="remove-sample", icon=":material/delete:"):
            import_jobs.take_back(store, [one.id for one in invented], "Removing the sample data")
            st.rerun()


def _confirm(found: Sequence[Imported], store: Store, name: str) -> None:
    new, changed = sum(one.kept for one in found), sum(one.updated for one in found)
    taken = f"{number_format.count(new, 'row', 'rows')} that came with it go away"
    restored = f", {number_format.count(changed, 'row', 'rows')} it changed become what they were before" if changed else ""
    st.html(markup.titled(name, f"{taken}{restored}. Nothing else changes, and you can bring the file again."))
    with st.container(horizontal=True):
        if st.button("Undo", type="primary", key="undo-yes"):
            import_jobs.take_back(store, [one.id for one in found], f"Undoing {name}")
            st.rerun()
        if st.button("Keep it", key="undo-no"):
            st.rerun()
