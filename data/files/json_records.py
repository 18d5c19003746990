"""Makes tables of JSON: a record on each line, a list of records, or an object around such lists.

An object inside a record becomes columns such as `via.channel`; a list of words or numbers becomes one cell. A list of
objects (a ticket's comments, its custom fields) has no place in a table: it is left out, and a note names it. One that only
refers to others (the tags of a conversation, the people in it) becomes a cell of ids and a cell of names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from data.files import encoding, json_text, layout
from data.files.file_type import HEAD, Unreadable
from data.files.json_text import Damaged, Scanner
from data.files.plain_table import SHOWN, About, Part, Place, Room, Writer

FIRST = 4 << 20  # a first value longer than this is a list in wrapping, not a record
COLUMNS = 2_000
DEPTH = 3
# what a record has and the wrapping around a list of them has not
OWN = re.compile(
    r"^(_?id|uuid|key|number|token|email|subject|timestamp)$|(?<!request)_id$|[a-z]Id$"
    r"|^(created|updated|submitted|closed|opened|started|sent)(_at|At|_on)?$"
)
SIGN = ";"  # between the entries of a list
REFERENCE = {"type", "id", "external_id", "name", "email", "role"}  # what an object may have that only refers to another
FAULTS = 1_000  # damaged lines that are told one by one; more than that, and the file is not what it seems


class Table:
    """One table in the making."""

    def __init__(self, path: Path, room: Room, name: str) -> None:
        self.name = name
        self._writer = Writer(path, room, name)
        self._places: dict[str, int] = {}
        self._left_out: Counter[str] = Counter()
        self._damaged: list[tuple[int, str, str]] = []
        self.rows = 0

    def add(self, record: dict[str, Any]) -> None:
        cells = [""] * len(self._places)
        for name, cell in flat(record, self._left_out):
            place = self._places.setdefault(name, len(cells))
            if place == len(cells):
                cells.append(cell)
            elif cell:
                cells[place] = cell
        if len(cells) > COLUMNS:
            raise Unreadable(f"{self.name} has records with more than {COLUMNS:,} different names: it is no list of records.")
        self._writer.row(cells)
        self.rows += 1

    @property
    def filled(self) -> bool:
        return bool(self._places)

    def skip(self) -> None:
        self._writer.blank()

    def damaged(self, text: str) -> None:
        self._writer.blank()
        self._damaged.append((self._writer.lines, "not a JSON record", text.strip()[:SHOWN]))
        if len(self._damaged) > FAULTS:
            raise Unreadable(f"{self.name} begins as JSON, but more than {FAULTS:,} of its lines are not. Export it again.")

    def finish(self) -> Path:
        notes: tuple[str, ...] = ()
        if self._left_out:
            names = ", ".join(f"'{name}' (in {count:,})" for name, count in self._left_out.most_common(20))
            notes = (f"Lists of records inside the records were left out: {names}.",)
        return self._writer.finish(About(layout.numbered([*self._places]), notes, tuple(self._damaged)))

    def drop(self) -> None:
        self._writer.drop()


def flat(record: dict[str, Any], left_out: Counter[str], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and text of every cell."""
    for key, value in record.items():
        name = prefix + key
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, dict):
            yield from flat(value, left_out, name + ".")
        elif not isinstance(value, list):
            yield name, _word(value)
        elif _refers(value):
            yield from _references(value, name)
        elif any(isinstance(one, (dict, list)) for one in value):
            left_out[name] += 1
        else:
            yield name, SIGN.join(_word(one) for one in value)


def _refers(value: list[Any]) -> bool:
    """Whether the entries only refer to other records, and so fit a cell for each of their names."""
    return bool(value) and all(isinstance(one, dict) and REFERENCE.issuperset(one) and not _nested(one) for one in value)


def _nested(one: dict[str, Any]) -> bool:
    return any(isinstance(cell, (dict, list)) for cell in one.values())


def _references(value: list[dict[str, Any]], name: str) -> Iterator[tuple[str, str]]:
    for key in dict.fromkeys(key for one in value for key in one):
        yield f"{name}.{key}", SIGN.join(_word(one.get(key)).replace(SIGN, ",") for one in value)


def _word(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def tables(path: Path, name: str, place: Place, room: Room) -> Iterator[Part]:
    """Every list of records in the file, as a table of its own."""
    with path.open("rb") as stream:
        code = encoding.unicode_name(stream.read(HEAD)) or "utf-8"
    made: dict[str, Table] = {}

    def table(key: str) -> Table:
        if key not in made:
            made[key] = Table(place(), room, f"{name}: {key}" if key else name)
        return made[key]

    try:
        with path.open(encoding=code, errors="replace", newline="\n") as text:
            _fill(text, table)
    except (Damaged, RecursionError) as error:
        _drop(made)
        raise Unreadable(
            f"{name} is a JSON file that is damaged or breaks off{_after(made)}. Export or download it again."
        ) from error
    except BaseException:
        _drop(made)
        raise
    full = [one for one in made.values() if one.filled]
    for empty in (one for one in made.values() if not one.filled):
        empty.drop()
    if not full:
        raise Unreadable(f"{name} is a JSON file without records: a list of tickets, answers or customers was expected.")
    for one in full:
        yield Part(one.finish(), name if len(full) == 1 else one.name)


def _drop(made: dict[str, Table]) -> None:
    for one in made.values():
        one.drop()


def _after(made: dict[str, Table]) -> str:
    rows = sum(one.rows for one in made.values())
    return f" after {rows:,} {'record' if rows == 1 else 'records'}" if rows else ""


def _fill(text: TextIO, table: Any) -> None:
    """Finds out from the first value how the file is laid out, then reads all of it that way."""
    scanner = Scanner(text)
    start = scanner.peek()
    first = _first(scanner) if start == "{" else None
    one_line = first is not None and _lines(text)
    text.seek(0)
    if one_line and not _wraps(first):
        _fill_by_line(text, table(""))
        return
    scanner = Scanner(text)
    while start := scanner.peek():
        if start == "[":
            _add(scanner.elements(), table(""))
        elif start == "{" and (first is None or _wraps(first)):
            _unwrap(scanner, "", table)
        elif not scanner.take(","):
            _add(iter([scanner.value()]), table(""))


def _first(scanner: Scanner) -> Any:
    try:
        return scanner.value(FIRST)
    except Damaged:
        return None


def _lines(text: TextIO) -> bool:
    """Whether the first line that holds anything is a whole value."""
    text.seek(0)
    first = next((line for line in iter(lambda: text.readline(json_text.LONGEST), "") if line.strip("\ufeff \t\r\n")), "")
    try:
        json_text.line(first)
    except Damaged:
        return False
    return True


def _wraps(value: Any) -> bool:
    """Whether an object is only the wrapping of lists of records: it says nothing about itself."""
    return not any(OWN.search(name) for name in value) and _holds_list(value, DEPTH)


def _holds_list(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return depth > 0 and any(_holds_list(one, depth - 1) for one in value.values())
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _fill_by_line(text: TextIO, table: Table) -> None:
    for line in iter(lambda: text.readline(json_text.LONGEST), ""):
        if not line.strip("\ufeff \t\r\n"):
            table.skip()
            continue
        try:
            value = json_text.line(line)
        except Damaged:
            value = None
        if isinstance(value, dict):
            table.add(value)
        else:
            table.damaged(line)


def _add(values: Iterator[Any], table: Table) -> None:
    for value in values:
        if isinstance(value, dict):
            table.add(value)
        elif value is not None:
            raise Damaged


def _unwrap(scanner: Scanner, path: str, table: Any) -> None:
    """Every list of objects in an object, and in objects in it."""
    for name in scanner.names():
        start = scanner.peek()
        if start == "{":
            _unwrap(scanner, name, table)
        elif start != "[":
            scanner.value()
        else:
            values = scanner.elements()
            first = next(values, None)
            if isinstance(first, dict):
                _add(chain([first], values), table(name))
            else:
                for _ in values:  # words or numbers: nothing of the table
                    pass
