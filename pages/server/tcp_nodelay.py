"""Answers leave at once. The server's socket is made without saying TCP, so asyncio does not switch its waiting (Nagle) off:
an answer in two packets then stands still for the 40 ms in which the reader's machine waits with its "received"."""

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

FILES = 256  # open files of a server that has just started are fewer


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """What the listening socket is told, those of its readers inherit."""
    for one in listening():
        with suppress(OSError):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        one.close()
    yield


def listening() -> Iterator[socket.socket]:
    """The sockets of this process that wait for readers, as copies to be closed."""
    for one in _sockets():
        waits = False
        with suppress(OSError):
            waits = one.family in (socket.AF_INET, socket.AF_INET6) and bool(
                one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            )
        if waits:
            yield one
        else:
            one.close()


def _sockets() -> Iterator[socket.socket]:
    """A copy of every socket; of pipes and files none may stay open, or whoever waits for their end waits for ever."""
    for number in range(3, FILES):
        with suppress(OSError):
            copy = os.dup(number)
            try:
                one = socket.socket(fileno=copy)
            except OSError:
                os.close(copy)
                continue
            yield one
