"""Work on the store that takes a while, one piece at a time: it belongs to the server, so nobody has to stay and watch."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Literal, Protocol

import queries
from data import importer, samples
from data.files.made import Part
from data.files.sources import Unreadable
from data.merge import CannotUndo
from data.receipt import Receipt
from data.recognise import Unrecognised
from data.store import Store
from pages import uploaded

SAMPLE = "sample"  # the source that the sample's rows carry, and the way to find them again
KEPT = 64 << 20  # bytes; a file up to this size stays for a day, so that what its columns are can still be corrected
REMEMBERED = 50  # finished jobs that the page can still tell about
BROKEN = "Something went wrong while this was read, and nothing was changed. The server's log says what."
SENTENCES = (Unreadable, Unrecognised, importer.NothingKept, CannotUndo)  # their text is written for the manager

log = logging.getLogger(__name__)


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

    def add(self, name: str, work: Callable[[Progress], Receipt | None], file: Path | None = None) -> Job:
        """Puts work at the end of the queue."""
        with self._lock:
            self._count += 1
            job = self._jobs[self._count] = Job(self._count, name, file=file)
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
            uploaded.forget(job.file)

    def hand_over(self, number: int) -> None:
        """Forget a failed job but leave its file: another job takes it."""
        with self._lock:
            self._jobs.pop(number, None)

    def _run(self) -> None:
        while True:
            number, work = self._waiting.get()
            self._change(number, state="running", stage="Starting")
            self._change(number, **self._outcome(number, work), ended=time.time(), share=None)
            self._tidy()

    def _outcome(self, number: int, work: Callable[[Progress], Receipt | None]) -> dict[str, Any]:
        try:
            receipt = work(lambda stage, share=None: self._change(number, stage=stage, share=share))
            return {"state": "done", "receipt": receipt}
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


server = Intake()


def bring(
    store: Store,
    path: Path,
    name: str,
    queue: Intake | None = None,
    *,
    format: str | None = None,
    date_order: str | None = None,
) -> Job:
    """Imports an uploaded file and removes it; one that failed stays for another try, with more said about it.

    An archive or a workbook becomes a job for each table in it, and is gone itself.
    """

    def work(progress: Progress) -> Receipt | None:
        if parts := uploaded.parts(path, name, progress):
            for part in parts:
                _bring_part(store, part, queue, format, date_order)
            uploaded.forget(path)
            return None
        receipt = importer.import_file(store, path, name=name, format=format, date_order=date_order, progress=progress)
        queries.settle(store, progress)
        if not doubtful(receipt) and path.stat().st_size > KEPT:
            uploaded.forget(path)
        return receipt

    return (queue or server).add(name, work, path)


def _bring_part(store: Store, part: Part, queue: Intake | None, format: str | None, date_order: str | None) -> Job:
    """A table out of an archive is a file like any other; one that could not be had says why."""

    def work(progress: Progress) -> Receipt | None:
        raise Unreadable(part.fault)

    if part.fault:
        return (queue or server).add(part.name, work)
    return bring(store, part.path, part.name, queue, format=format, date_order=date_order)


def doubtful(receipt: Receipt | None) -> bool:
    """Whether something was assumed that only the manager knows: the file stays for a while, to be read again."""
    return receipt is not None and (receipt.date_order or "").startswith("assumed")


def of_import(import_id: str, queue: Intake | None = None) -> Job | None:
    """The job behind an import, while its file is still here."""
    found = (job for job in (queue or server).jobs() if job.receipt and job.receipt.import_id == import_id)
    return next((job for job in found if job.file and job.file.exists()), None)


def read_again(
    store: Store, job: Job, *, date_order: str | None = None, format: str | None = None, queue: Intake | None = None
) -> Job:
    """Takes an import out and reads its file once more, with what the manager has said. A reading that fails changes nothing."""
    path, before = job.file, job.receipt
    if path is None or before is None:
        return job

    def work(progress: Progress) -> Receipt:
        form = format or before.format
        importer.import_file(store, path, name=job.name, format=form, date_order=date_order, dry_run=True)
        importer.undo(store, before.import_id)
        receipt = importer.import_file(store, path, name=job.name, format=form, date_order=date_order, progress=progress)
        queries.settle(store, progress)
        return receipt

    queue = queue or server
    queue.hand_over(job.id)
    return queue.add(job.name, work, path)


def bring_sample(store: Store, queue: Intake | None = None) -> Job:
    """The sample goes through the same door as everybody's files."""
    folder = uploaded.place()

    def work(progress: Progress) -> None:
        came: list[str] = []
        try:
            progress("Writing two years of an invented company", 0.0)
            for number, path in enumerate(files := samples.generate(folder)):
                progress(f"Reading {path.name}", (number + 1) / (len(files) + 1))
                came.append(importer.import_file(store, path, name=path.name, source=SAMPLE).import_id)
            queries.settle(store, progress)
        except Exception:
            for one in reversed(came):  # half a sample would only confuse
                importer.undo(store, one)
            raise
        finally:
            uploaded.forget(folder)

    return (queue or server).add("Sample data", work)


def take_back(store: Store, imports: list[str], name: str, queue: Intake | None = None) -> Job:
    """Undoes imports, the newest first."""

    def work(progress: Progress) -> None:
        for number, one in enumerate(sorted(imports, key=int, reverse=True)):
            progress("Taking it out again", number / len(imports))
            job = of_import(one, queue)
            importer.undo(store, one)
            if job:
                (queue or server).dismiss(job.id)
        queries.settle(store, progress)

    return (queue or server).add(name, work)
