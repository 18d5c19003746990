"""All rows behind a number as a file: `GET /rows.csv?behind=...` with the filters of a page, written while they are read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

import queries
from data import store as stores
from data.store import Store
from data.workspace import targets
from pages.access.reader import Reader
from pages.content import rows_question
from pages.content.filter_choices import CHOICES, ordered, slices
from pages.document import safe_csv
from pages.server import authenticate
from queries import Filters, row_search, target_verdicts
from queries.row_search import Selection


async def send(request: Request) -> Response:
    """Streams; a guest of a shared link has no business with single rows."""
    reader = authenticate.of_request(request)
    if reader is None or reader.role == "guest":
        return PlainTextResponse("This link is for people who may look at single rows.", 403)
    name = request.query_params.get("behind", "")
    if name not in queries.METRICS:
        return PlainTextResponse("There is no such number.", 404)
    store = await run_in_threadpool(stores.default)
    asked = await run_in_threadpool(question, name, request.query_params, reader, store)
    if asked is None:
        return PlainTextResponse("There is no such target, or no single row can have broken it.", 404)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces(asked, store), media_type="text/csv; charset=utf-8", headers=headers)


def question(name: str, said: QueryParams, reader: Reader, store: Store) -> Selection | None:
    """Which rows an address asks for: those of a number, or with `target` those that broke a promise about it."""
    asked = filters(said, store)
    if not said.get("target"):
        more = said.get("search", ""), bool(said.get("left_out")), said.get("reason", "")
        return rows_question.question(queries.metric(name), asked, reader, *more)
    target = next((one for one in targets.every(store) if str(one.id) == said["target"]), None)
    judged = target_verdicts.judge(target, asked, store) if target else None
    if judged is None or judged.version.promise.metric != name:
        return None
    return target_verdicts.broken(judged, for_everybody=not reader.sees_personal_data)


def pieces(asked: Selection, store: Store) -> Iterator[bytes]:
    """The mark that makes spreadsheets read UTF-8, the names, then a few thousand rows at a time."""
    yield "\ufeff".encode() + (",".join(row_search.columns(asked, store)) + "\n").encode()
    for frame in row_search.pieces(asked, store):
        yield safe_csv.csv(frame).decode("utf-8-sig").partition("\n")[2].encode()


def filters(said: QueryParams, store: Store) -> Filters:
    """The filters of an address; words that mean nothing are passed over, as on a page."""
    chosen: dict[str, Any] = {choice.key: said[choice.key] for choice in CHOICES if said.get(choice.key) in choice.words}
    chosen |= {key: tuple(said.getlist(key)) for key in slices()}
    as_of = queries.as_of(store)
    start, end = ordered(day(said.get("from")), day(said.get("to")), as_of.date()) if as_of else (None, None)
    return Filters(**chosen, start=start, end=end, before=day(said.get("before")))


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
