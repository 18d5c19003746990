"""The door for files: `PUT /upload` writes the body to disk as it comes in, however large, and queues its import.

A route of our own is outside Streamlit's protection against other sites, so it asks for itself who is calling and from where.
"""

import logging
from pathlib import Path
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from data import store
from data.files.plain_table import SPARE
from pages.access.request_origin import own_page
from pages.jobs import import_jobs, upload_files
from pages.server import authenticate

PIECE = 4 << 20

log = logging.getLogger(__name__)


class Refused(Exception):
    """Why a file is not taken: a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


async def receive(request: Request) -> Response:
    """Takes one file. Its name comes in a header of our own, which a page of another site could not send either."""
    try:
        ask(request)
        name = upload_files.plain_name(unquote(request.headers["x-file-name"]))
        size = await kept(request, path := upload_files.place())
    except Refused as refused:
        return JSONResponse({"error": str(refused)}, refused.status)
    except ClientDisconnect:
        return JSONResponse({"error": "The upload was cancelled."}, 400)
    job = import_jobs.bring(store.default(), path, name)
    return JSONResponse({"job": job.id, "name": name, "size": size}, 202)


def ask(request: Request) -> None:
    """Raises Refused unless a manager sends a file from a page of this very server."""
    if not own_page(request.headers):
        raise Refused(403, "This server takes files from its own pages only.")
    reader = authenticate.of_request(request)
    if reader is None or not reader.manages:
        raise Refused(403, "Only managers may bring files.")
    if "x-file-name" not in request.headers:
        raise Refused(400, "The file has no name.")
    declared = request.headers.get("content-length", "0")
    check_size(int(declared) if declared.isdigit() else 0)


async def kept(request: Request, path: Path) -> int:
    """Writes the body piece by piece; a broken or refused upload leaves nothing behind."""
    size, piece = 0, bytearray()
    try:
        with upload_files.opened(path) as file:
            async for chunk in request.stream():
                size += len(chunk)
                check_size(size, room=False)
                piece += chunk
                if len(piece) >= PIECE:
                    await run_in_threadpool(file.write, piece)
                    piece = bytearray()
            await run_in_threadpool(file.write, piece)
    except BaseException as error:
        upload_files.forget(path)
        if isinstance(error, OSError):
            log.exception("An upload could not be written")
            raise Refused(507, "The server could not write the file: its disk may be full.") from error
        raise
    if size == 0:
        upload_files.forget(path)
        raise Refused(400, "The file is empty.")
    return size


def check_size(size: int, room: bool = True) -> None:
    """Raises Refused when a file of this size is not wanted or would fill the disk."""
    if size > upload_files.limit():
        raise Refused(
            413,
            f"The file is larger than {upload_files.limit() >> 20:,} MB, the limit set in .streamlit/config.toml (maxUploadSize).",
        )
    if room and size and upload_files.free() < size + SPARE:
        raise Refused(507, "There is not enough room on the server's disk for this file.")
