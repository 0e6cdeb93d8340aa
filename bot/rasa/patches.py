"""What makes Rasa fast and plain enough for this product, each change with its reason.

Rasa has no settings for these. `apply` is called once, when the channel is made.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

from bot.rasa.vectors import VECTOR


def apply() -> None:
    EndpointConfig.session = kept_session
    RemoteAction._action_call_format = action_call
    RemoteAction._validate_action_result = check_result
    Agent._create_tracker_store = staticmethod(own_tracker_store)


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


def own_tracker_store(store: TrackerStore, domain: Domain) -> TrackerStore:
    """The store as it is, without Rasa's fall-back to memory.

    With the fall-back, a database that fails makes a person start afresh without a word.
    """
    store.domain = domain
    return store
