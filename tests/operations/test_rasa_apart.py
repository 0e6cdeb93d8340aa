"""What stands before Rasa where it runs apart, and how an edition reaches all parts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import httpx
import pytest

from bot.conversation.rasa_client import CHANNEL, RasaChannel, RasaClient, RasaUnavailable
from bot.conversation.store import Conversation
from bot.errors import UserFacingError
from bot.messages import TextMessage
from bot.operations import training
from bot.operations.content_folder import open_editions
from bot.operations.edition_watch import NotYetLearnt
from bot.operations.rasa_apart import RasaFront, RasaLearner, newest_learnt
from bot.operations.rasa_elsewhere import RasaElsewhere
from bot.operations.rasa_in_use import Exchange, RasaInUse
from bot.operations.rasa_process import MODEL
from bot.rasa.secret import HEADER
from bot.settings import Settings
from knowledge.editions import Edition
from tests.api.gateway import no_meaning
from tests.api.listener import address_of, bound, listening
from tests.api.standins import StandIn

SECRET = "of-both"


class Front:
    """A front before a stand-in for Rasa."""

    def __init__(self, rasa: StandIn) -> None:
        self.learnt: str | None = None
        self.front = RasaFront(rasa.url, SECRET, lambda: self.learnt)


@pytest.fixture
def front(rasa: StandIn) -> Front:
    return Front(rasa)


@pytest.fixture
def at(front: Front) -> Iterator[str]:
    with listening(front.front.app()) as address:
        yield address


@asynccontextmanager
async def client(at: str, secret: str = SECRET) -> AsyncIterator[RasaClient]:
    rasa = RasaClient(at, secret, no_meaning)
    try:
        yield rasa
    finally:
        await rasa.close()


def conversation() -> Conversation:
    return Conversation("someone", None, "guidance", datetime(2026, 12, 1, tzinfo=UTC), "")


def test_what_is_said_goes_there_and_back(at: str, rasa: StandIn) -> None:
    async def run() -> None:
        async with client(at) as asks:
            assert await asks.answers()
            (said,) = await asks.send(conversation(), "who keeps the chronology")
            assert isinstance(said, TextMessage)
            assert said.text == "heard who keeps the chronology"
            await asks.forget("one & other")

    asyncio.run(run())
    assert rasa.heard[0]["sender"] == "someone"
    assert rasa.forgotten == ["one & other"]


def test_another_secret_is_refused_and_rasa_hears_nothing(at: str, rasa: StandIn) -> None:
    async def run() -> None:
        async with client(at, "another") as asks:
            assert not await asks.answers()
            for asked in (asks.send(conversation(), "hello"), asks.forget("one"), asks.learnt()):
                with pytest.raises(RasaUnavailable):
                    await asked

    asyncio.run(run())
    assert (rasa.heard, rasa.forgotten) == ([], [])
    for path in ("", "learnt", "webhook", "conversations/one"):
        assert httpx.get(f"{at}{CHANNEL}/{path}").status_code == 403
    # Whatever else Rasa may listen to is not reached.
    assert httpx.get(f"{at}/", headers={HEADER: SECRET}).status_code == 404


def test_a_rasa_that_is_gone_is_told_and_another_is_found_at_the_same_address(
    front: Front, at: str, rasa: StandIn
) -> None:
    with bound() as nobody:
        front.front.exchange(address_of(nobody))

        async def run() -> None:
            async with client(at) as asks:
                assert not await asks.answers()
                with pytest.raises(RasaUnavailable):
                    await asks.send(conversation(), "hello")
                front.front.exchange(rasa.url)
                assert await asks.answers()

        asyncio.run(run())


def test_it_tells_what_was_learnt(front: Front, at: str) -> None:
    async def told() -> str:
        async with client(at) as asks:
            return await asks.learnt()

    front.learnt = "a fingerprint"
    assert asyncio.run(told()) == "a fingerprint"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state", content_dir=tmp_path / "content")


def publish(settings: Settings, changed: str = "") -> Edition:
    """An edition with more words, or with a flow that Rasa learns otherwise."""
    editions = open_editions(settings)
    with editions.draft() as draft:
        flow = draft.folder / "data" / "flows" / "observer_at_conference.yaml"
        if changed:
            said = flow.read_text("utf-8")
            flow.write_text(said.replace("triggers:\n", f"triggers:\n  - {changed}\n"), "utf-8")
        with (draft.folder / "words.yaml").open("a") as words:
            words.write("# More\n")
        return editions.publish(draft, "Ann Example", "", "More")


def have_learnt(settings: Settings, edition: Edition) -> str:
    """A model as if Rasa had been trained."""
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    (settings.models_dir / MODEL).write_bytes(b"a model")
    learnt = training.fingerprint(settings.home, open_editions(settings).folder(edition.id))
    stamp = training.stamp(learnt, settings.models_dir / MODEL)
    (settings.models_dir / training.STAMP).write_text(stamp)
    return learnt


def test_rasa_starts_with_the_newest_edition_that_its_model_has_learnt(settings: Settings) -> None:
    with pytest.raises(UserFacingError, match="run `principles train` where the image is built"):
        newest_learnt(settings)
    shipped = open_editions(settings).live()
    have_learnt(settings, shipped)
    assert newest_learnt(settings) == shipped
    same = publish(settings)
    assert newest_learnt(settings) == same
    publish(settings, "may puffins observe")
    assert newest_learnt(settings) == same
    (settings.models_dir / MODEL).write_bytes(b"cut off")
    with pytest.raises(UserFacingError):
        newest_learnt(settings)


class Learns:
    """Stands in for the Rasa that answers."""

    def __init__(self) -> None:
        self.folders: list[Path] = []

    async def learn(self, edition: Path, exchange: Exchange) -> Callable[[], None]:
        self.folders.append(edition)
        return lambda: exchange("http://127.0.0.1:9")


def test_rasa_follows_the_live_edition_and_its_front_is_told(
    settings: Settings, front: Front, at: str
) -> None:
    editions = open_editions(settings)
    learns = Learns()
    learner = RasaLearner(editions, editions.live(), cast(RasaInUse, learns), front.front)
    new = publish(settings)

    async def run() -> None:
        await learner.look()
        await learner.look()
        async with client(at) as asks:
            assert not await asks.answers()

    asyncio.run(run())
    assert learner.edition == new
    assert learns.folders == [editions.folder(new.id)]


def test_an_edition_waits_for_the_rasa_elsewhere_only_where_it_is_to_learn(
    settings: Settings, front: Front, at: str
) -> None:
    editions = open_editions(settings)
    same = editions.folder(publish(settings).id)
    other = editions.folder(publish(settings, "may puffins observe").id)
    rasa = RasaChannel(at, SECRET)
    elsewhere = RasaElsewhere(settings.home, editions.folder("shipped"), rasa.learnt)

    async def run() -> None:
        (await elsewhere.learn(same))()
        front.learnt = "of before"
        with pytest.raises(NotYetLearnt, match="FP_RASA_URL"):
            await elsewhere.learn(other)
        front.learnt = training.fingerprint(settings.home, other)
        (await elsewhere.learn(other))()
        await rasa.close()

    asyncio.run(run())
