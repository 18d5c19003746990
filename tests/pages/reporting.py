"""Makes reports for tests: a visit to a store, a plan, a page; and asks the routes for them without a server in between."""

from __future__ import annotations

import asyncio
import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette

import queries
from data.importing import import_file
from data.store import Store
from data.workspace import shares
from data.workspace.shares import Offer
from pages import menu
from pages.access.reader import Reader
from pages.context import Context
from pages.document.report import Plan, Report
from pages.exports.html.report_page import Html
from pages.report import gather
from pages.server import share_routes
from pages.sharing import create, link_index
from queries import Filters

EVERYTHING = gather.printable(menu.entries())
HIT = "</script><img src=x onerror=window.hit=1><script>window.hit=1</script>"
COLUMNS = ("Ticket ID", "Subject", "Status", "Channel", "Team", "Assignee", "Category", "Created", "First reply", "Solved", "CSAT")


def visit(store: Store, **filters: Any) -> Context:
    return Context(Reader("manager"), Filters(**filters), store, queries.as_of(store))


def page(store: Store, title: str = "How are we doing?", note: str = "", names: bool = False, k: int = 5, **filters: Any) -> str:
    """The whole report, as it is kept."""
    plan = Plan(title, note, EVERYTHING, date(2026, 11, 22), k, names)
    return html(gather.report(plan, visit(store, **filters)))


def html(report: Report) -> str:
    return Html().write(report).decode("utf-8")


def given_out(store: Store, text: str, **more: Any) -> tuple[shares.Share, str]:
    """A page with a link to it."""
    create.keep_assets(store)
    return link_index.of(store).add(Offer(title="A report", **more), shares.pack(text))


def hostile(folder: Path) -> Path:
    """Tickets that try to be scripts in every cell."""
    path = folder / "tickets.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for i in range(60):
            day, name = f"2026-03-{1 + i % 28:02}", f"{HIT}{i % 2}"
            cells = (f"{day} 09:00", f"{day} 10:{i % 60:02}", f"{day} 17:00", str(1 + i % 5))
            out.writerow([f"{HIT}{i}", f"refund {HIT}", "solved", name, name, name, name, *cells])
    return path


def attacked(folder: Path) -> Store:
    store = Store.open(folder / "attacked.duckdb")
    receipt = import_file.import_file(store, hostile(folder))
    assert receipt.kept == 60
    return store


class Answer:
    """What came back: a status, headers by their lower-case names, and the body."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body


def ask(address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """One request to the routes of shared reports. Header names are written with underscores."""
    with ThreadPoolExecutor(1) as apart:  # a browser that is open in this thread has a loop of its own in it
        return apart.submit(asyncio.run, _ask(address, method, body, headers)).result()


async def _ask(address: str, method: str, body: bytes, headers: dict[str, str]) -> Answer:
    parts, sent = urlsplit(address), []
    given = {"host": "desk.test"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "method": method,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "scheme": "http",
        "server": ("desk.test", 80),
        "client": ("192.0.2.1", 5000),
        "root_path": "",
        "http_version": "1.1",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await Starlette(routes=share_routes.routes)(scope, receive, send)
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))
