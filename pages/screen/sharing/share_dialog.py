"""The window in which a report leaves the house: as a link that a manager makes, or as a file that who may look may take along."""

from dataclasses import dataclass, replace
from datetime import timedelta

import streamlit as st

from pages import context, menu
from pages.context import Context
from pages.document import markup
from pages.document.report import NothingToShare, Progress
from pages.exports.registry import FORMS, Form
from pages.menu import Entry
from pages.report.gather import printable, usual
from pages.screen import absolute_links, url_choices
from pages.sharing import create, passcode

FROZEN, LIVE = "Stays as it is now", "Shows the newest data"
MOVING = "Readers see the newest data through the filters of this page, and cannot change them."
ONE, WHOLE, SOME = "This page", "The whole report", "Some pages"
LASTS = {"7 days": 7, "30 days": 30, "90 days": 90, "a year": 365}
SAFE = "Who has the link sees these pages without an account. Sums only: no tickets, no names of customers, nothing about few."
STAYING = "Exactly what is on the screen, whatever you import later."
TAKEN = "A file with what is here now. Sums only: no tickets, no names of customers, nothing that rests on fewer than 5."
LINK = "Link"
HANDED = "What you would say if you handed it over"
SHORT = f"A passcode has at least {passcode.SHORTEST} characters."


@dataclass(frozen=True)
class Wish:
    """What the form says."""

    title: str
    note: str
    pages: tuple[Entry, ...]
    days: int
    passcode: str
    name_agents: bool
    form: Form | None = None  # a file instead of a link
    live: bool = False


def opener(entry: Entry) -> None:
    """The button on a page. What is shared is what stands on the screen: the filters are the page's."""
    _button(entry, context.current())


@st.fragment
def _button(entry: Entry, now: Context) -> None:
    """In a fragment, so that opening the window asks nothing of the page."""
    name, icon = ("Share", ":material/ios_share:") if now.reader.manages else ("Download", ":material/download:")
    if st.button(name, icon=icon, type="tertiary", key="share-open"):
        st.dialog(f"{name} a report", width="medium")(_window)(entry, replace(now, heartbeat=None, chosen=url_choices.made()))


def _window(entry: Entry, now: Context) -> None:
    """Nothing happens while somebody writes: what is said in the form counts when it is sent."""
    body = st.empty()
    with body.container():
        form = _form(now)
        st.html(markup.note(TAKEN if form else SAFE))
        wish = _asked(entry, _chosen(entry, printable(menu.visible(now.reader.role))), form)
    if wish is None:
        return
    if problem := _problem(wish):
        st.error(problem)
        return
    bar = body.progress(0.0, "Starting")
    tell: Progress = lambda stage, share: bar.progress(share, stage)  # noqa: E731
    try:
        made = _done(wish, now, tell)
    except NothingToShare as error:
        body.error(str(error))
        return
    with body.container():
        if isinstance(made, str):
            _made(absolute_links.whole(f"/s/{made}"), wish)
        elif wish.form:
            _file(made, wish.form, wish)


def _done(wish: Wish, now: Context, tell: Progress) -> bytes | str:
    """A file, or the token of a link."""
    if wish.form:
        return create.taken(wish, wish.form, now, tell)
    return create.newest(wish, now) if wish.live else create.frozen(wish, now, tell)


def _form(now: Context) -> Form | None:
    """A link or a file. Links are for managers to give out; what somebody may look at, they may take along."""
    ways = [*([LINK] if now.reader.manages else []), *FORMS]
    said = st.segmented_control("As", ways, default=ways[0], format_func=_way, key="share-as", required=True)
    return FORMS.get(said or ways[0])


def _way(way: str) -> str:
    return FORMS[way].name if way in FORMS else way


def _file(made: bytes, form: Form, wish: Wish) -> None:
    st.success("The file is ready.")
    name = form.file_name(wish.title)
    st.download_button(
        f"Save {name}", made, name, form.load().mime, key="share-save", icon=form.icon, type="primary", on_click="ignore"
    )


def _problem(wish: Wish) -> str:
    if not wish.pages:
        return "Choose at least one page."
    return SHORT if wish.passcode and len(wish.passcode) < passcode.SHORTEST else ""


def _chosen(entry: Entry, pages: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """This page, unless somebody wants more; in the order of the menu."""
    offered = [ONE, WHOLE, SOME] if entry in pages else [WHOLE, SOME]
    what = st.segmented_control("What to share", offered, default=offered[0], key="share-what", required=True)
    if what == WHOLE:
        return usual(pages)
    if what == ONE:
        return (entry,)
    named = {one.path: one.name for one in pages}
    some = st.multiselect("Which pages", list(named), format_func=named.__getitem__, key="share-pages", placeholder="Choose pages")
    return tuple(one for one in pages if one.path in some)


def _asked(entry: Entry, pages: tuple[Entry, ...], form: Form | None) -> Wish | None:
    """What the form said when it was sent."""
    usual = (pages[0] if pages else entry).question  # several pages are called as the first of them
    with st.form("share-form", border=False, enter_to_submit=False):
        title = st.text_input("Title", placeholder=usual, max_chars=create.TITLE, key="share-title")
        note = st.text_area("Note", key="share-note", max_chars=create.NOTE, height=80, placeholder=HANDED)
        live = form is None and st.radio("What it shows", [FROZEN, LIVE], key="share-kind", captions=[STAYING, MOVING]) == LIVE
        lasts, word = _limits() if form is None else (30, "")
        names = st.toggle("Name our agents", key="share-agents", help="Without this they are Agent 1, Agent 2 …")
        sent = st.form_submit_button(f"Make {form.phrase}" if form else "Create link", type="primary", key="share-create")
    wish = Wish(title.strip() or usual, note.strip(), pages, lasts, word, names, form, live)
    return wish if sent else None


def _limits() -> tuple[int, str]:
    """How long a link works, and what its readers are asked for."""
    left, right = st.columns(2)
    lasts = left.selectbox("Works for", list(LASTS), 1, key="share-lasts")
    return LASTS[lasts], right.text_input("Passcode, if you want one", key="share-passcode", max_chars=200, help=SHORT)


def _made(address: str, wish: Wish) -> None:
    st.success("The link is ready. Copy it now: it is shown this once.")
    st.code(address, language=None, wrap_lines=True)
    ends = f"It works for {timedelta(days=wish.days).days} days"
    st.html(markup.note(f"{ends}{' and asks for the passcode' if wish.passcode else ''}. Withdraw it any time on the Share page."))
