"""Imports that wait, run or failed. Looks again every second, and only while there is something to wait for."""

import streamlit as st

from data.cells.dates import ORDERS
from data.importing import saved_formats
from data.store import Store
from pages.content import explanations
from pages.document import markup
from pages.jobs import import_jobs
from pages.jobs.queue import Job
from pages.screen.importing import mapping_wizard

EVERY = 1.0
CONVERTING = ("Converting", "Checking")  # stages in which one statement goes through all rows
THEMSELVES = "Let the file tell"


def draw(store: Store) -> None:
    """Nothing at all while nobody waits for anything."""
    jobs = import_jobs.server.jobs()
    if not any(job.state != "done" for job in jobs):
        return
    every = EVERY if import_jobs.server.busy else None
    st.fragment(_watch, run_every=every)(frozenset(job.id for job in jobs if job.over), store)
    for job in jobs:
        if job.state == "failed":
            _failed(job, store)


def _watch(over: frozenset[int], store: Store) -> None:
    """When a job ends, the page below has something new to show."""
    jobs = import_jobs.server.jobs()
    if not over.issuperset(job.id for job in jobs if job.over):
        st.rerun()
    for job in jobs:
        if not job.over:
            with st.container(horizontal=True, vertical_alignment="center", key=f"job-{job.id}"):
                _going(job, store)
                if job.stoppable and st.button("Cancel", key=f"cancel-{job.id}", type="tertiary"):
                    import_jobs.server.cancel(job.id, store)


def _going(job: Job, store: Store) -> None:
    """What is being done with it, and how much of that is done where the database can tell."""
    if job.state == "waiting":
        st.caption(f"{explanations.plain(job.name)}: waiting for its turn")
        return
    share = store.written() if job.stage in CONVERTING else None
    told = f", {share:.0%}" if share else ""
    st.progress(share or job.share or 0.0, text=f"{explanations.plain(job.name)}: {job.stage.lower() or 'starting'}{told}")


def _failed(job: Job, store: Store) -> None:
    with st.container(border=True, key=f"failed-{job.id}", gap="small"):
        st.html(markup.titled(f"{job.name} was not imported", job.error))
        with st.container(horizontal=True):
            if st.button("Dismiss", key=f"dismiss-{job.id}", type="tertiary"):
                import_jobs.server.dismiss(job.id)
                st.rerun()
        if job.file and job.file.exists():
            mapping_wizard.offer(job, store, "Say what its columns are")
            with st.expander("Or name the export, and try again", type="compact"):
                _again(job, store)


def _again(job: Job, store: Store) -> None:
    """What the file does not tell, the manager can."""
    titles = {form.name: form.title for form in saved_formats.known()}
    with st.form(f"again-{job.id}", border=False):
        form = st.selectbox(
            "It is a", [None, *titles], format_func=lambda name: titles.get(name, THEMSELVES) if name else THEMSELVES
        )
        order = st.selectbox(
            "Its dates are written with the",
            [None, *ORDERS],
            format_func=lambda one: ORDERS.get(one, THEMSELVES) if one else THEMSELVES,
        )
        if st.form_submit_button("Try again") and job.file:
            path = job.file
            import_jobs.server.hand_over(job.id)
            import_jobs.bring(store, path, job.name, format=form, date_order=order)
            st.rerun()
