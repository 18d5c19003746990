"""The mapping wizard: an unknown or misread file is told column by column, imported, and recognised from then on."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from data import formats
from data.files.read_table import Unreadable
from data.formats import Format
from data.importing import format_writer, mapping, preview, saved_formats
from data.importing.mapping import Draft
from data.store import Store
from pages.document import markup
from pages.jobs import import_jobs, queue, upload_files
from pages.screen.importing import mapping_columns
from queries import import_history

OPEN = "mapping"  # in the session: the file whose columns are being told


@dataclass(frozen=True)
class Open:
    """A file whose columns are being told."""

    job: int
    name: str
    file: Path
    head: preview.Head
    base: Format | None


def offer(job: queue.Job, store: Store, label: str, base: Format | None = None) -> None:
    """A button that opens the wizard for an uploaded file."""
    if base and base.table not in mapping.GENERIC:
        return
    if st.button(label, key=f"columns-{job.id}", icon=":material/view_column:", type="secondary" if base is None else "tertiary"):
        begin(job, store, base)


def begin(job: queue.Job, store: Store, base: Format | None) -> None:
    if job.file is None:
        return
    try:
        head = preview.head(store, job.file, job.name, upload_files.place())
    except Unreadable as error:
        st.html(markup.note(str(error)))
        return
    st.session_state[OPEN] = Open(job.id, job.name, job.file, head, base)
    st.rerun()


def drawn(store: Store) -> bool:
    """Draws the wizard if one is open; the Import page shows nothing else then."""
    file: Open | None = st.session_state.get(OPEN)
    if file is None:
        return False
    if not file.file.exists() or not file.head.path.exists():
        _close(file)
        return False
    _wizard(file, store)
    return True


def _wizard(file: Open, store: Store) -> None:
    st.html(
        markup.titled(
            f"What do the columns of {file.name} hold?",
            "Correct what is wrong and leave the rest. Below, five rows "
            "show how the file would be read; nothing is stored until you say so.",
            level=2,
        )
    )
    one = mapping_columns.meanings(mapping_columns.columns(mapping_columns.whole(file.head, file.base)))
    usable = mapping_columns.previewed(
        file.head, file.name, formats.parse("preview", format_writer.toml(one, "", "preview")), store
    )
    _actions(file, one, store, usable)


def _stem(name: str) -> str:
    return Path(name).stem.replace("_", " ")[:60]


def _actions(file: Open, one: Draft, store: Store, usable: bool) -> None:
    """The next file with these columns is recognised by the name given here."""
    title = st.text_input("Call this kind of export", _stem(file.name), key="columns-title", max_chars=60, width=320)
    title = title.strip() or _stem(file.name)
    name = format_writer.slug(
        title, [form.name for form in saved_formats.known() if not saved_formats.made_for(form, file.head.header)]
    )
    text = format_writer.toml(one, title, _continued(file, one, store) or name)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Import it like this", type="primary", key="columns-import", disabled=not usable):
            saved_formats.save(name, text)
            _import(file, name, store)
        st.download_button("Download this mapping", text, f"{name}.toml", "application/toml", key="columns-toml", type="tertiary")
        if st.button("Cancel", key="columns-cancel", type="tertiary"):
            _close(file)
            st.rerun()


def _continued(file: Open, one: Draft, store: Store) -> str | None:
    """The stream of exports its rows belong to: a row with a known id is a newer version there, another record elsewhere."""
    sources = sorted({found.source for found in import_history.history(store) if found.table == one.base.table})
    if not sources:
        return None
    job = next((job for job in import_jobs.server.jobs() if job.id == file.job), None)
    before = job.receipt.source if job and job.receipt else None
    options = [None, *sources]
    return st.selectbox(
        "Its rows continue",
        options,
        options.index(before) if before in options else 0,
        format_func=lambda source: source or "nothing that is here: they stand on their own",
        key="columns-source",
        width=420,
    )


def _import(file: Open, name: str, store: Store) -> None:
    """Under the new format; an import of the same file under another one is taken out first."""
    job = next((job for job in import_jobs.server.jobs() if job.id == file.job), None)
    if job and job.receipt:
        import_jobs.read_again(store, job, format=name)
    else:
        import_jobs.server.hand_over(file.job)
        import_jobs.bring(store, file.file, file.name, format=name)
    _close(file)
    st.rerun()


def _close(file: Open) -> None:
    upload_files.forget(file.head.path)
    del st.session_state[OPEN]
