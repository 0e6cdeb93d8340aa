"""Rasa without a gateway beside it: what gateways elsewhere ask, and how it learns.

Rasa itself stays on loopback. What listens in its place has one address, whichever Rasa answers
behind it, and opens neither the sources nor the encoder.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from yarl import URL

from bot.conversation.rasa_client import BROKEN, CHANNEL, LONG
from bot.errors import UserFacingError
from bot.operations import training
from bot.operations.content_folder import open_editions
from bot.operations.edition_watch import EditionWatch
from bot.operations.rasa_in_use import RasaInUse
from bot.operations.threads import in_thread
from bot.rasa.secret import HEADER
from bot.settings import Settings
from knowledge.editions import Edition, Editions
from knowledge.errors import ContentError

Learnt = Callable[[], str | None]


class RasaFront:
    """Passes on what carries the secret to the Rasa that answers, and tells at `learnt` what that
    was made from."""

    def __init__(self, address: str, secret: str, learnt: Learnt) -> None:
        self._address = address
        self._secret = secret
        self._learnt = learnt
        self._opened: aiohttp.ClientSession | None = None

    def exchange(self, address: str) -> None:
        """Another Rasa is asked from now on. What is on its way to the one before is answered."""
        self._address = address

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route(f"{CHANNEL}/learnt", self._tell),
                Route(f"{CHANNEL}/{{path:path}}", self._pass_on, methods=["GET", "POST", "DELETE"]),
            ],
            lifespan=self._connected,
        )

    @asynccontextmanager
    async def _connected(self, _: Starlette) -> AsyncIterator[None]:
        # As many at once as come: the gateways bound how many that is.
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(timeout=LONG, connector=connector) as self._opened:
            yield

    async def _tell(self, request: Request) -> Response:
        return self._refused(request) or JSONResponse({"learnt": self._learnt()})

    async def _pass_on(self, request: Request) -> Response:
        """502 where Rasa does not answer, for which the gateway has words."""
        if refused := self._refused(request):
            return refused
        assert self._opened  # noqa: S101  # the listener has begun
        # As it came: an id in it may hold what would be read otherwise once it is decoded.
        url = URL(self._address + request.scope["raw_path"].decode("ascii"), encoded=True)
        told = {HEADER: self._secret, "Content-Type": request.headers.get("Content-Type", "")}
        body = await request.body()
        try:
            async with self._opened.request(request.method, url, data=body, headers=told) as reply:
                said = await reply.read()
                return Response(said, reply.status, media_type=reply.content_type)
        except BROKEN:
            return JSONResponse({"error": "Rasa does not answer"}, 502)

    def _refused(self, request: Request) -> Response | None:
        given = request.headers.get(HEADER, "").encode()
        if secrets.compare_digest(given, self._secret.encode()):
            return None
        return JSONResponse({"error": "this listener is for the assistant's own parts"}, 403)


class RasaLearner(EditionWatch):
    """Has Rasa learn each edition that is live, beside the one that answers."""

    def __init__(
        self, editions: Editions, edition: Edition, rasa: RasaInUse, front: RasaFront
    ) -> None:
        super().__init__()
        self.editions, self.edition = editions, edition
        self._rasa, self._front = rasa, front

    def _current(self) -> RasaLearner:
        return self

    async def _go_over(self, edition: Edition) -> None:
        folder = await in_thread(partial(self.editions.folder, edition.id))
        take_over = await self._rasa.learn(folder, self._front.exchange)
        take_over()
        self.edition = edition


def newest_learnt(settings: Settings) -> Edition:
    """The newest edition that the model in the state folder has learnt: the live one where nothing
    was published since, which Rasa would learn from.

    Raises UserFacingError where it has learnt none, and ContentError.
    """
    editions = open_editions(settings)
    for edition in editions.history():
        with suppress(ContentError):
            if training.is_current(settings, editions.folder(edition.id)):
                return edition
    raise UserFacingError(
        f"There is no model of Rasa's in {settings.models_dir} that was made from what is here:"
        " run `principles train` where the image is built, and start again."
    )
