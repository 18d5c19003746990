"""From a wish to a link or a file: the pages are gathered once, printed, and what came out is kept or handed over."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from data.store import Store
from data.workspace import shares
from data.workspace.shares import Offer, Share
from pages.access import passwords
from pages.context import Context
from pages.document.report import NothingToShare, Plan, Progress, Report, silent
from pages.exports.html import assets
from pages.exports.html.report_page import Html
from pages.exports.registry import Form
from pages.menu import Entry
from pages.report import gather, serialise, share_filters
from pages.sharing import link_index, overlapping_links
from queries import Filters

TITLE, NOTE = 120, 2000  # characters
LONG = f"A title has at most {TITLE} characters, a note at most {NOTE:,}."


class Wish(Protocol):
    """What is to be shared, and how."""

    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def pages(self) -> tuple[Entry, ...]: ...
    @property
    def days(self) -> int: ...
    @property
    def passcode(self) -> str: ...
    @property
    def name_agents(self) -> bool: ...


def gathered_for(wish: Wish, now: Context, tell: Progress, others: Sequence[Filters] = ()) -> Report:
    """What is to be printed, with today's date and the workspace's smallest cell, beside other links."""
    plan = Plan(
        wish.title,
        wish.note,
        wish.pages,
        link_index.of(now.store).clock().date(),
        share_filters.smallest(now.store),
        wish.name_agents,
    )
    return gather.report(plan, now, tell, others)


def taken(wish: Wish, form: Form, now: Context, tell: Progress = silent) -> bytes:
    """The report as a file of this form, made now and kept nowhere."""
    found = gathered_for(wish, now, lambda stage, share: tell(stage, share * 0.6))
    return form.load().write(found, lambda stage, share: tell(stage, 0.6 + share * 0.4))


def again(store: Store, share: Share, form: Form) -> bytes | None:
    """A shared report in another form, with the numbers of its page; None where they are not kept (any more)."""
    path = shares.numbers_file(store, share.id)
    return form.load().write(serialise.report(link_index.unpacked(path.read_bytes()).decode("utf-8"))) if path.exists() else None


def frozen(wish: Wish, now: Context, tell: Progress = silent) -> str:
    """Makes the report and returns its token. The page is never made again."""
    given, index = offer(wish, now, "frozen"), link_index.of(now.store)
    found = gathered_for(wish, now, tell, overlapping_links.others(index))
    page = Html().write(found).decode("utf-8")
    tell("Keeping it", 0.98)
    keep_assets(now.store)
    return index.add(given, shares.pack(page), shares.pack(serialise.text(found)))[1]


def newest(wish: Wish, now: Context) -> str:
    """Makes a live link and returns its token. Its readers see the newest data, through these filters and no others."""
    if now.filters.customer:
        raise NothingToShare("What is filtered to a customer cannot be shared.")
    return link_index.of(now.store).add(offer(wish, now, "live"))[1]


def offer(wish: Wish, now: Context, kind: str) -> Offer:
    """A page that stays as it is rests on its dates; one that moves on, on its period."""
    if len(wish.title) > TITLE or len(wish.note) > NOTE:
        raise NothingToShare(LONG)
    held = now.filters if kind == "live" else now.filters.resolved(now.today)
    paths = tuple(entry.path for entry in wish.pages)
    if near := overlapping_links.problem(held, paths, link_index.of(now.store)):
        raise NothingToShare(near)
    return Offer(
        wish.title,
        wish.note,
        paths,
        now.filters.sentence(now.today),
        now.reader.name,
        timedelta(days=wish.days),
        passwords.hashed(wish.passcode) if wish.passcode else None,
        kind,
        share_filters.text(held, wish.name_agents, now.chosen),
    )


def keep_assets(store: Store) -> None:
    """Puts scripts and fonts beside the reports: a later version brings other files, and old reports still find theirs."""
    for name, content in assets.named().items():
        shares.keep_asset(store, name, content)
