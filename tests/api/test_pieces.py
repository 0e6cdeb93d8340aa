"""One thought that is typed in pieces, as far as the gateway has a part in it."""

from __future__ import annotations

import httpx

from tests.api.standins import StandIn, Talk
from tests.api.test_turns import types


def before(rasa: StandIn) -> object:
    return rasa.heard[-1]["metadata"].get("before")


def test_what_is_typed_at_once_comes_with_the_words_before(talk: Talk, rasa: StandIn) -> None:
    talk.say("can a partner interpret")
    assert before(rasa) is None
    talk.say("for NHS number 999 000 0018")
    assert before(rasa) == "can a partner interpret"
    talk.say("at home")
    assert "0018" not in str(before(rasa))
    talk.choose("step:share/consent/yes")
    assert before(rasa) is None
    talk.say("and then")
    assert before(rasa) is None


def test_the_words_of_one_conversation_are_not_those_of_another(
    client: httpx.Client, talk: Talk, rasa: StandIn
) -> None:
    talk.say("can a partner interpret")
    Talk(client).say("for mum")
    assert before(rasa) is None


def test_danger_told_in_two_pieces_is_named_first(talk: Talk, rasa: StandIn) -> None:
    first = "told me today that it's the only thing that helps and please don't ring home"
    assert types(talk.say(first)) == ["text"]
    reply = talk.say("gone off to period 5, seemed alright")
    assert types(reply) == ["safety", "text"]
    assert not reply.json()["messages"][0]["interrupts"]
    assert types(talk.say("any more")) == ["text"]


def test_nothing_goes_on_with_words_that_danger_answered(talk: Talk, rasa: StandIn) -> None:
    talk.say("who keeps the chronology")
    talk.say("she is not breathing")
    talk.say("at home")
    assert before(rasa) is None


def test_what_rasa_did_not_hear_is_not_gone_on_with(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: []
    talk.say("can a partner interpret")
    rasa.reply = StandIn.echo
    talk.say("for mum")
    assert before(rasa) is None
