"""What makes Rasa fast and plain enough for this product, each change with its reason.

Rasa has no settings for these. `bot.rasa.components` calls `apply`, and nothing else does.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels import console
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared import data
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.exceptions import RasaException
from rasa.shared.utils.cli import print_info
from rasa.utils.endpoints import EndpointConfig

from bot.rasa.vectors import VECTOR

VERSION = "3.6.21"
"""The release whose inner parts were read before they were changed here."""


class WrongRasa(RasaException):
    """This Rasa is not the one that the changes were written for."""


def apply() -> None:
    """Raises WrongRasa, which Rasa's commands print before they end."""
    if rasa.__version__ != VERSION:
        raise WrongRasa(
            f"the assistant changes inner parts of Rasa {VERSION}, and this is {rasa.__version__}."
            f" Install {VERSION} (`make run` does), or compare each function in"
            " bot/rasa/patches.py with what it replaces and set VERSION there."
        )
    EndpointConfig.session = kept_session
    RemoteAction._action_call_format = action_call
    RemoteAction._validate_action_result = check_result
    Agent._create_tracker_store = staticmethod(own_tracker_store)
    data._find_data_files_in_directory = data_files
    console._print_bot_output = print_message


_sessions: dict[str, aiohttp.ClientSession] = {}


@asynccontextmanager
async def kept_session(endpoint: EndpointConfig) -> AsyncIterator[aiohttp.ClientSession]:
    """A session for all calls of an endpoint, whose headers go with each.

    Rasa would connect anew for every action.
    """
    if endpoint.url not in _sessions:
        _sessions[endpoint.url] = aiohttp.ClientSession()
    yield _sessions[endpoint.url]


async def hang_up() -> None:
    while _sessions:
        await _sessions.popitem()[1].close()


def action_call(
    action: RemoteAction, tracker: DialogueStateTracker, domain: Domain
) -> dict[str, Any]:
    """Slots and the latest message: an action reads neither the history nor the domain.

    Rasa would send both with every call, and they grow with the conversation. The vector
    has served.
    """
    state = tracker.current_state(EventVerbosity.NONE)
    said = state["latest_message"]
    metadata = {key: each for key, each in (said.get("metadata") or {}).items() if key != VECTOR}
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": state | {"latest_message": said | {"metadata": metadata}},
        "domain": {},
    }


def check_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Events and messages are lists of objects. Raises RasaException when they are not.

    Rasa holds every reply against a schema of all its events, most of a turn's time. The
    only listener that can answer is our own: it knows the secret.
    """
    for name in ("events", "responses"):
        if not all(isinstance(each, dict) for each in result.get(name, ())):
            raise RasaException(f"{action.name()} did not answer with a list of {name}")
    return True


def own_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
    """The store as it is, without Rasa's fall-back to memory; `rasa test` gives none.

    With the fall-back, a database that fails makes a person start afresh without a word.
    """
    if store is None:
        return InMemoryTrackerStore(domain)
    store.domain = domain
    return store


def data_files(directory: str, wanted: Callable[[str], bool]) -> set[str]:
    """The files in `directory` that are `wanted`, leaving out hidden folders.

    `rasa test` looks for stories in all that is here. Rasa would read every YAML and JSON file of
    the two environments too.
    """
    found: set[str] = set()
    for folder, inner, names in os.walk(directory, followlinks=True):
        inner[:] = [name for name in inner if not name.startswith(".")]
        paths = (os.path.join(folder, name) for name in names)
        found.update(path for path in paths if data.is_valid_filetype(path) and wanted(path))
    return found


def print_message(message: dict[str, Any], *_: Any, **__: Any) -> None:
    """In `rasa shell`: the text, and what to type for each choice.

    Rasa would print the whole message as JSON, in which the text is one line.
    """
    said = message["custom"]
    print_info(f"{said['type']}: {said['text']}")
    for option in said.get("options") or ():
        choice = json.dumps({"choice": option["id"]})
        print_info(f"  /choose{choice}  {option['label']}")
