"""What a .sql file says about itself: lines `-- key: value` on top, and under them the SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

EVENTS = {"replied_at": "reply_seen", "solved_at": "solved_seen"}  # counted by the event: only where there was one
MOMENTS = {"tickets": "created_at", "answers": "said_at", "accounts": "started_at"}  # the stamp that puts a row into a period
CHOICES: Mapping[str, Collection[str]] = {  # of metrics and views alike
    "rows": tuple(MOMENTS),
    "event": tuple(EVENTS),
    "wants": ("dropped",),  # spam, merged and deleted tickets, which otherwise reach nothing
    "needs_tags": ("themes", "moods"),
}


class BrokenHeader(Exception):
    """A header is incomplete; the message names the file and the key."""


@dataclass(frozen=True)
class Header:
    """What was stated, in the order it stands in, and the SQL under it; `body` may be empty."""

    file: str
    stated: Mapping[str, tuple[str, ...]]
    body: str

    def one(self, key: str, otherwise: str = "") -> str:
        return self.stated.get(key, (otherwise,))[0]

    def many(self, key: str) -> tuple[str, ...]:
        return self.stated.get(key, ())

    def broken(self, why: str) -> BrokenHeader:
        return BrokenHeader(f"{self.file}: {why}")

    def check(self, known: Collection[str], needed: Collection[str], repeatable: Collection[str]) -> None:
        """Every key known, those needed there, the others once. Raises BrokenHeader."""
        for key, values in self.stated.items():
            if key not in known:
                raise self.broken(f"unknown key '{key}'; known are {', '.join(sorted(known))}")
            if len(values) > 1 and key not in repeatable:
                raise self.broken(f"'{key}' is stated twice")
        for key in sorted(needed):
            if key not in self.stated:
                raise self.broken(f"'{key}' is missing")

    def check_choices(self, choices: Mapping[str, Collection[str]]) -> None:
        """Words out of a closed set. Raises BrokenHeader."""
        for key, allowed in choices.items():
            if key in self.stated and self.one(key) not in allowed:
                raise self.broken(f"{key} is '{self.one(key)}', must be one of {', '.join(allowed)}")


def read(path: Path) -> Header:
    """The header ends with the first line that states nothing."""
    stated: dict[str, list[str]] = {}
    lines = path.read_text("utf-8").splitlines()
    for at, line in enumerate(lines):
        key, says, value = line.removeprefix("-- ").partition(": ")
        if not (line.startswith("-- ") and says and key.isidentifier()):
            return _header(path, stated, lines[at:])
        stated.setdefault(key, []).append(value.strip())
    return _header(path, stated, [])


def _header(path: Path, stated: Mapping[str, list[str]], body: list[str]) -> Header:
    return Header(path.name, {key: tuple(values) for key, values in stated.items()}, "\n".join(body).strip().rstrip(";"))
