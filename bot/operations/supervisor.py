"""Starts the parts of the assistant, keeps them running, and stops what it started.

The gateway and the actions are two listeners of this process over one `Container`;
Rasa is its one child.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, suppress
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from filelock import FileLock, Timeout
from starlette.types import ASGIApp

from bot.errors import UserFacingError
from bot.operations import built, ports, production_checks, training
from bot.operations.content_folder import live_content
from bot.operations.rasa_in_use import RasaInUse
from bot.operations.rasa_process import Say
from bot.operations.state_folder import make_private
from bot.operations.threads import in_thread
from bot.settings import Settings
from knowledge.errors import ContentError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.container import Container

LOOPBACK = "127.0.0.1"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)

BESIDE_RASA_S = 4.0
"""What a turn may take beside its wait for Rasa: 1.5 s for the turn before it, reading, keeping."""

ACTIONS_END_WITHIN_S = 3.0


async def serve(settings: Settings, say: Say) -> None:
    """Runs the assistant until a signal ends it.

    Raises UserFacingError when it cannot be started.
    """
    with alone(settings), ExitStack() as held:
        public = held.enter_context(ports.take(settings.host, settings.port, "FP_PORT"))
        inner = held.enter_context(ports.take(LOOPBACK, settings.actions_port, "FP_ACTIONS_PORT"))
        ports.check(LOOPBACK, settings.rasa_port, "FP_RASA_PORT")
        await in_thread(partial(built.fill, settings))
        await until_signalled(run(settings, public, inner, say), say)


async def train(settings: Settings, say: Say) -> None:
    """Trains Rasa's model beside the actions' listener alone. Raises UserFacingError."""
    make_private(settings.state_dir)
    with ports.take(LOOPBACK, settings.actions_port, "FP_ACTIONS_PORT") as inner:
        await until_signalled(train_beside_actions(settings, inner, say), say)


async def run(settings: Settings, public: socket.socket, inner: socket.socket, say: Say) -> None:
    """Until cancelled. Then the gateway ends first, once it has answered whoever has asked."""
    secret = secrets.token_urlsafe(32)
    longest_turn_s = settings.rasa_timeout_s + BESIDE_RASA_S
    rasa = RasaInUse(settings, secret, say, longest_turn_s)
    async with AsyncExitStack() as parts:
        life = None
        if learnt := await in_thread(partial(learnt_edition, settings)):
            life = await parts.enter_async_context(background(rasa.live()))
        say("Opening the sources.")
        container = await in_thread(partial(open_assistant, settings, secret, say))
        production_checks.check(settings, container.contacts)
        edition = container.editions.folder(container.edition.id)
        actions = await in_thread(partial(open_actions, container, secret))
        await parts.enter_async_context(listening(actions, inner, ACTIONS_END_WITHIN_S))
        if life and learnt != edition:
            # An earlier edition is answered from, as the live one cannot be.
            life.cancel()
            await asyncio.wait({life})
            life = None
        if life is None:
            if not training.is_current(settings, edition):
                await training.train(settings, secret, say, edition)
            life = await parts.enter_async_context(background(rasa.live()))
        rasa.has_learnt(edition)
        gateway = await in_thread(partial(open_gateway, container))
        # Another takes its place with each edition, and it is not to stay in memory.
        del container
        await parts.enter_async_context(listening(gateway, public, longest_turn_s))
        await parts.enter_async_context(background(follow_editions(gateway, rasa)))
        await parts.enter_async_context(background(welcome(rasa.up, settings, say)))
        # Awaited itself, Rasa would be the first to hear that the assistant is to end.
        await asyncio.wait({life})
        life.result()


async def welcome(ready: asyncio.Event, settings: Settings, say: Say) -> None:
    await ready.wait()
    address = ports.address(settings.host, settings.port)
    say(f"The assistant is ready at {address}/ (Ctrl-C stops it)")


async def train_beside_actions(settings: Settings, inner: socket.socket, say: Say) -> None:
    async with actions_alone(settings, inner, say) as secret:
        await training.train(
            settings, secret, say, await in_thread(partial(live_content, settings))
        )


@asynccontextmanager
async def actions_alone(settings: Settings, inner: socket.socket, say: Say) -> AsyncIterator[str]:
    """The actions' listener without the rest of the assistant; gives the secret it asks for."""
    secret = secrets.token_urlsafe(32)
    say("Opening the sources.")
    container = await in_thread(partial(open_assistant, settings, secret, say))
    actions = await in_thread(partial(open_actions, container, secret))
    async with listening(actions, inner, ACTIONS_END_WITHIN_S):
        yield secret


# These import late: their libraries take seconds, in which Rasa is already starting.


def open_assistant(settings: Settings, secret: str, say: Say) -> Container:
    from bot.container import open_container
    from bot.operations.editions import open_newest

    said = 0

    def progress(done: int, total: int) -> None:
        nonlocal said
        if done * 10 // total > said:
            said = done * 10 // total
            say(f"Indexing the sources, because they are new or have changed: {said}0 %")

    knowledge, content = open_newest(settings, say, progress)
    return open_container(settings, knowledge, content, secret)


def open_actions(container: Container, secret: str) -> ASGIApp:
    from actions.server import ActionServer

    return ActionServer(container.knowledge.encoder, container.pipeline_in_use, secret).app()


def open_gateway(container: Container) -> FastAPI:
    from bot.app import create_app

    return create_app(container)


def learnt_edition(settings: Settings) -> Path | None:
    """The folder of the live edition, if the model that is here has learnt it, so that Rasa can be
    started before anything else."""
    with suppress(ContentError):
        live = live_content(settings)
        return live if training.is_current(settings, live) else None
    return None


async def follow_editions(gateway: FastAPI, rasa: RasaInUse) -> None:
    from bot.app import answer_from, container_of
    from bot.operations.editions import EditionFollower

    follower = EditionFollower(
        partial(container_of, gateway),
        partial(answer_from, gateway),
        learns=partial(rasa.learn, exchange=container_of(gateway).rasa_client.exchange),
    )
    await follower.follow()


async def until_signalled(work: Coroutine[None, None, None], say: Say) -> None:
    """Ends the work, and whatever it holds, at the first Ctrl-C or request to stop.

    A second one ends this process at once, and Rasa with it (see `bot.rasa.watchdog`).
    """
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for each in STOP_SIGNALS:
        loop.add_signal_handler(each, stopped.set)
    working, stopping = asyncio.create_task(work), asyncio.create_task(stopped.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        for each in STOP_SIGNALS:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)
        say("Stopping, once whoever has asked is answered.")
        working.cancel()
    with suppress(asyncio.CancelledError):
        await working


@asynccontextmanager
async def background(work: Coroutine[None, None, None]) -> AsyncIterator[asyncio.Task[None]]:
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
async def listening(app: ASGIApp, at: socket.socket, ends_within_s: float) -> AsyncIterator[None]:
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


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keeps other assistants out of the state folder.

    Raises UserFacingError when one works from it already, or another account owns it.
    """
    make_private(settings.state_dir)
    lock = FileLock(settings.state_dir / "assistant.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UserFacingError(
            f"Another assistant is already running from {settings.state_dir}."
            " Stop it, or set FP_STATE_DIR to another folder, and start again."
        ) from None
    try:
        yield
    finally:
        lock.release()
