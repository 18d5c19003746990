"""Around every page: who is asking, the menu, the filters, then the page itself."""

import streamlit as st

import queries
from data import store
from pages import context, menu
from pages.screen import filter_bar, page_body, page_header, signed_out, styles
from pages.screen.sharing import live_view
from pages.server import authenticate

styles.apply()
reader = authenticate.here()
if reader is None:
    signed_out.draw()
    st.stop()

link = live_view.link(reader)
shown = live_view.pages(link) if link else menu.visible(reader.role)
if not shown:  # a guest whose link has ended this very moment
    signed_out.draw()
    st.stop()

scripts = {entry: st.Page(entry.file, title=entry.name, url_path=entry.path) for entry in shown}
# Menu first, filters second, page third: in any other order a click in the menu forgets the filters.
chosen = st.navigation({name: [scripts[e] for e in group] for name, group in menu.grouped(shown).items()}, expanded=True)
entry = next(entry for entry, script in scripts.items() if script == chosen)

database = store.default()
as_of = queries.as_of(store=database)
if link:
    live_view.show(link, reader, entry, chosen, database, as_of)
    st.stop()

filters = filter_bar.draw(database, as_of, hidden=not entry.filtered)
signed_out.foot(reader)
pulse = st.sidebar.empty()  # touching it is how a run learns that its reader has moved on
with context.of(context.Context(reader, filters, database, as_of, pulse.empty)):
    page_header.draw(entry)
    page_body.run(entry, chosen)
