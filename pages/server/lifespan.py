"""While the server runs, it does for commands on its machine what they cannot do themselves: it holds the database."""

import logging
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from typing import Any

from data import store as stores
from data.open_errors import CannotOpen
from data.workspace import backup, command_socket
from pages.exports.mail.smtp import CannotSend
from pages.report import serialise
from pages.server import digest, tcp_nodelay

log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """From the first moment to the last: commands, and answers that leave at once."""
    with _answering():
        async with tcp_nodelay.lifespan(app):
            yield


def _answering() -> AbstractContextManager[None]:
    try:
        return command_socket.answering(stores.location(), {"hold": _hold, "report": _report})
    except CannotOpen as error:  # every page says so as well
        log.error(error)
        return nullcontext()


def _hold(_: command_socket.Said) -> Any:
    return backup.holding(stores.default())


@contextmanager
def _report(said: command_socket.Said) -> Any:
    """The same report that the command would make by itself, as text."""
    try:
        yield {"report": serialise.text(digest.made(stores.default(), **said))}
    except CannotSend as error:
        raise command_socket.Refused(str(error)) from error
