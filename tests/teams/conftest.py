"""A gateway with the Teams channel on, facing a Microsoft of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, cast

import httpx
import pytest

from bot import choices
from bot.app import create_app
from bot.container import Container, Content, build, make_pipeline, make_tutor
from bot.content.data_files import DataFiles
from bot.conversation.rasa_client import RasaClient
from bot.settings import Settings
from bot.storage.engine import open_store
from bot.storage.rasa_memory import RasaMemory
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety.classifier import DangerClassifier
from knowledge import Knowledge
from knowledge.costs import Costs
from tests.api.gateway import no_meaning
from tests.api.listener import listening
from tests.api.standins import Shelf, read
from tests.shipped import DATA, SAFETY, Finds, answered
from tests.teams.client import Chat
from tests.teams.consent import DANGER, FLOW
from tests.teams.microsoft import Microsoft, switched_on, texts
from tests.teams.walker import QUOTED, Walker


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(state_dir=tmp_path_factory.mktemp("teams"))


@pytest.fixture(scope="session")
def content(shelf: Shelf) -> Content:
    return Content.read(DataFiles(DATA), shelf.library)


@pytest.fixture(scope="session")
def walker(settings: Settings, content: Content) -> Iterator[Walker]:
    finds = cast(Knowledge, Finds(answered(QUOTED)))
    tutor = make_tutor(content, finds, open_store(settings.store_url))
    walker = Walker(make_pipeline(content, finds, tutor))
    with listening(walker.app) as walker.url:
        yield walker


@pytest.fixture
def rasa(walker: Walker) -> Walker:
    walker.reset()
    return walker


@pytest.fixture(scope="session")
def container(settings: Settings, walker: Walker, shelf: Shelf, content: Content) -> Container:
    rasa_client = RasaClient(walker.url, "", no_meaning)
    engine = open_store(settings.store_url)
    return build(
        settings,
        engine=engine,
        rasa_memory=RasaMemory(engine),
        knowledge=shelf,
        content=content,
        danger=DangerClassifier(read, Costs.read(), SAFETY),
        personal_data=Redactor(SAFETY),
        rasa_client=rasa_client,
        probes={"rasa": rasa_client.answers},
    )


@pytest.fixture(scope="session")
def address(container: Container, stub: Microsoft) -> Iterator[str]:
    """Of a gateway with the channel on."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in switched_on(stub.url).items():
            patch.setenv(name, value)
        app = create_app(container)
    with listening(app) as address:
        yield address


@pytest.fixture
def gateway(address: str, rasa: Walker) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture
def chat(gateway: httpx.Client, microsoft: Microsoft) -> Chat:
    """A personal chat that nobody has written in yet."""
    return Chat(gateway, microsoft)


class Told:
    """A log that is looked at."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.once = threading.Event()

    def warning(self, event: str, **values: Any) -> None:
        self.said.append((event, values))
        self.once.set()

    exception = warning


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the channel logs."""
    told = Told()
    monkeypatch.setattr("bot.channels.teams.channel.log", told)
    return told


@pytest.fixture
def asked(chat: Chat, microsoft: Microsoft) -> Chat:
    """A chat in which the first question of the consent flow is open: four cards so far."""
    assert chat.post(chat.activity("installationUpdate", action="add")).status_code == 202
    microsoft.wait_for(2)
    chat.choose(choices.start(FLOW.id))
    assert DANGER in texts(microsoft.wait_for(4)[3])
    return chat
