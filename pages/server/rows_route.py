"""All rows behind a number as a file: `GET /rows.csv?behind=...` with the filters of a page, written while they are read."""

from collections.abc import Iterator
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

import queries
from data import store as stores
from data.store import Store
from pages.content import rows_question
from pages.content.filter_choices import CHOICES, SLICES, ordered
from pages.document import safe_csv
from pages.server import authenticate
from queries import Filters, row_search
from queries.row_search import Question


async def send(request: Request) -> Response:
    """Streams; a guest of a shared link has no business with single rows."""
    reader = authenticate.of_request(request)
    if reader is None or reader.role == "guest":
        return PlainTextResponse("This link is for people who may look at single rows.", 403)
    name = request.query_params.get("behind", "")
    if name not in queries.METRICS:
        return PlainTextResponse("There is no such number.", 404)
    store = await run_in_threadpool(stores.default)
    asked = rows_question.question(
        queries.metric(name),
        await run_in_threadpool(filters, request.query_params, store),
        reader,
        request.query_params.get("search", ""),
        bool(request.query_params.get("left_out")),
        request.query_params.get("reason", ""),
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces(asked, store), media_type="text/csv; charset=utf-8", headers=headers)


def pieces(asked: Question, store: Store) -> Iterator[bytes]:
    """The mark that makes spreadsheets read UTF-8, the names, then a few thousand rows at a time."""
    yield "\ufeff".encode() + (",".join(row_search.columns(asked, store)) + "\n").encode()
    for frame in row_search.pieces(asked, store):
        yield safe_csv.csv(frame).decode("utf-8-sig").partition("\n")[2].encode()


def filters(said: QueryParams, store: Store) -> Filters:
    """The filters of an address; words that mean nothing are passed over, as on a page."""
    words = {choice.key: said[choice.key] for choice in CHOICES if said.get(choice.key) in choice.words}
    lists = {key: tuple(said.getlist(key)) for key in SLICES}
    as_of = queries.as_of(store)
    start, end = ordered(day(said.get("from")), day(said.get("to")), as_of.date()) if as_of else (None, None)
    return Filters(**words, start=start, end=end, before=day(said.get("before")), **lists)  # type: ignore[arg-type]


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
