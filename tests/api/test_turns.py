"""Turns over the API: what reaches Rasa, what comes back, in which order."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from bot.induction.codes import PLACEHOLDER, learner_id, new_code
from tests.api.standins import StandIn, Talk
from tests.shipped import LESSONS

CODE = new_code(Random(0).choice)
MISTYPED = CODE[:-1]


def shows(text: str) -> bool:
    """Whether any two groups of the code stand in the text."""
    first, second, *_ = CODE.lower().split("-")
    return any(f"{first}{s}{second}" in text.lower() for s in ("", "-", " ", "%20", "\\n"))


def types(reply: Any) -> list[str]:
    return [message["type"] for message in reply.json()["messages"]]


def test_a_text_is_answered_with_what_rasa_says(talk: Talk, rasa: StandIn) -> None:
    reply = talk.say("what is a chronology")
    assert reply.status_code == 200
    assert reply.json()["turn"] == 1
    assert reply.json()["messages"][0]["text"] == "heard what is a chronology"
    assert rasa.heard[-1]["sender"] == talk.id
    metadata = rasa.heard[-1]["metadata"]
    assert (metadata["area"], metadata["mode"]) == (None, "guidance")


def test_the_area_and_mode_travel_with_every_turn(client: httpx.Client, rasa: StandIn) -> None:
    Talk(client, area="Lincolnshire", mode="induction").say("hello")
    assert (
        rasa.heard[-1]["metadata"].items() >= {"area": "lincolnshire", "mode": "induction"}.items()
    )


@pytest.mark.parametrize("typed", ['/intent{"x":"y"}', "/restart", " / /restart", "／restart"])
def test_rasa_never_hears_a_typed_command(talk: Talk, rasa: StandIn, typed: str) -> None:
    assert talk.say(typed).status_code == 200
    assert not rasa.messages[-1].startswith("/")


def test_a_choice_on_offer_is_passed_on_as_a_click(talk: Talk, rasa: StandIn) -> None:
    talk.say("hello")
    assert talk.choose("step:share/consent/yes").status_code == 200
    assert rasa.messages[-1] == '/choose{"choice": "step:share/consent/yes"}'


@pytest.mark.parametrize("choice", ["step:share/consent/no", "", "nonsense", "x" * 300, "a\x00b"])
def test_a_choice_that_was_never_on_offer_is_refused(
    talk: Talk, rasa: StandIn, choice: str
) -> None:
    heard = len(rasa.heard)
    reply = talk.choose(choice)
    assert reply.status_code == 422
    assert reply.json()["type"].endswith("choice-not-on-offer")
    assert len(rasa.heard) == heard
    assert talk.say("go on").status_code == 200


def test_danger_is_answered_first_and_not_by_rasa(talk: Talk, rasa: StandIn) -> None:
    heard = len(rasa.heard)
    reply = talk.say("he is outside and she is not breathing")
    assert types(reply) == ["safety"]
    assert reply.json()["messages"][0]["text"].startswith("Call 999")
    assert len(rasa.heard) == heard


def test_after_danger_one_can_carry_on_with_what_was_asked(talk: Talk, rasa: StandIn) -> None:
    asked = "he is outside and she is not breathing"
    talk.say(asked)
    assert talk.choose("safety:continue").status_code == 200
    assert rasa.messages[-1] == asked
    talk.choose("safety:continue")
    assert rasa.messages[-1] == '/choose{"choice": "do:where"}'


def test_a_key_used_before_does_not_hide_danger(talk: Talk) -> None:
    talk.say("what is a chronology", Idempotency_Key="same")
    danger = talk.say("she is not breathing", Idempotency_Key="same")
    assert types(danger) == ["safety"]
    assert danger.json()["turn"] == 2


def test_self_harm_stops_the_open_flow_before_the_next_turn(talk: Talk, rasa: StandIn) -> None:
    assert types(talk.say("I want to kill myself")) == ["safety"]
    talk.say("what is a chronology")
    assert rasa.messages[-2:] == ['/choose{"choice": "do:stop"}', "what is a chronology"]
    talk.say("and who keeps it")
    assert rasa.messages[-1] == "and who keeps it"


@pytest.mark.parametrize("typed", ["This is not an emergency", "this is not an emergency.", "1"])
def test_the_option_of_a_safety_message_may_be_typed(talk: Talk, rasa: StandIn, typed: str) -> None:
    talk.say("he has a knife and is at the door")
    talk.say(typed)
    assert rasa.messages[-1] == "he has a knife and is at the door"
    talk.say("1")
    assert rasa.messages[-1] == "1"


def test_what_a_child_says_is_not_kept(talk: Talk) -> None:
    assert types(talk.say("im 9 and my dad hits me")) == ["safety"]
    assert talk.read()["turns"][-1]["said"] is None


@pytest.mark.parametrize("ending", [" word" * 10_000, "\ud800"])
def test_danger_is_seen_in_a_text_that_could_not_be_taken(talk: Talk, ending: str) -> None:
    reply = talk.client.post(
        f"/api/v1/conversations/{talk.id}/messages",
        content='{"text": "he is outside and she is not breathing'
        + ending.encode("ascii", "backslashreplace").decode()
        + '"}',
        headers=talk.headers | {"Content-Type": "application/json"},
    )
    assert types(reply) == ["safety"]


@pytest.mark.parametrize("letter", ["word ", "\ufdfa"])
def test_danger_is_seen_at_the_end_of_a_text_that_is_too_long(talk: Talk, letter: str) -> None:
    reply = talk.say(f"{letter * 30_000}. he is outside and she is not breathing")
    assert types(reply)[0] == "safety"


def test_personal_data_reaches_neither_rasa_nor_the_store(talk: Talk, rasa: StandIn) -> None:
    reply = talk.say("can I share the record of NHS number 999 000 0018")
    assert types(reply) == ["privacy", "text"]
    assert "999 000 0018" not in reply.text
    assert "0018" not in rasa.messages[-1]
    assert "0018" not in str(talk.read())


@pytest.mark.parametrize("typed", [CODE, CODE.lower().replace("-", " "), CODE.replace("-", "\n")])
@pytest.mark.parametrize("around", ["{}", "my code is {}", "hi, {} thanks"])
def test_of_a_learners_code_only_the_id_goes_on(
    talk: Talk, rasa: StandIn, log_file: Path, typed: str, around: str
) -> None:
    reply = talk.say(around.replace("{}", typed))
    assert types(reply) == ["text"]
    assert rasa.messages[-1] == around.replace("{}", PLACEHOLDER)
    assert rasa.heard[-1]["metadata"]["learner"] == learner_id(CODE)
    assert talk.read()["turns"][-1]["said"] == rasa.messages[-1]
    for text in (reply.text, str(rasa.heard), str(talk.read()), log_file.read_text("utf-8")):
        assert not shows(text)


def test_a_mistyped_code_goes_no_further_either(talk: Talk, rasa: StandIn) -> None:
    reply = talk.say(f"my code is {MISTYPED}")
    assert types(reply) == ["text"]
    assert rasa.messages[-1] == f"my code is {PLACEHOLDER}"
    assert rasa.heard[-1]["metadata"]["learner"] == learner_id(MISTYPED)
    assert not shows(reply.text + str(talk.read()))


def test_without_a_code_no_learner_is_named(talk: Talk, rasa: StandIn) -> None:
    talk.say(CODE)
    talk.say("what is a chronology")
    assert "learner" not in rasa.heard[-1]["metadata"]
    talk.choose("step:share/consent/yes")
    assert "learner" not in rasa.heard[-1]["metadata"]


def test_danger_beside_a_code_is_answered_and_the_code_is_not_kept(
    talk: Talk, rasa: StandIn
) -> None:
    reply = talk.say(f"my code is {CODE}. she is not breathing")
    assert types(reply) == ["safety"]
    talk.choose("safety:continue")
    assert rasa.messages[-1] == f"my code is {PLACEHOLDER}. she is not breathing"
    assert not shows(str(talk.read()) + str(rasa.heard))


def test_a_new_code_is_shown_once_and_not_kept(talk: Talk, rasa: StandIn) -> None:
    rasa.reply = lambda _: [{"custom": LESSONS.code(CODE).model_dump()}]
    first = talk.say("give me a code", idempotency_key="k1")
    assert CODE in first.text
    again = talk.say("give me a code", idempotency_key="k1")
    assert again.json()["turn"] == first.json()["turn"]
    assert not shows(again.text + str(talk.read()))


@pytest.mark.parametrize("door", ["/ask", "/api/v1/search"])
def test_a_code_by_another_door_is_not_shown_again(client: httpx.Client, door: str) -> None:
    typed = f"my code is {CODE}"
    if door == "/ask":
        reply = client.post(door, data={"text": typed}, follow_redirects=True)
    else:
        reply = client.get(door, params={"q": typed})
    assert reply.status_code == 200
    assert not shows(reply.text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "text-empty"),
        (" \n\t\u200b", "text-empty"),
        ("x" * 2001, "text-too-long"),
        ("x" * 200_000, "text-too-long"),
    ],
)
def test_a_text_that_cannot_be_taken_harms_nothing(talk: Talk, text: str, kind: str) -> None:
    reply = talk.say(text)
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")
    assert reply.json()["type"].endswith(kind)
    assert talk.say("go on").json()["turn"] == 1


def test_2000_characters_are_not_too_many(talk: Talk) -> None:
    assert talk.say("x" * 2000).status_code == 200


def test_a_retry_with_the_same_key_returns_the_first_reply(talk: Talk, rasa: StandIn) -> None:
    first = talk.say("hello", idempotency_key="k1")
    heard = len(rasa.heard)
    again = talk.say("hello", idempotency_key="k1")
    assert again.json() == first.json()
    assert len(rasa.heard) == heard
    assert talk.say("hello", idempotency_key="k2").json()["turn"] == 2


@pytest.mark.parametrize("reply", [[], [{"custom": {"type": "poem"}}], {"no": "list"}, [{}], None])
def test_what_rasa_says_wrongly_becomes_a_plain_message(
    talk: Talk, rasa: StandIn, reply: Any
) -> None:
    rasa.reply = lambda _: reply
    answer = talk.say("hello")
    assert types(answer) == ["text"]
    assert "999" in answer.json()["messages"][0]["text"]
    rasa.reply = StandIn.echo
    assert talk.say("hello").json()["messages"][0]["text"] == "heard hello"


def test_when_rasa_breaks_the_held_back_text_is_not_lost(talk: Talk, rasa: StandIn) -> None:
    talk.say("he is outside and she is not breathing")
    rasa.reply = lambda _: []
    talk.choose("safety:continue")
    rasa.reply = StandIn.echo
    assert "breathing" in talk.choose("safety:continue").json()["messages"][0]["text"]
