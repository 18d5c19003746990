"""Writes a workspace to carry along: `python -m tests.migrations.record FOLDER`, before the tables change.

A small database as the code at hand makes it, its answers, a frozen report, a live link and a saved format. The tests beside
this file open every such folder with the code of their day.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import queries
from data.derived import calendars, csat_thresholds
from data.derived.calendars import Calendar
from data.importing import format_writer, import_file, mapping, preview
from data.store import Store
from data.workspace import data_subjects, shares, targets
from data.workspace.targets import Promise
from pages import menu
from pages.access.reader import Reader
from pages.context import Context
from pages.menu import Entry
from pages.report import gather
from pages.sharing import create
from queries import Filters

HERE = Path(__file__).parent
FORMATS = HERE.parent / "formats"
EXPORTS = ("messages", "surveys", "customers", "subscriptions", "churn_events", "orders", "events")
KEPT = ("tickets", "responses", *EXPORTS, "imports", "problems", "targets", "shares", "forgotten")
EDITED = {"surveys": ("Too slow", "Far too slow"), "customers": ("Bolt", "Bolt & Nut"), "subscriptions": ("price", "the price")}
SLICES = (None, "month", "channel", "team", "theme", "plan")
FORGOTTEN = "person7@customers.example"
TOPICS = ("refund of an invoice", "cannot sign in", "where is my parcel", "how to export a list")
HEADER = ("Ticket ID", "Subject", "Status", "Channel", "Team", "Assignee", "Tags", "Requester email", "Created", "First reply",
          "Solved", "CSAT", "CSAT comment")  # fmt: skip
ODD = "Vorgang;Angelegt;Fertig;Lage\nV1;02.03.2025 09:00;02.03.2025 12:00;fertig\nV2;15.03.2025 09:00;;wartet\n"
ODD_MEANT = {"Vorgang": "id", "Angelegt": "created_at", "Fertig": "solved_at", "Lage": "status"}


@dataclass(frozen=True)
class Wish:
    """What is shared: every page that can be, for longer than anybody will run these tests."""

    title: str = "How were we doing?"
    note: str = "As it was."
    pages: tuple[Entry, ...] = ()
    days: int = 36_500
    passcode: str = ""
    name_agents: bool = False


def write(folder: Path) -> None:
    """The database packed, and beside it what the code that made it said."""
    folder.mkdir(parents=True)
    store = Store.open(folder / "desk.duckdb")
    with tempfile.TemporaryDirectory() as work:
        fill(store, Path(work))
    (folder / "odd.toml").write_text(format_of(store, folder), encoding="utf-8")
    with_links = linked(store)
    said = {**with_links, "answers": answers(store), "rows": rows(store)}
    (folder / "said.json").write_text(json.dumps(said, indent=0, ensure_ascii=False), encoding="utf-8")
    with store.cursor() as cursor:
        cursor.execute("force checkpoint")
    store.close()
    plain = folder / "desk.duckdb"
    (folder / "desk.duckdb.gz").write_bytes(gzip.compress(plain.read_bytes(), 9, mtime=0))
    plain.unlink()
    shutil.rmtree(folder / "desk.shares" / "static")  # the charts' script, as large as all the rest


def fill(store: Store, work: Path) -> None:
    """Every table, some of it twice, and every choice that a workspace makes."""
    store.set("timezone", "Europe/Berlin")
    for name, changed in (("tickets.csv", False), ("tickets-again.csv", True)):
        import_file.import_file(store, ticket_file(work / name, changed), source="helpdesk")
    for name in EXPORTS:
        text = (FORMATS / name / "export.csv").read_text(encoding="utf-8")
        for place, edited in enumerate((text, text.replace(*EDITED.get(name, ("", ""))))):
            (work / f"{name}-{place}.csv").write_text(edited, encoding="utf-8")
            import_file.import_file(store, work / f"{name}-{place}.csv", source=name)
    week = {day: ((540, 1020),) for day in range(1, 6)}
    calendars.keep(store, Calendar(None, "Europe/Berlin", None, None, week, frozenset({(date(2025, 12, 24), True)})))
    csat_thresholds.keep(store, 5.0, 4.0)
    targets.add(store, Promise("first_reply_time", 80.0, 120.0, channel="chat"), date(2025, 1, 1))
    targets.add(store, Promise("csat", 90.0))
    data_subjects.forget(store, FORGOTTEN)


def ticket_file(path: Path, changed: bool) -> Path:
    """Half a year of tickets, three a day; in the second file the last hundred are solved as well."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        out.writerows(ticket(number, number < 440 or changed) for number in range(540) if not changed or number >= 440)
    return path


def ticket(number: int, solved: bool) -> tuple[str, ...]:
    born = datetime(2025, 3, 3, 8) + timedelta(hours=8 * number, minutes=number * 37 % 400)
    replied, ended = born + timedelta(minutes=5 + number * 53 % 300), born + timedelta(minutes=400 + number * 71 % 4000)
    score = ("5", "4", "2", "", "1", "", "5")[number % 7] if solved else ""
    comment = "Quick and friendly, thank you" if score == "5" else "Far too slow and rude" if score in ("1", "2") else ""
    return (
        f"T-{number}", f"{TOPICS[number % 4]} {number}", "Solved" if solved else "Open", ("Email", "Chat", "Phone")[number % 3],
        ("Billing", "Support")[number % 2], f"Agent {'ABCDE'[number % 5]}", ("vip", "vip, late", "")[number % 3],
        f"person{number % 60}@customers.example", f"{born:%Y-%m-%d %H:%M:%S}", f"{replied:%Y-%m-%d %H:%M:%S}",
        f"{ended:%Y-%m-%d %H:%M:%S}" if solved else "", score, comment,
    )  # fmt: skip


def format_of(store: Store, folder: Path) -> str:
    """What a manager made of a file that nobody knew."""
    file = folder / "odd.csv"
    file.write_text(ODD, encoding="utf-8")
    with tempfile.TemporaryDirectory() as work:
        head = preview.head(store, file, file.name, Path(work) / "odd.head")
    one = mapping.draft(head.header, head.looks, mapping.generic("tickets"))
    guesses = tuple(replace(guess, column=ODD_MEANT[guess.header]) for guess in one.guesses)
    one = replace(one, guesses=guesses, meanings={"status": {"fertig": "solved", "wartet": "pending"}})
    return format_writer.toml(one, "Odd tickets", "odd")


def linked(store: Store) -> dict[str, Any]:
    """Tokens of a frozen report of many pages and of a live link, and what the frozen one says."""
    now = Context(Reader("manager"), Filters(range="all"), store, queries.as_of(store))
    pages = gather.usual(menu.entries())
    frozen = create.frozen(Wish(pages=pages), now)
    live = create.newest(Wish("The newest", pages=pages[:1]), replace(now, filters=Filters(range="last-90d", channel=("chat",))))
    return {"frozen": frozen, "live": live, "pages": [page.path for page in pages], "links": len(shares.every(store))}


def answers(store: Store) -> dict[str, list[list[Any]]]:
    """Every number, as a whole and by some dimensions."""
    return {f"{name} {by or 'all'}": found for name in queries.METRICS for by in SLICES if (found := answer(store, name, by))}


def answer(store: Store, name: str, by: str | None) -> list[list[Any]]:
    try:
        frame = queries.answer(name, Filters(range="all"), by, store)
    except ValueError:  # it has no such slices
        return []
    return [[plain(value) for value in row] for row in frame[["slice", "value", "low", "high", "n"]].itertuples(index=False)]


def plain(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value if isinstance(value, str) else float(value)


def rows(store: Store) -> dict[str, int]:
    """How many there are of everything that somebody brought, said or gave out."""
    with store.cursor() as cursor:
        tables = [str(row[0]) for row in cursor.execute("select table_name from information_schema.tables order by 1").fetchall()]
        kept = [name for name in tables if name.removesuffix("_replaced") in KEPT]
        return {name: int((cursor.execute(f"select count(*) from {name}").fetchone() or (0,))[0]) for name in kept}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
