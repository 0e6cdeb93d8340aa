"""The parts that open the sources, and how they go over to another edition.

What they are made of is imported late: it takes seconds, in which Rasa is already starting, and a
process without these parts does without.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from bot.operations import production_checks
from bot.operations.listeners import listening
from bot.operations.rasa_process import Say
from bot.operations.roles import OwnParts, TakenPorts
from bot.operations.threads import in_thread
from bot.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.container import Container
    from bot.operations.edition_watch import Learns


async def open_parts(
    own: OwnParts, taken: TakenPorts, parts: AsyncExitStack, say: Say
) -> Container:
    """What answers, with the actions listening where they are this process's. Raises ContentError,
    and UserFacingError for what production refuses."""
    say("Opening the sources.")
    container = await in_thread(partial(open_assistant, own.settings, own.secret, say))
    production_checks.check(own.settings, container.contacts)
    if taken.inner:
        actions = await in_thread(partial(open_actions, container, own.secret))
        await parts.enter_async_context(listening(actions, taken.inner))
    return container


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


def learns_elsewhere(container: Container) -> Learns:
    """Asks the Rasa of another process what it has learnt."""
    from bot.operations.rasa_elsewhere import RasaElsewhere

    folder = container.editions.folder(container.edition.id)
    return RasaElsewhere(container.settings.home, folder, container.rasa_client.learnt).learn


async def follow_editions(gateway: FastAPI, learns: Learns) -> None:
    from bot.app import answer_from, container_of
    from bot.operations.editions import EditionFollower

    follower = EditionFollower(
        partial(container_of, gateway), partial(answer_from, gateway), learns=learns
    )
    await follower.follow()


async def welcome(up: asyncio.Event | None, words: str, say: Say) -> None:
    """Once Rasa answers, where it is this process's."""
    if up:
        await up.wait()
    say(words)
