"""A report as a plain value: its pages with their blocks, and what is said about them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pages.document import cell_suppression
from pages.document.blocks import Block
from pages.menu import Entry

Progress = Callable[[str, float], object]  # told what is being done, and which share of it is behind us


def silent(stage: str, share: float) -> None:
    """Where nobody waits."""


class NothingToShare(ValueError):
    """Why this cannot be shared, in a sentence."""


@dataclass(frozen=True)
class Plan:
    """What is to be printed, and what the sharer says about it."""

    title: str
    note: str
    pages: tuple[Entry, ...]
    made: date
    k: int = cell_suppression.K
    name_agents: bool = False


@dataclass(frozen=True)
class Counted:
    """How one number is counted: lines of a name and a text."""

    metric: str
    title: str
    question: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Section:
    """One page of a report."""

    path: str
    name: str
    question: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """All that is printed, whatever it is printed on."""

    title: str
    note: str
    about: tuple[str, ...]
    promise: str
    sections: tuple[Section, ...]
    counted: tuple[Counted, ...]


def anchor(metric: str) -> str:
    return f"counted-{metric.replace('_', '-')}"
