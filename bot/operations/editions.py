"""A running server goes over to each new edition of the content, without stopping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from bot.container import Container, open_knowledge, over
from bot.operations.threads import in_thread
from knowledge.editions import Edition, EditionsUnusable
from knowledge.errors import ContentError

INTERVAL_S = 3.0
"""So often a server looks whether another edition is live: one small file is read each time."""

LOOKS_BETWEEN_TRIES = 20
"""An edition that could not be opened for want of room or memory is tried again after a minute."""

Opens = Callable[[Container, Edition], Container]

log = structlog.get_logger()


class EditionFollower:
    """`current` gives the parts that answer, and `answer_from` exchanges them in one step."""

    def __init__(
        self,
        current: Callable[[], Container],
        answer_from: Callable[[Container], None],
        opens: Opens | None = None,
    ) -> None:
        self._current = current
        self._answer_from = answer_from
        self._opens = opens or opened
        self._refused: str | None = None
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
        if self._rest:
            self._rest -= 1
            return
        try:
            edition = await in_thread(self._current().editions.live)
        except ContentError as unreadable:
            self._say_once(str(unreadable))
            return
        if edition.id not in {self._current().edition.id, self._refused}:
            await self._go_over(edition)

    async def _go_over(self, edition: Edition) -> None:
        before = self._current()
        try:
            container = await in_thread(partial(self._opens, before, edition))
        except EditionsUnusable as unusable:
            self._rest = LOOKS_BETWEEN_TRIES
            self._say_once(str(unusable), edition)
        except ContentError as broken:
            # Its files stay as they are, so another try would end the same.
            self._refused = edition.id
            self._say_once(str(broken), edition)
        except Exception as failure:
            self._rest = LOOKS_BETWEEN_TRIES
            self._say_once(f"{type(failure).__name__}: {failure}", edition)
        else:
            self._answer_from(container)
            self._refused = self._said = None
            log.info("editions.live", edition=edition.id, before=before.edition.id)

    def _say_once(self, error: str, edition: Edition | None = None) -> None:
        if self._said != (edition, error):
            self._said = (edition, error)
            log.error("editions.not_followed", error=error, edition=edition and edition.id)


def opened(current: Container, edition: Edition) -> Container:
    """The assistant over another edition. Raises ContentError where it cannot be answered from."""
    knowledge = open_knowledge(current.settings, edition=edition, beside=current.knowledge)
    return over(current, knowledge)
