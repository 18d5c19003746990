"""Commands reach the server that holds the database by a socket beside it: whoever may open the file may ask, nobody else.

One line of JSON each way. What a command asked for lasts until it hangs up, so that nothing stays held after it was killed.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from data import database_file

Said = dict[str, Any]
Answerer = Callable[[Said], AbstractContextManager[Said]]

LONGEST = 100  # bytes of a socket's address; the system takes a few more
FAILED = "The running server could not do it; its log says why."
ENDED = "The running server was stopped before this was done. Try again."
log = logging.getLogger(__name__)


class Refused(Exception):
    """Why the running server did not do it, in a sentence; answerers raise it too."""


def socket_of(database: Path) -> Path:
    return database.absolute().with_suffix(".sock")


@contextmanager
def answering(database: Path, answerers: Mapping[str, Answerer]) -> Iterator[None]:
    """Answers commands in threads of its own. Where there are no such sockets, or somebody answers already, it does nothing."""
    bell = _hung(socket_of(database))
    if bell is None:
        yield
        return
    threading.Thread(target=_wait, args=(bell, answerers), daemon=True, name="bell").start()
    try:
        yield
    finally:
        socket_of(database).unlink(missing_ok=True)
        with suppress(OSError):
            bell.shutdown(socket.SHUT_RDWR)
        bell.close()


@contextmanager
def asked(database: Path, want: str, **more: object) -> Iterator[Said | None]:
    """What the running server answers; None where none runs. It holds what was asked for as long as this lasts.

    Raises Refused, at the end too: a server that was stopped meanwhile held nothing any more.
    """
    call = _reached(socket_of(database))
    if call is None:
        yield None
        return
    with call, call.makefile("rwb") as lines:
        lines.write(json.dumps({"want": want, **more}).encode() + b"\n")
        lines.flush()
        answer = json.loads(lines.readline() or b'{"error": ""}')
        if "error" in answer:
            raise Refused(answer["error"] or FAILED)
        yield answer
        if _ended(call):
            raise Refused(ENDED)


def _ended(call: socket.socket) -> bool:
    """Whether the server has hung up: it has nothing more to say, so all that can come is its end."""
    try:
        return not call.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _hung(path: Path) -> socket.socket | None:
    """A listening socket that only its owner can reach."""
    if not hasattr(socket, "AF_UNIX"):
        return None
    if somebody := _reached(path):
        somebody.close()
        return None
    database_file.make_folder(path.parent)
    path.unlink(missing_ok=True)  # of a server that was killed
    bell, before = socket.socket(socket.AF_UNIX), os.umask(0o177)
    try:
        with _short(path) as address:
            bell.bind(address)
        bell.listen()
    except OSError:
        bell.close()
        log.warning("Commands cannot reach this server while it runs: %s cannot be made", path, exc_info=True)
        return None
    finally:
        os.umask(before)
    return bell


def _reached(path: Path) -> socket.socket | None:
    if not hasattr(socket, "AF_UNIX") or not path.exists():
        return None
    call = socket.socket(socket.AF_UNIX)
    try:
        with _short(path) as address:
            call.connect(address)
    except OSError:
        call.close()
        return None
    return call


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """Addresses of sockets are short; where the path is not, Linux knows its folder by an open file as well."""
    if len(os.fsencode(path)) < LONGEST:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _wait(bell: socket.socket, answerers: Mapping[str, Answerer]) -> None:
    while True:
        try:
            call, _ = bell.accept()
        except OSError:  # closed: the server ends
            return
        threading.Thread(target=_answer, args=(call, answerers), daemon=True, name="bell-call").start()


def _answer(call: socket.socket, answerers: Mapping[str, Answerer]) -> None:
    with suppress(OSError, ValueError), call, call.makefile("rwb") as lines:
        said = json.loads(lines.readline())
        try:
            with answerers[said.pop("want")](said) as answer:
                _tell(lines, answer)
                lines.readline()  # until it hangs up
        except Refused as error:
            _tell(lines, {"error": str(error)})
        except OSError:
            raise
        except Exception:
            log.exception("A command could not be answered")
            _tell(lines, {"error": FAILED})


def _tell(lines: Any, answer: Said) -> None:
    lines.write(json.dumps(answer).encode() + b"\n")
    lines.flush()
