"""The Rasa that answers, and for a while the one that takes its place beside it.

A model takes minutes to train. The one that answers goes on meanwhile, and for as long as a turn
may take after it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from bot.errors import UserFacingError
from bot.operations import ports, training
from bot.operations.rasa_process import MODEL, Say
from bot.operations.rasa_supervisor import RasaSupervisor
from bot.operations.threads import in_thread
from bot.settings import Settings

OTHER = "other"
"""The folder, below that of the model that serves, of the one that is to take over, and then of the
one that served before."""

Exchange = Callable[[str], None]
"""Is told the address of the Rasa that is asked from now on."""


class RasaInUse:
    """`ends_after_s`: how long a turn may go on with the Rasa that it began with. `port`: that of
    the first, if it is not the one that is set."""

    def __init__(
        self,
        settings: Settings,
        secret: str,
        say: Say,
        ends_after_s: float,
        port: int | None = None,
    ) -> None:
        self._settings = settings
        self._secret = secret
        self._say = say
        self._ends_after_s = ends_after_s
        self._learnt: str | None = None
        self._own_port = self._port = port or settings.rasa_port
        self._first = self._rasa(self._port, settings.models_dir / MODEL)
        self.up = self._first.up
        self._life: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """Of the one that answers."""
        return ports.address(ports.LOOPBACK, self._port)

    @property
    def learnt(self) -> str | None:
        """What the model that answers was made from, once that is known."""
        return self._learnt

    async def live(self) -> None:
        """Until cancelled. Raises UserFacingError if there is no first answer."""
        self._life = asyncio.create_task(self._first.live())
        try:
            while not self._life.done():
                await asyncio.wait({self._life})
            self._life.result()
        finally:
            await _end(self._life, *self._ending)

    def has_learnt(self, edition: Path) -> None:
        """What the model that answers was made from. Raises ContentError."""
        self._learnt = training.fingerprint(self._settings.home, edition)

    async def learn(self, edition: Path, exchange: Exchange) -> Callable[[], None]:
        """Makes ready a Rasa that has learnt the edition in that folder: where it is to learn
        anything else, trained and started beside the one that answers. What is given makes it the
        one that is asked.

        Raises ContentError and UserFacingError.
        """
        learns = partial(training.fingerprint, self._settings.home, edition)
        fingerprint = await in_thread(learns)
        if fingerprint == self._learnt:
            return lambda: None
        # The model that served before is put by only when its Rasa has ended.
        await asyncio.gather(*self._ending)
        folder = self._settings.models_dir / OTHER
        if not await in_thread(partial(training.is_current, self._settings, edition, folder)):
            await training.train(self._settings, self._secret, self._say, edition, folder)
        rasa = self._rasa(self._other_port(), folder / MODEL)
        life = asyncio.create_task(rasa.live())
        try:
            await _first_answer(rasa, life)
        except BaseException:
            await _end(life)
            raise
        return partial(self._take_over, rasa, life, fingerprint, exchange)

    def _take_over(
        self,
        rasa: RasaSupervisor,
        life: asyncio.Task[None],
        fingerprint: str,
        exchange: Exchange,
    ) -> None:
        before, self._life, self._learnt = self._life, life, fingerprint
        self._port = rasa.port
        exchange(rasa.address)
        if before:
            ending = asyncio.create_task(self._end_later(before, rasa))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)

    async def _end_later(self, life: asyncio.Task[None], after: RasaSupervisor) -> None:
        try:
            await asyncio.sleep(self._ends_after_s)
        finally:
            await _end(life)
            training.exchange(self._settings, self._settings.models_dir / OTHER)
            after.model = self._settings.models_dir / MODEL

    def _rasa(self, port: int, model: Path) -> RasaSupervisor:
        name = "rasa.log" if port == self._own_port else "rasa-2.log"
        log = self._settings.state_dir / name
        return RasaSupervisor(self._settings, self._secret, self._say, port, model, log)

    def _other_port(self) -> int:
        """That of the first, or any that is free where the Rasa that answers has that."""
        if self._port != self._own_port:
            with suppress(UserFacingError):
                ports.check(ports.LOOPBACK, self._own_port, "FP_RASA_PORT")
                return self._own_port
        with ports.take(ports.LOOPBACK, 0, "FP_RASA_PORT") as taken:
            port: int = taken.getsockname()[1]
        return port


async def _first_answer(rasa: RasaSupervisor, life: asyncio.Task[None]) -> None:
    up = asyncio.create_task(rasa.up.wait())
    try:
        await asyncio.wait({up, life}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        up.cancel()
    if life.done():
        life.result()


async def _end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError, Exception):
            await task
