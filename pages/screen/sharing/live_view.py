"""What the reader of a live link sees: the shared pages, through the shared filters, and nothing that is about few."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import queries
from data.store import Store
from data.workspace.shares import Share
from pages import context, menu
from pages.access import settings
from pages.access.reader import Reader
from pages.context import Context
from pages.document import blocks, markup, number_format
from pages.document.blocks import Block, Chart, Findings, Quotes, Side, Table, Tiles
from pages.menu import Entry
from pages.report import gather, glossary, overlap, previous_period, redaction, share_filters
from pages.report.redaction_rules import Rules
from pages.screen import page_body
from pages.sharing import guest_cookie, link_index, overlapping_links

PARAMETER = "live"  # of the address of somebody with a door of their own who looks as readers of a link do
FIXED = "Whoever sent you this link chose what it shows. It follows the newest data, and nothing in it can be changed."
LOOKING = "You see what readers of this link see."
EVERY = 5.0  # seconds between two looks at whether the link still works


def link(reader: Reader) -> Share | None:
    """The link this page is bound to: a guest's own, or the one that somebody else wants to see as its readers do."""
    index = link_index.server()
    if reader.role == "guest":
        return index.known(reader.share)
    named = st.query_params.get(PARAMETER) or st.session_state.get(PARAMETER)
    share = index.known(str(named)) if named else None
    if share is None or share.kind != "live":
        return None
    own = None if reader.manages else guest_cookie.shown(st.context.cookies, settings.read())
    return share if reader.manages or own == share else None


def pages(share: Share) -> tuple[Entry, ...]:
    """Of the shared pages, those that are made of blocks alone: everything on them can be held back."""
    return tuple(entry for entry in gather.printable(menu.entries()) if entry.path in share.pages)


def show(share: Share, reader: Reader, entry: Entry, page: StreamlitPage, store: Store, as_of: datetime | None) -> None:
    """One page. The filters come from the link's row and from nowhere else."""
    asked, beside_it = _asked(share, store, as_of), overlapping_links.others(link_index.of(store), share)
    looked = previous_period.comparable(asked, beside_it, asked.smallest)
    rules = gather.knowing(share_filters.rules(share, store, queries.options("agent", store)), looked)
    rules = replace(rules, near=overlap.pairs(entry.file, looked, beside_it))
    numbers: list[str] = []

    def fit(block: Block) -> Sequence[Block]:
        numbers.extend(blocks.metrics([block]))
        return [_alone(safe) for safe in redaction.safe([block], rules)]

    aside(share, reader, rules)
    pulse = st.sidebar.empty()
    now = replace(looked, heartbeat=pulse.empty, fit=fit)
    with context.of(now):
        head(share, entry, now, rules)
        page_body.run(entry, page)
        if looked is not asked:
            st.html(markup.note(previous_period.UNCOMPARED))
        counted(list(dict.fromkeys(numbers)), rules)
    watch(share.id)


def _asked(share: Share, store: Store, as_of: datetime | None) -> Context:
    """What the link asks for."""
    reader, smallest = Reader("guest", share=share.id), share_filters.smallest(store)
    return Context(reader, share_filters.filters(share), store, as_of, chosen=share_filters.chosen(share), smallest=smallest)


def aside(share: Share, reader: Reader, rules: Rules) -> None:
    """Where the filters are for others: why there are none."""
    with st.sidebar:
        st.html(markup.note(f"{FIXED} {gather.promise(rules)}"))
        if reader.role != "guest":
            st.html(markup.note(LOOKING) + markup.way("Back to all links", "share"))
            with st.container(key="filters-address"):  # the menu keeps what a widget holds in the address
                st.selectbox(PARAMETER, ["", share.id], key=PARAMETER, bind="query-params")


def head(share: Share, entry: Entry, now: Context, rules: Rules) -> None:
    """The page's question, what is looked at, and what the sender says about it."""
    held = now.filters.narrowed(agent=tuple(map(rules.number, now.filters.agent)))
    newest = f"; data up to {number_format.day(now.as_of)}, {now.as_of:%H:%M}" if now.as_of else ""
    with st.container(key="head"):
        st.html(markup.question(entry.question, held.sentence(now.today) + newest))
    said = [share.title if share.title != entry.question else "", share.note]
    if any(said):
        st.html(markup.note(": ".join(filter(None, said))))


def counted(numbers: Sequence[str], rules: Rules) -> None:
    """The definitions of the numbers on the page: its readers have no page for them."""
    if not numbers:
        return
    with st.expander("How it is counted"):
        for one in glossary.counted(numbers, rules):
            lines = "".join(f"<li><b>{escape(name)}:</b> {escape(text)}</li>" for name, text in one.lines)
            st.html(markup.titled(one.title, one.question, 3) + f"<ul>{lines}</ul>")


@st.fragment(run_every=EVERY)
def watch(name: str) -> None:
    """A page left open asks again: when its link has ended, so does the page."""
    if link_index.server().known(name) is None:
        st.rerun()


def _alone(block: Block) -> Block:
    """Without the way to rows and SQL."""
    match block:
        case Tiles():
            return replace(block, tiles=tuple(replace(tile, evidence=None) for tile in block.tiles))
        case Side():
            return replace(block, blocks=tuple(_alone(part) for part in block.blocks))
        case Chart() | Table() | Quotes() | Findings():
            return replace(block, evidence=None)
    return block
