"""A running server goes over to each new edition of the content, without stopping."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import structlog

from bot.container import Container, Content, open_knowledge, over
from bot.operations.content_folder import data_files, open_editions
from bot.operations.rasa_process import Say
from bot.operations.threads import in_thread
from bot.settings import Settings
from knowledge import Knowledge
from knowledge.editions import Edition
from knowledge.errors import ContentError
from knowledge.index import ProgressCallback

INTERVAL_S = 3.0
"""So often a server looks whether another edition is live: it opens the repository and reads its
head, or looks at the shipped files where nothing was ever changed."""

LOOKS_BETWEEN_TRIES = 20
"""An edition that could not be opened is tried again after a minute."""

Opens = Callable[[Container, Edition], Container]

TakeOver = Callable[[], None]

Learns = Callable[[Path], Awaitable[TakeOver]]
"""Makes ready a Rasa that has learnt the flows and notices of the edition in that folder, which may
take minutes, and gives what has it asked from then on."""

log = structlog.get_logger()


class EditionFollower:
    """`current` gives the parts that answer, and `answer_from` exchanges them in one step.

    Without `learns` Rasa is somebody else's.
    """

    def __init__(
        self,
        current: Callable[[], Container],
        answer_from: Callable[[Container], None],
        opens: Opens | None = None,
        learns: Learns | None = None,
    ) -> None:
        self._current = current
        self._answer_from = answer_from
        self._learns = learns or learns_nothing
        self._opens = opens or opened
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
            await self._go_over(edition)

    async def _go_over(self, edition: Edition) -> None:
        before = self._current()
        self._failed, self._rest = edition.id, LOOKS_BETWEEN_TRIES
        try:
            container = await in_thread(partial(self._opens, before, edition))
            folder = await in_thread(partial(before.editions.folder, edition.id))
            take_over = await self._learns(folder)
        except ContentError as broken:
            self._say_once(str(broken), edition)
        except Exception as failure:
            self._say_once(f"{type(failure).__name__}: {failure}", edition)
        else:
            # In one step: what Rasa takes a message for is always a flow of the same edition.
            self._answer_from(container)
            take_over()
            self._failed = self._said = None
            log.info("editions.live", edition=edition.id, before=before.edition.id)

    def _say_once(self, error: str, edition: Edition | None = None) -> None:
        if self._said != (edition, error):
            self._said = (edition, error)
            log.error("editions.not_followed", error=error, edition=edition and edition.id)


async def learns_nothing(_: Path) -> TakeOver:
    return lambda: None


def opened(current: Container, edition: Edition) -> Container:
    """The assistant over another edition. Raises ContentError where it cannot be answered from."""
    knowledge = open_knowledge(current.settings, edition=edition, beside=current.knowledge)
    return over(current, knowledge)


def open_newest(
    settings: Settings, say: Say, progress: ProgressCallback | None = None
) -> tuple[Knowledge, Content]:
    """What the assistant starts with: the live edition, or the newest before it that can be
    answered from. Raises ContentError, for the live one, where none can."""
    live, *earlier = open_editions(settings).history()
    try:
        return open_quotable(settings, live, progress)
    except ContentError as broken:
        unusable = broken
    for edition in earlier:
        with suppress(ContentError):
            found = open_quotable(settings, edition, progress)
            log.error(
                "editions.fell_back", edition=live.id, answers_from=edition.id, error=str(unusable)
            )
            say(
                f"The live edition, {live.id}, cannot be answered from:\n{unusable}\n"
                f"Edition {edition.id} ({edition.summary}) is answered from in its place. Publish"
                " one that is sound: `principles content rollback` goes back to an earlier one."
            )
            return found
    raise unusable


def open_quotable(
    settings: Settings, edition: Edition, progress: ProgressCallback | None = None
) -> tuple[Knowledge, Content]:
    """Raises ContentError where the edition lacks what is cited, too."""
    folder = open_editions(settings).folder(edition.id)
    content = Content.parsed(data_files(settings, folder))
    knowledge = open_knowledge(settings, progress, edition)
    content.check_quotable(knowledge.library)
    return knowledge, content
