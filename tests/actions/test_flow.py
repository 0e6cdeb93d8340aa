from __future__ import annotations

import pytest

from actions.desk import Desk
from actions.flow import StartFlow, flow_actions, step_first
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


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("it might wind her dad up", False),
        ("mum has said it is fine", False),
        ("no shes home with her mum", False),
        ("actually mum said its fine", False),
        ("what does Knowsley say about records", True),
        ("mum is cross, what do I record", True),
        ("recording a phone call", True),
        ("actually what does Knowsley say", True),
    ],
)
def test_in_a_walk_what_tells_of_the_case_is_not_looked_up(
    desk: Desk, text: str, looked_up: bool
) -> None:
    walk = Dialogue().start("share_without_consent", desk.flows).dialogue
    walk = walk.choose("share_without_consent/s1", "no", desk.flows).dialogue
    actions = step_first(desk, [*flow_actions(desk, Answers(), {}), Answers()])
    question = next(action for action in actions if action.name == Answers.name)
    reply = question.reply(Turn(text, dialogue=walk.to_json()))
    assert (reply.messages[0].text == "answered") is looked_up
    kept = Dialogue.from_json(reply.slots["dialogue"], desk.flows)
    assert kept.walk == walk.walk
