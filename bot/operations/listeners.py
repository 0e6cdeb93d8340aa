"""Web servers and other work of one process, which end when their context does."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from math import ceil

import uvicorn
from starlette.types import ASGIApp

Life = asyncio.Task[None]
"""Work in the background. An error in it is to end the process."""

INNER_ENDS_WITHIN_S = 3.0
"""What only the assistant's own parts ask is answered in this time."""


@asynccontextmanager
async def background(work: Coroutine[None, None, None]) -> AsyncIterator[Life]:
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})


class Listener(uvicorn.Server):
    """A web server that says when it listens, and leaves the signals to the supervisor."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@asynccontextmanager
async def listening(
    app: ASGIApp, at: socket.socket, ends_within_s: float = INNER_ENDS_WITHIN_S
) -> AsyncIterator[None]:
    """Serves `app` from when the context begins until it ends.

    At its end nothing new is taken in, and what is under way has `ends_within_s` to be answered;
    the application's own end comes after that.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=ceil(ends_within_s),
    )
    server = Listener(config)
    serving = asyncio.create_task(server.serve(sockets=[at]))
    try:
        await server.up.wait()
        yield
    finally:
        server.should_exit = True
        await serving


async def for_ever() -> None:
    """What lives until it is cancelled, as nothing of its own can end."""
    await asyncio.Event().wait()
