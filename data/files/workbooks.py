"""Makes tables of a workbook (.xlsx, .xls, .xlsb, .ods): one of every sheet that holds one."""

from __future__ import annotations

import json
import mmap
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from data.files import plain_table
from data.files.file_type import AGAIN, Unreadable
from data.files.plain_table import Part, Place, Room

ROOT = Path(__file__).parents[2]
PATIENCE = 900  # seconds for one workbook
REFUSALS = {
    "password": "{name} is encrypted: the workbook has a password. Save it without one, or save the sheet as CSV UTF-8.",
    "damaged": "{name} is a damaged workbook, or another office document. " + AGAIN,
    "sheets": "{name} is a workbook of more than 200 sheets. Save the sheets with tables in a workbook of their own.",
    "large": "{name} is a workbook with a sheet too large to be read, perhaps because of a stray cell far below or beside its "
    "table. " + AGAIN,
}


def tables(path: Path, name: str, place: Place, room: Room) -> Iterator[Part]:
    """Every sheet with a table. If none looks like one, those that hold anything: what they lack is then said of each."""
    found = _sheets(path, place(), room)
    if reason := found.get("refused"):
        reason = "password" if reason == "damaged" and _locked(path) else reason
        raise room.refusal(name) if reason == "room" else Unreadable(REFUSALS[reason].format(name=name))
    tables: list[tuple[str, str, bool]] = found["tables"]
    if not tables:
        raise Unreadable(f"{name} is an empty workbook: no sheet that is shown holds anything. Export it again.")
    chosen = [one for one in tables if one[2]] or tables
    others = [one for one in tables if one not in chosen]
    for _, spare, _ in others:
        Path(spare).unlink()
    for number, (sheet, written, _) in enumerate(chosen):
        part = Path(written)
        room.take(part.stat().st_size, name)
        if number == 0 and (notes := _left_out([one[0] for one in others], found["hidden"])):
            part = plain_table.noted(part, place(), notes)
        yield Part(part, name if len(chosen) == 1 else f"{name}: {sheet}")


def _sheets(path: Path, target: Path, room: Room) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "data.files.worksheet", str(path.resolve()), str(target.resolve()), str(room.left)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        found: dict[str, Any] = {"refused": "large"} if done.returncode else json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        found = {"refused": "large"}
    if "refused" in found:
        for left in target.parent.glob(target.name + "-*"):
            left.unlink()
    return found


def _locked(path: Path) -> bool:
    """A newer workbook with a password is an old Office document around something encrypted."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find("EncryptedPackage".encode("utf-16-le")) > 0


def _left_out(others: list[str], hidden: list[str]) -> tuple[str, ...]:
    said = ("Left out, because they hold no table: ", others), ("Left out, because they are hidden: ", hidden)
    return tuple(text + ", ".join(f"'{name}'" for name in names) + "." for text, names in said if names)
