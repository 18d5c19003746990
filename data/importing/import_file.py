"""Takes one export file into the store: read, recognise, convert, merge, receipt. All or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data import formats
from data.cells import dates, profile, value_shapes, zones
from data.cells.column_kind import Setting
from data.files import read_table
from data.formats.match import Match
from data.headers.names import worded
from data.importing import duration_units, load, merge, problems, recognise, saved_formats, source_matching, unlocks
from data.importing.convert import Plan, answered_at_once, columns_of
from data.importing.receipt import Receipt
from data.literals import literal
from data.store import HOME, Store
from data.workspace import forgotten

SAMPLE = 2_000
FORGOTTEN = "{count:,} rows are about people who asked to be forgotten: they came in without name, address and words."
NAMED_BY_CONTENT = ("events", "orders")  # a change, or a line of an order: nobody gives it an id, and it does not need one
Progress = Callable[[str, float], None]


class NothingKept(Exception):
    """No row of the file was usable; nothing was changed."""

    def __init__(self, receipt: Receipt) -> None:
        reasons = "; ".join(f"{trouble.reason} ({trouble.count})" for trouble in receipt.problems if trouble.set_aside)
        super().__init__(
            f"{receipt.file} was not imported: none of its {receipt.rows_read:,} rows could be used"
            + (f": {reasons}." if reasons else ".")
        )
        self.receipt = receipt


class DryRun(Exception):
    """Ends the transaction without a trace."""


@dataclass(frozen=True)
class Choices:
    """What the manager says about a file; None: let the file tell."""

    source: str | None = None
    timezone: str | None = None
    format: str | None = None
    date_order: str | None = None
    home: str = "UTC"  # the workspace's time zone, for stamps of which nobody says more


def import_file(
    store: Store,
    path: Path,
    *,
    name: str | None = None,
    source: str | None = None,
    timezone: str | None = None,
    format: str | None = None,
    date_order: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Receipt:
    """Import one file and return its receipt.

    Raises reading.Unreadable, recognise.Unrecognised or NothingKept, each with a sentence for the manager.
    """
    tell = progress or (lambda stage, share: None)
    choices = Choices(source, timezone, format, date_order, store.setting("timezone", "UTC"))
    beside = workspace(path) or store.path.parent.resolve()
    with tempfile.TemporaryDirectory(prefix=store.import_folders, dir=beside) as folder:
        tell("Reading", 0.0)
        table = read_table.read(path, Path(folder), name)
        try:
            receipt = _attempt(store, table, choices, dry_run, tell)
        except duckdb.InvalidInputException:  # the strict reader met a damaged record: take those out, by name
            tell("Setting damaged rows aside", 0.1)
            receipt = _attempt(store, read_table.repair(table, Path(folder)), choices, dry_run, tell)
    tell("Done", 1.0)
    return receipt


def undo(store: Store, import_id: str) -> str:
    """Take an import out again; returns the name of its file. Raises merge.CannotUndo with a sentence."""
    with store.writing() as cursor:
        return merge.undo(cursor, import_id)


def workspace(path: Path) -> Path | None:
    """Beside an upload, because the server's queries can read nothing else; else wherever such files go."""
    return path.parent if path.resolve().is_relative_to(HOME.resolve()) else None


def _attempt(store: Store, table: read_table.Table, choices: Choices, dry_run: bool, tell: Progress) -> Receipt:
    tell("Recognising", 0.1)
    receipt = None
    try:
        with store.writing() as cursor:  # from here on alone: which stream a file continues depends on those before it
            plan = replace(plan_of(cursor, table, choices), import_id=_new_id())
            tell("Converting", 0.2)
            loaded = load.load(cursor, plan, table)
            tell("Checking", 0.7)
            found = problems.report(cursor, loaded.plan, table, loaded.rows, loaded.silent, loaded.silence)
            receipt = _receipt(table, loaded, found)
            if not receipt.useful:
                raise NothingKept(receipt)
            if dry_run:
                raise DryRun
            if count := forgotten.scrub(cursor, plan.import_id):
                receipt.notes.append(FORGOTTEN.format(count=count))
            _record(cursor, receipt, found)
            forgotten.unquoted(cursor, plan.import_id)
    except DryRun:
        pass
    if receipt is None:
        raise RuntimeError("the transaction ended without a receipt")
    return replace(receipt, dry_run=True, import_id="") if dry_run else receipt


def plan_of(
    cursor: duckdb.DuckDBPyConnection, table: read_table.Table, choices: Choices, known: Sequence[formats.Format] | None = None
) -> Plan:
    """Which export this is and how its columns are written; nothing is stored."""
    known = saved_formats.known() if known is None else known
    # the column names, once more between the rows, would make empty columns look filled
    again = " and ".join(f"c{place} = {literal(name)}" for place, name in enumerate(table.header[:3]))
    rows = f"select * from {table.scan()} where ({again}) is not true limit {SAMPLE}"
    cursor.execute(f"create or replace temp table sample as {rows}")
    seen, header = value_shapes.look(cursor, "sample"), worded(table.header, table.labels)
    match = recognise.recognise(header, seen, known, choices.format)
    if doubtful := recognise.undecided(match, header, seen):
        seen = [value_shapes.filled(cursor, table.scan(), place) if place in doubtful else one for place, one in enumerate(seen)]
        match = recognise.recognise(header, seen, known, choices.format)
    types = {name: kind for _, name, kind, *_ in cursor.execute(f"pragma table_info({literal(match.format.table)})").fetchall()}
    zone = choices.timezone or match.format.timezone or choices.home
    order = choices.date_order or match.format.date_order
    setting = Setting(seen, zone, zones.changes(cursor, zone), dates.ORDERS.get(order or "", order), types=types)
    plan = _written(cursor, table, match, setting, choices)
    if match.unproved and (found := duration_units.proved(cursor, plan, table.scan())):
        match = recognise.recognise(header, seen, known, match.format.name, found)
        plan = _written(cursor, table, match, setting, choices)
    return plan if choices.source else replace(plan, source=source_matching.source_of(cursor, plan, table.header, table.name))


def _written(cursor: duckdb.DuckDBPyConnection, table: read_table.Table, match: Match, setting: Setting, choices: Choices) -> Plan:
    readings, setting = profile.readings(cursor, match.uses, "sample", table.scan(), setting)
    return Plan(match, readings, setting, len(table.header), choices.source or "", "")


def _new_id() -> str:
    """A number that rises with time and is never used twice, not even after an undo: the moment, to 10 microseconds."""
    return f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"[:19]


def _receipt(table: read_table.Table, loaded: load.Loaded, found: problems.Report) -> Receipt:
    plan, merged = loaded.plan, loaded.merged
    lost = sum(problem.set_aside for problem in table.problems)
    rows_read = loaded.rows + lost
    used = merged.kept + merged.updated + merged.unchanged
    return Receipt(
        file=table.name,
        format=plan.match.format.name,
        table=plan.match.format.table,
        source=plan.source,
        import_id=plan.import_id,
        rows_read=rows_read,
        kept=merged.kept,
        updated=merged.updated,
        unchanged=merged.unchanged,
        set_aside=rows_read - used,
        problems=found.troubles,
        date_order=date_order(plan),
        timezone=plan.setting.timezone,
        as_of=loaded.as_of,
        columns=columns_of(plan, table.header),
        notes=_notes(table, loaded),
        delimiter=table.delimiter,
        unlocks=unlocks.of(plan.match.format.table, unlocks.filled(plan)),
    )


def date_order(plan: Plan) -> str | None:
    """One sentence for the whole file; the doubtful case wins."""
    dated = [reading for use, reading in plan.readings.items() if use.column.kind == "when" and reading.order]
    if any(reading.assumed for reading in dated):
        return "assumed day first"
    orders = sorted({str(reading.order) for reading in dated})
    return ", ".join(orders) or None


def _notes(table: read_table.Table, loaded: load.Loaded) -> list[str]:
    plan = loaded.plan
    notes = [*table.notes, *plan.match.notes, *(note for reading in plan.readings.values() for note in reading.notes)]
    if date_order(plan) == "assumed day first":
        notes.append(
            "No date in this file shows whether the day or the month comes first: day first was assumed. "
            "If that is wrong, undo this import and import again with --date-order mdy."
        )
    notes += answered_at_once(plan)
    if not plan.match.use("id") and plan.match.format.table not in NAMED_BY_CONTENT:
        notes.append(
            "The file has no id column: a row is known by its content, so a row that changes in a later export "
            "comes in as a new one."
        )
    if loaded.merged.earlier:
        notes.append(
            f"{loaded.merged.earlier:,} rows have the id of another row in this file and differ from it: "
            "they count as its earlier versions."
        )
    if loaded.merged.older:
        notes.append(f"{loaded.merged.older:,} rows are older than what is already there and were left alone.")
    return notes


def _record(cursor: duckdb.DuckDBPyConnection, receipt: Receipt, found: problems.Report) -> None:
    values: dict[str, str | int | datetime | None] = {
        "id": receipt.import_id,
        "file": receipt.file,
        "format": receipt.format,
        "table_name": receipt.table,
        "source": receipt.source,
        "imported_at": datetime.now(UTC).replace(tzinfo=None),
        "rows_read": receipt.rows_read,
        "kept": receipt.kept,
        "updated": receipt.updated,
        "unchanged": receipt.unchanged,
        "set_aside": receipt.set_aside,
        "as_of": receipt.as_of,
        "timezone": receipt.timezone,
        "date_order": receipt.date_order,
        "receipt": receipt.as_json(),
    }
    chosen = ", ".join(f"{literal(value)} as {name}" for name, value in values.items())
    cursor.execute(f"insert into imports by name select {chosen}")
    rows = [(receipt.import_id, row.line, row.column, row.reason, row.value, row.record, row.set_aside) for row in found.rows]
    if rows:
        cursor.executemany("insert into problems values (?, ?, ?, ?, ?, ?, ?)", rows)
