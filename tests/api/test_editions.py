"""Another edition goes live while people ask: what is exchanged, and what goes on as it was."""

from __future__ import annotations

import asyncio
import gc
import json
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import httpx
import pytest
from fastapi import FastAPI
from rasa_sdk import Tracker
from structlog.testing import capture_logs

from actions.pipeline import Pipeline
from actions.tracker import ActionResult
from bench.bots import copy_built
from bot.app import answer_from, container_of, create_app
from bot.container import Container, open_knowledge, over
from bot.errors import UserFacingError
from bot.messages import TextMessage
from bot.operations.edition_watch import LOOKS_BETWEEN_TRIES, NotYetLearnt
from bot.operations.editions import EditionFollower, opened
from bot.settings import Settings
from knowledge.editions import Edition, Editions
from knowledge.errors import ContentError, Location
from knowledge.library import Library
from knowledge.retiring import take_out
from tests.api.listener import listening
from tests.api.standins import Make, Shelf, StandIn, Talk
from tests.shipped import LESSONS

PUFFINS = "do puffins nest in the filing cabinet"


def opens(current: Container, edition: Edition) -> Container:
    """As the assistant does it, without an index."""
    shelf = Shelf()
    shelf.library = Library.read(current.editions.folder(edition.id)).of(edition)
    return over(current, shelf)


@pytest.fixture
def app(make_container: Make, rasa: StandIn, tmp_path: Path) -> FastAPI:
    return create_app(
        make_container(state_dir=tmp_path / "state", content_dir=tmp_path / "content")
    )


@pytest.fixture
def client(app: FastAPI) -> Iterator[httpx.Client]:
    with listening(app) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield client


@pytest.fixture
def editions(app: FastAPI) -> Editions:
    return container_of(app).editions


@pytest.fixture
def follower(app: FastAPI) -> EditionFollower:
    return EditionFollower(
        lambda: container_of(app), lambda container: answer_from(app, container), opens
    )


def publish(editions: Editions, summary: str) -> Edition:
    with editions.draft() as draft:
        with (draft.folder / "words.yaml").open("a") as changed:
            changed.write(f"# {summary}\n")
        return editions.publish(draft, "Ann Example", "", summary)


def live(client: httpx.Client) -> list[str]:
    return [each["id"] for each in client.get("/api/v1/editions").json() if each["live"]]


def test_what_was_never_changed_is_one_edition(client: httpx.Client) -> None:
    (only,) = client.get("/api/v1/editions").json()
    assert (only["id"], only["live"]) == ("shipped", True)
    assert only["changes"] == "The content as shipped"


def test_a_new_edition_is_followed_and_the_newest_is_first(
    client: httpx.Client, editions: Editions, follower: EditionFollower
) -> None:
    new = publish(editions, "More words")
    assert live(client) == ["shipped"]
    asyncio.run(follower.look())
    first, second = client.get("/api/v1/editions").json()
    assert first == {
        "id": new.id,
        "published_at": new.published_at.isoformat().replace("+00:00", "Z"),
        "changes": "More words",
        "live": True,
    }
    assert (second["id"], second["live"]) == ("shipped", False)


def test_a_quotation_says_of_which_edition_it_is(
    client: httpx.Client, app: FastAPI, editions: Editions, follower: EditionFollower
) -> None:
    def citation() -> dict[str, object]:
        passage: dict[str, dict[str, dict[str, object]]]
        passage = client.get("/api/v1/passages/003.2.3.5").json()
        return passage["passage"]["citation"]

    assert citation()["edition_date"] is None
    new = publish(editions, "More words")
    asyncio.run(follower.look())
    assert citation()["edition_date"] == new.published_at.date().isoformat()
    editions.rollback("shipped", "Ann Example", "")
    asyncio.run(follower.look())
    assert live(client) == [editions.live().id]


def test_what_holds_state_is_kept_and_what_rests_on_the_content_is_made_again(
    app: FastAPI, editions: Editions, follower: EditionFollower
) -> None:
    before = container_of(app)
    publish(editions, "More words")
    asyncio.run(follower.look())
    after = container_of(app)
    kept = {
        name
        for name in Container.__dataclass_fields__
        if getattr(before, name) is getattr(after, name)
    }
    assert set(Container.__dataclass_fields__) - kept == {
        *("content", "knowledge", "tutor", "search", "records", "pipeline"),
        *("turns", "safety", "kill_switch"),
    }


def test_what_was_answered_from_before_does_not_stay_in_memory(
    client: httpx.Client, app: FastAPI, editions: Editions, follower: EditionFollower
) -> None:
    before = weakref.ref(container_of(app))
    client.get("/api/v1/sources")
    publish(editions, "More words")
    asyncio.run(follower.look())
    gc.collect()
    assert before() is None


class Named:
    """A pipeline that tells which it is."""

    def __init__(self, name: str) -> None:
        self.name = name

    def run(self, action: str, tracker: Tracker) -> ActionResult:
        return ActionResult([TextMessage(text=self.name)], {})


def test_a_turn_under_way_ends_on_the_edition_that_it_began_with(
    client: httpx.Client, app: FastAPI, rasa: StandIn
) -> None:
    in_use = container_of(app).pipeline_in_use
    answered: list[str] = []

    def answer(conversation: str) -> None:
        tracker = Tracker(conversation, {}, {}, [], False, None, {}, "")
        (said,) = in_use.run("action_question", tracker).messages
        answered.append(said.text)

    def another_goes_live() -> None:
        in_use.exchange(cast(Pipeline, Named("new")))
        answer(talk.id)
        answer("another conversation")

    talk = Talk(client)
    in_use.exchange(cast(Pipeline, Named("old")))
    rasa.before_reply = another_goes_live
    talk.say("who keeps the chronology")
    answer(talk.id)
    assert answered == ["old", "new", "new"]


def test_an_edition_that_cannot_be_quoted_from_is_refused_and_named_once(
    client: httpx.Client, editions: Editions, follower: EditionFollower
) -> None:
    with editions.draft() as draft:
        (draft.folder / "notices.yaml").write_text("notices: none\n")
        broken = editions.publish(draft, "Ann Example", "", "Another slip")
    with capture_logs() as logged:
        for _ in range(3):
            asyncio.run(follower.look())
    assert [(line["event"], line["edition"]) for line in logged] == [
        ("editions.not_followed", broken.id)
    ]
    assert "notices.yaml:1: 'notices' must be a list" in logged[0]["error"]
    assert live(client) == ["shipped"]
    back = editions.rollback("shipped", "Ann Example", "")
    asyncio.run(follower.look())
    assert live(client) == [back.id]


def test_what_fails_for_want_of_room_is_tried_again_and_named_once(
    app: FastAPI, editions: Editions
) -> None:
    tries: list[str] = []

    def fails(_: Container, edition: Edition) -> Container:
        tries.append(edition.id)
        raise MemoryError

    follower = EditionFollower(lambda: container_of(app), lambda _: None, fails)
    new = publish(editions, "More words")
    with capture_logs() as logged:
        for _ in range(2 * LOOKS_BETWEEN_TRIES):
            asyncio.run(follower.look())
    assert tries == [new.id, new.id]
    assert [line["error"] for line in logged] == ["MemoryError: "]


def without_document_003(editions: Editions) -> Edition:
    """An edition whose own files hang together, and which lacks what the flows cite."""
    with editions.draft() as draft:
        take_out(draft.folder, "003")
        (draft.folder / "notices.yaml").write_text("notices: []\n")
        return editions.publish(draft, "Ann Example", "", "Took out document 003")


def test_an_edition_without_what_flows_and_modules_cite_is_refused_whole(
    app: FastAPI, editions: Editions, follower: EditionFollower
) -> None:
    before = container_of(app)
    lacking = without_document_003(editions)
    with capture_logs() as logged:
        asyncio.run(follower.look())
    assert [line["edition"] for line in logged] == [lacking.id]
    for part in ("flows/new_concern.yaml:", "induction/", "there is no passage '003."):
        assert part in logged[0]["error"]
    assert container_of(app) is before
    assert container_of(app).pipeline_in_use is before.pipeline_in_use


def change(folder: Path, name: str, was: str, becomes: str) -> None:
    path = folder / "data" / name
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), "utf-8")


def changed(editions: Editions, name: str, was: str, becomes: str) -> Edition:
    with editions.draft() as draft:
        change(draft.folder, name, was, becomes)
        return editions.publish(draft, "Ann Example", "", f"Changed {name}")


def test_flows_contacts_and_modules_are_those_of_the_edition(
    client: httpx.Client, app: FastAPI, editions: Editions, follower: EditionFollower
) -> None:
    module = LESSONS.programme.modules[0].title
    with editions.draft() as draft:
        change(draft.folder, "flows/record_keeping.yaml", "What do you need to record?", "What?")
        change(draft.folder, "contacts.yaml", "01632 960002", "01632 960999")
        change(draft.folder, "induction/1-child-first.yaml", module, "Puffins first")
        editions.publish(draft, "Ann Example", "", "Three changes")
    asyncio.run(follower.look())
    graph = client.get("/api/v1/flows/record_keeping").json()
    assert "What?" in [step["ask"] for step in graph["steps"]]
    assert "Puffins first" in client.get("/induction").text
    reply = Talk(client).say("he is hitting her with a belt right now").json()
    told = reply["messages"][0]
    assert told["type"] == "safety"
    assert "01632 960999" in told["text"]


def test_an_answer_that_meant_danger_means_it_after_its_flow_has_changed(
    app: FastAPI, editions: Editions, follower: EditionFollower
) -> None:
    before = container_of(app).turns.danger.choices
    with editions.draft() as draft:
        flow = "flows/new_concern.yaml"
        change(draft.folder, flow, "{id: unsure,", "{id: not_sure,")
        editions.publish(draft, "Ann Example", "", "Other names")
    asyncio.run(follower.look())
    now = container_of(app).turns.danger.choices
    assert now - before == {"step:new_concern/s1/not_sure"}
    assert before <= now


def test_no_edition_takes_999_out_of_what_is_said_in_danger(
    client: httpx.Client, editions: Editions, follower: EditionFollower
) -> None:
    changed(editions, "contacts.yaml", 'detail: "999"', 'detail: "112"')
    with capture_logs() as logged:
        asyncio.run(follower.look())
    assert "in danger this is said first, and it must name 999" in logged[0]["error"]
    assert live(client) == ["shipped"]


def test_what_safety_and_redaction_read_is_never_an_editions(
    app: FastAPI, editions: Editions, follower: EditionFollower
) -> None:
    before = container_of(app)
    with editions.draft() as draft:
        safety = draft.folder / "data" / "safety"
        safety.mkdir()
        (safety / "lexicon.yaml").write_text("[]")
        (draft.folder / "words.yaml").write_text("# Other words\n")
        new = editions.publish(draft, "Ann Example", "", "Tampering")
    asyncio.run(follower.look())
    after = container_of(app)
    assert after.edition == new
    assert not (editions.folder(new.id) / "data" / "safety").exists()
    assert after.screener is before.screener


def test_rasa_is_exchanged_in_the_same_step_and_only_when_it_is_ready(
    app: FastAPI, editions: Editions
) -> None:
    order: list[str] = []

    async def learn(folder: Path) -> Callable[[], None]:
        assert (folder / "data" / "flows").is_dir()
        order.append(f"learnt while {container_of(app).edition.id} answers")
        return lambda: order.append(f"asked beside {container_of(app).edition.id}")

    follower = EditionFollower(
        lambda: container_of(app), lambda container: answer_from(app, container), opens, learn
    )
    new = publish(editions, "More words")
    asyncio.run(follower.look())
    assert order == ["learnt while shipped answers", f"asked beside {new.id}"]


def test_an_edition_that_rasa_cannot_learn_is_not_answered_from(
    app: FastAPI, editions: Editions
) -> None:
    async def learn(_: Path) -> Callable[[], None]:
        raise UserFacingError("Rasa could not be trained.")

    follower = EditionFollower(
        lambda: container_of(app), lambda container: answer_from(app, container), opens, learn
    )
    publish(editions, "More words")
    with capture_logs() as logged:
        asyncio.run(follower.look())
    assert container_of(app).edition.id == "shipped"
    assert "Rasa could not be trained." in logged[0]["error"]


def test_an_edition_that_another_rasa_is_yet_to_learn_is_opened_once_and_waits(
    app: FastAPI, editions: Editions
) -> None:
    has_learnt, opened_for = [False, False, True], list[str]()

    async def learn(_: Path) -> Callable[[], None]:
        if not has_learnt.pop(0):
            raise NotYetLearnt("Rasa has not learnt it yet.")
        return lambda: None

    def opens_once(current: Container, edition: Edition) -> Container:
        opened_for.append(edition.id)
        return opens(current, edition)

    follower = EditionFollower(
        lambda: container_of(app), lambda container: answer_from(app, container), opens_once, learn
    )
    new = publish(editions, "More words")
    answered: list[str] = []

    async def look() -> None:
        for _ in range(3):
            await follower.look()
            answered.append(container_of(app).edition.id)

    with capture_logs() as logged:
        asyncio.run(look())
    assert answered == ["shipped", "shipped", new.id]
    assert opened_for == [new.id]
    assert [line["event"] for line in logged] == ["editions.not_followed", "editions.live"]


def test_a_refused_edition_is_tried_again_and_another_one_at_once(
    app: FastAPI, editions: Editions
) -> None:
    tries: list[str] = []

    def refuses(_: Container, edition: Edition) -> Container:
        tries.append(edition.id)
        raise ContentError.at(Location("words.yaml", 1), "a slip")

    follower = EditionFollower(lambda: container_of(app), lambda _: None, refuses)
    one = publish(editions, "One")

    async def look(times: int) -> None:
        for _ in range(times):
            await follower.look()

    with capture_logs() as logged:
        asyncio.run(look(LOOKS_BETWEEN_TRIES + 2))
        two = publish(editions, "Two")
        asyncio.run(look(1))
    assert tries == [one.id, one.id, two.id]
    assert [line["edition"] for line in logged] == [one.id, two.id]


def test_damaged_editions_leave_what_is_answered_from(
    client: httpx.Client, editions: Editions, follower: EditionFollower, tmp_path: Path
) -> None:
    new = publish(editions, "More words")
    asyncio.run(follower.look())
    (tmp_path / "content" / "editions.git" / "refs" / "heads" / "main").write_text("damaged")
    with capture_logs() as logged:
        for _ in range(2):
            asyncio.run(follower.look())
    assert len(logged) == 1
    assert "the editions kept here are damaged" in logged[0]["error"]
    assert live(client) == [new.id]


def test_editions_that_are_not_there_leave_what_is_answered_from(
    client: httpx.Client, editions: Editions, follower: EditionFollower, tmp_path: Path
) -> None:
    new = publish(editions, "More words")
    asyncio.run(follower.look())
    (tmp_path / "content").rename(tmp_path / "not mounted")
    with capture_logs() as logged:
        for _ in range(2):
            asyncio.run(follower.look())
    assert len(logged) == 1
    assert "Mount the file system that holds them" in logged[0]["error"]
    assert live(client) == [new.id]
    (tmp_path / "not mounted").rename(tmp_path / "content")
    asyncio.run(follower.look())
    assert live(client) == [new.id]


@pytest.mark.encoder
def test_an_edition_is_opened_beside_the_one_that_answers(
    make_container: Make, tmp_path: Path
) -> None:
    """By the real parts: the encoder and the costs are shared, and the index is the edition's."""
    copy_built(Settings.read().state_dir, tmp_path)
    container = make_container(state_dir=tmp_path)
    settings = container.settings
    current = replace(container, knowledge=open_knowledge(settings))
    with current.editions.draft() as draft:
        questions = draft.folder / "questions.jsonl"
        first, *others = questions.read_text().splitlines()
        entry = json.loads(first)
        entry["questions"].append(PUFFINS)
        questions.write_text("\n".join([json.dumps(entry), *others]) + "\n")
        new = current.editions.publish(draft, "Ann Example", "", "A question")
    after = opened(current, new)
    assert after.edition == new
    assert current.edition.id == "shipped"
    assert after.knowledge.encoder is current.knowledge.encoder
    assert after.knowledge.costs is current.knowledge.costs
    assert after.pipeline is not current.pipeline
    assert PUFFINS in after.knowledge.questions.answered[entry["passage_id"]]
    assert PUFFINS not in current.knowledge.questions.answered[entry["passage_id"]]
    assert after.knowledge.search(PUFFINS).hits
