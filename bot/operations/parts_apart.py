"""Parts without a gateway beside them: the actions, Rasa, the jobs."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from bot.conversation.rasa_client import RasaChannel
from bot.operations import production_checks
from bot.operations.content_folder import open_editions
from bot.operations.health_listener import Missing, health_app
from bot.operations.listeners import Life, background, for_ever, listening
from bot.operations.opening import learns_elsewhere, open_parts, welcome
from bot.operations.rasa_apart import RasaFront, RasaLearner, newest_learnt
from bot.operations.rasa_in_use import RasaInUse
from bot.operations.rasa_process import Say
from bot.operations.readiness import INDEX, Readiness
from bot.operations.roles import OwnParts, ProcessRole, TakenPorts
from bot.operations.threads import in_thread

if TYPE_CHECKING:
    from bot.container import Container

OF_ACTIONS = (INDEX, "encoder", "database_version", "induction", "disk")
"""The probes of what the actions need."""


async def start_apart(own: OwnParts, taken: TakenPorts, parts: AsyncExitStack, say: Say) -> Life:
    """Each part of this process, and what a platform asks whether they are well."""
    well: list[Missing] = []
    life = up = container = None
    if not own.has(ProcessRole.ACTIONS):
        production_checks.check(own.settings)
    if taken.front and taken.behind:
        life, up = await start_rasa(own, taken.front, taken.behind, parts, say)
        well.append(await asked_of_rasa(own, parts))
    if own.has(ProcessRole.ACTIONS):
        container = await open_parts(own, taken, parts, say)
        well.append(partial(container.readiness.missing, OF_ACTIONS))
        await follow_in_actions(container, parts)
    if own.has(ProcessRole.JOBS):
        from bot.operations.jobs import RetentionJobs, opened_alone

        jobs = (
            RetentionJobs.of(container)
            if container
            else await parts.enter_async_context(opened_alone(own.settings, own.secret))
        )
        well.append(Readiness(jobs.probes()).missing)
        await parts.enter_async_context(jobs.running())
    del container

    async def missing() -> list[str]:
        return sorted(set(chain(*await asyncio.gather(*(each() for each in well)))))

    await parts.enter_async_context(listening(health_app(missing), taken.public))
    await parts.enter_async_context(background(welcome(up, f"Ready: {own.names}.", say)))
    if life is None:
        life = await parts.enter_async_context(background(for_ever()))
    return life


async def start_rasa(
    own: OwnParts, front: socket.socket, behind: socket.socket, parts: AsyncExitStack, say: Say
) -> tuple[Life, asyncio.Event]:
    """Rasa on `behind`, a port of loopback, what is asked in its place on `front`, and how it
    learns. Gives its life and what is set at its first answer.

    Raises UserFacingError where there is no model."""
    settings = own.settings
    edition = await in_thread(partial(newest_learnt, settings))
    editions = open_editions(settings)
    port: int = behind.getsockname()[1]
    rasa = RasaInUse(settings, own.secret, say, settings.longest_turn_s, port)
    rasa.has_learnt(editions.folder(edition.id))
    life = await parts.enter_async_context(background(rasa.live()))
    asked = RasaFront(rasa.address, own.secret, lambda: rasa.learnt)
    await parts.enter_async_context(listening(asked.app(), front, settings.longest_turn_s))
    learner = RasaLearner(editions, edition, rasa, asked)
    await parts.enter_async_context(background(learner.follow()))
    return life, rasa.up


async def asked_of_rasa(own: OwnParts, parts: AsyncExitStack) -> Missing:
    rasa = RasaChannel(own.settings.rasa_address, own.secret)
    parts.push_async_callback(rasa.close)
    return Readiness({"rasa": rasa.answers}).missing


async def follow_in_actions(container: Container, parts: AsyncExitStack) -> None:
    """Goes over to each new edition once Rasa has learnt it."""
    from bot.operations.editions import EditionFollower

    answering = container

    def answer_from(another: Container) -> None:
        nonlocal answering
        answering = another
        another.take_over()

    learns = await in_thread(partial(learns_elsewhere, container))
    parts.push_async_callback(container.close)
    follower = EditionFollower(lambda: answering, answer_from, learns=learns)
    await parts.enter_async_context(background(follower.follow()))
