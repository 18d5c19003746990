"""The window in which a manager makes a link: what to share, for how long, and then the link itself, once."""

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from pages import menu, visit
from pages.elements import html
from pages.menu import Entry
from pages.reports import gate, making
from pages.reports.html import NothingToShare, printable
from pages.visit import Visit

ONE, WHOLE, SOME = "This page", "The whole report", "Some pages"
LASTS = {"7 days": 7, "30 days": 30, "90 days": 90, "a year": 365}
SAFE = (
    "Who has the link sees exactly this, as it is now, whatever you import later. Sums only: no tickets, no names of customers, "
    "nothing that rests on fewer than 5."
)
SHORT = f"A passcode has at least {gate.SHORTEST} characters."


@dataclass(frozen=True)
class Wish:
    """What the form says."""

    title: str
    note: str
    pages: tuple[Entry, ...]
    days: int
    passcode: str
    name_agents: bool


def opener(entry: Entry) -> None:
    """The button on a page. What is shared is what stands on the screen: the filters are the page's."""
    now = visit.current()
    if st.button("Share", icon=":material/ios_share:", type="tertiary", key="share-open"):
        st.dialog("Share a report", width="medium")(_window)(entry, replace(now, heartbeat=None), st.context.url or "/")


def _window(entry: Entry, now: Visit, address: str) -> None:
    pages = printable(menu.visible(now.reader.role))
    st.html(html.note(SAFE))
    wish = _asked(entry, pages)
    place = st.empty()
    if not place.button("Create link", type="primary", key="share-create", disabled=not wish.pages):
        return
    if wish.passcode and len(wish.passcode) < gate.SHORTEST:
        st.error(SHORT)
        return
    bar = place.progress(0.0, "Starting")
    try:
        token = making.frozen(wish, now, lambda stage, share: bar.progress(share, stage))
    except NothingToShare as error:
        place.error(str(error))
        return
    place.empty()
    _made(address_of(address, entry, token), wish)


def _asked(entry: Entry, pages: tuple[Entry, ...]) -> Wish:
    title = st.text_input("Title", entry.question, max_chars=120, key="share-title")
    note = st.text_area("Note", key="share-note", max_chars=2000, height=80, placeholder="What you would say if you handed it over")
    choices = [ONE, WHOLE, SOME] if entry in pages else [WHOLE, SOME]
    what = st.segmented_control("Pages", choices, default=choices[0], key="share-what", required=True)
    chosen: list[Entry] = {ONE: [entry], WHOLE: list(pages)}.get(str(what), [])
    if what == SOME:
        chosen = st.multiselect(
            "Which pages", pages, format_func=lambda one: one.name, key="share-pages", label_visibility="collapsed"
        )
    left, right = st.columns(2)
    lasts = left.selectbox("Works for", list(LASTS), 1, key="share-lasts")
    passcode = right.text_input("Passcode, if you want one", key="share-passcode", max_chars=200, help=SHORT)
    names = st.toggle("Name our agents", key="share-agents", help="Without this they are Agent 1, Agent 2 …")
    kept = tuple(one for one in pages if one in chosen)
    return Wish(title.strip() or entry.question, note.strip(), kept, LASTS[lasts], passcode, names)


def _made(link: str, wish: Wish) -> None:
    st.success("The link is ready. Copy it now: it is shown this once.")
    st.code(link, language=None, wrap_lines=True)
    ends = f"It works for {timedelta(days=wish.days).days} days"
    st.html(html.note(f"{ends}{' and asks for the passcode' if wish.passcode else ''}. Withdraw it any time on the Share page."))


def address_of(page: str, entry: Entry, token: str) -> str:
    """Beside the page's own address, so that a server living below a path keeps it."""
    parts = urlsplit(page)
    base = parts.path.rstrip("/").removesuffix(f"/{entry.path}")
    return urlunsplit(parts._replace(path=f"{base}/s/{token}", query="", fragment=""))
