from __future__ import annotations

import pytest

from actions.desk import Desk
from actions.flow import StartFlow
from actions.turn import Ranked, Reply, Turn, TurnAction
from bot.flows import Dialogue, read_flows
from bot.messages import TextMessage
from bot.script import Script
from bot.settings import HOME
from knowledge import Library


class Answers(TurnAction):
    name = "action_question"

    def reply(self, turn: Turn) -> Reply:
        return Reply([TextMessage(text="answered")])


@pytest.fixture(scope="module")
def desk() -> Desk:
    script = Script(read_flows(HOME / "data/flows"), Library.read().quote)
    return Desk(script, lambda text, phrases: [0.0 for _ in phrases])


def turn(text: str, sure: float) -> Turn:
    return Turn(
        text, intent="start_record_keeping", ranking=(Ranked("start_record_keeping", sure),)
    )


@pytest.mark.parametrize(
    ("text", "sure", "starts"),
    [
        ("help me write up my visit", 0.8, True),
        ("what goes in my notes?", 0.8, False),
        ("what goes in my notes?", 0.96, False),
        ("do I write up my visit?", 0.8, False),
        ("do I write up my visit?", 0.96, True),
    ],
)
def test_a_question_is_answered_unless_it_can_hardly_mean_anything_else(
    desk: Desk, text: str, sure: float, starts: bool
) -> None:
    reply = StartFlow(desk, Answers()).reply(turn(text, sure))
    assert ("dialogue" in reply.slots) is starts


def test_in_the_middle_of_a_walk_a_question_is_always_answered(desk: Desk) -> None:
    walk = Dialogue().start("share_without_consent", desk.flows).dialogue.to_json()
    asked = turn("what goes in my notes?", 0.99)
    reply = StartFlow(desk, Answers()).reply(
        Turn(asked.text, intent=asked.intent, ranking=asked.ranking, dialogue=walk)
    )
    assert reply == Reply([TextMessage(text="answered")])
