"""A queue for work on the store that takes a while: it belongs to the server, so nobody has to stay and watch."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Literal, Protocol

from duckdb import InterruptException

from data.files.normalise import Unreadable
from data.importing import answer_doubt, import_file
from data.importing.kept_files import Gone
from data.importing.merge import CannotUndo
from data.importing.receipt import Receipt
from data.importing.recognise import Unrecognised
from data.store import Store
from pages.jobs import upload_files

REMEMBERED = 50  # finished jobs that the page can still tell about
STOPPED = "This was cancelled, and nothing was changed."
BROKEN = "Something went wrong while this was read, and nothing was changed. The server's log says what."
# their text is written for the manager
SENTENCES = (Unreadable, Unrecognised, import_file.NothingKept, CannotUndo, answer_doubt.NotAsked, Gone)
log = logging.getLogger(__name__)


class Cancelled(Exception):
    """The manager has called the work off."""


class Progress(Protocol):
    """Called now and then with what is being done and, where it is known, how much of it (0 to 1)."""

    def __call__(self, stage: str, share: float | None = None) -> None: ...


@dataclass(frozen=True)
class Job:
    """One piece of work as the page shows it; a changed job is a new value."""

    id: int
    name: str
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    stage: str = ""
    share: float | None = None
    error: str = ""
    receipt: Receipt | None = None
    stoppable: bool = True  # half of it done would not be what anybody asked for
    file: Path | None = None  # the upload, as long as it may be tried again
    ended: float = 0.0

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")


class Intake:
    """A queue with one worker. Waiting costs nothing; two imports at once would only wait for each other's locks."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._waiting: SimpleQueue[tuple[int, Callable[[Progress], Receipt | None]]] = SimpleQueue()
        self._lock = Lock()
        self._worker: Thread | None = None
        self._count = 0
        self._called_off: set[int] = set()

    def add(self, name: str, work: Callable[[Progress], Receipt | None], file: Path | None = None, stoppable: bool = True) -> Job:
        """Puts work at the end of the queue."""
        with self._lock:
            self._count += 1
            job = self._jobs[self._count] = Job(self._count, name, file=file, stoppable=stoppable)
            if self._worker is None:
                self._worker = Thread(target=self._run, name="intake", daemon=True)
                self._worker.start()
        self._waiting.put((job.id, work))
        return job

    def jobs(self) -> list[Job]:
        """Everything that waits, runs, or ended not long ago, in the order it was added."""
        with self._lock:
            return list(self._jobs.values())

    @property
    def busy(self) -> bool:
        return any(not job.over for job in self.jobs())

    def dismiss(self, number: int) -> None:
        """No longer tell about a finished job."""
        with self._lock:
            job = self._jobs.get(number)
            if job and job.over:
                del self._jobs[number]
        if job and job.over and job.file:
            upload_files.forget(job.file)

    def cancel(self, number: int, store: Store) -> None:
        """Call off work that waits or runs: its statement is broken off, and what it did is taken back."""
        with self._lock:
            self._called_off.add(number)
            running = number in self._jobs and self._jobs[number].state == "running"
        if running and self._worker and self._worker.ident:
            store.stop_writing(self._worker.ident)

    def hand_over(self, number: int) -> None:
        """Forget a failed job but leave its file: another job takes it."""
        with self._lock:
            self._jobs.pop(number, None)

    def _run(self) -> None:
        while True:
            number, work = self._waiting.get()
            self._change(number, state="running", stage="Starting")
            self._change(number, **self._outcome(number, work), ended=time.time(), share=None)
            if number in self._called_off:
                self.dismiss(number)
            self._tidy()

    def _outcome(self, number: int, work: Callable[[Progress], Receipt | None]) -> dict[str, Any]:
        def tell(stage: str, share: float | None = None) -> None:
            if number in self._called_off:
                raise Cancelled
            self._change(number, stage=stage, share=share)

        try:
            tell("Starting")
            return {"state": "done", "receipt": work(tell)}
        except (Cancelled, InterruptException):
            return {"state": "failed", "error": STOPPED}
        except SENTENCES as error:
            return {"state": "failed", "error": str(error)}
        except Exception:
            log.exception("A job failed")
            return {"state": "failed", "error": BROKEN}

    def _change(self, number: int, **values: Any) -> None:
        with self._lock:
            self._jobs[number] = replace(self._jobs[number], **values)

    def _tidy(self) -> None:
        for job in [job for job in self.jobs() if job.over][:-REMEMBERED]:
            self.dismiss(job.id)
