"""Every link that was given out: what it shows, how long it works, who has looked how often, and the way to end it."""

import math
from datetime import datetime

import streamlit as st

from data.store import Store
from data.workspace import shares
from data.workspace.shares import Share
from pages import context, menu
from pages.document import markup, number_format
from pages.exports.registry import FORMS
from pages.report import share_filters
from pages.sharing import link_index
from pages.sharing.link_index import Live

NONE_YET = "Nothing is shared yet."
HOW = "Open a page, choose “Share” at its top, and send the link. Readers need no account."
GONE = "Readers of this link see nothing from now on, and the page is deleted. This cannot be taken back."
AT_ONCE = 20


def draw(store: Store) -> None:
    """Those that work come first; what has ended stays as a record."""
    index = link_index.of(store)
    index.write()
    every, now = shares.every(store), index.clock()
    if not every:
        st.html(markup.titled(NONE_YET, HOW))
        return
    working = [share for share in every if share.works(now)]
    over = [share for share in every if not share.works(now)]
    st.html(markup.titled("Links that work", "" if working else "None at the moment.", 2))
    for share in working:
        _one(share, index, now)
    if over:
        st.html(markup.titled("Links that no longer work", level=2))
        for share in _some(over):
            _one(share, index, now)


def _some(over: list[Share]) -> list[Share]:
    if len(over) <= AT_ONCE or st.toggle(f"Show all {len(over)}", key="all-shares"):
        return over
    return over[:AT_ONCE]


def _one(share: Share, index: Live, now: datetime) -> None:
    with st.container(border=True, key=f"card-share-{share.id}", gap="small"):
        st.html(markup.titled(share.title, _sentence(share, now)))
        st.html(markup.note(f"{_pages(share)}: {_filters(share)}."))
        if share.revoked is None:
            with st.container(horizontal=True, gap="small"):
                _actions(share, index, share.works(now))


def _sentence(share: Share, now: datetime) -> str:
    """Seen how often, until when, since when: in the order of what one wants to know."""
    seen = f"Opened {_times(share.opened)}, last {_when(share.last_opened, now)}" if share.last_opened else "Not opened yet"
    return f"{seen} · {_ends(share, now)} · shared {_when(share.created, now)}{_by(share)}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{number_format.number(count)} times")


def _ends(share: Share, now: datetime) -> str:
    if share.revoked:
        return f"withdrawn {_when(share.revoked, now)}"
    if now >= share.expires:
        return f"expired {_when(share.expires, now)}"
    left = number_format.count(math.ceil((share.expires - now).total_seconds() / 86400), "more day", "more days")
    moves = "always the newest data · " if share.kind == "live" else ""
    return f"{moves}works for {left}{', with a passcode' if share.passcode_hash else ''}"


def _by(share: Share) -> str:
    return f" by {share.creator}" if share.creator else ""


def _when(moment: datetime, now: datetime) -> str:
    """Today and yesterday by name; times are UTC."""
    days = (now.date() - moment.date()).days
    if days in (0, 1):
        return f"{('today', 'yesterday')[days]} at {moment:%H:%M} UTC"
    return f"on {number_format.day(moment)}"


def _filters(share: Share) -> str:
    """The filters in words; those of a live link as they read today."""
    return share_filters.filters(share).sentence(context.current().today) if share.kind == "live" else share.filters


def _pages(share: Share) -> str:
    names = {entry.path: entry.name for entry in menu.entries()}
    return ", ".join(names.get(path, path) for path in share.pages)


def _actions(share: Share, index: Live, works: bool) -> None:
    address = f"/s/preview?share={share.id}"
    st.link_button("See it as readers do", address, type="tertiary", icon=":material/visibility:")
    if share.kind == "frozen":
        with st.popover("Download", type="tertiary", icon=":material/download:"):
            _files(share, index, f"{address}&download=")
    if st.button("30 more days", key=f"extend-{share.id}", type="tertiary", icon=":material/update:"):
        index.extend(share)
        st.rerun()
    if works and st.button("Withdraw", key=f"revoke-{share.id}", type="tertiary", icon=":material/link_off:"):
        st.dialog("Withdraw this link?")(_confirm)(share, index)


def _files(share: Share, index: Live, address: str) -> None:
    """The page itself, and the same numbers in other forms where they were kept."""
    st.link_button("Web page", f"{address}html", type="tertiary", icon=":material/language:")
    if shares.numbers_file(index.store, share.id).exists():
        for ending, form in FORMS.items():
            st.link_button(form.name, f"{address}{ending}", type="tertiary", icon=form.icon)


def _confirm(share: Share, index: Live) -> None:
    st.html(markup.titled(share.title, GONE))
    with st.container(horizontal=True):
        if st.button("Withdraw it", type="primary", key="revoke-yes"):
            index.revoke(share)
            st.rerun()
        if st.button("Keep it", key="revoke-no"):
            st.rerun()
