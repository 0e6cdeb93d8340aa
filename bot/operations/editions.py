"""A running server goes over to each new edition of the content, without stopping."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import structlog

from bot.container import Container, Content, open_knowledge, over
from bot.operations.content_folder import data_files, open_editions
from bot.operations.edition_watch import EditionWatch, Learns, NotYetLearnt, TakeOver
from bot.operations.rasa_process import Say
from bot.operations.threads import in_thread
from bot.settings import Settings
from knowledge import Knowledge
from knowledge.editions import Edition
from knowledge.errors import ContentError
from knowledge.index import ProgressCallback

Opens = Callable[[Container, Edition], Container]


log = structlog.get_logger()


class EditionFollower(EditionWatch):
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
        super().__init__()
        self._container = current
        self._answer_from = answer_from
        self._learns = learns or learns_nothing
        self._opens = opens or opened
        self._waiting: Container | None = None

    def _current(self) -> Container:
        return self._container()

    async def _go_over(self, edition: Edition) -> None:
        before, container = self._current(), self._waiting
        self._waiting = None
        if container is None or container.edition.id != edition.id:
            container = await in_thread(partial(self._opens, before, edition))
        folder = await in_thread(partial(before.editions.folder, edition.id))
        try:
            take_over = await self._learns(folder)
        except NotYetLearnt:
            self._waiting = container
            raise
        # In one step: what Rasa takes a message for is always a flow of the same edition.
        self._answer_from(container)
        take_over()


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
