"""`python -m pages digest`: the brief, or another page, as a mail; for a timer such as cron."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from email.policy import SMTP
from pathlib import Path

import queries
from data.open_errors import CannotOpen
from data.store import PATIENCE, Store, location
from data.workspace import command_socket
from pages import menu
from pages.access.reader import Reader
from pages.context import Context
from pages.document.report import Plan, Report
from pages.exports.mail import message, smtp
from pages.exports.mail.message import Mail
from pages.menu import Entry
from pages.report import gather, serialise, share_filters
from queries import Filters
from queries.filters import RANGES

ALL = "all"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", default="brief", metavar="NAME", help="brief, all, or the address of a page such as overview")
    parser.add_argument("--to", action="append", default=[], metavar="ADDRESS", help="who gets it; may be said several times")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it to a file (.html, .txt or .eml) instead of sending it")
    choices = sorted(set(RANGES) - {"custom"})
    parser.add_argument("--range", default="last-month", choices=choices, metavar="PERIOD", help=f"one of {', '.join(choices)}")
    parser.add_argument("--title", default="", help="instead of the page's question")
    parser.add_argument("--database", metavar="D", help="the database file (else DESKPULSE_DATABASE)")


def run(said: argparse.Namespace) -> int:
    """0 when it is written or sent, 2 when something is missing; the sentence says what."""
    try:
        people, pages = smtp.addressed(said.to), chosen(said.report)
        if not people and not said.out:
            raise smtp.CannotSend("Say who gets it with --to ADDRESS, or where to write it with --out FILE.")
        server = None if said.out else smtp.server()
        made = message.written(report(said, pages))
        if said.out:
            said.out.write_bytes(as_file(made, said.out.suffix, people))
        elif server:
            smtp.send(made, people, server)
    except (smtp.CannotSend, command_socket.Refused, CannotOpen, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    where = f"Written to {said.out}" if said.out else f"Sent to {', '.join(people)}"
    print(f"{where}: {made.subject}")
    return 0


def chosen(name: str) -> tuple[Entry, ...]:
    """The pages of a name."""
    pages = {entry.path: entry for entry in gather.printable(menu.entries())}
    if name == ALL:
        return tuple(entry for entry in gather.usual(menu.entries()) if entry.path != "brief")
    if name not in pages:
        raise smtp.CannotSend(f"There is no report '{name}'; there are {', '.join([ALL, *pages])}.")
    return (pages[name],)


def report(said: argparse.Namespace, pages: tuple[Entry, ...]) -> Report:
    """Made here, or by the server that holds the database."""
    path = location(said.database)
    if not path.exists():
        raise smtp.CannotSend(f"There is no database {path}; name one with --database.")
    wanted = {"pages": [page.path for page in pages], "range": said.range, "title": said.title}
    with command_socket.asked(path, "report", **wanted) as answer:
        if answer is not None:
            return serialise.report(answer["report"])
    store = Store.open(path, patience=PATIENCE, tell=lambda sentence: print(sentence, file=sys.stderr))
    try:
        return made(store, **wanted)
    finally:
        store.close()


def made(store: Store, pages: Sequence[str], range: str, title: str) -> Report:
    """As anybody outside may see it."""
    now = Context(Reader("viewer"), Filters(range=range), store, queries.as_of(store))
    if now.empty:
        raise smtp.CannotSend("Nothing is imported yet, so there is nothing to tell.")
    shown = tuple(entry for entry in gather.printable(menu.entries()) if entry.path in pages)
    named = title or (shown[0].question if len(shown) == 1 else "How are we doing?")
    return gather.report(Plan(named, "", shown, today(), share_filters.smallest(store)), now)


def today() -> date:
    return datetime.now(UTC).date()


def as_file(made: Mail, ending: str, people: list[str]) -> bytes:
    """A page, its text, or the whole mail for a program that sends it."""
    if ending == ".eml":
        return smtp.message(made, "deskpulse@localhost", people or ["reader@localhost"]).as_bytes(policy=SMTP)
    return (made.text if ending == ".txt" else made.html).encode("utf-8")
