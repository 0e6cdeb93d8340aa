"""A reply in parts, from Rasa to the page without scripts and back as a click."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.api.conversations import EXAMPLE, TurnReply
from bot.choices import Choice
from bot.messages import MESSAGES, Message
from tests.api.standins import StandIn, Talk
from tests.shipped import ANSWERS, FLOWS, PHRASES, READINGS, answered

CLOSEST = READINGS.added(
    ANSWERS.message(
        replace(answered("003.2.3.4"), confidence="closest"),
        ["record_keeping"],
        "who tells the school",
        numbers_free=True,
    ),
    (Choice("start", "new_concern"), Choice("do", "answer")),
    numbers_free=True,
)


def from_rasa(message: Message) -> list[dict[str, Any]]:
    return [{"custom": message.model_dump(mode="json")}]


@pytest.fixture(autouse=True)
def closest(rasa: StandIn) -> None:
    rasa.reply = lambda _: from_rasa(CLOSEST)


def test_the_parts_come_through_as_they_were_made(talk: Talk) -> None:
    (message,) = MESSAGES.validate_python(talk.say("who tells the school").json()["messages"])
    assert message == CLOSEST
    assert talk.read()["turns"][-1]["messages"][0]["did_you_mean"][1]["id"] == "do:answer"


@pytest.mark.parametrize("choice", ["start:record_keeping", "start:new_concern", "do:answer"])
def test_another_reading_is_a_choice_on_offer(talk: Talk, rasa: StandIn, choice: str) -> None:
    talk.say("who tells the school")
    assert talk.choose(choice).status_code == 200
    assert choice in rasa.messages[-1]


def test_the_page_without_scripts_has_them_in_their_order(client: httpx.Client) -> None:
    page = client.post("/ask", data={"text": "who tells the school"}, follow_redirects=True).text
    parts = (
        "<h3>You asked:",
        PHRASES.answers.closest,
        "<blockquote>",
        FLOWS["record_keeping"].title,
        f"<h3>{PHRASES.widget.where_to_ask}</h3>",
        f"<h3>{PHRASES.replies.did_you_mean}</h3>",
        PHRASES.flows.answer_label,
    )
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert page.count('value="do:answer"') == 1


def test_possible_danger_is_a_line_a_contact_on_the_page_without_scripts(
    client: httpx.Client,
) -> None:
    page = client.post(
        "/ask", data={"text": "i doubt it, but she is not breathing"}, follow_redirects=True
    ).text
    first, rest = page[page.index('class="message safety caution"') :].split("</section>", 1)
    assert "<strong>" not in first.partition("</p>")[2]
    assert "999" in first
    assert PHRASES.answers.closest in rest


def test_the_example_of_the_description_is_a_reply() -> None:
    TurnReply.model_validate(EXAMPLE)
