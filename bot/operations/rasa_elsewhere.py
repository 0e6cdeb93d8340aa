"""A Rasa that another process runs, as whoever answers sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from bot.operations import training
from bot.operations.edition_watch import NotYetLearnt, TakeOver
from bot.operations.threads import in_thread


class RasaElsewhere:
    """`told` asks what it has learnt. `answers_from`: the folder of the edition that is answered
    from."""

    def __init__(self, home: Path, answers_from: Path, told: Callable[[], Awaitable[str]]) -> None:
        self._home = home
        self._told = told
        self._asked_for = training.fingerprint(home, answers_from)

    async def learn(self, edition: Path) -> TakeOver:
        """Raises NotYetLearnt until that Rasa tells that it has learnt the edition in that folder,
        where there is anything else in it to learn, and RasaUnavailable and ContentError."""
        wanted = await in_thread(partial(training.fingerprint, self._home, edition))
        if wanted != self._asked_for and await self._told() != wanted:
            raise NotYetLearnt(
                "Rasa learns from what was changed, and has not yet. The edition before is answered"
                " from until the Rasa at FP_RASA_URL has learnt it."
            )
        return partial(self._answer, wanted)

    def _answer(self, learnt: str) -> None:
        self._asked_for = learnt
