"""Induction beside flows and questions: which of them an utterance belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from rasa_sdk import Tracker

from actions.base import ActionInput, ActionResult, TurnAction
from actions.dialogue_manager import DialogueManager
from actions.flow import flow_actions, step_first
from actions.induction import InductionAction, LearnerFirst
from bot.choices import Choice
from bot.flows import read_flows
from bot.induction import read_programme
from bot.induction.codes import PLACEHOLDER, find, learner_id, new_code
from bot.induction.progress import Progress
from bot.induction.tutor import Tutor
from bot.messages import OutcomeMessage, TextMessage
from bot.rendering.flows import FlowRenderer
from bot.settings import HOME
from bot.storage.engine import open_store
from knowledge.library import Library


class Answering(TurnAction):
    name = "action_question"

    def reply(self, turn: ActionInput) -> ActionResult:
        return ActionResult([TextMessage(text="an answer")])


class Talk:
    def __init__(self, actions: list[TurnAction]) -> None:
        self.actions = {action.name: action for action in actions}
        self.turn = ActionInput()

    def take(
        self,
        text: str = "",
        choice: str = "",
        action: str = "action_question",
        learner: str | None = None,
    ) -> list[str]:
        turn = ActionInput(
            text=text,
            choice=Choice.parse(choice) if choice else None,
            learner=learner,
            dialogue=self.turn.dialogue,
            induction=self.turn.induction,
        )
        reply = self.actions["action_choose" if choice else action].reply(turn)
        slots = {"dialogue": turn.dialogue, "induction": turn.induction, **reply.slots}
        self.turn = ActionInput(dialogue=slots["dialogue"], induction=slots["induction"])
        self.messages = reply.messages
        return [message.text for message in reply.messages]


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    library, flows = Library.read(), read_flows(HOME / "data" / "flows")
    manager = DialogueManager(
        FlowRenderer(flows, library.quote), lambda text, phrases: [0.0] * len(phrases)
    )
    engine = open_store(f"sqlite:///{tmp_path / 'progress.db'}")
    tutor = Tutor(
        read_programme(HOME / "data" / "induction"),
        {flow.id: flow.title for flow in flows.values()},
        library.quote,
        Progress(engine),
    )
    induction = InductionAction(tutor)
    question = Answering()
    walking = flow_actions(manager, question, {"module": induction.reply, "quiz": induction.reply})
    actions = step_first(manager, [*walking, question, induction])
    yield Talk([LearnerFirst(manager, tutor, each) for each in actions])
    engine.dispose()


def test_a_question_in_the_quiz_is_answered_and_the_quiz_goes_on(talk: Talk) -> None:
    talk.take(choice="module:open/child_first")
    talk.take("continue")
    talk.take("continue")
    said = talk.take("what does Knowsley say about recording?")
    assert said[0] == "an answer"
    assert said[1].startswith("Question 1 of 4")


def test_the_scenario_opens_its_flow_and_leads_back(talk: Talk) -> None:
    talk.take(choice="module:open/child_first")
    talk.take("continue")
    said = talk.take(choice="start:rights_conflict")
    assert "immediate danger" in said[-1]
    assert not any("induction" in text for text in said)
    talk.take("no")
    said = talk.take(choice="step:rights_conflict/s2/children")
    assert any(isinstance(message, OutcomeMessage) for message in talk.messages)
    assert said[-1].startswith("You are in induction: The child first")
    assert talk.take("continue")[-1].startswith("Question 1 of 4")


def test_a_number_belongs_to_the_flow_while_one_is_open(talk: Talk) -> None:
    talk.take(choice="module:open/child_first")
    talk.take("continue")
    talk.take("continue")
    talk.take(choice="start:rights_conflict")
    assert "Who is in conflict" in talk.take("3")[-1]


def test_a_code_takes_the_learner_up_again_whatever_is_open(talk: Talk) -> None:
    said = talk.take(choice="module:join")
    code = find(said[0])
    assert code
    talk.turn = ActionInput()
    talk.take(choice="start:rights_conflict")
    said = talk.take(f"my code is {PLACEHOLDER}", learner=learner_id(code))
    assert said[0].startswith("This is induction")
    assert talk.turn.induction["learner"] == learner_id(code)
    assert "Who is in conflict" in talk.take("no")[-1]


def test_a_code_that_nobody_has_is_said_to_be_unknown_and_leaves_no_trace(talk: Talk) -> None:
    learner = learner_id(new_code(Random(0).choice))
    assert "not known" in talk.take(PLACEHOLDER, learner=learner)[0]
    assert learner not in str(talk.turn)
    assert talk.take(f"my code is {PLACEHOLDER}") == ["an answer"]


def test_an_action_reads_the_learner_from_the_messages_metadata() -> None:
    said = {"text": PLACEHOLDER, "metadata": {"mode": "guidance", "learner": "id"}}
    tracker = Tracker("sender", {}, said, [], False, None, {}, "action_listen")
    assert ActionInput.read(tracker).learner == "id"


def test_without_induction_nothing_is_added(talk: Talk) -> None:
    assert talk.take("what does Knowsley say about recording?") == ["an answer"]
    assert talk.take(action="action_induction")[0].startswith("This is induction")
