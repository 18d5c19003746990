"""What the queue is given: imports, the sample, files read again, imports taken out."""

from dataclasses import replace
from pathlib import Path

from duckdb import InterruptException

import queries
from data import samples
from data.files.normalise import Unreadable
from data.files.plain_table import Part
from data.importing import answer_doubt, import_file
from data.importing.receipt import Receipt
from data.store import Store
from pages.jobs import upload_files
from pages.jobs.queue import Cancelled, Intake, Job, Progress

SAMPLE = "sample"  # the source that the sample's rows carry, and the way to find them again
KEPT = 64 << 20  # bytes; a file up to this size stays for a day, so that what its columns are can still be corrected

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
        if parts := upload_files.parts(path, name, progress):
            for part in parts:
                _bring_part(store, part, queue, format, date_order)
            upload_files.forget(path)
            return None
        receipt = import_file.import_file(store, path, name=name, format=format, date_order=date_order, progress=progress)
        try:
            queries.settle(store, progress)
        except (Cancelled, InterruptException):
            import_file.undo(store, receipt.import_id)
            raise
        if not doubtful(receipt) and path.stat().st_size > KEPT:
            upload_files.forget(path)
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
    return receipt is not None and bool(receipt.open)


def of_import(import_id: str, queue: Intake | None = None) -> Job | None:
    """The job behind an import, while its file is still here."""
    found = (job for job in (queue or server).jobs() if job.receipt and job.receipt.import_id == import_id)
    return next((job for job in found if job.file and job.file.exists()), None)


def read_again(
    store: Store, job: Job, *, date_order: str | None = None, format: str | None = None, queue: Intake | None = None
) -> Job:
    """Takes an import out and reads its file once more, with what the manager has said. A reading that fails changes nothing:
    it is tried before anything is taken out."""
    path, before = job.file, job.receipt
    if path is None or before is None:
        return job

    def work(progress: Progress) -> Receipt:
        form = format or before.format
        import_file.import_file(store, path, name=job.name, format=form, date_order=date_order, dry_run=True)
        import_file.undo(store, before.import_id)
        receipt = import_file.import_file(store, path, name=job.name, format=form, date_order=date_order, progress=progress)
        queries.settle(store, progress)
        return receipt

    queue = queue or server
    queue.hand_over(job.id)
    return queue.add(job.name, work, path, stoppable=False)


def answer(store: Store, import_id: str, doubt: str, said: str, name: str, queue: Intake | None = None) -> Job:
    """Reads an import anew under an answer. Where its file is gone, what was said holds for the next one, and the card says so."""
    queue = queue or server
    before = of_import(import_id, queue)

    def work(progress: Progress) -> Receipt | None:
        try:
            done = answer_doubt.answer(store, import_id, doubt, said, progress)
        except answer_doubt.FileNeeded:
            return before.receipt if before else None
        queries.settle(store, progress)
        if before and before.receipt and not done.receipts:  # confirmed: it was read so
            doubts = [replace(one, answer=done.answer) if one.id == done.doubt else one for one in before.receipt.doubts]
            return replace(before.receipt, doubts=doubts)
        return next((one for one in done.receipts if one.import_id == import_id), None)

    if before:
        queue.hand_over(before.id)
    return queue.add(name, work, before.file if before else None, stoppable=False)


def bring_sample(store: Store, queue: Intake | None = None) -> Job:
    """The sample goes through the same door as everybody's files."""
    folder = upload_files.place()

    def work(progress: Progress) -> None:
        came: list[str] = []
        try:
            progress("Writing two years of an invented company", 0.0)
            for number, path in enumerate(files := samples.generate(folder)):
                progress(f"Reading {path.name}", (number + 1) / (len(files) + 1))
                came.append(import_file.import_file(store, path, name=path.name, source=SAMPLE).import_id)
            queries.settle(store, progress)
        except Exception:
            for one in reversed(came):  # half a sample would only confuse
                import_file.undo(store, one)
            raise
        finally:
            upload_files.forget(folder)

    return (queue or server).add("Sample data", work)


def take_back(store: Store, imports: list[str], name: str, queue: Intake | None = None) -> Job:
    """Undoes imports, the newest first."""

    def work(progress: Progress) -> None:
        for number, one in enumerate(sorted(imports, key=int, reverse=True)):
            progress("Taking it out again", number / len(imports))
            job = of_import(one, queue)
            import_file.undo(store, one)
            if job:
                (queue or server).dismiss(job.id)
        queries.settle(store, progress)

    return (queue or server).add(name, work, stoppable=False)
