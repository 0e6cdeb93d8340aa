"""A whole gateway on a port of its own; only Rasa and the encoder are stood in for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
import structlog
from numpy.typing import NDArray

from bot.app import create_app
from bot.container import Container, Content, build
from bot.content.data_files import DataFiles
from bot.conversation.rasa_client import RasaClient
from bot.conversation.recent import RecentMemory
from bot.operations import logging
from bot.settings import Settings
from bot.storage.engine import open_store
from bot.storage.expiring import ExpiringValues
from bot.storage.rasa_memory import RasaMemory
from bot.understanding.personal_data.redactor import Redactor
from knowledge.costs import Costs
from tests.api.listener import listening
from tests.api.standins import Doubting, Make, Serve, Shelf, StandIn, Talk, read
from tests.shipped import DATA, SAFETY


def no_meaning(_: str) -> NDArray[np.float32]:
    return np.zeros(384, dtype=np.float32)


@pytest.fixture(scope="session")
def personal_data() -> Redactor:
    return Redactor(SAFETY)


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture(scope="session")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Everything that the gateway logs in this session."""
    path = tmp_path_factory.mktemp("logs") / "gateway.log"
    with path.open("w", buffering=1) as stream:
        logging.configure("info", stream)
        yield path
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def stand_in() -> Iterator[StandIn]:
    stand_in = StandIn()
    with listening(stand_in.app) as stand_in.url:
        yield stand_in


@pytest.fixture
def rasa(stand_in: StandIn) -> StandIn:
    stand_in.reset()
    return stand_in


@contextmanager
def served(container: Container) -> Iterator[httpx.Client]:
    """The application behind a real server, and a client for it."""
    with (
        listening(create_app(container)) as address,
        httpx.Client(base_url=address, timeout=20) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def make_container(
    stand_in: StandIn, shelf: Shelf, personal_data: Redactor, log_file: Path
) -> Make:
    """A gateway's parts with the given settings."""
    content = Content.read(DataFiles(DATA), shelf.library)

    def make(**settings: object) -> Container:
        rasa_client = RasaClient(stand_in.url, "", no_meaning)
        set_so = Settings.model_validate(settings)
        engine = open_store(set_so.store_url)
        container = build(
            set_so,
            engine=engine,
            rasa_memory=RasaMemory(engine),
            knowledge=shelf,
            content=content,
            danger=Doubting(read, Costs.read(), SAFETY),
            personal_data=personal_data,
            rasa_client=rasa_client,
            probes={"rasa": rasa_client.answers},
        )
        # However slow the machine is, two turns of a test come at once, and a reply is read again.
        danger = replace(container.turns.danger, reply_waits_s=60)
        recent = RecentMemory(ExpiringValues(container.redis), {"piece": 3600})
        turns = replace(container.turns, recent=recent, danger=danger)
        return replace(container, turns=turns)

    return make


@pytest.fixture
def serve(make_container: Make, rasa: StandIn, tmp_path: Path) -> Iterator[Serve]:
    """A server of one's own, with the settings that a test is about."""
    with ExitStack() as running:
        yield lambda **settings: running.enter_context(
            served(make_container(**{"state_dir": tmp_path, **settings}))
        )


@pytest.fixture(scope="session")
def shared(
    make_container: Make, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    wide = {"conversation_limit": "60000/minute", "client_limit": "60000/minute"}
    with served(make_container(state_dir=tmp_path_factory.mktemp("state"), **wide)) as client:
        yield client


@pytest.fixture
def client(shared: httpx.Client, rasa: StandIn) -> httpx.Client:
    return shared


@pytest.fixture
def talk(client: httpx.Client) -> Talk:
    return Talk(client)
