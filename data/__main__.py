"""python -m data: import exports and answer what they leave open, undo, list, the sample, back up, restore, a person's data."""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb

from data.cells.dates import ORDERS
from data.files import read_table, unpack
from data.files.plain_table import Part, Room
from data.formats import BadFormat
from data.importing import answer_doubt, doubt_commands, import_file, kept_files, merge, recognise, saved_formats
from data.importing.receipt import Receipt
from data.open_errors import CannotOpen, StoreBusy
from data.store import PATIENCE, Store, location
from data.workspace import archive, backup, command_socket, data_subject_commands, data_subjects

SENTENCES = (
    *(read_table.Unreadable, recognise.Unrecognised, import_file.NothingKept, merge.CannotUndo),
    *(answer_doubt.NotAsked, answer_doubt.FileNeeded, kept_files.Gone),
    *(StoreBusy, BadFormat, archive.CannotRestore, data_subjects.Unknown, command_socket.Refused),
)
LEFT_OPEN = 3  # what a strict import ends with where something was assumed


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "import": _import,
        "undo": _undo,
        "answer": lambda options: doubt_commands.answer(_opened(options), options),
        "imports": _imports,
        "formats": _formats,
        "sample": _sample,
        "backup": _backup,
        "restore": _restore,
        "person": lambda options: data_subject_commands.hand_out(_opened(options), options),
        "forget": lambda options: data_subject_commands.forget(_opened(options), options),
    }
    try:
        return commands[options.command](options)
    except SENTENCES as error:
        print(error, file=sys.stderr)
        return 1
    except CannotOpen as error:  # another database has to be named
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Bring exports into Deskpulse.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--database", metavar="D", help="the database file (else DESKPULSE_DATABASE)")
    shared.add_argument("--json", action="store_true", help="print for programs")
    bring = commands.add_parser("import", parents=[shared], help="import one or more export files, archives or workbooks")
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE")
    bring.add_argument("--source", metavar="NAME", help="which stream of exports the files belong to")
    bring.add_argument("--timezone", metavar="Z", help="zone of stamps without one, such as Europe/Berlin")
    bring.add_argument("--format", metavar="F", help="do not guess the format (see: formats)")
    bring.add_argument("--date-order", choices=sorted(ORDERS), help="for dates such as 03/04/2025")
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    bring.add_argument("--strict", action="store_true", help="end with 3 when something is left open")
    undo = commands.add_parser("undo", parents=[shared], help="take an import out again")
    undo.add_argument("import_id", metavar="IMPORT_ID")
    commands.add_parser("imports", parents=[shared], help="list what was imported")
    commands.add_parser("formats", parents=[shared], help="list the formats that are recognised")
    commands.add_parser("sample", parents=[shared], help="load the bundled sample data")
    keep = commands.add_parser("backup", parents=[shared], help="write database, shared reports and saved formats into one file")
    keep.add_argument("file", type=Path, metavar="FILE")
    back = commands.add_parser("restore", parents=[shared], help="put a backup in the place of the database")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--force", action="store_true", help="even where something has come in since")
    doubt_commands.parsers(commands, shared)
    data_subject_commands.parsers(commands, shared)
    return parser


def _import(options: argparse.Namespace) -> int:
    """Every file on its own: one that fails does not hold up the others."""
    _check_zone(options.timezone)
    store = _opened(options)
    _say_left_out()
    receipts: list[Receipt] = []
    failed = False
    for path in options.files:
        for found in _tables(store, path):
            outcome = found if isinstance(found, str) else _import_part(store, found, path, options)
            if isinstance(outcome, Receipt):
                receipts.append(outcome)
            else:
                failed = True
                print(outcome, file=sys.stderr)
    doubt_commands.tell(store, receipts, options.json)
    return 1 if failed else LEFT_OPEN if options.strict and any(one.open for one in receipts) else 0


def _tables(store: Store, path: Path) -> Iterator[Part | str]:
    """Every table in a file, unpacked only while it is needed; or the sentence that says why there is none."""
    try:
        with tempfile.TemporaryDirectory(prefix=store.import_folders, dir=store.path.parent.resolve()) as folder:
            numbers = itertools.count()
            place = lambda: Path(folder, f"table-{next(numbers)}")  # noqa: E731 - a name for it would say no more
            for part in unpack.tables(path, path.name, place, Room(Path(folder))):
                yield part
                if part.path != path:
                    part.path.unlink(missing_ok=True)
    except FileNotFoundError:
        yield f"There is no file {path}."
    except OSError as error:
        yield f"{path} cannot be read: {error.strerror}."
    except read_table.Unreadable as error:
        yield str(error)


def _import_part(store: Store, part: Part, brought: Path, options: argparse.Namespace) -> Receipt | str:
    if part.fault:
        return part.fault
    try:
        return import_file.import_file(
            store,
            part.path,
            name=part.name,
            source=options.source,
            timezone=options.timezone,
            format=options.format,
            date_order=options.date_order,
            dry_run=options.dry_run,
            archive=brought if part.path != brought else None,
        )
    except (read_table.Unreadable, recognise.Unrecognised, import_file.NothingKept) as error:
        return str(error) if part.name in str(error) else f"{part.name}: {error}"


def _opened(options: argparse.Namespace) -> Store:
    """The database, after the import of another process if there is one."""
    return Store.open(location(options.database), patience=PATIENCE, tell=lambda sentence: print(sentence, file=sys.stderr))


def _check_zone(zone: str | None) -> None:
    if zone is None:
        return
    with duckdb.connect() as connection:
        if not connection.execute("select 1 from pg_timezone_names() where name = ?", [zone]).fetchone():
            print(f"{zone} is not a time zone. Zones are named like Europe/Berlin or America/New_York.", file=sys.stderr)
            raise SystemExit(2)


def _undo(options: argparse.Namespace) -> int:
    file = import_file.undo(_opened(options), options.import_id)
    print(
        json.dumps({"undone": options.import_id, "file": file})
        if options.json
        else f"Import {options.import_id} ({file}) is undone."
    )
    return 0


def _imports(options: argparse.Namespace) -> int:
    names = (
        "id",
        "imported_at",
        "file",
        "format",
        "table_name",
        "source",
        "rows_read",
        "kept",
        "updated",
        "unchanged",
        "set_aside",
        "as_of",
    )
    with _opened(options).cursor() as cursor:
        rows = cursor.execute(f"select {', '.join(names)} from imports order by id").fetchall()
    found = [dict(zip(names, row, strict=True)) for row in rows]
    if options.json:
        print(json.dumps(found, default=str, ensure_ascii=False, indent=1))
    elif not found:
        print("Nothing has been imported yet.")
    for row in [] if options.json else found:
        print(
            f"{row['id']}  {row['file']}  {row['format']} -> {row['table_name']} ({row['source']})  "
            f"{row['rows_read']:,} rows, {row['kept']:,} new, {row['updated']:,} updated, {row['set_aside']:,} set aside"
        )
    return 0


def _say_left_out() -> None:
    for sentence in saved_formats.left_out():
        print(sentence, file=sys.stderr)


def _formats(options: argparse.Namespace) -> int:
    _say_left_out()
    found = [form for form in saved_formats.known() if not form.refuse]
    if options.json:
        print(json.dumps([{"name": form.name, "title": form.title, "table": form.table} for form in found], indent=1))
    else:
        width = max(len(form.name) for form in found)
        print("\n".join(f"{form.name:<{width}}  {form.title} -> {form.table}" for form in found))
    return 0


def _sample(options: argparse.Namespace) -> int:
    from data.samples import generate  # only here: the sample is never needed elsewhere

    store = _opened(options)
    with tempfile.TemporaryDirectory() as folder:
        receipts = [import_file.import_file(store, path, source="sample") for path in generate(Path(folder))]
    doubt_commands.tell(store, receipts, options.json)
    return 0


def _backup(options: argparse.Namespace) -> int:
    """Of a store that is there: a misspelt name would make an empty one and save that."""
    path = location(options.database)
    if not path.exists():
        raise archive.CannotRestore(f"There is no database {path}.")
    try:
        found = backup.backup(path.absolute(), options.file)
    except OSError as error:
        raise archive.CannotRestore(f"{options.file} cannot be written: {error.strerror}.") from error
    size = options.file.stat().st_size
    said = {"file": str(options.file), "bytes": size, "made": found.made, "files": len(found.files)}
    print(json.dumps(said) if options.json else f"{options.file}: {len(found.files):,} files, {size:,} bytes.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    path = location(options.database)
    done = backup.restore(options.file, path, options.force)
    found = done.was
    said = {"database": str(path), "made": found.made, "files": len(found.files), "withdrawn": done.withdrawn}
    note = f" Links withdrawn since then stay withdrawn: {done.withdrawn}." if done.withdrawn else ""
    note += f" People forgotten since then stay forgotten (rows: {done.nameless:,})." if done.nameless else ""
    print(json.dumps(said | {"nameless": done.nameless}) if options.json else f"{path} is as it was on {found.made} UTC.{note}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
