"""A document named by a place that is taken for a person, for people are called so as well: its id
goes on, and no word of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from actions.pipeline import Pipeline
from actions.tracker import ActionResult
from bot.container import Container, over
from bot.conversation.recent import Recent
from bot.manage.preview import answered
from bot.operations.previews import Preview
from bot.understanding.screening import UserMessage
from bot.understanding.turn import TurnInput
from knowledge.library import Library
from tests.api.gateway import served
from tests.api.standins import Make, Shelf, StandIn, Talk
from tests.shipped import LIBRARY

PLACE, PERSON = "Ashworth", "Kieran Walsh"
ASKED = f"What does {PLACE} say about consent"
REDACTED = "What does [name] say about consent"


@pytest.fixture(scope="module")
def ashworth() -> Shelf:
    """Document 003 is of a place that is a surname as well, published by one person."""
    shelf = Shelf()
    document = replace(LIBRARY.documents["003"], area="ashworth", publisher=PERSON)
    known = {**LIBRARY.documents, document.id: document}
    shelf.library = Library(known, LIBRARY.passages, LIBRARY.notices)
    return shelf


@pytest.fixture
def container(make_container: Make, rasa: StandIn, tmp_path: Path, ashworth: Shelf) -> Container:
    """Gone over to an edition that has it."""
    return over(make_container(state_dir=tmp_path), ashworth)


@pytest.fixture
def client(container: Container) -> Iterator[httpx.Client]:
    with served(container) as client:
        yield client


def heard(rasa: StandIn) -> Any:
    return rasa.heard[-1]["metadata"].get("documents")


def test_of_a_place_that_is_taken_out_the_document_goes_on(talk: Talk, rasa: StandIn) -> None:
    talk.say(ASKED)
    assert (rasa.messages[-1], heard(rasa)) == (REDACTED, ["003"])
    assert PLACE.lower() not in repr(rasa.heard).lower()
    talk.say("What does Solihull say about consent")
    assert heard(rasa) is None


def test_who_is_no_documents_name_tells_rasa_nothing(talk: Talk, rasa: StandIn) -> None:
    talk.say("What does Kentshire say about consent")
    assert (rasa.messages[-1], heard(rasa)) == (REDACTED, None)


@pytest.mark.parametrize(
    "text",
    [
        "Tegan says hello, ring 0161 003 4567",
        "Tegan lives at 3 Ashworth Lane, LN99 4QZ",
        "Tegan writes from tegan@ashworth.gov.uk",
    ],
)
def test_a_number_a_street_and_a_mail_address_name_none(
    talk: Talk, rasa: StandIn, text: str
) -> None:
    talk.say(text)
    assert "[name]" in rasa.messages[-1]
    assert heard(rasa) is None


def test_a_person_who_publishes_one_is_sent_on_as_its_id(
    talk: Talk, rasa: StandIn, tmp_path: Path, log_file: Path
) -> None:
    talk.say(f"{PERSON} shouted at me")
    assert heard(rasa) == ["003"]
    surname = PERSON.split()[1].encode()
    kept = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert b"shouted at me" in kept
    for where in (kept, log_file.read_bytes(), repr(rasa.heard).encode()):
        assert surname not in where
    assert PERSON.split()[1] not in repr(talk.read())


def test_a_question_before_is_sent_on_with_its_document(talk: Talk, rasa: StandIn) -> None:
    talk.say(ASKED)
    talk.say("just the quote")
    metadata = rasa.heard[-1]["metadata"]
    assert "documents" not in metadata
    assert metadata["documents_before"] == {REDACTED: ["003"]}
    talk.choose("step:share/consent/yes")
    assert rasa.heard[-1]["metadata"]["documents_before"] == {REDACTED: ["003"]}
    talk.say("What does Kentshire say about consent")
    assert "documents_before" not in rasa.heard[-1]["metadata"]


def test_what_danger_held_back_is_asked_of_its_document(talk: Talk, rasa: StandIn) -> None:
    talk.say(f"She is not breathing. {ASKED}")
    assert rasa.messages[1:] == []
    talk.choose("safety:continue")
    assert REDACTED in rasa.messages[-1]
    assert heard(rasa) == ["003"]


def test_a_deleted_conversation_names_none(container: Container, client: httpx.Client) -> None:
    talk = Talk(client)
    talk.say(ASKED)
    remembered = container.turns.recent.of
    assert asyncio.run(remembered(talk.id)).documents
    client.delete(f"/api/v1/conversations/{talk.id}", headers=talk.headers)
    assert asyncio.run(remembered(talk.id)) == Recent()


def test_nobody_is_told_that_a_place_is_a_person(talk: Talk) -> None:
    def told(text: str) -> str:
        first = talk.say(text).json()["messages"][0]
        assert first["type"] == "privacy"
        return str(first["text"])

    assert "you may go on naming it" in told(ASKED)
    assert "Your message held personal data" in told("What does Kentshire say about consent")


def test_a_search_finds_it_and_says_no_word_of_it(client: httpx.Client) -> None:
    reply = client.get("/api/v1/search", params={"q": ASKED, "k": 2})
    found = reply.json()
    assert found["query"] == REDACTED
    assert [each["citation"]["document_id"] for each in found["passages"]] == ["003", "003"]
    other = client.get("/api/v1/search", params={"q": "What does Kentshire say", "k": 1}).json()
    assert other["passages"][0]["citation"]["document_id"] != "003"


def test_the_draft_is_asked_by_its_own_documents(container: Container, ashworth: Shelf) -> None:
    turns: list[TurnInput] = []

    def reply(turn: TurnInput) -> ActionResult:
        turns.append(turn)
        return ActionResult([], {})

    pipeline = cast(Pipeline, SimpleNamespace(reply=reply))
    screened = container.screener.read(UserMessage(ASKED))
    (told,) = answered(container, Preview(ashworth, pipeline), screened)
    (other,) = answered(container, Preview(Shelf(), pipeline), screened)
    assert [(turn.text, turn.documents) for turn in turns] == [(REDACTED, ("003",)), (REDACTED, ())]
    assert "you may go on naming it" in told.text
    assert "Your message held personal data" in other.text


def test_a_place_that_nobody_is_called_by_is_no_name(
    make_container: Make, rasa: StandIn, tmp_path: Path
) -> None:
    shelf = Shelf()
    document = replace(LIBRARY.documents["003"], area="marlshire")
    known = {**LIBRARY.documents, document.id: document}
    shelf.library = Library(known, LIBRARY.passages, LIBRARY.notices)
    with served(over(make_container(state_dir=tmp_path), shelf)) as client:
        talk = Talk(client)
        said = talk.say("What does Marlshire say about consent").json()["messages"]
        assert all(each["type"] != "privacy" for each in said)
        assert rasa.messages[-1] == "What does Marlshire say about consent"
        said = talk.say("What does Marlshire say of Tegan Walsh").json()["messages"]
        assert said[0]["type"] == "privacy"
        assert rasa.messages[-1] == "What does Marlshire say of [name]"
        found = client.get("/api/v1/search", params={"q": "Marlshire consent", "k": 1}).json()
        assert found["query"] == "Marlshire consent"
