"""Finds every table in what was brought: a plain file, an archive of files, a workbook of sheets, a JSON of lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from data.files import archives, file_type, json_records, workbooks
from data.files.file_type import Unreadable
from data.files.plain_table import Part, Place, Room

DEEPEST = 1  # an archive inside an archive; not one inside that


def tables(path: Path, name: str, place: Place, room: Room, depth: int = 0) -> Iterator[Part]:
    """One part for each table, in turn; who takes it removes its file unless that is `path`.

    Raises Unreadable when nothing can be had from the file; a fault of one member is a part that says so.
    """
    kind = file_type.of(path, name)
    if kind == "workbook":
        yield from workbooks.tables(path, name, place, room)
    elif kind == "json":
        yield from json_records.tables(path, name, place, room)
    elif kind in ("text", "made"):
        yield Part(path, name)
    elif depth > DEEPEST:
        raise Unreadable(f"{name} is an archive inside archives, too deep to be opened. Unpack it and bring the files themselves.")
    else:
        for member in archives.members(path, kind, name, place, room):
            yield from _inside(member, place, room, depth + 1)


def _inside(member: Part, place: Place, room: Room, depth: int) -> Iterator[Part]:
    if member.fault:
        yield member
        return
    kept = False
    try:
        for part in tables(member.path, member.name, place, room, depth):
            kept = kept or part.path == member.path
            yield part
    except Unreadable as error:
        yield Part(member.path, member.name, str(error))
    finally:
        if not kept:
            member.path.unlink(missing_ok=True)
