"""The check of the answers beside a server that answers: one at a time, with its progress."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import structlog

from bot.container import Container
from bot.operations.previews import Previews
from bot.operations.replay.comparison import Comparison, Kept, compared
from bot.operations.replay.questions import asked_of
from knowledge.editions import WaitingDraft
from knowledge.errors import ContentError, Violation
from knowledge.evaluation_set import read_evaluation_set

log = structlog.get_logger()

State = Literal["opening", "asking", "done", "broken", "failed"]


@dataclass(frozen=True)
class AnswerCheck:
    """`done` of `total` questions are asked. `slips`: why the draft cannot be asked at all."""

    state: State = "opening"
    done: int = 0
    total: int = 0
    comparison: Comparison | None = None
    slips: tuple[Violation, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.state in {"done", "broken", "failed"}

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


class _Superseded(Exception):
    """Another draft is to be checked."""


Key = tuple[str, str]
"""The edition that is answered from, and the draft."""


@dataclass
class AnswerChecks:
    """The last one is remembered, and so is what the live edition replied in it."""

    previews: Previews
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, "answer-check")
    )
    _key: Key = ("", "")
    _check: AnswerCheck = AnswerCheck()
    _kept: tuple[str, Kept] = field(default_factory=lambda: ("", {}))

    def find(self, container: Container, draft: WaitingDraft) -> AnswerCheck | None:
        """None where this draft was not checked beside what this server answers from."""
        with self._lock:
            return self._check if self._key == _key(container, draft) else None

    def begin(self, container: Container, draft: WaitingDraft, folder: Path) -> AnswerCheck:
        """Goes on with the check that is under way or done; one that failed is tried again, and
        one of another draft ends."""
        key = _key(container, draft)
        with self._lock:
            if self._key != key or self._check.state == "failed":
                self._key, self._check = key, AnswerCheck()
                self._thread.submit(self._run, key, container, draft, folder)
            return self._check

    def _run(self, key: Key, container: Container, draft: WaitingDraft, folder: Path) -> None:
        try:
            comparison = self._compared(key, container, draft, folder)
            self._set(key, AnswerCheck("done", comparison=comparison))
        except _Superseded:
            pass
        except ContentError as broken:
            self._set(key, AnswerCheck("broken", slips=broken.violations))
        except Exception as failure:
            log.error("answer_check.failed", error=type(failure).__name__, exc_info=True)
            self._set(key, AnswerCheck("failed"))

    def _compared(
        self, key: Key, container: Container, draft: WaitingDraft, folder: Path
    ) -> Comparison:
        live = container.knowledge
        opened = self.previews.opening(container, draft, folder).result().knowledge
        questions = asked_of(live, opened, read_evaluation_set(opened.library, folder))
        return compared(
            live,
            opened,
            questions,
            area=container.settings.area,
            progress=lambda done, of: self._progress(key, done, of),
            kept=self._kept_of(container.edition.id),
        )

    def _kept_of(self, edition: str) -> Kept:
        """Only the one thread of the checks reads and writes it."""
        if self._kept[0] != edition:
            self._kept = (edition, {})
        return self._kept[1]

    def _progress(self, key: Key, done: int, total: int) -> None:
        if not self._set(key, AnswerCheck("asking", done, total)):
            raise _Superseded

    def _set(self, key: Key, check: AnswerCheck) -> bool:
        """Whether this is still the check that is wanted."""
        with self._lock:
            if self._key != key:
                return False
            self._check = check
            return True


def _key(container: Container, draft: WaitingDraft) -> Key:
    return container.edition.id, draft.id
