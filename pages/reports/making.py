"""From a manager's wish to a link: print the pages once, keep what came out, hand out the token."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from data import shares
from data.shares import Offer
from pages.doors import passwords
from pages.menu import Entry
from pages.reports import assets, html, live, privacy
from pages.visit import Visit


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


def frozen(wish: Wish, now: Visit, tell: Callable[[str, float], object] = lambda stage, share: None) -> str:
    """Makes the report and returns its token. The page is never made again."""
    index = live.of(now.store)
    said = now.store.setting("smallest_cell", "")
    k = int(said) if said.isdecimal() else privacy.K
    plan = html.Plan(wish.title, wish.note, wish.pages, index.clock().date(), k, wish.name_agents)
    page = html.report(plan, now, tell)
    tell("Keeping it", 0.98)
    assets.keep(now.store)
    offer = Offer(
        wish.title,
        wish.note,
        tuple(entry.path for entry in wish.pages),
        now.filters.sentence(now.today),
        now.reader.name,
        timedelta(days=wish.days),
        passwords.hashed(wish.passcode) if wish.passcode else None,
    )
    return index.add(offer, shares.pack(page))[1]
