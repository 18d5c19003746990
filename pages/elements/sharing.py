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
HANDED = "What you would say if you handed it over"
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
    _button(entry, visit.current(), st.context.url or "/")


@st.fragment
def _button(entry: Entry, now: Visit, address: str) -> None:
    """In a fragment, so that opening the window asks nothing of the page."""
    if st.button("Share", icon=":material/ios_share:", type="tertiary", key="share-open"):
        st.dialog("Share a report", width="medium")(_window)(entry, replace(now, heartbeat=None), address)


def _window(entry: Entry, now: Visit, address: str) -> None:
    """Nothing happens while somebody writes: what is said in the form counts when it is sent."""
    body = st.empty()
    with body.container():
        st.html(html.note(SAFE))
        wish = _asked(entry, _chosen(entry, printable(menu.visible(now.reader.role))))
    if wish is None:
        return
    if problem := _problem(wish):
        st.error(problem)
        return
    bar = body.progress(0.0, "Starting")
    try:
        token = making.frozen(wish, now, lambda stage, share: bar.progress(share, stage))
    except NothingToShare as error:
        body.error(str(error))
        return
    with body.container():
        _made(address_of(address, entry, token), wish)


def _problem(wish: Wish) -> str:
    if not wish.pages:
        return "Choose at least one page."
    return SHORT if wish.passcode and len(wish.passcode) < gate.SHORTEST else ""


def _chosen(entry: Entry, pages: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """This page, unless somebody wants more; in the order of the menu."""
    choices = [ONE, WHOLE, SOME] if entry in pages else [WHOLE, SOME]
    what = st.segmented_control("What to share", choices, default=choices[0], key="share-what", required=True)
    if what == WHOLE:
        return pages
    if what == ONE:
        return (entry,)
    named = {one.path: one.name for one in pages}
    some = st.multiselect("Which pages", list(named), format_func=named.__getitem__, key="share-pages", placeholder="Choose pages")
    return tuple(one for one in pages if one.path in some)


def _asked(entry: Entry, pages: tuple[Entry, ...]) -> Wish | None:
    """What the form said when it was sent."""
    with st.form("share-form", border=False, enter_to_submit=False):
        title = st.text_input("Title", entry.question, max_chars=120, key="share-title")
        note = st.text_area("Note", key="share-note", max_chars=2000, height=80, placeholder=HANDED)
        left, right = st.columns(2)
        lasts = left.selectbox("Works for", list(LASTS), 1, key="share-lasts")
        passcode = right.text_input("Passcode, if you want one", key="share-passcode", max_chars=200, help=SHORT)
        names = st.toggle("Name our agents", key="share-agents", help="Without this they are Agent 1, Agent 2 …")
        sent = st.form_submit_button("Create link", type="primary", key="share-create")
    wish = Wish(title.strip() or entry.question, note.strip(), pages, LASTS[lasts], passcode, names)
    return wish if sent else None


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
