"""Whatever runs goes over to each new edition of the content, without stopping."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import structlog

from bot.errors import UserFacingError
from bot.operations.threads import in_thread
from knowledge.editions import Edition, Editions
from knowledge.errors import ContentError

INTERVAL_S = 3.0
"""So often a server looks whether another edition is live: it opens the repository and reads its
head, or looks at the shipped files where nothing was ever changed."""

LOOKS_BETWEEN_TRIES = 20
"""An edition that could not be opened is tried again after a minute."""

TakeOver = Callable[[], None]

Learns = Callable[[Path], Awaitable[TakeOver]]
"""Makes ready a Rasa that has learnt the flows and notices of the edition in that folder, which may
take minutes, and gives what has it asked from then on."""

log = structlog.get_logger()


class HoldsEdition(Protocol):
    """What an edition is answered from, or learnt."""

    @property
    def editions(self) -> Editions: ...
    @property
    def edition(self) -> Edition: ...


class NotYetLearnt(UserFacingError):
    """A Rasa of another process is to learn the edition first. It is asked again soon."""


class EditionWatch(ABC):
    """Looks which edition is live, and goes over to another. What answers goes on where that
    fails."""

    @abstractmethod
    def _current(self) -> HoldsEdition: ...

    @abstractmethod
    async def _go_over(self, edition: Edition) -> None:
        """Raises ContentError, or anything else, where it cannot be done."""

    def __init__(self) -> None:
        self._failed: str | None = None
        self._rest = 0
        self._said: tuple[Edition | None, str] | None = None

    async def follow(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(INTERVAL_S)
            await self.look()

    async def look(self) -> None:
        """Goes over to the live edition, if it is another one.

        While it is opened, and where it cannot be, the one before goes on; the log says why, once.
        """
        try:
            edition = await in_thread(self._current().editions.live)
        except ContentError as unreadable:
            self._say_once(str(unreadable))
            return
        if edition.id == self._current().edition.id:
            return
        if edition.id == self._failed and self._rest:
            self._rest -= 1
        else:
            await self._try(edition)

    async def _try(self, edition: Edition) -> None:
        before = self._current().edition.id
        self._failed, self._rest = edition.id, LOOKS_BETWEEN_TRIES
        try:
            await self._go_over(edition)
        except NotYetLearnt as waiting:
            self._rest = 0
            self._say_once(str(waiting), edition)
        except ContentError as broken:
            self._say_once(str(broken), edition)
        except Exception as failure:
            self._say_once(f"{type(failure).__name__}: {failure}", edition)
        else:
            self._failed = self._said = None
            log.info("editions.live", edition=edition.id, before=before)

    def _say_once(self, error: str, edition: Edition | None = None) -> None:
        if self._said != (edition, error):
            self._said = (edition, error)
            log.error("editions.not_followed", error=error, edition=edition and edition.id)
