"""The filters that a share is held to, as text in its row: relative periods stay relative, and nobody else can say them."""

import hmac
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from data.store import Store
from data.workspace.shares import Share
from pages.document import cell_suppression
from pages.report.redaction_rules import Rules
from queries import Filters

DATES = ("start", "end", "before")


def text(filters: Filters, name_agents: bool = False, chosen: Mapping[str, str] | None = None) -> str:
    """Only what differs from the defaults."""
    return json.dumps(
        {"filters": filters.stated(), "name_agents": name_agents, "chosen": chosen or {}},
        default=date.isoformat,
        ensure_ascii=False,
    )


def filters(share: Share) -> Filters:
    """What its readers look at, whatever their address or their browser says."""
    kept: dict[str, Any] = json.loads(share.question)["filters"]
    days = {name: date.fromisoformat(kept[name]) for name in DATES if name in kept}
    lists = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
    return Filters(**{**kept, **days, **lists})


def chosen(share: Share) -> dict[str, str]:
    """What its pages are about, where their reader could choose that."""
    return dict(json.loads(share.question).get("chosen", {}))


def rules(share: Share, store: Store, agents: list[str]) -> Rules:
    """What is hidden from its readers. Agents keep their number from page to page, in an order that tells nothing of names."""
    found = Rules(smallest(store), bool(json.loads(share.question)["name_agents"]))
    for name in sorted(agents, key=lambda agent: _place(share, agent)):
        found.agent(name)
    return found


def _place(share: Share, agent: str) -> bytes:
    return hmac.digest(share.token_hash.encode(), agent.encode("utf-8", "surrogatepass"), "sha256")


def smallest(store: Store) -> int:
    """From how many rows on a number is shown to people outside: what the settings say, and never fewer than five."""
    said = store.setting("smallest_cell", "")
    return max(int(said) if said.isdecimal() else cell_suppression.K, cell_suppression.K)
