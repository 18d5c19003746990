"""A page script run into a sink: the screen draws its blocks as they are made, a report collects them.

A script hands its parts to `page.show`. What fails in one leaves a notice in its place, and the rest of the page stands.
"""

import logging
import runpy
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from pages import context
from pages.context import Context
from pages.document import notices
from pages.document.blocks import Block, Notice

Made = Block | Iterable[Block] | None
Maker = Callable[[], Made]
log = logging.getLogger(__name__)


class Sink(Protocol):
    """Where the blocks of a page go."""

    def place(self) -> AbstractContextManager[object]:
        """The place of the next part, below the one before."""

    def put(self, block: Block) -> None:
        """Takes one block, in its place."""


class _List:
    """Keeps the blocks in order and draws nothing."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def place(self) -> AbstractContextManager[object]:
        return nullcontext()

    def put(self, block: Block) -> None:
        self.blocks.append(block)


_sink: ContextVar[Sink] = ContextVar("sink")


@contextmanager
def into(sink: Sink) -> Iterator[None]:
    """Sends what `show` is given to `sink`."""
    token = _sink.set(sink)
    try:
        yield
    finally:
        _sink.reset(token)


def show(*parts: Block | Maker) -> None:
    """Every part below the one before. A maker is a function without arguments that returns a block, several, or None."""
    sink = _sink.get()
    for part in parts:
        with sink.place():
            try:
                for block in _blocks(part() if callable(part) else part):
                    _put(sink, block)
            except Exception:
                log.exception("A part of the page failed")
                _put(sink, FAILED)


def collect(script: Path, look: Context) -> list[Block]:
    """The blocks of a page script, made and not drawn: for reports, which print what the page shows."""
    if look.empty:
        return [notices.first_start()]
    sink = _List()
    with into(sink), context.of(look):
        runpy.run_path(str(script))
    return sink.blocks


def _put(sink: Sink, block: Block) -> None:
    fit = context.current().fit
    for kept in fit(block) if fit else (block,):
        sink.put(kept)


def _blocks(made: Made) -> Iterable[Block]:
    if made is None:
        return ()
    return (made,) if isinstance(made, Block) else made


FAILED = Notice(
    "This part could not be worked out just now. The rest of the page is not affected; the server's log says why.", kind="failed"
)
