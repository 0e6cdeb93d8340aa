"""Starts the parts of the assistant, keeps them running, and stops what it started.

A process is one part or more of them (`bot/operations/roles.py`), and all where none is named.
The gateway and the actions are two listeners over one `Container`; Rasa is its one child.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    ExitStack,
    asynccontextmanager,
    contextmanager,
    nullcontext,
    suppress,
)
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from bot.errors import UserFacingError
from bot.operations import built, ports, training
from bot.operations.content_folder import live_content
from bot.operations.listeners import Life, background, for_ever, listening
from bot.operations.opening import (
    follow_editions,
    learns_elsewhere,
    open_actions,
    open_assistant,
    open_parts,
    welcome,
)
from bot.operations.ports import LOOPBACK
from bot.operations.rasa_in_use import RasaInUse
from bot.operations.rasa_process import Say
from bot.operations.roles import OwnParts, ProcessRole, TakenPorts, take_ports, with_own_actions
from bot.operations.state_folder import make_private
from bot.operations.threads import in_thread
from bot.settings import Settings
from knowledge.errors import ContentError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.container import Container
    from bot.operations.edition_watch import Learns

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(settings: Settings, say: Say, roles: Collection[ProcessRole] = ()) -> None:
    """Runs the parts until a signal ends them; all of them, if none is named.

    Raises UserFacingError when they cannot be started.
    """
    own = OwnParts.of(settings, roles)
    with alone(own), ExitStack() as held:
        taken = take_ports(own, held)
        await in_thread(partial(built.fill, own.settings))
        await until_signalled(run(own, taken, say), say)


async def train(settings: Settings, say: Say) -> None:
    """Trains Rasa's model beside the actions' listener alone. Raises UserFacingError."""
    make_private(settings.state_dir)
    settings = with_own_actions(settings)
    with ports.take(LOOPBACK, settings.actions_port, "FP_ACTIONS_PORT") as inner:
        await until_signalled(train_beside_actions(settings, inner, say), say)


async def run(own: OwnParts, taken: TakenPorts, say: Say) -> None:
    """Until cancelled. Then what others ask ends first, once it has answered whoever has asked."""
    async with AsyncExitStack() as parts:
        if own.has(ProcessRole.GATEWAY):
            life = await start_assistant(own, taken, parts, say)
        else:
            from bot.operations.parts_apart import start_apart

            life = await start_apart(own, taken, parts, say)
        # Awaited itself, Rasa would be the first to hear that the assistant is to end.
        await asyncio.wait({life})
        life.result()


async def start_assistant(
    own: OwnParts, taken: TakenPorts, parts: AsyncExitStack, say: Say
) -> Life:
    """The gateway, and whatever else this process is."""
    settings, rasa = own.settings, None
    life, learnt = None, None
    if own.has(ProcessRole.RASA):
        rasa = RasaInUse(settings, own.secret, say, settings.longest_turn_s)
        if learnt := await in_thread(partial(learnt_edition, settings)):
            life = await parts.enter_async_context(background(rasa.live()))
    container = await open_parts(own, taken, parts, say)
    edition = container.editions.folder(container.edition.id)
    if life and learnt != edition:
        # An earlier edition is answered from, as the live one cannot be.
        life.cancel()
        await asyncio.wait({life})
        life = None
    if rasa and life is None:
        if not training.is_current(settings, edition):
            await training.train(settings, own.secret, say, edition)
        life = await parts.enter_async_context(background(rasa.live()))
    if rasa:
        rasa.has_learnt(edition)
        learns: Learns = partial(rasa.learn, exchange=container.rasa_client.exchange)
    else:
        learns = await in_thread(partial(learns_elsewhere, container))
    gateway = await in_thread(partial(open_gateway, container))
    jobs = sweeps_of(container) if own.has(ProcessRole.JOBS) else nullcontext()
    # Another takes its place with each edition, and it is not to stay in memory.
    del container
    await parts.enter_async_context(listening(gateway, taken.public, settings.longest_turn_s))
    await parts.enter_async_context(jobs)
    await parts.enter_async_context(background(follow_editions(gateway, learns)))
    at = ports.address(settings.host, settings.port)
    ready = f"The assistant is ready at {at}/ (Ctrl-C stops it)"
    await parts.enter_async_context(background(welcome(rasa.up if rasa else None, ready, say)))
    if life is None:
        life = await parts.enter_async_context(background(for_ever()))
    return life


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
    async with listening(actions, inner):
        yield secret


# This imports late: its libraries take seconds, in which Rasa is already starting.


def open_gateway(container: Container) -> FastAPI:
    from bot.app import create_app

    return create_app(container)


def sweeps_of(container: Container) -> AbstractAsyncContextManager[None]:
    from bot.operations.jobs import RetentionJobs

    return RetentionJobs.of(container).running()


def learnt_edition(settings: Settings) -> Path | None:
    """The folder of the live edition, if the model that is here has learnt it, so that Rasa can be
    started before anything else."""
    with suppress(ContentError):
        live = live_content(settings)
        return live if training.is_current(settings, live) else None
    return None


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


@contextmanager
def alone(own: OwnParts) -> Iterator[None]:
    """Keeps other processes of the same parts out of the state folder.

    Raises UserFacingError when one works from it already, or another account owns it.
    """
    folder = own.settings.state_dir
    make_private(folder)
    with ExitStack() as held:
        for name in own.locks:
            try:
                held.enter_context(FileLock(folder / f"{name}.lock", timeout=0))
            except Timeout:
                raise UserFacingError(
                    f"Another assistant is already running from {folder}."
                    " Stop it, or set FP_STATE_DIR to another folder, and start again."
                ) from None
        yield
