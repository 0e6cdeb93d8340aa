"""Where danger is only possible, 999 comes first and the rest of the reply follows."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.standins import IS_IT_OVER, IS_IT_STILL, Serve, StandIn, Talk
from tests.api.test_turns import types
from tests.api.test_waiting import Gate

POSSIBLE = (
    # More words than a reply has.
    "i doubt it, but she is not breathing. who keeps the record of NHS number 999 000 0018 "
    "for us now"
)
RING = 'call <a href="tel:999">999</a>. Do not wait'


def test_999_comes_first_and_the_answer_follows(talk: Talk, rasa: StandIn) -> None:
    reply = talk.say(POSSIBLE)
    assert types(reply) == ["safety", "privacy", "text"]
    first = reply.json()["messages"][0]
    assert not first["interrupts"]
    assert "999" in first["text"].splitlines()[0]
    assert first["contacts"]
    assert first["options"] == []
    assert "0018" not in rasa.messages[-1]
    assert talk.read()["turns"][-1]["turn"] == reply.json()["turn"] == 1
    certain = talk.say("she is not breathing").json()["messages"]
    assert [each["interrupts"] for each in certain] == [True]


def test_999_waits_for_no_answer(talk: Talk, rasa: StandIn) -> None:
    gate = Gate(rasa)
    assert types(talk.say(POSSIBLE)) == ["safety"]
    gate.open.set()


def test_nothing_that_refuses_the_rest_refuses_999(serve: Serve, rasa: StandIn) -> None:
    talk = Talk(serve(conversation_limit="1/minute"))
    assert types(talk.say(POSSIBLE + "x" * 2000)) == ["safety"]
    rasa.reply = lambda _: []
    assert types(talk.say(POSSIBLE)) == ["safety", "privacy", "text"]
    assert types(talk.say(POSSIBLE)) == ["safety"]
    talk.headers = {}
    assert types(talk.say(POSSIBLE)) == ["safety"]


def test_a_key_used_before_does_not_hide_it(talk: Talk) -> None:
    talk.say("what is a chronology", Idempotency_Key="same")
    assert types(talk.say(POSSIBLE, Idempotency_Key="same"))[0] == "safety"
    first = talk.say(POSSIBLE, Idempotency_Key="other").json()
    assert talk.say(POSSIBLE, Idempotency_Key="other").json() == first


def test_search_says_both(client: httpx.Client) -> None:
    found = client.get("/api/v1/search", params={"q": POSSIBLE}).json()
    assert not found["safety"]["interrupts"]
    assert found["passages"]
    page = client.get("/sources", params={"q": POSSIBLE}).text
    assert page.index(RING) < page.index("Nearest passages")


def test_the_page_without_scripts_says_both(client: httpx.Client) -> None:
    page = client.post("/ask", data={"text": POSSIBLE}, follow_redirects=True).text
    assert page.index(RING) < page.index("heard i doubt it")


def asked(step: str, *answers: str, lead: str = "!") -> list[dict[str, Any]]:
    """A question of a flow with one option, and the steps answered before it."""
    flow = {"id": "new_concern", "title": "New", "step": step, "steps_done": len(answers)}
    given = [
        {"question": "?", "answer": "No", "step": each, "change": f"change:new_concern/{each}"}
        for each in answers
    ]
    option = {"id": f"step:new_concern/{step}/yes", "label": "Yes"}
    question = {"type": "question", "text": "!", "lead": lead, "flow": flow, "why": None}
    return [{"custom": {**question, "options": [option], "answers": given}}]


def test_what_leaves_the_question_of_danger_open_gets_999_first(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: asked("s1")
    assert types(talk.say("i am worried about a child")) == ["question"]
    assert types(talk.say("sadly yes he is")) == ["safety", "question"]
    # Once is enough: the question is asked again.
    assert types(talk.say("hm")) == ["question"]
    rasa.reply = StandIn.echo
    assert types(talk.say("yes, and what is consent")) == ["text"]


def test_an_answer_to_the_question_of_danger_is_not_cautioned(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: asked("s1")
    talk.say("i am worried about a child")
    rasa.reply = lambda _: asked("s3", "s1")
    assert types(talk.say("no")) == ["question"]
    assert types(talk.say("hm")) == ["question"]


def test_a_short_reply_means_what_it_means_after_what_was_asked(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: asked("s3", "s1", lead=IS_IT_OVER)
    talk.say("what is consent")
    assert types(talk.say("i doubt it, she is not breathing")) == ["question"]
    # What is certain alone is possible still.
    (first, _) = talk.say("she is not breathing").json()["messages"]
    assert (first["type"], first["interrupts"]) == ("safety", False)
    # A long message is more than a reply.
    assert types(talk.say("she is not breathing " + "and we cannot wake her " * 4)) == ["safety"]


def test_nothing_waits_for_a_reply_after_an_answer(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: asked("s3", "s1", lead=IS_IT_OVER)
    talk.say("what is consent")
    rasa.reply = StandIn.echo
    talk.say("what is a chronology")
    assert types(talk.say("she is not breathing")) == ["safety"]


def test_what_is_danger_only_after_999_was_named_is_possible_danger(
    talk: Talk, rasa: StandIn
) -> None:
    rasa.reply = lambda _: asked("s3", "s1", lead=IS_IT_STILL)
    talk.say("what is consent")
    assert types(talk.say("hm, sadly so")) == ["question"]
    rasa.reply = lambda _: asked("s3", "s1", lead=f"{IS_IT_STILL} Ring 999.")
    talk.say("what is consent")
    (first, _) = talk.say("hm, sadly so").json()["messages"]
    assert (first["type"], first["interrupts"]) == ("safety", False)


@pytest.mark.parametrize(
    ("said", "doubtful"),
    [
        ("no", False),
        ("no, he is at school", False),
        ("No. It's a report, not a siege.", False),
        ("No. He isn't in danger, he is fine here", False),
        ("no, I do not think she is safe", True),
        ("no she is not breathing", True),
        ("no, and she is unconscious", True),
    ],
)
def test_a_no_that_may_tell_of_danger_answers_only_as_an_option(
    talk: Talk, rasa: StandIn, said: str, doubtful: bool
) -> None:
    rasa.reply = lambda _: asked("s1")
    talk.say("i am worried about a child")
    assert types(talk.say(said))[0] == ("safety" if doubtful else "question")
    told = [each["metadata"] for each in rasa.heard if each["message"] == said]
    assert ["doubtful" in each for each in told] == ([doubtful] if told else [])
