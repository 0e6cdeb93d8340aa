"""Documents that are being read, a few at a time. What is known of them lies in memory only."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import structlog

from bot.errors import UserFacingError
from knowledge.errors import ContentError
from knowledge.importing import ImportedDocument, read_document

AT_ONCE = 2
"""Each may take 1.5 GB (`knowledge/importing/limits.py`)."""
WAITING = 8
REMEMBERED = 50
BUSY = (
    "As many documents are being read as this server takes on. Wait until one is done, and send"
    " yours again."
)
FAILED = "reading stopped, and nobody knows why. Send the file again; if it stops again, the log"

State = Literal["waiting", "reading", "done", "refused"]
KeepDocument = Callable[[Path, ImportedDocument], str]
"""Puts the document that was read from the file into the draft; gives its id."""

log = structlog.get_logger()


@dataclass(frozen=True)
class ImportJob:
    """`done` of `total` pages are read. `problems` says why a file was refused, in plain words.
    `revises`: the id of the document that the file is a new edition of, if it is one."""

    id: str
    name: str
    revises: str = ""
    state: State = "waiting"
    done: int = 0
    total: int = 0
    document_id: str = ""
    people: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "refused"}


@dataclass
class ImportJobs:
    """Shared by all requests of one server; another server, or this one after a start, knows none
    of them."""

    _jobs: dict[str, ImportJob] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(AT_ONCE, "import")
    )

    def find(self, job_id: str) -> ImportJob | None:
        return self._jobs.get(job_id)

    def begin(self, file: Path, keep: KeepDocument, revises: str = "") -> ImportJob:
        """Reads the file, whose folder is removed afterwards. Raises UserFacingError where too many
        wait already."""
        job = ImportJob(secrets.token_hex(8), file.name, revises)
        with self._lock:
            under_way = [each for each in self._jobs.values() if not each.is_over]
            if len(under_way) >= AT_ONCE + WAITING:
                raise UserFacingError(BUSY)
            for old in list(self._jobs)[: max(0, len(self._jobs) - REMEMBERED)]:
                if self._jobs[old].is_over:
                    del self._jobs[old]
            self._jobs[job.id] = job
        self._threads.submit(self._read, job.id, file, keep)
        return job

    def _read(self, job_id: str, file: Path, keep: KeepDocument) -> None:
        try:
            self._set(job_id, lambda job: replace(job, state="reading"))
            imported = read_document(
                file,
                lambda done, of: self._set(job_id, lambda job: replace(job, done=done, total=of)),
            )
            document_id = keep(file, imported)
            self._set(
                job_id,
                lambda job: replace(
                    job, state="done", document_id=document_id, people=imported.people
                ),
            )
        except ContentError as refused:
            told = tuple(each.text for each in refused.violations)
            self._set(job_id, lambda job: replace(job, state="refused", problems=told))
        except Exception as failure:
            log.error("manage.import_failed", error=type(failure).__name__, exc_info=True)
            self._set(
                job_id,
                lambda job: replace(job, state="refused", problems=(FAILED + " says more.",)),
            )
        finally:
            shutil.rmtree(file.parent, ignore_errors=True)

    def _set(self, job_id: str, change: Callable[[ImportJob], ImportJob]) -> None:
        with self._lock:
            self._jobs[job_id] = change(self._jobs[job_id])

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
