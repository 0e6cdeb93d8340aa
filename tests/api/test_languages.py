"""Danger is spoken of in the language of the turn, and in English where that is not known."""

from __future__ import annotations

import httpx
import pytest

from tests.api.standins import StandIn, Talk
from tests.api.test_caution import POSSIBLE
from tests.api.test_turns import types

DANGER = "the baby is not breathing"
YES = "step:new_concern/s1/yes"


def in_welsh(talk: Talk, words: str) -> httpx.Response:
    return talk.send({"text": words, "language": "cy"})


def test_certain_danger_is_spoken_of_in_welsh_with_999_first(talk: Talk) -> None:
    (said,) = in_welsh(talk, DANGER).json()["messages"]
    assert said["language"] == "cy"
    assert said["lead"].splitlines()[0] == "Ffoniwch 999 nawr os oes unrhyw un mewn perygl."
    assert said["contacts"][0]["detail"] == "999"
    assert talk.read()["turns"][-1]["messages"] == [said]


def test_possible_danger_is_spoken_of_in_welsh_and_the_rest_follows_in_english(talk: Talk) -> None:
    reply = in_welsh(talk, POSSIBLE)
    assert types(reply) == ["safety", "privacy", "text"]
    first = reply.json()["messages"][0]
    assert (first["language"], first["interrupts"]) == ("cy", False)
    assert "ffoniwch 999" in first["text"].splitlines()[0]


def test_a_click_that_means_danger_is_answered_in_welsh(talk: Talk) -> None:
    said = talk.send({"choice": YES, "language": "cy"}).json()["messages"][0]
    assert (said["type"], said["language"]) == ("safety", "cy")


def test_the_way_on_may_be_typed_in_welsh(talk: Talk, rasa: StandIn) -> None:
    in_welsh(talk, DANGER)
    in_welsh(talk, "Nid yw hyn yn argyfwng")
    assert rasa.messages[-1] == DANGER


def test_without_a_conversation_danger_is_answered_in_welsh_too(talk: Talk) -> None:
    talk.headers = {}
    assert in_welsh(talk, DANGER).json()["messages"][0]["language"] == "cy"


def test_without_a_language_danger_is_spoken_of_in_english(talk: Talk) -> None:
    said = talk.say(DANGER).json()["messages"][0]
    assert (said["language"], said["lead"][:8]) == ("en-GB", "Call 999")


def test_an_unknown_language_is_refused_with_those_there_are(talk: Talk) -> None:
    refused = talk.send({"text": "what is a chronology", "language": "xx"})
    assert refused.status_code == 422
    assert refused.json()["type"].endswith(":unknown-language")
    assert refused.json()["languages"] == ["en-GB", "cy"]
    assert "999" in refused.json()["detail"]


@pytest.mark.parametrize("words", [DANGER, POSSIBLE])
def test_an_unknown_language_keeps_nobody_from_999(talk: Talk, words: str) -> None:
    reply = talk.send({"text": words, "language": "xx"})
    assert reply.status_code == 200
    assert reply.json()["messages"][0]["language"] == "en-GB"
