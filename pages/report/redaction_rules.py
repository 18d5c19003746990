"""What may leave and what may not: the rules a report is redacted by."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pages.document.cell_suppression import K
from pages.report.block_counts import Counts, Key, Pair
from queries.masking import mask

FOLDED = re.compile(r"other \(\d+\)|not set|other")


@dataclass
class Rules:
    """How much is hidden. `k` can be raised, not lowered; agents keep the alias they got first within a report."""

    k: int = K
    name_agents: bool = False
    aliases: dict[str, str] = field(default_factory=dict)
    total: Callable[[str], float] = lambda metric: float("nan")  # rows behind a metric as a whole: its readers know them
    start: date | None = None  # first day of the period that those totals are about
    near: Sequence[Pair] = ()  # this page as other links show it

    def agent(self, name: str) -> str:
        if self.name_agents or FOLDED.fullmatch(name):
            return mask(name)
        return self.aliases.setdefault(name, f"Agent {len(self.aliases) + 1}")

    def number(self, name: str) -> str:
        """The same behind the word "agent", where a sentence has it."""
        return self.agent(name).removeprefix("Agent ")

    @property
    def few(self) -> str:
        return f"fewer than {self.k}"

    def told(self, key: Key, counts: Counts) -> set[str]:
        """Places of a list that another link, with this one, would tell about few."""
        return {place for pair in self.near for place in pair.told(key, counts, self.k)}

    def tells(self, key: Key, n: float) -> bool:
        """The same for a single number."""
        return bool(self.told(key, {"": n}))
