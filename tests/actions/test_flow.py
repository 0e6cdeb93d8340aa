from __future__ import annotations

import pytest

from actions.base import ActionInput, ActionResult, Ranked, TurnAction
from actions.dialogue_manager import DialogueManager
from actions.flow import StartFlow, flow_actions, step_first
from bot.flows import DialogueStack, read_flows
from bot.messages import TextMessage
from bot.rendering.flows import FlowRenderer
from bot.settings import HOME
from knowledge import Library


class Answers(TurnAction):
    name = "action_question"

    def reply(self, turn: ActionInput) -> ActionResult:
        return ActionResult([TextMessage(text="answered")])


@pytest.fixture(scope="module")
def manager() -> DialogueManager:
    script = FlowRenderer(read_flows(HOME / "data/flows"), Library.read().quote)
    return DialogueManager(script, lambda text, phrases: [0.0 for _ in phrases])


def turn(text: str, sure: float) -> ActionInput:
    return ActionInput(
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
    manager: DialogueManager, text: str, sure: float, starts: bool
) -> None:
    reply = StartFlow(manager, Answers()).reply(turn(text, sure))
    assert ("dialogue" in reply.slots) is starts


def test_in_the_middle_of_a_walk_a_question_is_always_answered(manager: DialogueManager) -> None:
    walk = DialogueStack().start("share_without_consent", manager.flows).dialogue.to_json()
    asked = turn("what goes in my notes?", 0.99)
    reply = StartFlow(manager, Answers()).reply(
        ActionInput(asked.text, intent=asked.intent, ranking=asked.ranking, dialogue=walk)
    )
    assert reply == ActionResult([TextMessage(text="answered")])


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
    manager: DialogueManager, text: str, looked_up: bool
) -> None:
    walk = DialogueStack().start("share_without_consent", manager.flows).dialogue
    walk = walk.choose("share_without_consent/s1", "no", manager.flows).dialogue
    actions = step_first(manager, [*flow_actions(manager, Answers(), {}), Answers()])
    question = next(action for action in actions if action.name == Answers.name)
    reply = question.reply(ActionInput(text, dialogue=walk.to_json()))
    assert (reply.messages[0].text == "answered") is looked_up
    kept = DialogueStack.from_json(reply.slots["dialogue"], manager.flows)
    assert kept.walk == walk.walk
