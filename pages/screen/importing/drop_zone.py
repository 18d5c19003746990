"""Where files are dropped: several at once, with real progress and a way back; plain uploading where scripts are blocked."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component

from data.store import Store
from pages.content import addresses
from pages.jobs import import_jobs, upload_files

HERE = Path(__file__).parent
PIECE = 4 << 20

HTML, CSS, JS = ((HERE / f"drop_zone.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
_zone = component("drop-zone", html=HTML, css=CSS, js=JS)


def draw() -> None:
    """The zone; what arrives goes straight into the queue."""
    most = f"{upload_files.limit() >> 20:,} MB"
    _zone(
        key="drop-zone",
        data={
            "address": addresses.below("/upload"),
            "limit": upload_files.limit(),
            "under": f"CSV, Excel or JSON files from your helpdesk, surveys or billing, zipped or not, up to {most} each. "
            "Nothing in them is sent elsewhere.",
            "too_large": f"Larger than {most}, the limit set in .streamlit/config.toml (maxUploadSize).",
        },
        on_arrived_change=lambda: None,
    )


def otherwise(store: Store) -> None:
    """Another way in for browsers that do not run the zone."""
    with st.expander("Trouble uploading?", type="compact"):
        _plain(store)


def _plain(store: Store) -> None:
    st.caption("Works without drag and drop, but needs more memory: not for very large files.")
    files = st.file_uploader("Choose files", accept_multiple_files=True, key=f"plain-{st.session_state.get('plain', 0)}")
    if st.button("Import these", disabled=not files):
        for file in files:
            path = upload_files.place()
            with upload_files.opened(path) as target:
                while piece := file.read(PIECE):
                    target.write(piece)
            import_jobs.bring(store, path, upload_files.plain_name(file.name))
        st.session_state["plain"] = st.session_state.get("plain", 0) + 1  # a new key: an empty uploader
        st.rerun()
