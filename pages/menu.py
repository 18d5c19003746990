"""The menu, read from the page scripts: their number is the place, their docstring says the rest.

Name: "Question?"

Shared: whole (also in a whole report) | alone (by itself, about what was chosen on it) | never
For: all | managers
About: numbers | definitions | workspace
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

FOLDER = Path(__file__).parent

# A page belongs to the last group whose first number is not above its own.
GROUPS = {10: "Service", 30: "Customers", 50: "Proof", 70: "Manage"}

Shared = Literal["whole", "alone", "never"]  # in a whole report; by itself, about what was chosen on it; or not at all
For = Literal["all", "managers"]
About = Literal["numbers", "definitions", "workspace"]  # numbers need data; workspace pages have no filters
STATED: Mapping[str, tuple[str, ...]] = {"Shared": get_args(Shared), "For": get_args(For), "About": get_args(About)}


@dataclass(frozen=True)
class Entry:
    """One page: where it stands, what it is called and which question it answers."""

    file: Path
    number: int
    name: str
    question: str
    shared: Shared
    open_to: For
    about: About

    @property
    def path(self) -> str:
        """The page's address: `11_response_times.py` is found at /response-times."""
        return self.file.stem.partition("_")[2].replace("_", "-")

    @property
    def address(self) -> str:
        """Where the server answers with it: the first page lives at `/`."""
        return "/" if self == entries()[0] else f"/{self.path}"

    @property
    def group(self) -> str:
        return GROUPS[max((start for start in GROUPS if start <= self.number), default=min(GROUPS))]

    @property
    def managed(self) -> bool:
        """Whether only managers find it."""
        return self.open_to == "managers"

    @property
    def filtered(self) -> bool:
        """Whether the filters change what it shows."""
        return self.about != "workspace"


def read(file: Path) -> Entry:
    """Fails loudly when a page does not say what it is: the menu would show a file name, or a link something it must not."""
    first, *rest = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").splitlines() or [""]
    name, _, question = first.partition(":")
    question = question.strip().strip('"')
    if not name or not question:
        raise ValueError(f'{file.name}: the docstring\'s first line should read `Name: "Question?"`, it reads `{first}`')
    stated = {key: value.strip() for key, _, value in (line.partition(":") for line in rest if line.strip())}
    if set(stated) != set(STATED) or any(stated[key] not in words for key, words in STATED.items()):
        wanted = "; ".join(f"`{key}:` {' or '.join(words)}" for key, words in STATED.items())
        raise ValueError(f"{file.name}: below its first line the docstring says {wanted}")
    shared, open_to, about = (cast(Any, stated[key]) for key in STATED)
    return Entry(file, int(file.stem[:2]), name.strip(), question, shared, open_to, about)


@cache
def entries(folder: Path = FOLDER) -> tuple[Entry, ...]:
    """All pages, in the order of their numbers."""
    return tuple(read(file) for file in sorted(folder.glob("[0-9][0-9]_*.py")))


def at(path: str) -> Entry:
    """The page whose address ends this path; where none does, the first."""
    last = path.rstrip("/").rpartition("/")[2]
    return next((entry for entry in entries() if entry.path == last), entries()[0])


def visible(role: str) -> tuple[Entry, ...]:
    """The pages a reader of this role may open; a page left out here cannot be reached by its address either."""
    if role not in ("manager", "viewer"):
        return ()
    return tuple(entry for entry in entries() if role == "manager" or not entry.managed)


def grouped(shown: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Pages under the heading of their group, in menu order."""
    groups: dict[str, list[Entry]] = {}
    for entry in shown:
        groups.setdefault(entry.group, []).append(entry)
    return groups
